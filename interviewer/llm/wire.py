"""Streamed pieces in the shape of OpenAI's protocol, read as from a stranger."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any

from interviewer.llm.diagnose import diagnose, trouble
from interviewer.llm.faults import Fault
from interviewer.llm.model import Chunk, Prompt, Usage
from interviewer.llm.target import Target

LONGEST_TOKEN = 16
"""Characters of a token, by a generous mean over a whole reply."""

_ENDINGS = {"length": Fault.LENGTH, "content_filter": Fault.FILTERED, "refusal": Fault.FILTERED}


async def read(
    pieces: AsyncIterator[Any], prompt: Prompt, target: Target, ending: Callable[[], str | None] | None = None
) -> AsyncGenerator[Chunk]:
    """The words and the usage of a reply.

    `ending` says how the reply ended where the last piece's `finish_reason` cannot be believed.

    Raises:
        ModelError: the reply is not whole, empty, longer than asked for, or no such reply at all.
    """
    length = 0
    finish: str | None = None
    try:
        async for piece in pieces:
            text = _text(piece)
            finish = _finish(piece) or finish
            length += len(text)
            if length > prompt.max_tokens * LONGEST_TOKEN:
                break
            yield Chunk(text, _usage(piece))
    except Exception as error:
        raise diagnose(error, target, begun=length > 0) from None
    if length > prompt.max_tokens * LONGEST_TOKEN:
        raise trouble(Fault.ENDLESS, target)
    finish = ending() if ending else finish
    if finish in _ENDINGS:
        raise trouble(_ENDINGS[finish], target)
    if finish is None:
        raise trouble(Fault.CUT if length else Fault.UNREADABLE, target)
    if not length:
        raise trouble(Fault.EMPTY, target)


def _text(piece: Any) -> str:
    """The words of a piece; the libraries check no types."""
    content = piece.choices[0].delta.content if piece.choices else None
    if not isinstance(content, str | None):
        raise TypeError("content is no text")
    return content or ""


def _finish(piece: Any) -> str | None:
    if not piece.choices:
        return None
    if getattr(piece.choices[0].delta, "refusal", None):
        return "refusal"
    finish = piece.choices[0].finish_reason
    return finish if isinstance(finish, str) else None


def _usage(piece: Any) -> Usage | None:
    found = getattr(piece, "usage", None)
    if not found:
        return None
    return Usage(_count(found, "prompt_tokens"), _count(found, "completion_tokens"))


def _count(usage: Any, name: str) -> int:
    """A number of tokens; 0 where the endpoint sent none that can be read."""
    try:
        return max(0, int(getattr(usage, name, 0)))
    except (TypeError, ValueError, OverflowError):
        return 0
