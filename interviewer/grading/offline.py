"""The first offline grader: finds the ways of saying each rubric point in the candidate's sentences.

It sees words, not truth: a claim that is reversed in other words than a negation looks to it like the claim itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from interviewer.content.models import Question, RubricPoint, Verdict
from interviewer.grade import Criterion, Grade
from interviewer.grading import score
from interviewer.grading.evidence import verified
from interviewer.grading.gates import claims_nothing, closed_by, is_bare_list, repeats
from interviewer.language import (
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
MAX_SENTENCES = 2_000


@dataclass(frozen=True, slots=True)
class _Sentence:
    """`listed` says that it comes from a bare list of names: it can touch a point, but not make it."""

    text: str
    stems: list[str]
    listed: bool


@dataclass(frozen=True, slots=True)
class _Term:
    stems: tuple[str, ...]
    literal: bool

    def stands_in(self, said: Sequence[str]) -> bool:
        """Word by word where literal; else all words in any order, with at most `SLACK` others among them."""
        size = len(self.stems)
        spots = [i for i, s in enumerate(said) if s in self.stems]
        if self.literal:
            return any(tuple(said[i : i + size]) == self.stems for i in spots)
        wanted = set(self.stems)
        return bool(wanted) and any(wanted <= set(said[i : i + size + SLACK]) for i in spots)


@dataclass(frozen=True, slots=True)
class _Finding:
    verdict: Verdict
    evidence: tuple[str, ...] = ()


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


def grade(question: Question, ask: str, answers: Sequence[str], hints: int = 0) -> Grade:
    """Grade all that a candidate said in one thread."""
    said = _sentences(question, ask, answers)
    criteria = []
    for point in question.rubric:
        found = _find(point, ask, said)
        criteria.append(Criterion(point.id, point.point, point.weight, found.verdict, found.evidence, point.essential))
    return score.grade(verified(criteria, answers), GRADER, hints)


def assess(question: Question, ask: str, text: str) -> dict[str, Verdict]:
    """How far one text covers each rubric point; what the next line of the interview is chosen by."""
    said = _sentences(question, ask, [text])
    return {p.id: _find(p, ask, said).verdict for p in question.rubric}


def _sentences(question: Question, ask: str, answers: Sequence[str]) -> list[_Sentence]:
    """What was claimed, sentence by sentence: no empty talk, no questions, nothing that the interviewer said."""
    lines = _interviewer_lines(question)
    said: list[_Sentence] = []
    for answer in answers:
        if closed_by(answer, ask) is None:
            listed = is_bare_list(answer)
            claims = (s for s in sentences(answer)[:MAX_SENTENCES] if not claims_nothing(s) and not repeats(s, lines))
            said += [_Sentence(s, all_stems(s), listed) for s in claims]
    return said


def _interviewer_lines(question: Question) -> list[frozenset[str]]:
    """The stems of every line of the question that the candidate may have heard."""
    lines = [*question.asks, *question.hints, *(c.fact for c in question.clarifications)]
    lines += [ask for f in question.follow_ups for ask in f.asks] + [p.probe for p in question.rubric]
    return [frozenset(stems(line)) for line in lines]


def _find(point: RubricPoint, ask: str, said: Sequence[_Sentence]) -> _Finding:
    """A term found makes the point met; otherwise the share of the point's own words decides."""
    terms = [_term(t) for t in point.terms]
    found = [s for s in said if any(term.stands_in(s.stems) for term in terms)]
    if found:
        claimed = [s for s in found if not s.listed]
        quotes = tuple(s.text for s in (claimed or found)[:MAX_EVIDENCE])
        return _Finding(Verdict.MET if claimed else Verdict.PARTIAL, quotes)
    wanted = set(stems(point.point)) - set(stems(ask)) - _REPORTING
    if not wanted or not said:
        return _Finding(Verdict.MISSED)
    best = max(said, key=lambda s: len(wanted.intersection(s.stems)))
    cover = len(wanted.intersection(best.stems)) / len(wanted)
    if cover >= PARTIAL_COVER:
        return _Finding(Verdict.MET if cover >= MET_COVER else Verdict.PARTIAL, (best.text,))
    return _Finding(Verdict.MISSED)


@lru_cache(maxsize=20_000)
def _term(text: str) -> _Term:
    """A phrase of which hardly anything but small words is left ("i wrote", "moved off") counts as a whole only."""
    every = words(text)
    needed = [w for w in every if w not in FUNCTION_WORDS or w in CARRIES_MEANING]
    literal = len(every) > 1 and len(needed) < 2
    return _Term(tuple(stem(w) for w in (every if literal else needed or every)), literal)


_REPORTING = {stem(w) for w in "says say names name gives give explains describes example tells picks".split()}
