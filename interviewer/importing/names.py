"""Words of a post to ids: stable, unique, and fit for file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_LENGTH = 60
_SPELT = (("c++", " cpp "), ("c#", " csharp "), (".net", " dotnet "))


def fold(text: str) -> str:
    """What stays of a text without case and punctuation: two questions that agree in it are the same one."""
    return " ".join(re.findall(r"[\w+#]+", unicodedata.normalize("NFKC", text).casefold()))


def slug(text: str, otherwise: str, length: int = MAX_LENGTH) -> str:
    """Lower-case ASCII words joined by hyphens, at most `length` characters, cut between words.

    A text that has no such words (another script) gives `otherwise` and a short hash of the text.
    """
    text = text[:1_000].casefold()
    for sign, words in _SPELT:
        text = text.replace(sign, words)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    found = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if len(found) > length:
        found = found[: length + 1].rpartition("-")[0] or found[:length]
    return found or f"{otherwise}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


class Names:
    """Hands out each name once: a second one of the same words gets a number behind it."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._number: dict[str, int] = {}

    def new(self, wanted: str) -> str:
        """`wanted`, or the first of `wanted-2`, `wanted-3` … that is free."""
        name = wanted
        while name in self._given:
            self._number[wanted] = self._number.get(wanted, 1) + 1
            name = f"{wanted}-{self._number[wanted]}"
        self._given.add(name)
        return name
