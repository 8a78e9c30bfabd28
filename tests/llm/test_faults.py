"""Every fault of the wire, over a real one, through both adapters: a type, and one line that says how to mend it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from pydantic import BaseModel

from interviewer.llm.deadline import Patience, within
from interviewer.llm.endpoint import Adapter
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.gateway import Gateway
from interviewer.llm.litellm import LiteLLMModel, _litellm
from interviewer.llm.model import Message, Prompt, Usage
from interviewer.llm.openai import OpenAIModel
from interviewer.llm.target import Target
from tests.llm import server
from tests.llm.server import DONE, GOOD, HEAD, Reply, event, html, piece, raw, serving, status

KEY = "sk-planted-0123456789"
SAID = "My employer is Initech."
PROMPT = Prompt((Message("system", "Be brief."), Message("user", SAID)), authored="Hi.")
PATIENCE, SHORT = Patience(), Patience(first=0.3, gap=0.3, whole=0.6)
ECHO = f"Incorrect API key provided: {KEY}. You said: {SAID}\nThe end"

Open = Callable[[str], Adapter]


def by_openai(base: str) -> Adapter:
    return OpenAIModel(Target("test-model", "openai", "test-model", base, own_base=True))


def by_litellm(base: str) -> Adapter:
    """litellm's OpenAI provider finds the endpoint in the environment, as its other providers do."""
    return LiteLLMModel(Target("test-model", "made-up", "openai/test-model", None))


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """So that no import counts as waiting for an answer."""
    OpenAIModel(Target("test-model", "openai", "test-model", "http://localhost/v1"))._connect()
    _litellm()


@pytest.fixture(params=[by_openai, by_litellm])
def opened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Open:
    """An adapter that reaches the given address with the planted key."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def at(base: str) -> Adapter:
        monkeypatch.setenv("OPENAI_API_BASE", base)
        model: Adapter = request.param(base)
        return model

    return at


async def said(model: Adapter, patience: Patience = PATIENCE) -> tuple[str, Usage | None]:
    chunks = [c async for c in within(model.stream(PROMPT), patience, model.target)]
    return "".join(c.text for c in chunks), next((c.usage for c in chunks if c.usage), None)


async def test_a_good_reply(opened: Open) -> None:
    async with serving(GOOD) as base:
        assert await said(opened(base)) == ("Good day.", Usage(7, 2))


QUOTA = {"message": ECHO, "type": "insufficient_quota", "code": "insufficient_quota"}
CONTEXT = {"message": f"This model's maximum context length is 8192 tokens. {ECHO}", "code": "context_length_exceeded"}
FILTER = {"message": f"The response was filtered. {ECHO}", "code": "content_filter"}
OWN = {"message": ECHO, "type": "invalid_request_error"}

FAULTS: dict[str, tuple[Reply, Fault, str]] = {
    "400": (status(400, OWN), Fault.REFUSED, "HTTP 400.*another model"),
    "401": (status(401, OWN), Fault.KEY, "HTTP 401.*check"),
    "403": (status(403, OWN), Fault.FORBIDDEN, "HTTP 403.*check"),
    "404 model": (status(404, OWN), Fault.NO_MODEL, "HTTP 404.*model's name"),
    "404 html": (html(404), Fault.NO_MODEL, "HTTP 404.*model's name"),
    "429": (status(429, OWN), Fault.RATE_LIMIT, "HTTP 429.*wait a little"),
    "429 quota": (status(429, QUOTA), Fault.QUOTA, "HTTP 429.*billing"),
    "500": (status(500, OWN), Fault.FAILED, "HTTP 500.*later"),
    "502 html": (html(502), Fault.OVERLOADED, "HTTP 502.*later"),
    "503": (status(503, OWN), Fault.OVERLOADED, "HTTP 503.*later"),
    "529": (status(529, OWN), Fault.OVERLOADED, "HTTP 529.*later"),
    "context": (status(400, CONTEXT), Fault.CONTEXT, "larger context"),
    "filter 400": (status(400, FILTER), Fault.FILTERED, "content filter"),
    "filter": (HEAD + piece("Go") + piece("", "content_filter") + DONE, Fault.FILTERED, "content filter"),
    "length": (HEAD + piece("So") + piece("", "length") + DONE, Fault.LENGTH, "tokens"),
    "no answer": (server.hanging(), Fault.TIMEOUT, "in time"),
    "no first piece": (server.hanging(HEAD), Fault.TIMEOUT, "in time"),
    "stall": (server.hanging(HEAD, piece("Good ")), Fault.TIMEOUT, "in time"),
    "closed": (b"", Fault.UNREACHABLE, "cannot be reached"),
    "cut": (HEAD + piece("Good "), Fault.CUT, "in the middle"),
    "cut with done": (HEAD + piece("Good ") + DONE, Fault.CUT, "in the middle"),
    "cut chunk": (server.CHUNKED + server.chunk(piece("Good ")), Fault.CUT, "in the middle"),
    "reset": (server.resetting(HEAD + piece("Good ")), Fault.CUT, "in the middle"),
    "malformed": (HEAD + b"data: {not json\n\n", Fault.UNREADABLE, "unreadable"),
    "malformed later": (HEAD + piece("Good ") + b"data: {not json\n\n", Fault.UNREADABLE, "unreadable"),
    "error event": (HEAD + event({"error": {"message": ECHO, "code": "server_error"}}), Fault.OVERLOADED, "later"),
    "error event later": (HEAD + piece("Good ") + event({"error": OWN}), Fault.CUT, "in the middle"),
    "empty choices": (HEAD + raw(choices=[]) + DONE, Fault.UNREADABLE, "unreadable"),
    "null content": (HEAD + piece(None, "stop") + DONE, Fault.EMPTY, "said nothing"),
    "empty content": (HEAD + piece("", "stop") + DONE, Fault.EMPTY, "said nothing"),
    "200 with html": (html(), Fault.UNREADABLE, "unreadable"),
    "10 MB": (HEAD + piece("so " * 3_500_000, "stop") + DONE, Fault.ENDLESS, "stop talking"),
    "never ends": (server.endless(HEAD, piece("and so ") + piece("on, ")), Fault.ENDLESS, "stop talking"),
    "says nothing for ever": (server.endless(HEAD, piece("")), Fault.TIMEOUT, "in time"),
}


@pytest.mark.parametrize("case", FAULTS)
async def test_a_fault_is_typed_and_told_in_one_line(opened: Open, case: str) -> None:
    reply, fault, says = FAULTS[case]
    async with serving(reply) as base:
        with pytest.raises(ModelError, match=says) as raised:
            await said(opened(base), SHORT if fault is Fault.TIMEOUT else PATIENCE)
    assert raised.value.fault is fault
    assert_fit_to_show(raised.value)


def assert_fit_to_show(error: ModelError) -> None:
    line = str(error)
    assert line.startswith("test-model ")
    assert line.endswith(".")
    assert "\n" not in line
    assert not [secret for secret in (KEY, "sk-", "Initech", "127.0.0.1", "Bearer") if secret in line]
    assert error.__cause__ is None


async def test_nobody_listens(opened: Open) -> None:
    async with serving(GOOD) as base:
        pass
    await fails(opened(base), Fault.UNREACHABLE)


async def test_a_name_that_does_not_resolve(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    await fails(opened("http://models.invalid/v1"), Fault.UNKNOWN_HOST)


async def test_a_server_that_speaks_no_tls(opened: Open) -> None:
    async with plain_text() as port:
        await fails(opened(f"https://127.0.0.1:{port}/v1"), Fault.INSECURE)


async def fails(model: Adapter, fault: Fault) -> None:
    with pytest.raises(ModelError) as raised:
        await said(model)
    assert raised.value.fault is fault
    assert_fit_to_show(raised.value)


@asynccontextmanager
async def plain_text() -> AsyncIterator[int]:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("1.5", 1.5), ("-3", 0), ("soon", None), ("inf", None), ("Thu, 01 Jan 1970 00:00:00 GMT", 0)],
)
async def test_how_long_to_wait(opened: Open, header: str, seconds: float | None) -> None:
    async with serving(status(429, OWN, f"Retry-After: {header}\r\n")) as base:
        with pytest.raises(ModelError) as raised:
            await said(opened(base))
    assert raised.value.retry_after == seconds


class Verdict(BaseModel):
    """A shape."""

    verdict: Literal["met", "missed"]


@pytest.mark.parametrize(
    "text", ["{not json", "It is met.", '{"verdict": "splendid"}', '{"other": 1}', '["met"]'],
    ids=["invalid JSON", "prose", "wrong value", "wrong field", "list"],
)  # fmt: skip
async def test_json_of_the_wrong_shape(opened: Open, text: str) -> None:
    async with serving(server.whole(text)) as base:
        with pytest.raises(ModelError) as raised:
            await Gateway([opened(base)]).structured(PROMPT, Verdict)
    assert raised.value.fault is Fault.WRONG_SHAPE
    assert_fit_to_show(raised.value)


async def test_json_of_the_right_shape_after_one_correction(opened: Open) -> None:
    async with serving(server.whole("It is met."), server.whole('{"verdict": "met"}')) as base:
        found, usage = await Gateway([opened(base)]).structured(PROMPT, Verdict)
    assert found == Verdict(verdict="met")
    assert (usage.prompt_tokens, usage.completion_tokens) == (14, 4)
