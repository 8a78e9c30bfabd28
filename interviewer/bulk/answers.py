"""The answers to be graded: each names a question of the bank, or brings what it is to be judged by."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewer.bulk.lines import Label, LineError, Text, validate

_QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    id: Label | None = None
    answer: Text
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    dataset: str | None = None


class BankAnswer(_Answer):
    """An answer to a question of the bank; `question` is how it was asked, where that differs from the bank."""

    question_id: _QuestionId
    question: Text | None = None


class ReferenceAnswer(_Answer):
    """An answer that brings its question with a reference answer, key points or both; `question_id` is a label."""

    question: Text
    reference: Text | None = None
    key_points: list[Text] | None = None
    question_id: Label | None = None


Answer = BankAnswer | ReferenceAnswer


def answer_of(fields: dict[str, Any]) -> Answer:
    """The answer on a line. What it brings itself goes before the bank.

    Raises:
        LineError: a field is missing or does not fit.
    """
    if fields.get("reference") or fields.get("key_points"):
        return validate(ReferenceAnswer, fields)
    if not fields.get("question_id"):
        raise LineError("nothing to judge by; add question_id, or question with reference or key_points")
    return validate(BankAnswer, fields)
