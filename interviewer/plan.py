"""(bank, round, personas, seed) -> the plan of one interview. Pure: the same input gives the same plan."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviewer.content.models import Question
from interviewer.content.personas import Persona
from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.content.bank import Bank


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question as this interview asks it: one phrasing, one persona, the whole rubric frozen beside it.

    `listens_for` is what this round wants to hear beside what the question is after anyway.
    """

    question: Question
    ask: str
    persona: str
    listens_for: str | None = None

    @property
    def intent(self) -> str:
        """What the question is after, here."""
        here = f" In this round: {self.listens_for.rstrip('.')}." if self.listens_for else ""
        return f"{self.question.intent}{here}".strip()


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """All that an interview needs to know of the bank. Frozen into the session when it starts.

    Round and `seed` decide which phrasings are used; a second practice with another seed sounds different.
    """

    round: str
    kind: str
    title: str
    minutes: int
    personas: tuple[Persona, ...]
    questions: tuple[PlannedQuestion, ...]
    seed: int

    def persona(self, persona_id: str) -> Persona:
        """The persona of this plan with that id."""
        return next(p for p in self.personas if p.id == persona_id)


def make_plan(bank: Bank, round_id: str, persona_id: str | None = None, seed: int = 0) -> InterviewPlan:
    """Plan a round; `persona_id` lets one interviewer hold it alone.

    Raises:
        UsageError: unknown round, persona or question, or a broken file.
    """
    chosen = bank.round(round_id)
    ids = (persona_id,) if persona_id else chosen.personas
    personas = tuple(bank.persona(i) for i in ids)
    first = zlib.crc32(round_id.encode()) + seed
    planned = []
    for position, (entry, question) in enumerate(zip(chosen.questions, bank.asked(round_id), strict=True)):
        asks = entry.asks or question.asks
        asker = entry.persona if entry.persona in ids else ids[position % len(ids)]
        if asker is None:
            raise UsageError(f"round {round_id}: nobody asks `{entry.id}`; name its persona")
        planned.append(PlannedQuestion(question, asks[(first + position) % len(asks)], asker, entry.listens_for))
    return InterviewPlan(
        round=chosen.id,
        kind=chosen.kind,
        title=chosen.title,
        minutes=chosen.minutes,
        personas=personas,
        questions=tuple(planned),
        seed=seed,
    )
