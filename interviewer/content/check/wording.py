"""How an interviewer's lines sound to somebody who hears them once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.content.check.findings import Flaw, Loc
from interviewer.content.models import Question, Round

MAX_WORDS = 60
MAX_GRADE = 12.0
"""Flesch-Kincaid: the last year of school, what a second-language listener follows without effort."""
MIN_GRADED_WORDS = 8
"""Below, the subject's own names decide the grade ("Explain eventual consistency")."""
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")
_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)


def flaws(question: Question) -> Iterator[Flaw]:
    """Lines that are too long, too hard or two in one; links, which go stale."""
    for number, ask in enumerate(question.asks):
        yield from _spoken(("asks", number), ask)
    for number, follow_up in enumerate(question.follow_ups):
        for nth, ask in enumerate(follow_up.asks):
            yield from _spoken(("follow_ups", number, "asks", nth), ask)
    for number, point in enumerate(question.rubric):
        if point.probe.count("?") > 1:
            yield Flaw(("rubric", number, "probe"), "two questions at once; ask the one that the point is about")
    for number, title in enumerate(question.study):
        if _LINK.search(title):
            yield Flaw(("study", number), "links go stale; give the title, author, chapter or section")


def round_flaws(found: Round) -> Iterator[Flaw]:
    """The same for a round's own phrasings."""
    for number, entry in enumerate(found.questions):
        for nth, ask in enumerate(entry.asks):
            yield from _spoken(("questions", number, "asks", nth), ask)


def grade(text: str) -> float:
    """Flesch-Kincaid grade: years of school that a reader needs; 0 for a text without English words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _spoken(loc: Loc, ask: str) -> Iterator[Flaw]:
    if (count := len(ask.split())) > MAX_WORDS:
        yield Flaw(loc, f"{count} words; nobody keeps more than {MAX_WORDS} in mind")
    elif len(_WORD.findall(ask)) >= MIN_GRADED_WORDS and (level := grade(ask)) > MAX_GRADE:
        measured = f"Flesch-Kincaid {level:.1f}, at most {MAX_GRADE:.0f}"
        yield Flaw(loc, f"hard to follow by ear ({measured}); use shorter words and sentences")
    if ask.count("?") > 1:
        yield Flaw(loc, "two questions at once; ask one, and make the other a follow-up or a rubric point")


def _syllables(word: str) -> int:
    """Groups of vowels, less a silent e."""
    lower = word.lower()
    silent = lower.endswith("e") and not lower.endswith(("le", "ee"))
    return max(1, len(_VOWELS.findall(lower)) - silent)
