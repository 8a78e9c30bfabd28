"""(bank, round, personas, seed) -> the plan of one interview. Pure: the same input gives the same plan."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.content.bank import Bank
from interviewer.content.models import Persona, Question
from interviewer.errors import UsageError


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A question as this interview asks it: one phrasing, one persona, the whole rubric frozen beside it."""

    question: Question
    ask: str
    persona: str


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """All that an interview needs to know of the bank. Frozen into the session when it starts.

    `seed` decides which phrasings are used; a second practice with another seed sounds different.
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
    planned = []
    for position, entry in enumerate(chosen.questions):
        question = bank.question(entry.id)
        asks = entry.asks or question.asks
        asker = entry.persona if entry.persona in ids else ids[position % len(ids)]
        if asker is None:
            raise UsageError(f"round {round_id}: nobody asks `{entry.id}`; name its persona")
        planned.append(PlannedQuestion(question, asks[(seed + position) % len(asks)], asker))
    return InterviewPlan(
        round=chosen.id,
        kind=chosen.kind,
        title=chosen.title,
        minutes=chosen.minutes,
        personas=personas,
        questions=tuple(planned),
        seed=seed,
    )
