"""What a model is asked to propose: the fields that a question lacks, and nothing that it has."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from interviewer.content.models import (
    Clarification,
    Id,
    Kind,
    Levels,
    Model,
    Problem,
    Question,
    RedFlag,
    RubricPoint,
    Text,
    Verdict,
)
from interviewer.text import printable


class Label(Model):
    """How far a sample answer covers one rubric point."""

    point: Id
    verdict: Verdict


class LabelledAnswer(Model):
    """A sample answer; its labels as a list, because not every model can be held to keys that it chose itself."""

    answer: Text
    level: Annotated[int, Field(ge=1, le=4)]
    points: tuple[Label, ...]


_FIELDS: dict[str, Any] = {
    "intent": Text,
    "rubric": Annotated[tuple[RubricPoint, ...], Field(min_length=1, max_length=12)],
    "red_flags": tuple[RedFlag, ...],
    "levels": Levels,
    "hints": tuple[Text, ...],
    "clarifications": tuple[Clarification, ...],
    "samples": Annotated[tuple[LabelledAnswer, ...], Field(min_length=1)],
    "model_answer": Text,
    "problem": Problem,
}
"""In the order in which they are written. `study` is not among them: a model invents titles."""


def lacking(question: Question, given: AbstractSet[str]) -> tuple[str, ...]:
    """The fields to propose: those that the file does not have (`given` are its fields), whatever stands in them."""
    return tuple(f for f in _FIELDS if f not in given and (f != "problem" or question.kind is Kind.CODING))


def shape(fields: tuple[str, ...]) -> type[BaseModel]:
    """The model of a proposal of these fields, all of them required; what else a model sends is not read."""
    wanted: dict[str, Any] = {name: (_FIELDS[name], ...) for name in fields}
    return create_model("Proposal", __config__=ConfigDict(frozen=True, extra="ignore"), **wanted)


def as_fields(proposal: BaseModel) -> dict[str, Any]:
    """The proposal as a question file has it, every text printable."""
    data: dict[str, Any] = _printable(proposal.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    for sample in data.get("samples", ()):
        sample["points"] = {label["point"]: label["verdict"] for label in sample["points"]}
    return {name: value for name, value in data.items() if value}


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return printable(value).strip() if isinstance(value, str) else value
