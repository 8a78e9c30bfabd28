"""The lists that scripts read: rounds, personas and questions as rows of plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from interviewer.content.bank import Bank
from interviewer.content.models import Question, Round


def round_rows(bank: Bank) -> list[dict[str, Any]]:
    """One row a round with its questions in the documented order; `position` counts from 1."""
    return [_round_row(bank, r) for r in bank.rounds.values()]


def _round_row(bank: Bank, found: Round) -> dict[str, Any]:
    asked = zip(found.questions, bank.asked(found.id), strict=True)
    return {
        "id": found.id,
        "kind": found.kind,
        "title": found.title,
        "personas": list(found.personas),
        "minutes": found.minutes,
        "questions": [
            {"id": question.id, "position": position, "kind": question.kind, "ask": (entry.asks or question.asks)[0]}
            for position, (entry, question) in enumerate(asked, 1)
        ],
    }


def persona_rows(bank: Bank) -> list[dict[str, Any]]:
    """One row a persona, with the rounds that they interview in."""
    return [
        {
            "id": p.id,
            "name": p.name,
            "role": p.role,
            "rounds": [r.id for r in bank.rounds.values() if p.id in r.personas],
            "description": p.description,
        }
        for p in bank.personas.values()
    ]


def question_rows(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """One row a question, everything that the bank knows of it."""
    return [q.model_dump(mode="json", by_alias=True) for q in questions]
