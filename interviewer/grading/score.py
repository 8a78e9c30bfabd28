"""Verdicts to score and level, by authored weights. The only place where a number is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

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


def leave_out(made: Grade, points: Collection[str], hints: int = 0) -> Grade:
    """The grade without missed points for which the thread gave no chance: they cannot be assessed."""
    criteria = [
        replace(c, verdict=Verdict.CANNOT_ASSESS) if c.id in points and c.verdict is Verdict.MISSED else c
        for c in made.criteria
    ]
    again = grade(criteria, made.grader, hints)
    if again.level is None or made.range is None:
        likely = None
    else:
        likely = (min(made.range[0], again.level), max(made.range[1], again.level))
    return replace(
        made, level=again.level, score=again.score, criteria=again.criteria, capped=again.capped, range=likely
    )


def level_of(score: float) -> int:
    """The level that a score of 0-1 gives where nothing caps it."""
    return next((level for level, start in LEVEL_FROM if score >= start), 1)


def level_chances(
    points: Sequence[tuple[int, bool, Sequence[float]]], hints: int = 0
) -> tuple[float, float, float, float]:
    """How likely levels 1-4 are, for points of (weight, essential, chances of missed, partial and met).

    Points are taken as independent of each other, which they are not quite: the spread comes out a little narrow.
    """
    total = sum(weight for weight, _, _ in points)
    # Chances by worth in half weights, without and with a missed essential point.
    whole, broken = [1.0], [0.0]
    for weight, essential, (missed, partial, met) in points:
        size = len(whole) + 2 * weight
        kept, lost = [0.0] * size, [0.0] * size
        for worth, (chance, gone) in enumerate(zip(whole, broken, strict=True)):
            kept[worth + weight] += chance * partial
            kept[worth + 2 * weight] += chance * met
            lost[worth + weight] += gone * partial
            lost[worth + 2 * weight] += gone * met
            lost[worth] += gone * missed
            (lost if essential else kept)[worth] += chance * missed
        whole, broken = kept, lost
    found = [0.0] * 4
    most = HINT_CAP.get(hints, MANY_HINTS_CAP)
    for worth, (chance, gone) in enumerate(zip(whole, broken, strict=True)):
        level = level_of(worth / 2 / total) if total else 1
        found[min(level, most) - 1] += chance
        found[min(level, most, 2) - 1] += gone
    return (found[0], found[1], found[2], found[3])


def likely_levels(chances: Sequence[float], level: int, share: float) -> tuple[int, int]:
    """The levels around `level`, lowest and highest, that together have at least `share` of the chances."""
    low = high = level
    while sum(chances[low - 1 : high]) < share and (low, high) != (1, 4):
        below = chances[low - 2] if low > 1 else -1.0
        above = chances[high] if high < 4 else -1.0
        low, high = (low - 1, high) if below >= above else (low, high + 1)
    return low, high
