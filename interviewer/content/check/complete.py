"""What a written question has all of: the parts and how many. A draft is only told what is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviewer.content.check.findings import Flaw, Loc
from interviewer.content.models import Kind, Question

ASKS = (2, 3)
POINTS = (4, 8)
ESSENTIAL = (1, 3)
TERMS = {Kind.CONCEPT: (6, 12), Kind.CODING: (6, 12), Kind.SYSTEM_DESIGN: (6, 12)}
TERMS_OF_A_STORY = (6, 60)
"""Knowledge has few names; what somebody lived through is told in many ways."""
RED_FLAGS = (2, 4)
HINTS = (3, 3)
STUDY = (2, 3)
MODEL_ANSWER_WORDS = (120, 250)
_CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def flaws(question: Question) -> Iterator[Flaw]:
    """Parts that are missing, and parts of which there are too few or too many."""
    yield from _count(("asks",), question.asks, ASKS, "phrasings", "a second practice should sound different")
    yield from _count(("rubric",), question.rubric, POINTS, "points", "each one thing that can be heard in an answer")
    essential = [p for p in question.rubric if p.essential]
    yield from _count(("rubric",), essential, ESSENTIAL, "essential points", "those without which nobody should pass")
    wanted = TERMS.get(question.kind, TERMS_OF_A_STORY)
    for number, point in enumerate(question.rubric):
        loc = ("rubric", number, "terms")
        yield from _count(loc, point.terms, wanted, "terms", "the ways in which people say this and nothing else")
    for number, follow_up in enumerate(question.follow_ups):
        loc = ("follow_ups", number, "asks")
        yield from _count(loc, follow_up.asks, ASKS, "phrasings", "a second practice should sound different")
        if all(p.part != follow_up.id for p in question.rubric):
            yield Flaw(("follow_ups", number), "no rubric point has this as its `part`; give it points of its own")
    yield from _count(("red_flags",), question.red_flags, RED_FLAGS, "red flags", "wrong claims that people make")
    yield from _count(("hints",), question.hints, HINTS, "hints", "a ladder from a nudge to almost there")
    yield from _count(("study",), question.study, STUDY, "things to read", "only what you are sure of")
    words = _CODE.sub("", question.model_answer).split()
    yield from _count(("model_answer",), words, MODEL_ANSWER_WORDS, "words", "two minutes of spoken English")
    if question.levels is None:
        yield Flaw((), "`levels` is missing; say what an answer of level 1, 2, 3 and 4 looks like here")
    if question.kind is Kind.CODING and question.problem is None:
        yield Flaw((), "`problem` is missing; a coding question needs statement, examples, constraints, time and space")


def to_write(question: Question) -> Flaw:
    """What a draft waits for."""
    missing = question.unwritten
    mend = f"write {', '.join(f'`{m}`' for m in missing)}" if missing else "read it and mend what is wrong"
    return Flaw(("status",), f"still a {question.status}: {mend}, then remove this line")


def _count(loc: Loc, items: Sequence[object], limits: tuple[int, int], what: str, why: str) -> Iterator[Flaw]:
    low, high = limits
    if not low <= len(items) <= high:
        wanted = str(low) if low == high else f"{low} to {high}"
        yield Flaw(loc, f"{len(items)} {what} where {wanted} are wanted: {why}")
