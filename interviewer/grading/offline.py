"""The first offline grader: finds the ways of saying each rubric point in the candidate's sentences.

It sees words, not truth: a claim that is reversed in other words than a negation looks to it like the claim itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.content.models import Question, RubricPoint, Verdict
from interviewer.grade import Criterion, Grade
from interviewer.grading import score
from interviewer.grading.evidence import verified
from interviewer.grading.gates import closed_by
from interviewer.grading.language import (
    CARRIES_MEANING,
    FUNCTION_WORDS,
    all_stems,
    sentences,
    stem,
    stems,
    words,
)

GRADER = "offline-terms-1"
SLACK = 3
PARTIAL_COVER = 0.34
MET_COVER = 0.6
MAX_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    stems: list[str]


@dataclass(frozen=True, slots=True)
class _Finding:
    verdict: Verdict
    evidence: tuple[str, ...] = ()


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
    said = _sentences(ask, answers)
    criteria = []
    for point in question.rubric:
        found = _find(point, ask, said)
        criteria.append(Criterion(point.id, point.point, point.weight, found.verdict, found.evidence, point.essential))
    return score.grade(verified(criteria, answers), GRADER, hints)


def assess(question: Question, ask: str, text: str) -> dict[str, Verdict]:
    """How far one text covers each rubric point; what the next line of the interview is chosen by."""
    said = _sentences(ask, [text])
    return {p.id: _find(p, ask, said).verdict for p in question.rubric}


def _sentences(ask: str, answers: Sequence[str]) -> list[_Sentence]:
    """What was said, sentence by sentence; answers that no point can be found in are left out."""
    heard = [a for a in answers if closed_by(a, ask) is None]
    return [_Sentence(s, all_stems(s)) for a in heard for s in sentences(a)]


def _find(point: RubricPoint, ask: str, said: Sequence[_Sentence]) -> _Finding:
    """A term found makes the point met; otherwise the share of the point's own words decides."""
    terms = [t for t in map(_needed, point.terms) if t]
    met = [s.text for s in said if any(_stands_close(term, s.stems) for term in terms)]
    if met:
        return _Finding(Verdict.MET, tuple(met[:MAX_EVIDENCE]))
    wanted = set(stems(point.point)) - set(stems(ask)) - _REPORTING
    if not wanted or not said:
        return _Finding(Verdict.MISSED)
    best = max(said, key=lambda s: len(wanted.intersection(s.stems)))
    cover = len(wanted.intersection(best.stems)) / len(wanted)
    if cover >= PARTIAL_COVER:
        return _Finding(Verdict.MET if cover >= MET_COVER else Verdict.PARTIAL, (best.text,))
    return _Finding(Verdict.MISSED)


@lru_cache(maxsize=20_000)
def _needed(term: str) -> tuple[str, ...]:
    """Stems of the term's words that have to be there: all but the small ones that carry no meaning."""
    every = words(term)
    needed = [w for w in every if w not in FUNCTION_WORDS or w in CARRIES_MEANING]
    return tuple(stem(w) for w in needed or every)


def _stands_close(needed: Sequence[str], said: Sequence[str]) -> bool:
    """All words of the term in the sentence, in any order, with at most `SLACK` others among them."""
    wanted = set(needed)
    window = len(needed) + SLACK
    spots = (i for i, s in enumerate(said) if s in wanted)
    return any(wanted <= set(said[start : start + window]) for start in spots)


_REPORTING = {stem(w) for w in "says say names name gives give explains describes example tells picks".split()}
