"""The OpenAI adapter over a real wire, on loopback: what it sends, and to whom it gives the key."""

from __future__ import annotations

import pytest

from interviewer.llm.faults import Fault
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from interviewer.llm.openai import OpenAIModel
from interviewer.llm.target import find_target
from tests.llm.server import GOOD, HEAD, body, event, html, piece, raw, serving, status

PROMPT = Prompt((Message("system", "Be brief."), Message("user", "Hello")), authored="Hi.")


def opened(name: str, base: str | None = None) -> OpenAIModel:
    return OpenAIModel(find_target(name, base))


async def said(base: str) -> tuple[str, Usage | None]:
    chunks = [c async for c in opened("test-model", base).stream(PROMPT)]
    return "".join(c.text for c in chunks), next((c.usage for c in chunks if c.usage), None)


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
    ("reply", "fault"),
    [
        (HEAD + raw(choices=[{"delta": {"content": ["Hi"]}, "finish_reason": "stop"}]), Fault.UNREADABLE),
        (HEAD + raw(choices=[{"delta": {"content": 0}, "finish_reason": "stop"}]), Fault.UNREADABLE),
        (HEAD + raw(choices=[{"finish_reason": "stop"}]), Fault.UNREADABLE),
        (HEAD + raw(choices=[{"delta": {"content": "Hi"}, "finish_reason": ["stop"]}]), Fault.CUT),
        (HEAD + raw(choices=[{"delta": {"refusal": "No."}, "finish_reason": "stop"}]), Fault.FILTERED),
        (HEAD + raw(choices={"a": 1}), Fault.UNREADABLE),
        (HEAD + raw(choices=None), Fault.UNREADABLE),
        (HEAD + event("Good day."), Fault.UNREADABLE),
        (html(), Fault.UNREADABLE),
        (HEAD + b"x" * 17_000_000, Fault.UNREADABLE),
    ],
    ids=[
        *("list", "number", "no delta", "odd finish", "refusal", "choices are no list", "null choices", "str event"),
        *("html", "one line for ever"),
    ],
)
async def test_replies_in_no_known_shape(reply: bytes, fault: Fault) -> None:
    async with serving(reply) as base:
        with pytest.raises(ModelError) as raised:
            await said(base)
    assert raised.value.fault is fault


@pytest.mark.parametrize("ending", ["stop", "eos", "tool_calls"])
async def test_any_ending_but_the_bad_ones_is_an_end(ending: str) -> None:
    async with serving(HEAD + piece("Hi.", ending)) as base:
        assert await said(base) == ("Hi.", None)


# --- the token limit's two names ---------------------------------------------------------------------


def refuses(limit: str) -> bytes:
    """As OpenAI puts it, the other name included."""
    other = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}[limit]
    text = f"Unsupported parameter: '{limit}' is not supported with this model. Use '{other}' instead."
    return status(400, {"message": text, "param": limit})


def limits(request: bytes) -> set[str]:
    return {"max_tokens", "max_completion_tokens"} & body(request).keys()


async def test_openai_itself_gets_the_new_name_of_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[bytes] = []
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    model = opened("gpt-4o-mini")
    async with serving(GOOD, seen=requests.append) as base:
        model._client = model._connect()
        model._client.base_url = base  # type: ignore[assignment]
        _ = [c async for c in model.stream(PROMPT)]
    assert limits(requests[0]) == {"max_completion_tokens"}


async def test_an_endpoint_that_refuses_a_limit_gets_the_other_from_then_on() -> None:
    requests: list[bytes] = []
    async with serving(refuses("max_tokens"), GOOD, seen=requests.append) as base:
        model = opened("test-model", base)
        for _ in range(2):
            assert "".join([c.text async for c in model.stream(PROMPT)]) == "Good day."
    assert [limits(r) for r in requests] == [{"max_tokens"}, {"max_completion_tokens"}, {"max_completion_tokens"}]


async def test_one_fallback_and_no_more() -> None:
    requests: list[bytes] = []
    async with serving(refuses("max_tokens"), refuses("max_completion_tokens"), GOOD, seen=requests.append) as base:
        model = opened("test-model", base)
        with pytest.raises(ModelError, match="HTTP 400"):
            _ = [c async for c in model.stream(PROMPT)]
        _ = [c async for c in model.stream(PROMPT)]
    assert [limits(r) for r in requests] == [{"max_tokens"}, {"max_completion_tokens"}, {"max_tokens"}]


async def test_another_400_is_not_asked_again() -> None:
    requests: list[bytes] = []
    async with serving(status(400, "bad"), GOOD, seen=requests.append) as base:
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
        _ = [c async for c in opened("gpt-4o-mini").stream(PROMPT)]
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
    assert opened(name, base)._connect().api_key == key


async def test_no_key_for_the_real_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = opened("gpt-4o-mini")
    assert "OPENAI_API_KEY" in (model.lack or "")
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        _ = [c async for c in model.stream(PROMPT)]
    assert opened("gpt-4o-mini", "https://models.example/v1").lack is None


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
