"""One line of an interviewer as it streams in: what is shown of it when, where it ends, and whether it is said."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.llm.guard.breach import Breach, Breached
from interviewer.llm.guard.watches import Watch
from interviewer.llm.guard.wording import Wording, ends_sentence

MOST_WORDS = 60
MOST_CHARACTERS = 200
"""Of one word."""

SPEAKERS = {"candidate:", "interviewer:"}
"""With these a model goes on to play the turns that follow."""


class Line:
    """Words go in as they come; what comes out has been listened to and is never taken back, unless all of it is.

    The first sentence is shown word by word, so that something is there at once, but for words that may begin a
    breach. Later ones are shown as wholes: what is cut off was never shown. The same text makes the same line,
    wherever its pieces are cut.

    Raises (`take` and `finish`):
        Breached: the line is not to be said.
    """

    def __init__(self, name: str, watches: Sequence[Watch]) -> None:
        self._wording = Wording(name)
        self._watches = watches
        self._words: list[str] = []
        self._shown = 0
        self._sentence_ends: list[int] = []
        self._question_end: int | None = None
        self.full = False

    @property
    def text(self) -> str:
        """The line so far."""
        return " ".join(self._words)

    def take(self, text: str) -> str:
        """What can be shown now that this text is there."""
        for word in self._wording.take(text):
            self._hear(word)
        if self._wording.waiting > MOST_CHARACTERS:
            raise Breached(Breach.LENGTH)
        return self._show(self._safe)

    def finish(self) -> str:
        """What is left to show at the end."""
        for word in self._wording.finish():
            self._hear(word)
        return self._show(len(self._words))

    def _hear(self, word: str) -> None:
        if self.full:
            return
        if word.lower() in SPEAKERS or len(self._words) == MOST_WORDS:
            self._cut(self._sentence_ends[-1] if self._sentence_ends else 0)
        elif "?" in word and self._question_end is not None:
            self._cut(self._question_end)
        else:
            self._accept(word)

    def _accept(self, word: str) -> None:
        self._words.append(word)
        broken = [watch.breach for watch in self._watches if watch.hear(word)]
        if broken:
            raise Breached(broken[0])
        if ends_sentence(word):
            self._sentence_ends.append(len(self._words))
        if "?" in word:
            self._question_end = len(self._words)

    def _cut(self, end: int) -> None:
        """End the line before what is too much. Without a sentence's end there is no line."""
        if not end:
            raise Breached(Breach.LENGTH)
        del self._words[end:]
        self.full = True

    @property
    def _safe(self) -> int:
        """How many words can be shown whatever follows."""
        if self.full:
            return len(self._words)
        if self._question_end is not None:
            return self._question_end
        if self._sentence_ends:
            return self._sentence_ends[-1]
        return len(self._words) - max((watch.pending for watch in self._watches), default=0)

    def _show(self, until: int) -> str:
        new = self._words[self._shown : until]
        gap = " " if self._shown and new else ""
        self._shown = max(self._shown, until)
        return gap + " ".join(new)
