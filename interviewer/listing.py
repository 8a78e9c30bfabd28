"""The lists that scripts read: rounds and questions as JSON rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from interviewer.content.bank import Bank
from interviewer.content.models import Question, Round


def round_rows(bank: Bank) -> list[dict[str, Any]]:
    """One row a round with its questions in the documented order; `position` counts from 1."""
    return [_round_row(bank, r) for r in bank.rounds.values()]


def _round_row(bank: Bank, found: Round) -> dict[str, Any]:
    asked = [(entry, bank.question(entry.id)) for entry in found.questions]
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


def question_rows(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """One row a question, everything that the bank knows of it."""
    return [q.model_dump(mode="json", by_alias=True) for q in questions]


def as_json(rows: list[dict[str, Any]]) -> str:
    """Rows as indented JSON; ASCII, so that no terminal takes a character of it for a command."""
    return json.dumps(rows, indent=2, ensure_ascii=True)
