"""What a candidate claimed, sentence by sentence: no empty talk, no questions, nothing that the interviewer said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from interviewer.content.models import Question
from interviewer.grading.code import part
from interviewer.grading.gates import claims_nothing, closed_by, is_bare_list, repeats
from interviewer.grading.instructions import instructs
from interviewer.language import sentences, stems, words

MAX_SENTENCES = 2_000
GIVING_UP_WORDS = 15
COPIED = 12
"""Words in a row of the rubric's own: nobody says the same thing in the same twelve."""
_UNKNOWN = re.compile(
    r"\b(?:no idea|(?:do\s?n['’]t|do not) (?:really )?(?:know|remember)|never heard|not sure"
    r"|no clue|have to look (?:it|that) up)\b",
    re.IGNORECASE,
)
_OF_GRADING = re.compile(
    r"\b(?:scor(?:e|ed|ing)|grad(?:e|es|ed|er|ing)|marks?|rubric|criteri\w+|instruct\w*|prompts?|verdict"
    r"|level [:=]?\s*(?:4|four)|ignore|disregard|system:|assistant|(?:full|all|top|maximum) (?:credit|points))",
    re.IGNORECASE,
)
"""Looking for instructions takes long; a sentence without any of these can move no grade."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or a line of code, verbatim.

    One that is `listed` comes from a bare list of names, one that is `code` from a program: they can touch a point, but
    not make it.
    """

    text: str
    listed: bool = False
    code: bool = False


def claims(question: Question, ask: str, answers: Sequence[str]) -> list[Claim]:
    """The sentences of the answers that can count for a point."""
    lines, rubric = _interviewer_lines(question), _rubric_runs(tuple(p.point for p in question.rubric))
    said: list[Claim] = []
    for answer in answers:
        if closed_by(answer, ask) is None and not _gives_up(answer):
            talk, code = part(answer)
            listed = is_bare_list(talk)
            kept = (s for s in sentences(talk)[:MAX_SENTENCES] if _counts(s, lines, rubric))
            said += [Claim(s, listed=listed) for s in kept]
            said += [Claim(line, code=True) for line in code[:MAX_SENTENCES]]
    return said


def _gives_up(answer: str) -> bool:
    return len(answer.split()) < GIVING_UP_WORDS and bool(_UNKNOWN.search(answer))


def _counts(sentence: str, lines: Sequence[frozenset[str]], rubric: Set[tuple[str, ...]]) -> bool:
    if claims_nothing(sentence) or repeats(sentence, lines) or not rubric.isdisjoint(_runs(sentence)):
        return False
    return not (_OF_GRADING.search(sentence) and instructs(sentence))


@lru_cache(maxsize=128)
def _rubric_runs(points: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(run for point in points for run in _runs(point))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Each row of `COPIED` words; a shorter text is one row."""
    said = words(text)
    return (tuple(said[n : n + COPIED]) for n in range(max(1, len(said) - COPIED + 1)))


def _interviewer_lines(question: Question) -> list[frozenset[str]]:
    """The stems of every line of the question that the candidate may have heard."""
    lines = [*question.asks, *question.hints, *(c.fact for c in question.clarifications)]
    lines += [ask for f in question.follow_ups for ask in f.asks] + [p.probe for p in question.rubric]
    return [_stems(line) for line in lines]


@lru_cache(maxsize=10_000)
def _stems(line: str) -> frozenset[str]:
    return frozenset(stems(line))
