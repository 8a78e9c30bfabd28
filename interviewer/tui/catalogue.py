"""What the home screen lists of a bank, kept as a small file so that the first paint needs no YAML and no pydantic."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import paths

if TYPE_CHECKING:
    from interviewer.content.bank import Bank


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as the home screen shows it."""

    id: str
    title: str
    kind: str
    minutes: int
    questions: int
    personas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A persona as the home screen shows it."""

    id: str
    name: str
    role: str
    description: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rounds and personas of a bank, in the order in which they are listed."""

    rounds: tuple[RoundRow, ...]
    personas: tuple[PersonaRow, ...]

    def persona(self, persona_id: str) -> PersonaRow:
        """The persona with that id."""
        return next(p for p in self.personas if p.id == persona_id)

    def rounds_of(self, persona_id: str) -> list[RoundRow]:
        """The rounds that a persona interviews in."""
        return [r for r in self.rounds if persona_id in r.personas]


def kept(root: Path, personas: Path) -> Catalogue | None:
    """The catalogue as it was last seen, if no round or persona file has changed since."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads(_place(root, personas).read_text(encoding="utf-8"))
        return Catalogue(
            tuple(RoundRow(**{**r, "personas": tuple(r["personas"])}) for r in data["rounds"]),
            tuple(PersonaRow(**p) for p in data["personas"]),
        )
    return None


def read(bank: Bank, personas: Path) -> Catalogue:
    """The catalogue from the files themselves; keeps it for the next start.

    Raises:
        UsageError: a round or persona file is broken.
    """
    place = _place(bank.root, personas)
    found = Catalogue(
        tuple(RoundRow(r.id, r.title, r.kind, r.minutes, len(r.questions), r.personas) for r in bank.rounds.values()),
        tuple(PersonaRow(p.id, p.name, p.role, p.description) for p in bank.personas.values()),
    )
    for row in found.rounds:
        for persona in row.personas:
            bank.persona(persona)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


def _place(root: Path, personas: Path) -> Path:
    """Named by what the listed files look like from outside: a changed file means another name."""
    marks = hashlib.sha256()
    for folder in (root / "rounds", root / "personas", personas):
        for mark in _marks(folder):
            marks.update(mark.encode())
    return paths.cache_dir() / f"catalogue-{marks.hexdigest()[:20]}.json"


def _marks(folder: Path) -> Iterator[str]:
    """A line a file: name, size, time. A bank may have thousands, so each is asked about once."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.endswith(".yaml"):
                stat = entry.stat()
                yield f"{entry.path}|{stat.st_size}|{stat.st_mtime_ns}\n"
