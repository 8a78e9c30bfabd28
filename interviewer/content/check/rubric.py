"""Rubric points that can be told apart: each has its own text and its own terms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from interviewer.content.check.findings import Flaw
from interviewer.content.check.terms import key, stands_in
from interviewer.content.models import Question
from interviewer.language import all_stems

SAME_WORDING = 0.8
"""Share of common words from which two texts say the same."""
MAX_TERM_WORDS = 4


def flaws(question: Question) -> Iterator[Flaw]:
    """Points that overlap, terms that are no short lower-case phrases or stand there twice."""
    yield from _points(question)
    yield from _shared(question)
    for number, point in enumerate(question.rubric):
        seen: dict[tuple[str, ...], str] = {}
        for nth, term in enumerate(point.terms):
            loc = ("rubric", number, "terms", nth)
            if (first := seen.setdefault(key(term), term)) is not term:
                yield Flaw(loc, f"`{term}` is found wherever `{first}` is; remove one of them")
            if len(term.split()) > MAX_TERM_WORDS:
                yield Flaw(loc, f"`{term}` has more than {MAX_TERM_WORDS} words; nobody says exactly that, shorten it")
            if term != term.lower():
                yield Flaw(loc, f"write `{term.lower()}` in lower case")


def alike(one: str, other: str) -> bool:
    """Nearly the same words."""
    left, right = set(all_stems(one)), set(all_stems(other))
    return len(left & right) >= SAME_WORDING * len(left | right)


def _points(question: Question) -> Iterator[Flaw]:
    for (_, first), (number, second) in combinations(enumerate(question.rubric), 2):
        if alike(first.point, second.point):
            yield Flaw(("rubric", number, "point"), f"says the same as `{first.id}`; make one point of them")


def _shared(question: Question) -> Iterator[Flaw]:
    """A term that is heard in another point's term earns both points at once."""
    for (number, point), (_, other) in permutations(enumerate(question.rubric), 2):
        for nth, term in enumerate(point.terms):
            if wider := next((t for t in other.terms if stands_in(term, t)), None):
                text = f"`{term}` is heard in `{wider}` of `{other.id}` too and earns both points; narrow one of them"
                yield Flaw(("rubric", number, "terms", nth), text)
