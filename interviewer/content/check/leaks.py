"""What the interviewer says must not be what the candidate is to find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from interviewer.content.check.findings import Flaw
from interviewer.content.check.terms import stands_in
from interviewer.content.models import Question, RubricPoint


def flaws(question: Question) -> Iterator[Flaw]:
    """Terms in the question itself, in a probe, or in a hint before the last one."""
    yield from _asked(question)
    essential = [p for p in question.rubric if p.essential]
    for number, point in enumerate(question.rubric):
        loc = ("rubric", number, "probe")
        for term in _given([point], point.probe):
            yield Flaw(loc, f"the probe gives away `{term}`; ask without it")
        for term in _given([p for p in essential if p != point], point.probe):
            yield Flaw(loc, f"the probe gives away `{term}` of an essential point; ask without it")
    for number, hint in enumerate(question.hints[:-1]):
        for term in _given(essential, hint):
            yield Flaw(("hints", number), f"gives away `{term}` of an essential point; leave it to the last hint")


def _asked(question: Question) -> Iterator[Flaw]:
    parts = {f.id: f.asks for f in question.follow_ups}
    for number, point in enumerate(question.rubric):
        asks = parts[point.part] if point.part else question.asks
        for nth, term in enumerate(point.terms):
            if any(stands_in(term, ask) for ask in asks):
                loc = ("rubric", number, "terms", nth)
                yield Flaw(loc, f"`{term}` is in the question itself and shows nothing; remove it")


def _given(points: Sequence[RubricPoint], line: str) -> Iterator[str]:
    """The first term of each point that the line has."""
    for point in points:
        yield from islice((term for term in point.terms if stands_in(term, line)), 1)
