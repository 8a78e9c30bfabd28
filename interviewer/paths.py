"""Where things lie: the person's data and the content that ships."""

from __future__ import annotations

import os
from pathlib import Path

from interviewer.errors import UsageError

_PACKAGE = Path(__file__).parent


def home() -> Path | None:
    """The folder that `INTERVIEWER_HOME` names, or None where the platform's own folders are used.

    Raises:
        UsageError: it begins with the home folder of a user who does not exist.
    """
    value = os.environ.get("INTERVIEWER_HOME", "").strip()
    try:
        return Path(value).expanduser() if value else None
    except RuntimeError:
        raise UsageError(f"INTERVIEWER_HOME={value}: there is no such home folder; give a full path") from None


def data_dir() -> Path:
    """The database of sessions and its locks, and the person's own banks."""
    if (root := home()) is not None:
        return root
    import platformdirs

    return platformdirs.user_data_path("mock-interviewer", appauthor=False)


def config_file() -> Path:
    """The person's settings; need not exist."""
    if (root := home()) is not None:
        return root / "config.toml"
    import platformdirs

    return platformdirs.user_config_path("mock-interviewer", appauthor=False) / "config.toml"


def cache_dir() -> Path:
    """What can be made again."""
    if (root := home()) is not None:
        return root / "cache"
    import platformdirs

    return platformdirs.user_cache_path("mock-interviewer", appauthor=False)


def shipped(name: str) -> Path:
    """`personas` or `question_bank` as they ship: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
