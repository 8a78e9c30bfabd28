"""What a candidate's words can be evidence for: sentences that claim something, and only what they have to do with.

A judge may be talked into crediting a point. The quote that it then brings is the candidate's own, so this is where
such a credit fails: the sentence has to share a word with the point, or the offline grader has to see the point in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from interviewer.content.models import Question, RubricPoint, Verdict
from interviewer.engine import phrases
from interviewer.grade import Grade
from interviewer.grading import claims, offline
from interviewer.grading.gates import MIN_WORDS, claims_nothing, closed_by, repeats
from interviewer.grading.instructions import instructs
from interviewer.grading.quotes import Span
from interviewer.language import sentences, stem, stems, tokens, words

COPIED = 9
_REPORTING = {stem(w) for w in "says say names name gives give explains describes example tells picks".split()}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and its place. `counts` says that it claims something about the question."""

    text: str
    place: Span
    counts: bool


class Ground:
    """One thread's words, and how the offline grader reads those that count."""

    def __init__(self, question: Question, ask: str, answers: Sequence[str]) -> None:
        self.answers = tuple(answers)
        self._asked = frozenset(stems(ask))
        self.sentences = list(_sentences(question, ask, self.answers))
        self.steered = any(instructs(" ".join(a.split())) for a in answers) or any(
            instructs(s.text) for s in self.sentences
        )
        claimed = (
            "\n".join(s.text for s in self.sentences if s.counts and s.place.answer == n) for n in range(len(answers))
        )
        self.offline: Grade = offline.grade(question, ask, [c for c in claimed if c])
        self._seen = {c.id: c for c in self.offline.criteria}
        self._fewest = 1 if self.offline.score else 2

    @property
    def empty(self) -> bool:
        """Nothing was claimed at all, or in a word or two nothing that the offline grader sees a point in."""
        said = [word for s in self.sentences if s.counts for word in tokens(s.text)]
        return not said or (len(said) < MIN_WORDS and self.offline.score == 0)

    def seen(self, point: RubricPoint) -> Verdict:
        """The offline grader's verdict."""
        return self._seen[point.id].verdict

    def carries(self, span: Span, about: str, point: RubricPoint | None = None) -> bool:
        """Whether the words at `span` can be evidence for what `about` says.

        One word in common is enough in a thread in which the offline grader finds something; else it takes two.
        """
        around = [s for s in self.sentences if s.counts and _overlap(s.place, span)]
        seen = self._seen[point.id].evidence if point else ()
        wanted = frozenset(stems(about)) - self._asked - _REPORTING
        return any(s.text in seen or len(wanted.intersection(stems(s.text))) >= self._fewest for s in around)


def _sentences(question: Question, ask: str, answers: Sequence[str]) -> Iterator[_Sentence]:
    lines = _own_lines(question)
    rubric = frozenset(run for p in question.rubric for run in _runs(p.point))
    for number, answer in enumerate(answers):
        closed = closed_by(answer, ask) is not None or phrases.UNKNOWN.match(answer.strip()[: phrases.MAX_CHARS])
        position = 0
        for text in sentences(answer)[: claims.MAX_SENTENCES]:
            start = answer.index(text, position)
            position = start + len(text)
            idle = closed or claims_nothing(text) or repeats(text, lines) or instructs(text) or _copies(text, rubric)
            yield _Sentence(text, Span(number, start, position), counts=not idle)


def _own_lines(question: Question) -> list[frozenset[str]]:
    """The stems of each line that is the question's own: said back, it is no answer."""
    lines = [*question.asks, *question.hints, *(c.fact for c in question.clarifications)]
    lines += [ask for f in question.follow_ups for ask in f.asks] + [p.probe for p in question.rubric]
    return [frozenset(stems(line)) for line in lines]


def _copies(text: str, rubric: Set[tuple[str, ...]]) -> bool:
    """A piece of the rubric stands in it word for word; nobody says the same thing in the same nine words."""
    return not rubric.isdisjoint(_runs(text))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Each row of `COPIED` words; a shorter text is one row."""
    said = words(text)
    return (tuple(said[n : n + COPIED]) for n in range(max(1, len(said) - COPIED + 1)))


def _overlap(one: Span, other: Span) -> bool:
    return one.answer == other.answer and one.start < other.end and other.start < one.end
