"""What the interviewer says must not be what the candidate is to find."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.content.check.findings import Flaw
from interviewer.content.check.terms import stands_in
from interviewer.content.models import Question


def flaws(question: Question) -> Iterator[Flaw]:
    """Terms in the question itself, in their own probe, or in a hint before the last one."""
    parts = {f.id: f.asks for f in question.follow_ups}
    for number, point in enumerate(question.rubric):
        asks = parts[point.part] if point.part else question.asks
        for nth, term in enumerate(point.terms):
            if any(stands_in(term, ask) for ask in asks):
                loc = ("rubric", number, "terms", nth)
                yield Flaw(loc, f"`{term}` is in the question itself and shows nothing; remove it")
            if stands_in(term, point.probe):
                yield Flaw(("rubric", number, "probe"), f"the probe gives away `{term}`; ask without it")
    for number, hint in enumerate(question.hints[:-1]):
        for point in (p for p in question.rubric if p.essential):
            if given := next((t for t in point.terms if stands_in(t, hint)), None):
                text = f"gives away `{given}` of the essential `{point.id}`; leave it to the last hint"
                yield Flaw(("hints", number), text)
