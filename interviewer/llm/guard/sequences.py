"""Sequences of words, found while the words come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Sequence = tuple[str, ...]


class Sequences:
    """A set of sequences."""

    def __init__(self, sequences: Iterable[Sequence]) -> None:
        self._whole = frozenset(sequences)
        self._begun = frozenset(s[:n] for s in self._whole for n in range(1, len(s)))
        self._longest = max(map(len, self._whole), default=0)

    def ended(self, said: list[str]) -> Iterator[Sequence]:
        """Those with which `said` ends."""
        for size in range(1, min(self._longest, len(said)) + 1):
            if (last := tuple(said[-size:])) in self._whole:
                yield last

    def begun(self, said: list[str]) -> int:
        """How many words at the end of `said` may be the beginning of one."""
        longest = min(self._longest - 1, len(said))
        return next((n for n in range(longest, 0, -1) if tuple(said[-n:]) in self._begun), 0)


def runs(words: list[str], size: int) -> Iterator[Sequence]:
    """Every run of so many words."""
    for start in range(len(words) - size + 1):
        yield tuple(words[start : start + size])
