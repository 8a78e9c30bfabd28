"""From a model's quote to the candidate's own words. What is counted and shown is always a piece of what was typed.

Models straighten quotation marks and dashes, drop accents, join lines and leave out the middle. All that is
forgiven; another word, or words in another order, is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewer.text import printable

FEWEST_WORDS = 2
"""Of a piece of a quote that leaves something out: a single word would stand somewhere in any answer."""

_LEFT_OUT = re.compile(r"\s*\[?\s*(?:…|\.{3,})\s*\]?\s*")
_SIGNS = str.maketrans({**dict.fromkeys('‘’‚‛′`´“”„‟″«»‹›"', "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
_AROUND = " \t\n'\".,;:!?()[]…-"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an answer: its index and where in it the piece begins and ends."""

    answer: int
    start: int
    end: int


def find(quote: str, answers: Sequence[str]) -> tuple[Span, ...]:
    """Where a quote stands: one span, or several of one answer where it leaves something out; none if nowhere."""
    for number, answer in enumerate(answers):
        if whole := _stand((quote,), number, answer):
            return whole
    pieces = [p for p in _LEFT_OUT.split(quote) if _fold(p)[0].strip(_AROUND)]
    if len(pieces) < 2 or any(len(p.split()) < FEWEST_WORDS for p in pieces):
        return ()
    for number, answer in enumerate(answers):
        if stitched := _stand(pieces, number, answer):
            return stitched
    return ()


def _stand(pieces: Sequence[str], number: int, answer: str) -> tuple[Span, ...]:
    """All pieces, one after the other, in one answer."""
    text, origins = _fold(answer)
    found: list[Span] = []
    position = 0
    for piece in pieces:
        wanted = _fold(piece)[0].strip(_AROUND)
        start = _index(text, wanted, position) if wanted else -1
        if start < 0:
            return ()
        position = start + len(wanted)
        found.append(Span(number, origins[start], origins[position - 1] + 1))
    return tuple(found)


def _index(text: str, wanted: str, position: int) -> int:
    """Where it stands from whole word to whole word."""
    start = text.find(wanted, position)
    while start >= 0:
        end = start + len(wanted)
        cuts = text[start - 1 : start].isalnum() and wanted[0].isalnum()
        if not cuts and not (wanted[-1].isalnum() and text[end : end + 1].isalnum()):
            return start
        start = text.find(wanted, start + 1)
    return -1


@lru_cache(maxsize=16)
def _fold(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is compared, and where each of its characters stood.

    Case, accents, kinds of quotation marks and dashes are folded, invisible characters left out, and white space
    counts only between two words.
    """
    folded: list[str] = []
    origins: list[int] = []
    gap = False
    for position, character in enumerate(text):
        if character.isspace():
            gap = True
            continue
        for piece in _plain(character):
            if gap and folded and folded[-1].isalnum() and piece.isalnum():
                folded.append(" ")
                origins.append(position)
            gap = False
            if piece == "-" and folded[-1:] == ["-"]:
                continue
            folded.append(piece)
            origins.append(position)
    return "".join(folded), tuple(origins)


@lru_cache(maxsize=4_096)
def _plain(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character.lower().translate(_SIGNS)
    parts = unicodedata.normalize("NFKD", printable(character).translate(_SIGNS)).casefold()
    return "".join(p for p in parts if unicodedata.category(p) not in {"Mn", "Zs"})
