"""The first offline grader: finds the ways of saying each rubric point in the candidate's sentences.

It sees words, not truth: a claim that is reversed in other words than a negation looks to it like the claim itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.content.models import Question, RubricPoint, Verdict
from interviewer.grade import Criterion, Grade
from interviewer.grading import score
from interviewer.grading.gates import closed_by
from interviewer.grading.language import FUNCTION_WORDS, all_stems, sentences, stem, stems

GRADER = "offline-terms-1"
SLACK = 3
PARTIAL_COVER = 0.34
MET_COVER = 0.6
MAX_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class _Finding:
    verdict: Verdict
    evidence: tuple[str, ...]


class OfflineGrader:
    """`grade` and `assess` as the session's grader port."""

    def assess(self, question: Question, ask: str, text: str) -> dict[str, Verdict]:
        """How far one text covers each rubric point."""
        return assess(question, ask, text)

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        """The grade of a thread."""
        return grade(question, ask, answers, hints)


def grade(question: Question, ask: str, answers: Sequence[str], hints: int = 0) -> Grade:
    """Grade all that a candidate said in one thread."""
    heard = [a for a in answers if closed_by(a, ask) is None]
    criteria = [_criterion(p, ask, heard) for p in question.rubric]
    return score.grade(criteria, GRADER, hints)


def assess(question: Question, ask: str, text: str) -> dict[str, Verdict]:
    """How far one text covers each rubric point; what the next line of the interview is chosen by."""
    if closed_by(text, ask):
        return {p.id: Verdict.MISSED for p in question.rubric}
    return {p.id: _find(p, ask, [text]).verdict for p in question.rubric}


def _criterion(point: RubricPoint, ask: str, answers: Sequence[str]) -> Criterion:
    found = _find(point, ask, answers)
    return Criterion(point.id, point.point, point.weight, found.verdict, found.evidence, point.essential)


def _find(point: RubricPoint, ask: str, answers: Sequence[str]) -> _Finding:
    """A term found makes the point met; otherwise the share of the point's own words decides."""
    asked = set(stems(ask))
    wanted = {s for s in stems(point.point) if s not in asked and s not in _REPORTING}
    terms = [t for t in (all_stems(term) for term in point.terms) if t]
    met: list[str] = []
    best, best_cover = "", 0.0
    for sentence in (s for answer in answers for s in sentences(answer)):
        said = all_stems(sentence)
        if any(_stands_close(term, said) for term in terms):
            met.append(sentence)
        cover = len(wanted.intersection(said)) / len(wanted) if wanted else 0.0
        if cover > best_cover:
            best, best_cover = sentence, cover
    if met:
        return _Finding(Verdict.MET, tuple(met[:MAX_EVIDENCE]))
    if best_cover >= MET_COVER:
        return _Finding(Verdict.MET, (best,))
    if best_cover >= PARTIAL_COVER:
        return _Finding(Verdict.PARTIAL, (best,))
    return _Finding(Verdict.MISSED, ())


def _stands_close(term: Sequence[str], said: Sequence[str]) -> bool:
    """All words of the term in the sentence, at most `SLACK` other words among them; small words may be left out."""
    needed = [t for t in term if t not in FUNCTION_WORDS] or list(term)
    spots = [i for i, s in enumerate(said) if s in needed]
    window = len(term) + SLACK
    return any(set(needed) <= set(said[start : start + window]) for start in spots)


_REPORTING = {stem(w) for w in "says say names name gives give explains describes example tells picks".split()}
