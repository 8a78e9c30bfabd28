"""A post's file to a bank's files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interviewer.content.yaml import read_bytes
from interviewer.errors import UsageError
from interviewer.importing.post import read_post
from interviewer.importing.skeleton import Skeleton, build
from interviewer.importing.write import Written, open_bank, write

MAX_QUESTIONS = 5_000
"""No post has as many; each becomes a file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a post gave, and what of it was written."""

    skeleton: Skeleton
    written: Written

    @property
    def summary(self) -> str:
        """How much there is of everything, in one line."""
        made, written = self.skeleton, self.written
        asked = sum(len(r.fields["questions"]) for r in made.rounds)
        people = _count(len(made.played) + len(made.personas), "interviewer")
        found = (
            f"{_count(len(made.rounds), 'round')}, {_count(asked, 'question')} in {_count(len(made.questions), 'file')}"
        )
        files = f"{_count(len(written.new), 'new file')}, {len(written.kept)} kept"
        return (
            f"{found}, {people} ({len(made.personas)} with a neutral voice); {files}; {len(made.leftovers)} not placed"
        )


def import_post(post: Path, root: Path, shipped: Path) -> Imported:
    """Read a post and write what of its bank is not there yet; `shipped` holds the personas that come along.

    Raises:
        UsageError: the post cannot be read or asks nothing, or `root` is no place for a bank.
    """
    outline = read_post(_text(post))
    if not outline.rounds:
        raise UsageError(f"{post}:1: no questions found; docs/import-a-post.md shows which posts can be read")
    if (asked := sum(len(r.questions) for r in outline.rounds)) > MAX_QUESTIONS:
        raise UsageError(f"{post}:1: asks {asked} questions, more than {MAX_QUESTIONS}; split it into several posts")
    bank = open_bank(root, shipped)
    skeleton = build(outline, bank.personas)
    return Imported(skeleton, write(skeleton, bank))


def _text(post: Path) -> str:
    raw = read_bytes(post)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{post}:{line}: not UTF-8 text; save the file as UTF-8") from None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
