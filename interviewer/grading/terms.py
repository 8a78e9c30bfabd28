"""Authored ways of saying a rubric point, found in a sentence in any inflection. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.language import CARRIES_MEANING, FUNCTION_WORDS, stem, words

SLACK = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase as stems; `literal` says that it counts word by word only."""

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


@lru_cache(maxsize=20_000)
def term(text: str) -> Term:
    """A phrase of which hardly anything but small words is left ("i wrote", "moved off") counts as a whole only."""
    every = words(text)
    needed = [w for w in every if w not in FUNCTION_WORDS or w in CARRIES_MEANING]
    literal = len(every) > 1 and len(needed) < 2
    return Term(tuple(stem(w) for w in (every if literal else needed or every)), literal)
