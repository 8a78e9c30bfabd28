"""Words by which an interviewer would judge an answer, speak of the score, or greet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from interviewer.language import tokens
from interviewer.llm.guard.sequences import Sequences
from interviewer.llm.guard.wording import ends_sentence

START, STOP = "^", "."
"""Stand in a sequence for the beginning of a sentence, and for the mark behind a word."""

_MARKED = re.compile("[.,!;:…—][)\"'”’]*$")
_OPENERS = """absolutely amazing awesome beautiful bravo brilliant congratulations correct exactly excellent
    fantastic great impressive incorrect indeed lovely magnificent nice outstanding perfect precisely splendid
    superb terrific wonderful wow wrong""".split()
_QUALITIES = """amazing awesome bad brilliant clever comprehensive convincing correct detailed excellent
    fantastic good great impressive incomplete incorrect insightful interesting nice outstanding perfect poor
    smart solid splendid strong superb terrific thorough thoughtful weak wonderful wrong""".split()
_THINGS = """answer answers explanation explanations insight job observation point points reasoning reply
    response thinking""".split()
_VERDICTS = "absolutely correct correctly exactly incorrect mistaken right spot wrong".split()
_SUBJECTS = ("that's", "that is", "you're", "you are", "you were", "it's exactly", "you have that", "you've got that")
_JUDGEMENTS = """well done; well said; well put; well explained; spot on; not quite; nailed it; you nailed;
    good start; great start; on the right track; i like that; i love that; love it; love that; i agree; i disagree;
    makes sense; full marks; you passed; you failed; i'm impressed; very good; very nice; really good; really nice;
    not right; not correct; you missed; you forgot; you left out; you covered""".split(";")
_SCORES = """your score; your level; your grade; your rating; rubric; strong hire; no hire; model answer; sample
    answer; ideal answer; expected answer; out of four; out of five; out of ten; points out of""".split(";")
_GREETINGS = """hello; hi; good morning; good afternoon; good evening; good day; welcome to; nice to meet;
    pleased to meet; great to meet; my name is; thanks for joining; thank you for joining""".split(";")


class Marked:
    """A reader that keeps the beginnings of sentences and the marks behind words."""

    def __init__(self) -> None:
        self._starts = True

    def __call__(self, text: str) -> list[str]:
        """The next words' tokens and marks."""
        found: list[str] = []
        for word in text.split():
            found += [START] * self._starts + tokens(word) + [STOP] * bool(_MARKED.search(word))
            self._starts = ends_sentence(word)
        return found


@cache
def judgements() -> Sequences:
    """What tells the candidate how an answer was."""
    return Sequences(_judgements())


@cache
def greetings() -> Sequences:
    """What is said once, when people meet."""
    return Sequences(tuple(tokens(phrase)) for phrase in _GREETINGS)


def _judgements() -> Iterator[tuple[str, ...]]:
    for word in _OPENERS:
        yield (START, word, STOP)
    for quality, thing in product(_QUALITIES, _THINGS):
        yield (quality, thing)
    for subject, verdict in product(_SUBJECTS, _VERDICTS):
        yield (*subject.split(), verdict)
    for subject, quality in product(("that's", "that is", "that was", "this is"), _QUALITIES):
        yield (*subject.split(), quality, STOP)
        yield (*subject.split(), "a", quality)
    for phrase in (*_JUDGEMENTS, *_SCORES):
        yield tuple(tokens(phrase))
    for number in ("one", "two", "three", "four", "1", "2", "3", "4"):
        yield ("level", number)
