"""Which persona plays somebody whom a post names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interviewer.content.personas import Persona
from interviewer.importing.outline import Person

_SPELT_OUT = {
    "ml": "machine learning",
    "ai": "artificial intelligence",
    "vp": "vice president",
    "avp": "assistant vice president",
    "svp": "senior vice president",
    "cto": "chief technology officer",
    "chief technical officer": "chief technology officer",
    "backend": "back end",
}
_FILLERS = {"of", "the", "a", "an", "department", "dept"}
_RANKS = {"lead", "senior", "sr", "junior", "principal", "staff"}


def matching(person: Person, personas: Iterable[Persona]) -> Persona | None:
    """The persona of the same role; a rank more ("Senior backend engineer") makes no other role of it."""
    wanted = _words(person.role)
    fitting = [p for p in personas if (words := _words(p.role)) <= wanted and wanted - words <= _RANKS]
    return max(fitting, key=lambda p: len(_words(p.role)), default=None)


def _words(role: str) -> frozenset[str]:
    text = " ".join(re.findall(r"[a-z0-9]+", role.casefold()))
    for short, long in _SPELT_OUT.items():
        text = re.sub(rf"\b{short}\b", long, text)
    return frozenset(text.split()) - _FILLERS
