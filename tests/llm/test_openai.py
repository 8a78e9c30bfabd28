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


def status(code: int, body: bytes = b"{}") -> bytes:
    return b"HTTP/1.1 %d No\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (code, len(body), body)


def raw(**fields: object) -> bytes:
    return event({"id": "1", "object": "chat.completion.chunk", **fields})


GOOD = HEAD + piece("Good ") + piece("day.", "stop") + usage() + b"data: [DONE]\n\n"


@asynccontextmanager
async def serving(*replies: bytes, seen: Callable[[bytes], None] = lambda _: None) -> AsyncIterator[str]:
    """An endpoint that gives these replies in turn, the last one from then on."""
    waiting = list(replies)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        seen(head + await reader.readexactly(length))
        writer.write(waiting.pop(0) if len(waiting) > 1 else waiting[0])
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/v1"


async def said(base: str) -> tuple[str, Usage | None]:
    chunks = [c async for c in OpenAIModel("test-model", base).stream(PROMPT)]
    return "".join(c.text for c in chunks), next((c.usage for c in chunks if c.usage), None)


def body(request: bytes) -> dict[str, object]:
    return json.loads(request.split(b"\r\n\r\n", 1)[1])  # type: ignore[no-any-return]


async def test_streams_text_and_usage() -> None:
    requests: list[bytes] = []
    async with serving(GOOD, seen=requests.append) as base:
        assert await said(base) == ("Good day.", Usage(7, 2))
    sent = body(requests[0])
    assert sent["model"] == "test-model"
    assert sent["messages"] == [{"role": m.role, "content": m.content} for m in PROMPT.messages]


@pytest.mark.parametrize(
    ("counted", "usage"),
    [
        ({"prompt_tokens": None, "completion_tokens": None}, Usage(0, 0)),
        ({"completion_tokens": 2}, Usage(0, 2)),
        ({"prompt_tokens": "7", "completion_tokens": "many"}, Usage(7, 0)),
        ({"prompt_tokens": 7.0, "completion_tokens": 2.9}, Usage(7, 2)),
        ({"prompt_tokens": -7, "completion_tokens": []}, Usage(0, 0)),
        ("seven", Usage(0, 0)),
        ([7, 2], Usage(0, 0)),
    ],
    ids=["null", "missing", "strings", "floats", "nonsense", "a string", "a list"],
)
async def test_token_counts_are_whole_numbers_whatever_comes(counted: object, usage: Usage) -> None:
    async with serving(HEAD + piece("Hi.", "stop") + raw(choices=[], usage=counted)) as base:
        _, found = await said(base)
    assert found == usage
    assert (type(found.prompt_tokens), type(found.completion_tokens)) == (int, int)


async def test_infinite_counts() -> None:
    endless = b'data: {"id": "1", "choices": [], "usage": {"prompt_tokens": 1e999, "completion_tokens": NaN}}\n\n'
    async with serving(HEAD + piece("Hi.", "stop") + endless) as base:
        assert await said(base) == ("Hi.", Usage(0, 0))


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (status(400), "HTTP 400.*another model"),
        (status(401), "HTTP 401.*OPENAI_API_KEY"),
        (status(403), "HTTP 403.*OPENAI_API_KEY"),
        (status(404), "HTTP 404.*model's name"),
        (status(418), "HTTP 418.*another model"),
        (status(429), "HTTP 429.*limit"),
        (status(500), "HTTP 500.*later"),
        (status(503), "HTTP 503.*later"),
        (HEAD + piece("Good "), "in the middle"),
        (HEAD + piece("Good ") + b"data: [DONE]\n\n", "in the middle"),
        (HEAD + b"data: {not json\n\n", "unreadable"),
        (HEAD + piece("so " * 2_000, "stop"), "stop talking"),
        (HEAD + piece("So", "length"), "out of its 300 tokens"),
        (HEAD + raw(choices=[{"delta": {"content": ["Hi"]}, "finish_reason": "stop"}]), "unreadable"),
        (HEAD + raw(choices=[{"delta": {"content": 0}, "finish_reason": "stop"}]), "unreadable"),
        (HEAD + raw(choices=[{"finish_reason": "stop"}]), "unreadable"),
        (HEAD + raw(choices={"a": 1}), "unreadable"),
        (HEAD + raw(choices=[]) + b"data: [DONE]\n\n", "unreadable"),
        (HEAD + raw(choices=None), "unreadable"),
        (HEAD + event("Good day."), "unreadable"),
        (status(200, b"<html><body>Welcome!</body></html>"), "unreadable"),
        (status(200, b'"Good day."'), "unreadable"),
        (b"", "cannot be reached.*INTERVIEWER_API_BASE"),
    ],
    ids=[
        *("400", "401", "403", "404", "418", "429", "500", "503", "cut", "no finish", "malformed", "endless"),
        *("length", "list", "number", "no delta", "choices are no list", "no choices", "null choices", "str event"),
        *("html", "str", "closed"),
    ],
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


async def test_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interviewer.llm.openai.DEADLINE_SECONDS", 0.2)
    asked = asyncio.Event()

    async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked.wait()
        writer.close()

    async with await asyncio.start_server(hang, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ModelError, match=r"did not answer.*smaller model"):
            await said(f"http://127.0.0.1:{port}/v1")
        asked.set()


# --- the token limit's two names ---------------------------------------------------------------------


def refuses(limit: str) -> bytes:
    """As OpenAI puts it, the other name included."""
    other = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}[limit]
    text = f"Unsupported parameter: '{limit}' is not supported with this model. Use '{other}' instead."
    return status(400, json.dumps({"error": {"message": text, "param": limit}}).encode())


def limits(request: bytes) -> set[str]:
    return {"max_tokens", "max_completion_tokens"} & body(request).keys()


async def test_openai_itself_gets_the_new_name_of_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[bytes] = []
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    model = OpenAIModel("gpt-4o-mini")
    async with serving(GOOD, seen=requests.append) as base:
        model._connected().base_url = base  # type: ignore[assignment]
        _ = [c async for c in model.stream(PROMPT)]
    assert limits(requests[0]) == {"max_completion_tokens"}


async def test_an_endpoint_that_refuses_a_limit_gets_the_other_from_then_on() -> None:
    requests: list[bytes] = []
    async with serving(refuses("max_tokens"), GOOD, seen=requests.append) as base:
        model = OpenAIModel("test-model", base)
        for _ in range(2):
            assert "".join([c.text async for c in model.stream(PROMPT)]) == "Good day."
    assert [limits(r) for r in requests] == [{"max_tokens"}, {"max_completion_tokens"}, {"max_completion_tokens"}]


async def test_one_fallback_and_no_more() -> None:
    requests: list[bytes] = []
    async with serving(refuses("max_tokens"), refuses("max_completion_tokens"), GOOD, seen=requests.append) as base:
        model = OpenAIModel("test-model", base)
        with pytest.raises(ModelError, match="HTTP 400"):
            _ = [c async for c in model.stream(PROMPT)]
        _ = [c async for c in model.stream(PROMPT)]
    assert [limits(r) for r in requests] == [{"max_tokens"}, {"max_completion_tokens"}, {"max_tokens"}]


async def test_another_400_is_not_asked_again() -> None:
    requests: list[bytes] = []
    async with serving(status(400, b'{"error": "bad"}'), GOOD, seen=requests.append) as base:
        with pytest.raises(ModelError, match="HTTP 400"):
            await said(base)
    assert len(requests) == 1


# --- keys --------------------------------------------------------------------------------------------


async def test_the_key_never_goes_to_an_http_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    requests: list[bytes] = []
    async with serving(GOOD, seen=requests.append) as base:
        await said(base)
        monkeypatch.setenv("OPENAI_BASE_URL", base)
        _ = [c async for c in OpenAIModel("gpt-4o-mini").stream(PROMPT)]
    assert [b"sk-secret" in r for r in requests] == [False, False]
    assert b"Bearer none" in requests[0]


@pytest.mark.parametrize(
    ("name", "base", "key"),
    [
        ("gpt-4o-mini", None, "sk-secret"),
        ("openai/gpt-4o-mini", "HTTPS://models.example/v1", "sk-secret"),
        ("openai/gpt-4o-mini", "http://models.example/v1", "none"),
        ("some-model", "http://localhost:8000/v1", "none"),
        ("ollama/qwen3", None, "none"),
        ("ollama/qwen3", "https://models.example/v1", "none"),
    ],
)
def test_where_the_key_goes(name: str, base: str | None, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", " sk-secret\n")
    assert OpenAIModel(name, base)._connected().api_key == key


async def test_no_key_for_the_real_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = OpenAIModel("gpt-4o-mini")
    assert "OPENAI_API_KEY" in (model.lack or "")
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        _ = [c async for c in model.stream(PROMPT)]
    assert OpenAIModel("gpt-4o-mini", "https://models.example/v1").lack is None


@pytest.mark.parametrize(
    ("variable", "value", "base"),
    [
        ("SSL_CERT_FILE", "/nonexistent", "https://models.example/v1"),
        ("ALL_PROXY", "nonsense://here", "https://models.example/v1"),
        ("HOME", "/tmp", "http://localhost:port/v1"),
    ],
    ids=["certificates", "proxy", "address"],
)
async def test_a_client_that_cannot_be_built(
    variable: str, value: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ModelError, match="SSL_CERT_FILE"):
        await said(base)


def test_other_providers_say_how_to_reach_them() -> None:
    with pytest.raises(UsageError, match="INTERVIEWER_API_BASE"):
        OpenAIModel("anthropic/some-model")


@pytest.mark.parametrize("name", ["gpt-4o-mini", "openai/gpt-4o-mini", "ollama/qwen3"])
def test_names_as_people_know_them(name: str) -> None:
    assert OpenAIModel(name).name == name
