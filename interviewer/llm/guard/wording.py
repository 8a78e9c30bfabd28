"""A streamed reply as the words that are spoken: no markup, emoji, stage directions or name in front."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.engine.reading import well_formed
from interviewer.text import printable

_PIECE = re.compile(r"(\s*)(\S+)(?=\s)")
_EMOJI = re.compile("[\u20e3\u2600-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]")
_MARKUP = re.compile(r"^[*_`~#>|]+|[*_`~|]+(?=[.,;:!?)\"'”’]*$)")
_BULLET = re.compile(r"[-+*•–]|\d{1,2}[.)]")
_QUOTES = re.compile('["“”]')
_ENDS = re.compile(r"[.!?…][)\"'”’]*$")
_OPENS, _CLOSES = ("(", "[", "*"), {"(": ")", "[": "]", "*": "*"}


def ends_sentence(word: str) -> bool:
    """Whether a sentence ends with the word."""
    return bool(_ENDS.search(word))


class Wording:
    """Words out of pieces of text, the same ones wherever the pieces are cut. `name` is the speaker's."""

    def __init__(self, name: str) -> None:
        self._labels = tuple(f"{label}:" for label in ("interviewer", name.lower(), name.lower().partition(" ")[0]))
        self._rest = ""
        self._direction = ""
        self._starts = True
        self._quoted = False
        self._head: list[str] | None = []

    def take(self, text: str) -> Iterator[str]:
        """The words that are complete now that this text is there."""
        self._rest += text
        end = 0
        for found in _PIECE.finditer(self._rest):
            end = found.end()
            yield from self._unlabelled(self._clean(found[2], line_starts="\n" in found[1]))
        self._rest = self._rest[end:]

    def finish(self) -> Iterator[str]:
        """The words that waited for what comes after them."""
        yield from self.take(" ")
        yield from self._head or ()
        self._head = None

    @property
    def waiting(self) -> int:
        """Characters of the word that is not complete yet."""
        return len(self._rest)

    def _clean(self, piece: str, line_starts: bool) -> str:
        """The piece as it is spoken; nothing where it is not."""
        word = _EMOJI.sub("", printable(well_formed(piece)))
        if self._directs(word) or ((line_starts or self._starts) and _BULLET.fullmatch(word)):
            return ""
        word = _MARKUP.sub("", word)
        if self._starts and _QUOTES.match(word):
            self._quoted = True
        if self._quoted:
            word = _QUOTES.sub("", word)
        self._starts = ends_sentence(word) if word else self._starts
        return word

    def _directs(self, word: str) -> bool:
        """Whether the word belongs to a stage direction: a sentence's beginning in brackets or asterisks."""
        if not self._direction and self._starts and word.startswith(_OPENS) and not word.startswith("**"):
            emphasised = word.startswith("*") and word.rstrip(".,!?").endswith("*") and not word[1:2].islower()
            self._direction = "" if emphasised or len(word) < 2 else _CLOSES[word[0]]
            if self._direction and self._direction in word[1:]:
                self._direction = ""
                return True
            return bool(self._direction)
        if self._direction:
            if self._direction in word:
                self._direction = ""
            return True
        return False

    def _unlabelled(self, word: str) -> Iterator[str]:
        """The word, once it is clear that it is not part of the speaker's name in front of the line."""
        if self._head is None or not word:
            yield from [word] if word else []
            return
        self._head.append(word)
        said = " ".join(self._head).lower()
        if any(label.startswith(f"{said} ") for label in self._labels):
            return
        head, self._head = self._head, None
        if said in self._labels:
            self._starts = True
            return
        yield from head
