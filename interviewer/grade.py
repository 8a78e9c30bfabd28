"""What a grader says about one answer. Both graders, the engine, the journal and the report share this type."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.content.models import Verdict

LEVELS = {1: "strong no hire", 2: "no hire", 3: "hire", 4: "strong hire"}
RULE = "rule"
"""The grader where there is nothing to grade: a skipped question, or an answer that claims nothing."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rubric point with its verdict. `evidence` holds verbatim pieces of the candidate's own words.

    `confidence` is 0-1, None where the grader cannot tell how sure it is.
    """

    id: str
    point: str
    weight: int
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    essential: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class FoundFlag:
    """A wrong claim of the question's list that the candidate made, in their own words. It costs no points."""

    claim: str
    correction: str
    evidence: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The graded thread of one question.

    `level` is 1-4, `score` the weighted share of the rubric that was met (0-1), both derived by code from
    `criteria`, and both None where nothing could be assessed; `capped` says why the level is lower than the score
    alone would give. `confidence` is 0-1 and `range` the lowest and the highest level that are likely, both None where
    the grader cannot tell. `remarks` are sentences on how the grade came about, for whoever reads it.
    """

    level: int | None
    score: float | None
    grader: str
    criteria: tuple[Criterion, ...]
    capped: str | None = None
    confidence: float | None = None
    range: tuple[int, int] | None = None
    red_flags: tuple[FoundFlag, ...] = ()
    remarks: tuple[str, ...] = ()
