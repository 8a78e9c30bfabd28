"""What the rules say, and what a person reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewer.text import one_line

Loc = tuple[int | str, ...]
"""The way to a part of a file: field names and positions in lists. Empty for the file as a whole."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule has against one part of an object, with the mend."""

    loc: Loc
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend; `line` counts from 1."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}: {self.text}")


@dataclass(frozen=True, slots=True)
class Result:
    """All findings of a bank, by file and line; `unreadable` counts the files that could not be used at all."""

    findings: tuple[Finding, ...]
    unreadable: int
    summary: str
