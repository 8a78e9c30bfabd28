"""Verdicts to score and level, by authored weights. The only place where a number is made."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.content.models import Verdict
from interviewer.grade import Criterion, Grade

CREDIT = {Verdict.MET: 1.0, Verdict.PARTIAL: 0.5, Verdict.MISSED: 0.0}
LEVEL_FROM = ((4, 0.85), (3, 0.55), (2, 0.15))
HINT_CAP = {0: 4, 1: 3, 2: 3}
MANY_HINTS_CAP = 2


def grade(criteria: Sequence[Criterion], grader: str, hints: int = 0) -> Grade:
    """The grade that follows from verdicts.

    The score is the met share of the weight, partial counting half; points that could not be assessed are left out.
    Where that leaves none, there is neither score nor level.
    Levels 4, 3 and 2 start at 0.85, 0.55 and 0.15. A missed essential point keeps the level below 3; one or two hints
    keep it at 3 or below, three at 2 or below.
    """
    assessed = [c for c in criteria if c.verdict in CREDIT]
    if not assessed:
        return Grade(None, None, grader, tuple(criteria))
    score = sum(c.weight * CREDIT[c.verdict] for c in assessed) / sum(c.weight for c in assessed)
    level = level_of(score)
    capped = None
    if level > 2 and any(c.essential and c.verdict is Verdict.MISSED for c in assessed):
        level, capped = 2, "an essential point is missing"
    most = HINT_CAP.get(hints, MANY_HINTS_CAP)
    if level > most:
        level, capped = most, f"{hints} hint{'s' if hints > 1 else ''} taken"
    return Grade(level, round(score, 4), grader, tuple(criteria), capped)


def level_of(score: float) -> int:
    """The level that a score of 0-1 gives where nothing caps it."""
    return next((level for level, start in LEVEL_FROM if score >= start), 1)
