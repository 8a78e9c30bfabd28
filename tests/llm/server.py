"""An endpoint on loopback that speaks HTTP as the tests tell it, well or badly."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Reply = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""The bytes that are answered, or a coroutine that writes them."""

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
DONE = b"data: [DONE]\n\n"


def event(body: object) -> bytes:
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def chunk(part: bytes) -> bytes:
    """A part of a body that comes in chunks."""
    return b"%x\r\n%s\r\n" % (len(part), part)


def raw(**fields: object) -> bytes:
    return event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "test-model", **fields})


def piece(text: str | None, finish: str | None = None) -> bytes:
    return raw(choices=[{"index": 0, "delta": {"content": text}, "finish_reason": finish}])


def usage(prompt: int = 7, completion: int = 2) -> bytes:
    counted = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    return raw(choices=[], usage=counted)


def whole(text: str) -> bytes:
    """A good reply."""
    return HEAD + piece(text) + piece("", "stop") + usage() + DONE


def status(code: int, error: object = None, headers: str = "") -> bytes:
    body = json.dumps({"error": error} if error is not None else {}).encode()
    return (
        f"HTTP/1.1 {code} No\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"{headers}Connection: close\r\n\r\n"
    ).encode() + body


def html(code: int = 200) -> bytes:
    body = b"<html><body>Welcome to your router!</body></html>"
    return b"HTTP/1.1 %d OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        code,
        len(body),
        body,
    )


def hanging(*first: bytes) -> Reply:
    """These bytes, and then nothing until the other side goes."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(b"".join(first))
        await writer.drain()
        await writer.wait_closed()

    return write


def resetting(first: bytes) -> Reply:
    """These bytes, and then the connection is torn down."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.write(first)
        await writer.drain()
        writer.transport.abort()

    return write


def endless(first: bytes, again: bytes) -> Reply:
    """The same bytes again and again until the other side goes."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(0)

    return write


GOOD = HEAD + piece("Good ") + piece("day.", "stop") + usage() + DONE


@asynccontextmanager
async def serving(*replies: Reply, seen: Callable[[bytes], None] = lambda _: None) -> AsyncIterator[str]:
    """An endpoint that gives these replies in turn, the last one from then on; its base address."""
    waiting = list(replies)
    answering: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(exchange(reader, writer))
        answering.add(task)
        task.add_done_callback(answering.discard)

    async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            seen(head + await reader.readexactly(length))
            reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(reply, bytes):
                writer.write(reply)
                await writer.drain()
            else:
                await reply(writer)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        for task in list(answering):
            task.cancel()


def body(request: bytes) -> dict[str, object]:
    """What a request held."""
    found: dict[str, object] = json.loads(request.split(b"\r\n\r\n", 1)[1])
    return found
