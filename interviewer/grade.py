"""What a grader says about one answer. Both graders, the engine, the journal and the report share this type."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.content.models import Verdict

LEVELS = {1: "strong no hire", 2: "no hire", 3: "hire", 4: "strong hire"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rubric point with its verdict. `evidence` holds verbatim pieces of the candidate's own words."""

    id: str
    point: str
    weight: int
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    essential: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """The graded thread of one question.

    `level` is 1-4, `score` the weighted share of the rubric that was met (0-1), both derived by code from
    `criteria`, and both None where nothing could be assessed; `capped` says why the level is lower than the score
    alone would give.
    """

    level: int | None
    score: float | None
    grader: str
    criteria: tuple[Criterion, ...]
    capped: str | None = None
