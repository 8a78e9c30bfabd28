"""Answers in a shape, from endpoints that can do more or less of it, over a real wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, Field

from interviewer.llm.faults import Fault
from interviewer.llm.gateway import Gateway
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from interviewer.llm.openai import OpenAIModel
from interviewer.llm.structured import Form, StructuredReplies, strict_schema
from interviewer.llm.target import find_target
from tests.fakes import Play, StubModel
from tests.llm.server import Reply, body, serving, status, whole


class Finding(BaseModel):
    """A verdict with a quote."""

    verdict: str
    quotes: list[str] = Field(default=[], max_length=2)


PROMPT = Prompt((Message("system", "Judge."), Message("user", "My words.")), max_tokens=400)
FITS = json.dumps({"verdict": "met", "quotes": ["My words."]})
FOUND = Finding(verdict="met", quotes=["My words."])
OTHER = json.dumps({"verdict": "met", "quotes": "all of it"})
NO_SCHEMA = status(400, {"message": "response_format json_schema is not supported"})
BROKEN = status(500, {"message": "boom"})


def form_of(request: bytes) -> str:
    wanted: Any = body(request).get("response_format")
    return wanted["type"] if wanted else "words"


async def ask(*replies: Reply, times: int = 1) -> tuple[list[Any], list[bytes]]:
    """What came of asking, each an instance or a fault; and the requests."""
    seen: list[bytes] = []
    results: list[Any] = []
    async with serving(*replies, seen=seen.append) as base:
        gateway = Gateway([OpenAIModel(find_target("test-model", base))], sleep=_no_sleep)
        for _ in range(times):
            try:
                results.append(await gateway.structured(PROMPT, Finding))
            except ModelError as error:
                results.append(error.fault)
    return results, seen


async def _no_sleep(_: float) -> None:
    pass


async def test_by_schema() -> None:
    results, seen = await ask(whole(FITS))
    assert results == [(FOUND, Usage(7, 2))]
    (sent,) = map(body, seen)
    wanted: Any = sent["response_format"]
    assert wanted["json_schema"]["name"] == "Finding"
    assert wanted["json_schema"]["schema"]["required"] == ["verdict", "quotes"]
    assert sent["messages"] == [{"role": m.role, "content": m.content} for m in PROMPT.messages]


@pytest.mark.parametrize(
    ("replies", "forms", "again"),
    [
        ([NO_SCHEMA, whole(FITS)], ["json_schema", "json_object"], "json_object"),
        ([NO_SCHEMA, NO_SCHEMA, whole(FITS)], ["json_schema", "json_object", "words"], "words"),
        ([BROKEN, whole(FITS)], ["json_schema", "words"], "words"),
        ([BROKEN, BROKEN, whole(FITS)], ["json_schema", "words", "words"], "words"),
        ([status(503), whole(FITS)], ["json_schema", "json_schema"], "json_schema"),
    ],
    ids=["JSON mode", "words", "falls over", "falls over twice", "busy"],
)
async def test_what_the_endpoint_can_is_found_out_once(replies: list[Reply], forms: list[str], again: str) -> None:
    results, seen = await ask(*replies, times=2)
    assert [r[0] for r in results] == [FOUND, FOUND]
    assert [form_of(r) for r in seen] == [*forms, again]
    assert ("JSON Schema" in str(body(seen[-1])["messages"])) == (again != "json_schema")


@pytest.mark.parametrize(
    "first", [OTHER, "I think it is met.", "", '{"verdict": ', "[" * 5_000, "null"],
    ids=["other shape", "prose", "empty", "cut", "deep", "null"],
)  # fmt: skip
async def test_one_correction(first: str) -> None:
    results, seen = await ask(whole(first or "<think>hm</think>"), whole(FITS))
    assert results == [(FOUND, Usage(14, 4))]
    messages: Any = body(seen[1])["messages"]
    assert [m["role"] for m in messages] == ["system", "user", "assistant", "user"]
    assert "JSON Schema" in messages[-1]["content"]


async def test_no_second_correction() -> None:
    results, seen = await ask(whole(OTHER))
    assert results == [Fault.WRONG_SHAPE]
    assert len(seen) == 2


async def test_an_endpoint_that_does_not_heed_the_form_is_asked_in_words() -> None:
    _, seen = await ask(whole("It is met."), whole(FITS), times=2)
    assert [form_of(r) for r in seen] == ["json_schema", "json_schema", "words"]


@pytest.mark.parametrize(
    "text",
    [FITS, f"```json\n{FITS}\n```", f"Here you are:\n{FITS}\nAnything else?", f"<think>{{no}}</think>{FITS}"],
    ids=["bare", "fenced", "chatty", "after thinking"],
)
async def test_what_stands_around_the_object_is_nothing(text: str) -> None:
    results, _ = await ask(whole(text))
    assert results == [(FOUND, Usage(7, 2))]


@pytest.mark.parametrize("fault", [Fault.KEY, Fault.TIMEOUT, Fault.LENGTH, Fault.FILTERED, Fault.BUDGET])
async def test_other_faults_are_no_reason_to_ask_in_another_form(fault: Fault) -> None:
    model = StubModel(Play(fault=ModelError("No.", fault)))
    with pytest.raises(ModelError, match="No"):
        await StructuredReplies(model).ask(PROMPT, Finding)
    assert len(model.prompts) == 1


async def test_each_model_has_its_own_form_and_the_next_one_stands_in() -> None:
    first, second = StubModel(fallback=OTHER, name="first"), StubModel(fallback=FITS, name="second")
    gateway = Gateway([first, second])
    assert (await gateway.structured(PROMPT, Finding))[0] == FOUND
    assert (len(first.prompts), len(second.prompts)) == (2, 1)
    assert [line.structured.form for line in gateway._lines] == [Form.SCHEMA, Form.SCHEMA]


async def test_the_line_for_a_person_holds_nothing_of_the_reply() -> None:
    with pytest.raises(ModelError) as raised:
        await Gateway([StubModel(fallback='{"verdict": 7, "secret": "Initech"}')]).structured(PROMPT, Finding)
    assert str(raised.value) == "stub did not answer in the form it was asked for: choose a larger model."


class Inner(BaseModel):
    default: int = 3
    other: str | None = None


class Outer(BaseModel):
    inner: list[Inner] = []


def test_a_strict_schema_requires_every_field_and_no_other() -> None:
    schema = strict_schema(Outer)
    inner = schema["$defs"]["Inner"]
    assert (schema["required"], schema["additionalProperties"]) == (["inner"], False)
    assert (inner["required"], inner["additionalProperties"]) == (["default", "other"], False)
    assert set(inner["properties"]) == {"default", "other"}
    assert "default" not in inner["properties"]["default"]
