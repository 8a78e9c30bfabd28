"""What a judge says about one thread, and what of it holds: only what stands in the candidate's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import BaseModel

from interviewer.content.models import RubricPoint, Verdict
from interviewer.grade import Criterion, FoundFlag
from interviewer.grading.checklist import Checklist
from interviewer.grading.ground import Ground
from interviewer.grading.quotes import find

MOST_QUOTES = 3
ORDER = (Verdict.MISSED, Verdict.PARTIAL, Verdict.MET)


class JudgedItem(BaseModel):
    """The verdict on one item; the quotes come first, so that it follows from them."""

    id: str
    quotes: list[str]
    verdict: Verdict


class JudgedFlag(BaseModel):
    """A false claim that the candidate made."""

    id: str
    quotes: list[str]


class Judgement(BaseModel):
    """A judge's reply."""

    items: list[JudgedItem]
    false_claims: list[JudgedFlag]


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds of one judgement.

    `credulous` says that the judge credited what nobody can meet, `unjudged` counts the points on which it gave no
    verdict, so that the offline grader's stands.
    """

    criteria: tuple[Criterion, ...]
    flags: tuple[FoundFlag, ...]
    credulous: bool
    unjudged: int


def read(judgement: Judgement, checklist: Checklist, ground: Ground) -> Reading:
    """The verdicts that hold.

    A credit without a quote that carries it is missed. Where the judge says nothing, or that it cannot tell, the
    offline grader decides: leaving a point out would raise what the others are worth. Where somebody tried to steer the
    judge, or it is credulous, no point counts for more than the offline grader gives it.
    """
    said = {key: _least(i for i in judgement.items if i.id == key) for key in checklist.items}
    control = said[checklist.control]
    credulous = control is not None and control.verdict in {Verdict.MET, Verdict.PARTIAL}
    criteria = [_criterion(point, said[key], ground) for key, point in checklist.points.items()]
    if credulous or ground.steered:
        criteria = [_at_most(c, ground.seen(p)) for c, p in zip(criteria, checklist.points.values(), strict=True)]
    unjudged = sum(_unjudged(said[key]) for key in checklist.points)
    return Reading(tuple(criteria), tuple(_flags(judgement, checklist, ground)), credulous, unjudged)


def _least(entries: Iterable[JudgedItem]) -> JudgedItem | None:
    """Of several verdicts on one item the least favourable."""
    order = (Verdict.MISSED, Verdict.CANNOT_ASSESS, Verdict.PARTIAL, Verdict.MET)
    return min(entries, key=lambda e: order.index(e.verdict), default=None)


def _criterion(point: RubricPoint, said: JudgedItem | None, ground: Ground) -> Criterion:
    if said is None or _unjudged(said):
        return next(c for c in ground.offline.criteria if c.id == point.id)
    about = " ".join((point.point, *point.terms))
    evidence = _evidence(said.quotes, about, ground, point) if said.verdict is not Verdict.MISSED else ()
    verdict = said.verdict if evidence else Verdict.MISSED
    return Criterion(point.id, point.point, point.weight, verdict, evidence, point.essential)


def _unjudged(said: JudgedItem | None) -> bool:
    return said is None or said.verdict is Verdict.CANNOT_ASSESS


def _evidence(quotes: list[str], about: str, ground: Ground, point: RubricPoint | None = None) -> tuple[str, ...]:
    spans = (span for quote in quotes[:MOST_QUOTES] for span in find(quote, ground.answers))
    carrying = (ground.answers[s.answer][s.start : s.end] for s in spans if ground.carries(s, about, point))
    return tuple(dict.fromkeys(carrying))[:MOST_QUOTES]


def _at_most(criterion: Criterion, verdict: Verdict) -> Criterion:
    if ORDER.index(criterion.verdict) <= ORDER.index(verdict):
        return criterion
    return replace(criterion, verdict=verdict, evidence=() if verdict is Verdict.MISSED else criterion.evidence)


def _flags(judgement: Judgement, checklist: Checklist, ground: Ground) -> Iterable[FoundFlag]:
    quoted = {f.id: f.quotes for f in reversed(judgement.false_claims)}
    for key, flag in checklist.flags.items():
        if evidence := _evidence(quoted.get(key, []), flag.claim, ground):
            yield FoundFlag(flag.claim, flag.correction, evidence)
