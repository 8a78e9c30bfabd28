"""What listens to a line, word by word, and says when it goes too far. Each watch is for one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from interviewer.llm.guard.breach import Breach
from interviewer.llm.guard.known import Known, Reader, every, meaning
from interviewer.llm.guard.sequences import Sequences
from interviewer.llm.guard.wording import ends_sentence


class Watch(Protocol):
    """Hears every word of a line once, in order."""

    breach: Breach

    def hear(self, word: str) -> bool:
        """Whether the line breaks the rule with this word."""

    @property
    def pending(self) -> int:
        """How many of the last words may be the beginning of a breach."""


class Phrases:
    """Breaks with the last word of a sequence that the candidate does not know."""

    def __init__(self, breach: Breach, sequences: Sequences, read: Reader, known: Known) -> None:
        self.breach = breach
        self._sequences, self._read, self._known = sequences, read, known
        self._said: list[str] = []
        self._word_of: list[int] = []
        self._words = 0

    def hear(self, word: str) -> bool:
        """Whether a sequence ends here."""
        self._words += 1
        broken = False
        for part in self._read(word):
            self._said.append(part)
            self._word_of.append(self._words)
            broken = broken or any(not self._known.says(found) for found in self._sequences.ended(self._said))
        return broken

    @property
    def pending(self) -> int:
        """The words that begin a sequence."""
        begun = self._sequences.begun(self._said)
        return self._words - self._word_of[-begun] + 1 if begun else 0


class Quotations(Phrases):
    """Phrases of which all but the last word is too little to matter: nothing waits for it."""

    pending = 0


class Statements:
    """Breaks when a sentence shares so much with one of the statements that it says the same."""

    pending = 0

    def __init__(
        self, breach: Breach, statements: Sequence[frozenset[str]], known: Known, fewest: int, share: float
    ) -> None:
        self.breach = breach
        self._statements, self._known = statements, known
        self._fewest, self._share = fewest, share
        self._said: dict[int, set[str]] = defaultdict(set)
        self._holding = _holders(statements)

    def hear(self, word: str) -> bool:
        """Whether what the sentence says so far is too much of a statement."""
        touched = set()
        for stem in meaning(word):
            for number in self._holding.get(stem, ()):
                self._said[number].add(stem)
                touched.add(number)
        broken = any(self._is_said(number) for number in touched)
        if ends_sentence(word):
            self._said.clear()
        return broken

    def _is_said(self, number: int) -> bool:
        said, statement = self._said[number], self._statements[number]
        if len(said) < max(self._fewest, self._share * len(statement)):
            return False
        return len(said - self._known.items) >= self._fewest


def _holders(statements: Sequence[frozenset[str]]) -> Mapping[str, list[int]]:
    """The numbers of the statements that hold each stem."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for stem in statement:
            found[stem].append(number)
    return found


class Facts:
    """Breaks with a number or a name that nobody has mentioned."""

    breach = Breach.INVENTION
    pending = 0

    def __init__(self, known: Known) -> None:
        self._known = known
        self._starts = True

    def hear(self, word: str) -> bool:
        """Whether the word is such a number or name."""
        named = not self._starts and word[:1].isupper() and not word.startswith(("I'", "I’"))
        specific = named or any(c.isdigit() for c in word)
        self._starts = ends_sentence(word)
        return specific and not set(every(word)) <= self._known.items | {"i"}
