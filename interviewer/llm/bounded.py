"""An HTTP response that cannot fill the memory."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx

MOST_BYTES = 16_000_000
"""Of one response. Whatever is longer is no reply, and must not grow while a line of it is waited for."""


async def bound(response: httpx.Response) -> None:
    """Cut the response short where it gets longer than any reply: a hook for httpx."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    response.stream = _Bounded(response.stream)


class _Bounded(httpx.AsyncByteStream):
    """A response's bytes, up to the limit."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for part in self._stream:
            read += len(part)
            if read > MOST_BYTES:
                raise ValueError("no reply is that long")
            yield part

    async def aclose(self) -> None:
        """Let the connection go."""
        await self._stream.aclose()
