"""Several readings of one thread made one: the middle verdict of each point, and how far the readings agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interviewer.grade import Criterion, FoundFlag, Grade
from interviewer.grading import score
from interviewer.grading.judgement import ORDER, Reading


def combined(readings: Sequence[Reading], grader: str, hints: int) -> Grade:
    """The grade of all readings. One alone cannot tell how sure it is; several give a confidence and a range."""
    criteria = [_middle(votes) for votes in zip(*(r.criteria for r in readings), strict=True)]
    flags = tuple(f for f in _flags(readings) if f.confidence is None or f.confidence > 0.5)
    grade = replace(score.grade(criteria, grader, hints), red_flags=flags)
    if len(readings) == 1:
        return grade
    found = [score.grade(r.criteria, grader, hints).level for r in readings] + [grade.level]
    levels = [level for level in found if level is not None]
    weight = sum(c.weight for c in criteria)
    sure = sum(c.weight * (c.confidence or 0.0) for c in criteria) / weight
    return replace(grade, confidence=round(sure, 4), range=(min(levels), max(levels)) if levels else None)


def _middle(votes: Sequence[Criterion]) -> Criterion:
    """The median verdict, of an even number the less favourable one, with the quotes of those who gave it or more."""
    ranks = sorted(ORDER.index(v.verdict) for v in votes)
    rank = ranks[(len(ranks) - 1) // 2]
    backing = [v for v in votes if ORDER.index(v.verdict) >= rank]
    agreeing = [v for v in votes if v.verdict is ORDER[rank]]
    quotes = dict.fromkeys(q for v in (*agreeing, *backing) for q in v.evidence) if rank else {}
    sure = None if len(votes) == 1 else round(len(agreeing) / len(votes), 4)
    return replace(agreeing[0], evidence=tuple(quotes)[:3], confidence=sure)


def _flags(readings: Sequence[Reading]) -> list[FoundFlag]:
    """Each flag once, with the share of the readings that found it."""
    found: dict[str, FoundFlag] = {}
    for flag in (f for r in readings for f in r.flags):
        found.setdefault(flag.claim, flag)
    if len(readings) == 1:
        return list(found.values())
    share = {c: sum(any(f.claim == c for f in r.flags) for r in readings) / len(readings) for c in found}
    return [replace(f, confidence=round(share[c], 4)) for c, f in found.items()]
