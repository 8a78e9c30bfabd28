"""One question to a draft: what a model proposes, held against the rules before anybody sees it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from interviewer.content.check.findings import Flaw
from interviewer.content.check.walk import question_flaws
from interviewer.content.models import Question, Status
from interviewer.drafting.proposal import as_fields, lacking, shape
from interviewer.llm.model import Message, Prompt, StructuredModel, Usage
from interviewer.llm.prompts.drafting import correction, drafting_prompt


@dataclass(frozen=True, slots=True)
class Draft:
    """Proposed `fields` of a question file and what the rules still have against them.

    `fields` is empty where nothing was lacking, or where the proposal fits no question: `flaws` says which.
    """

    fields: dict[str, Any]
    flaws: tuple[Flaw, ...]
    usage: Usage


async def draft(question: Question, given: AbstractSet[str], model: StructuredModel) -> Draft:
    """Ask for the fields that the question's file lacks; `given` are those it has. What fails is asked once more.

    Raises:
        ModelError: the model did not deliver.
    """
    fields = lacking(question, given)
    if not fields:
        return Draft({}, (), Usage(cost_usd=0.0))
    prompt = drafting_prompt(question, given, fields)
    first, usage = await model.structured(prompt, shape(fields))
    found = _held(question, as_fields(first))
    if not found.flaws:
        return replace(found, usage=usage)
    told = [f"{'.'.join(map(str, f.loc)) or 'the question'}: {f.text}" for f in found.flaws]
    again = (Message("assistant", first.model_dump_json(by_alias=True)), Message("user", correction(told)))
    second, more = await model.structured(_with(prompt, again), shape(fields))
    better = _held(question, as_fields(second))
    return replace(min(found, better, key=_badness), usage=usage + more)


def _with(prompt: Prompt, messages: tuple[Message, ...]) -> Prompt:
    return replace(prompt, messages=(*prompt.messages, *messages))


def _held(question: Question, fields: dict[str, Any]) -> Draft:
    """The fields, held against the question's shape, then against the rules for a question that counts as written."""
    own = question.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    try:
        whole = Question.model_validate({**own, **fields, "status": Status.DRAFT})
    except ValidationError as error:
        return Draft({}, tuple(_misfit(e) for e in error.errors()), Usage())
    written = question_flaws(whole.model_copy(update={"status": Status.ACCEPTED}))
    return Draft(fields, tuple(f for f in written if f.loc and f.loc[0] in fields), Usage())


def _misfit(error: Any) -> Flaw:
    """What does not fit a question, where a rule over several fields names a place in its own error."""
    loc = (*error["loc"], *getattr(error.get("ctx", {}).get("error"), "loc", ()))
    return Flaw(loc, error["msg"].removeprefix("Value error, "))


def _badness(found: Draft) -> tuple[bool, int]:
    """What fits no question is worse than any number of flaws."""
    return (not found.fields, len(found.flaws))
