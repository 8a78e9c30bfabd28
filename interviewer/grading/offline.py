"""The offline grader: an answer against a bank question's rubric, by what the bank knows of good and bad answers.

It compares words, their meaning by word vectors, and the polarity of claims. It does not understand: how far that
goes is measured by `training/` and written down in docs/what-the-grader-can-judge.md.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interviewer.content.models import Question, Verdict
from interviewer.grade import Criterion, FoundFlag, Grade
from interviewer.grading import score
from interviewer.grading.claims import Claim, claims
from interviewer.grading.evidence import verified

if TYPE_CHECKING:
    from interviewer.grading.points import Judged
    from interviewer.grading.prepared import Prepared

GRADER = "offline-rubric-2"
NOTHING_SAID = 0.95
"""How sure the grader is that a point is missed where nothing at all was claimed."""
KEPT = 128


class OfflineGrader:
    """`grade` and `assess` as the session's grader port; `remarks` go with each grade."""

    def __init__(self, remarks: tuple[str, ...] = ()) -> None:
        self._remarks = remarks

    def assess(self, question: Question, ask: str, text: str) -> dict[str, Verdict]:
        """How far one text covers each rubric point."""
        return assess(question, ask, text)

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        """The grade of a thread."""
        found = grade(question, ask, answers, hints)
        return replace(found, remarks=(*found.remarks, *self._remarks))


def assess(question: Question, ask: str, text: str) -> dict[str, Verdict]:
    """How far one text covers each rubric point; what the next line of the interview is chosen by."""
    said = claims(question, ask, [text])
    if not said or not question.rubric:
        return {p.id: Verdict.MISSED for p in question.rubric}
    return {p.id: j.verdict for p, j in zip(question.rubric, _judge(question, ask, said)[0], strict=True)}


def grade(question: Question, ask: str, answers: Sequence[str], hints: int = 0) -> Grade:
    """Grade all that a candidate said in one thread.

    The first call for a question takes some tens of milliseconds more; the very first of all loads word vectors.
    """
    return grade_without((), question, ask, answers, hints)


def grade_without(
    hidden: Collection[int], question: Question, ask: str, answers: Sequence[str], hints: int = 0
) -> Grade:
    """`grade` as if the question's samples with these numbers were not known: for measuring it on them."""
    said = claims(question, ask, answers)
    if not said or not question.rubric:
        missed = [
            Criterion(p.id, p.point, p.weight, Verdict.MISSED, (), p.essential, NOTHING_SAID) for p in question.rubric
        ]
        nothing = score.grade(missed, GRADER, hints)
        return nothing if nothing.level is None else replace(nothing, confidence=NOTHING_SAID, range=(1, 1))
    judged, flags = _judge(question, ask, said, hidden)
    criteria = []
    for point, found in zip(question.rubric, judged, strict=True):
        quotes = tuple(said[row].text for row in found.evidence)
        confidence = round(found.confidence, 3)
        criteria.append(
            Criterion(point.id, point.point, point.weight, found.verdict, quotes, point.essential, confidence)
        )
    made = score.grade(verified(criteria, answers), GRADER, hints)
    assert made.level is not None
    from interviewer.grading import fitted

    chances = score.level_chances(
        [(p.weight, p.essential, j.chances) for p, j in zip(question.rubric, judged, strict=True)], hints
    )
    confidence = round(chances[made.level - 1], 3)
    likely = score.likely_levels(chances, made.level, fitted.forest().likely)
    return replace(made, confidence=confidence, range=likely, red_flags=flags)


def _judge(
    question: Question, ask: str, said: Sequence[Claim], hidden: Collection[int] = ()
) -> tuple[list[Judged], tuple[FoundFlag, ...]]:
    from interviewer.grading import points

    prepared = _prepared(question, ask)
    exemplars = prepared.exemplars.without(hidden) if hidden else prepared.exemplars
    judged, seen = points.judge(prepared, exemplars, said)
    flags: dict[int, list[str]] = {}
    for sighting in seen:
        flags.setdefault(sighting.flag, []).append(said[sighting.row].text)
    sure = {s.flag: max(t.alike for t in seen if t.flag == s.flag) for s in seen}
    listed = question.red_flags
    return judged, tuple(
        FoundFlag(listed[n].claim, listed[n].correction, tuple(quotes), round(sure[n], 3))
        for n, quotes in flags.items()
    )


_KNOWN: OrderedDict[tuple[int, str], Prepared] = OrderedDict()


def _prepared(question: Question, ask: str) -> Prepared:
    """The question laid out, kept for the questions that were last in use; the object itself is what it is known by."""
    from interviewer.grading.prepared import prepare

    key = (id(question), ask)
    found = _KNOWN.get(key)
    if found is None or found.question is not question:
        found = prepare(question, ask)
        _KNOWN[key] = found
        while len(_KNOWN) > KEPT:
            _KNOWN.popitem(last=False)
    _KNOWN.move_to_end(key)
    return found
