"""Where question banks lie: the one that ships, and the person's own, which go by their folders' names."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from interviewer import paths
from interviewer.errors import UsageError


def folder() -> Path:
    """Where the person's own banks are looked for; need not exist."""
    return paths.data_dir() / "banks"


def own() -> dict[str, Path]:
    """The person's own banks by name, in the order of their names."""
    with suppress(OSError):
        return {path.name: path for path in sorted(folder().iterdir()) if _is_bank(path)}
    return {}


def find(wanted: str) -> Path:
    """The bank that is meant by a folder or by the name of an own bank; a folder that is a bank goes first.

    Raises:
        UsageError: there is no own bank of that name; the message lists the ones there are.
    """
    path = Path(wanted)
    return path if _is_bank(path) or path.name != wanted else find_own(wanted)


def find_own(name: str) -> Path:
    """The own bank of that name.

    Raises:
        UsageError: there is none; the message lists the ones there are.
    """
    banks = own()
    if name not in banks:
        there = f"your own are {', '.join(banks)}" if banks else "you have none of your own"
        raise UsageError(f"no bank `{name}`: {there}; give a folder with rounds/, or put yours into {folder()}")
    return banks[name]


def _is_bank(path: Path) -> bool:
    return (path / "rounds").is_dir()
