"""What of a model's reply is said: no thinking, no mark that declines, and never less than the question due."""

from __future__ import annotations

from interviewer.llm.model import Prompt

OPENS, CLOSES = "<think>", "</think>"
FEWEST_WORDS = 3


class Reply:
    """A reply that comes in pieces, without `<think>…</think>`, wherever the pieces cut the tags.

    `mark` is what a reply begins with that declines; nothing of such a reply is shown.
    """

    def __init__(self, mark: str = "") -> None:
        self._mark = mark
        self._said = ""
        self._held = ""
        self._thinking = False

    def take(self, piece: str) -> str:
        """What can be shown now that this piece is there; what may be the beginning of a tag waits for the next one."""
        self._held += piece
        shown = ""
        while self._tag in self._held:
            before, _, self._held = self._held.partition(self._tag)
            shown += "" if self._thinking else before
            self._thinking = not self._thinking
        whole = len(self._held) - _begun(self._held, self._tag)
        if not self._thinking:
            shown += self._held[:whole]
        self._held = self._held[whole:]
        shown = shown if self._said else shown.lstrip()
        before, self._said = self._said, self._said + shown
        if self.declined or self._begins_to_decline(self._said):
            return ""
        return self._said if self._begins_to_decline(before) else shown

    def finish(self) -> str:
        """What waited for a next piece that does not come."""
        return "" if self._thinking or self.declined else self._held

    @property
    def declined(self) -> bool:
        """Whether the reply begins with the mark."""
        return bool(self._mark) and self._said.lower().startswith(self._mark)

    @property
    def text(self) -> str:
        """All that was said; nothing where the thinking has only one end."""
        said = (self._said + self._held).strip()
        return "" if self._thinking or CLOSES in said else said

    def _begins_to_decline(self, said: str) -> bool:
        return bool(said) and self._mark.startswith(said.lower())

    @property
    def _tag(self) -> str:
        return CLOSES if self._thinking else OPENS


def keeps_the_ask(prompt: Prompt, said: str) -> bool:
    """Whether the candidate can tell what is asked: a question, where a question is due."""
    if not prompt.asks or said == prompt.authored.strip():
        return True
    return "?" in said and len(said.split()) >= FEWEST_WORDS


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of the text may be the beginning of the tag."""
    return next((n for n in range(len(tag) - 1, 0, -1) if text.endswith(tag[:n])), 0)
