"""What of a model's reply is said: no thinking, no white space around it, and never less than the question due."""

from __future__ import annotations

from interviewer.llm.model import Prompt

OPENS, CLOSES = "<think>", "</think>"
FEWEST_WORDS, MOST_WORDS = 3, 120


class Reply:
    """A reply that comes in pieces, without `<think>…</think>`, wherever the pieces cut the tags."""

    def __init__(self) -> None:
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
        self._said += shown
        return shown

    @property
    def text(self) -> str:
        """All that was said; nothing where the thinking has only one end."""
        said = (self._said + self._held).strip()
        return "" if self._thinking or CLOSES in said else said

    @property
    def _tag(self) -> str:
        return CLOSES if self._thinking else OPENS


def keeps_the_ask(prompt: Prompt, said: str) -> bool:
    """Whether the candidate can tell what is asked: a question of a speakable length, where a question is due."""
    if not prompt.asks or said == prompt.authored.strip():
        return True
    return "?" in said and FEWEST_WORDS <= len(said.split()) <= MOST_WORDS


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of the text may be the beginning of the tag."""
    return next((n for n in range(len(tag) - 1, 0, -1) if text.endswith(tag[:n])), 0)
