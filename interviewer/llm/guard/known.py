"""What the candidate has said or heard: an interviewer gives nothing away with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from interviewer.language import CARRIES_MEANING, FUNCTION_WORDS, stem, words

Reader = Callable[[str], list[str]]
"""Takes a text apart into the items that sequences are made of."""


def every(text: str) -> list[str]:
    """Stems of all words."""
    return [stem(word) for word in words(text)]


def meaning(text: str) -> list[str]:
    """Stems of the words that carry meaning."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS or word in CARRIES_MEANING]


class Known:
    """Texts that are read when they are needed first: an answer may be long, and most lines touch nothing secret."""

    def __init__(self, texts: Iterable[str], read: Reader) -> None:
        self._texts = tuple(texts)
        self._read = read

    def says(self, sequence: tuple[str, ...]) -> bool:
        """Whether the items stand one after the other in a text."""
        return f" {' '.join(sequence)} " in self._joined

    @cached_property
    def items(self) -> frozenset[str]:
        """All items of all texts."""
        return frozenset(self._joined.split())

    @cached_property
    def _joined(self) -> str:
        return f" {' | '.join(' '.join(self._read(text)) for text in self._texts)} "
