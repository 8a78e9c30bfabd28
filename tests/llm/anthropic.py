"""Replies as Anthropic's protocol streams them."""

from __future__ import annotations

import json

from tests.llm.server import HEAD


def event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


def begun(prompt_tokens: int = 7) -> bytes:
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": prompt_tokens, "output_tokens": 1},
    }
    block = {"type": "text", "text": ""}
    return HEAD + event("message_start", message=message) + event("content_block_start", index=0, content_block=block)


def words(text: str) -> bytes:
    return event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})


def ended(reason: str = "end_turn", completion_tokens: int = 2) -> bytes:
    delta = {"stop_reason": reason, "stop_sequence": None}
    usage = {"output_tokens": completion_tokens}
    return (
        event("content_block_stop", index=0) + event("message_delta", delta=delta, usage=usage) + event("message_stop")
    )


def whole(text: str) -> bytes:
    """A good reply."""
    return begun() + words(text) + ended()
