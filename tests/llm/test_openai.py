"""The OpenAI adapter over a real wire: a small server on loopback that behaves and misbehaves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from interviewer.errors import UsageError
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from interviewer.llm.openai import OpenAIModel

PROMPT = Prompt((Message("system", "Be brief."), Message("user", "Hello")), authored="Hi.")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def event(body: object) -> bytes:
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def piece(text: str, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return event({"id": "1", "object": "chat.completion.chunk", "choices": [choice]})


def usage() -> bytes:
    counted = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
    body = {"id": "1", "object": "chat.completion.chunk", "choices": [], "usage": counted}
    return event(body)


def status(code: int) -> bytes:
    return b"HTTP/1.1 %d No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}" % code


GOOD = HEAD + piece("Good ") + piece("day.", "stop") + usage() + b"data: [DONE]\n\n"


@asynccontextmanager
async def serving(reply: bytes, seen: Callable[[bytes], None] = lambda _: None) -> AsyncIterator[str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        seen(head + await reader.readexactly(length))
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/v1"


async def said(base: str) -> tuple[str, Usage | None]:
    chunks = [c async for c in OpenAIModel("test-model", base).stream(PROMPT)]
    return "".join(c.text for c in chunks), next((c.usage for c in chunks if c.usage), None)


async def test_streams_text_and_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    requests: list[bytes] = []
    async with serving(GOOD, requests.append) as base:
        assert await said(base) == ("Good day.", Usage(7, 2))
    body = json.loads(requests[0].split(b"\r\n\r\n", 1)[1])
    assert body["model"] == "test-model"
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert b"Bearer sk-secret" in requests[0]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (status(401), "refused"),
        (status(404), "refused"),
        (status(429), "refused"),
        (status(500), "refused"),
        (HEAD + piece("Good "), "in the middle"),
        (HEAD + piece("Good ") + b"data: [DONE]\n\n", "in the middle"),
        (HEAD + b"data: {not json\n\n", "unreadable"),
        (HEAD + piece("so " * 2_000, "stop"), "stop talking"),
        (b"", "cannot be reached"),
    ],
    ids=["401", "404", "429", "500", "cut", "no finish", "malformed", "endless", "closed"],
)
async def test_every_fault_is_one_line_without_the_key(
    reply: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    async with serving(reply) as base:
        with pytest.raises(ModelError, match=says) as raised:
            await said(base)
    assert "\n" not in str(raised.value)
    assert "sk-secret" not in str(raised.value)


async def test_nobody_listens() -> None:
    async with serving(GOOD) as base:
        pass
    with pytest.raises(ModelError, match="cannot be reached"):
        await said(base)


async def test_no_key_for_the_real_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        _ = [c async for c in OpenAIModel("gpt-4o-mini").stream(PROMPT)]


def test_other_providers_say_how_to_reach_them() -> None:
    with pytest.raises(UsageError, match="INTERVIEWER_API_BASE"):
        OpenAIModel("anthropic/some-model")


@pytest.mark.parametrize("name", ["gpt-4o-mini", "openai/gpt-4o-mini", "ollama/qwen3"])
def test_names_as_people_know_them(name: str) -> None:
    assert OpenAIModel(name).name == name
