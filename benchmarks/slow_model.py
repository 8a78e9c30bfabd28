"""An OpenAI-compatible endpoint with a known pace.

Prints its port, then for each request the seconds to its first token.
"""

from __future__ import annotations

import asyncio
import json
import time

FIRST_TOKEN_SECONDS = 0.3
TOKENS_A_SECOND = 60
WORDS = "And how would you find out whether it really works?".split()
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def main() -> None:
    """Serve until killed."""
    asyncio.run(_serve())


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
    asked = time.perf_counter()
    await asyncio.sleep(FIRST_TOKEN_SECONDS)
    writer.write(_HEAD)
    for number, word in enumerate(WORDS):
        writer.write(_piece(f"{word} ", None if number + 1 < len(WORDS) else "stop"))
        if number == 0:
            print(time.perf_counter() - asked, flush=True)
        await writer.drain()
        await asyncio.sleep(1 / TOKENS_A_SECOND)
    writer.write(b"data: [DONE]\n\n")
    await writer.drain()
    writer.close()


def _piece(text: str, finish: str | None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return (
        b"data: " + json.dumps({"id": "1", "object": "chat.completion.chunk", "choices": [choice]}).encode() + b"\n\n"
    )


if __name__ == "__main__":
    main()
