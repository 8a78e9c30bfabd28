"""What a candidate's words can be evidence for: sentences that claim something, and only what they have to do with.

A judge may be talked into crediting a point. The quote that it then brings is the candidate's own, so this is where
such a credit fails: the sentence has to share a word with the point, or the offline grader has to see the point in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.content.models import Question, RubricPoint, Verdict
from interviewer.grade import Grade
from interviewer.grading import offline
from interviewer.grading.claims import MAX_SENTENCES, claims
from interviewer.grading.gates import MIN_WORDS
from interviewer.grading.instructions import instructs
from interviewer.grading.quotes import Span
from interviewer.language import sentences, stem, stems, tokens

_REPORTING = {stem(w) for w in "says say names name gives give explains describes example tells picks".split()}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence or a line of code that claims something about the question, and its place."""

    text: str
    place: Span


class Ground:
    """One thread's words, those of them that count, and how the offline grader reads these."""

    def __init__(self, question: Question, ask: str, answers: Sequence[str]) -> None:
        self.answers = tuple(answers)
        self.steered = any(instructs(text) for answer in answers for text in _pieces(answer))
        said = [list(_claimed(question, ask, answer, n)) for n, answer in enumerate(answers)]
        self.claimed = [c for claimed in said for c in claimed if not instructs(c.text)]
        whole = len(self.claimed) == sum(map(len, said))
        counted = answers if whole else ["\n".join(c.text for c in self.claimed)]
        self.offline: Grade = offline.grade(question, ask, counted)
        self._asked = frozenset(stems(ask))
        self._seen = {c.id: c for c in self.offline.criteria}
        self._fewest = 1 if self.offline.score else 2

    @property
    def empty(self) -> bool:
        """Nothing was claimed at all, or in a word or two nothing that the offline grader sees a point in."""
        said = [word for c in self.claimed for word in tokens(c.text)]
        return not said or (len(said) < MIN_WORDS and not self.offline.score)

    def seen(self, point: RubricPoint) -> Verdict:
        """The offline grader's verdict."""
        return self._seen[point.id].verdict

    def carries(self, span: Span, about: str, point: RubricPoint | None = None) -> bool:
        """Whether the words at `span` can be evidence for what `about` says.

        One word in common is enough in a thread in which the offline grader finds something; else it takes two.
        """
        around = [c.text for c in self.claimed if _overlap(c.place, span)]
        seen = self._seen[point.id].evidence if point else ()
        wanted = frozenset(stems(about)) - self._asked - _REPORTING
        return any(text in seen or len(wanted.intersection(stems(text))) >= self._fewest for text in around)


def _pieces(answer: str) -> Iterator[str]:
    """The whole as one line, for an order that runs over several, and each sentence."""
    yield " ".join(answer.split())
    yield from sentences(answer)[:MAX_SENTENCES]


def _claimed(question: Question, ask: str, answer: str, number: int) -> Iterator[Claimed]:
    position = 0
    for claim in claims(question, ask, [answer]):
        start = answer.find(claim.text, position)
        start = start if start >= 0 else answer.index(claim.text)
        position = start + len(claim.text)
        yield Claimed(claim.text, Span(number, start, position))


def _overlap(one: Span, other: Span) -> bool:
    return one.answer == other.answer and one.start < other.end and other.start < one.end
