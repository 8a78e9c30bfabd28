"""A small key-value file for parsed documents. Losing it costs time, never data."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

MAX_BYTES = 50_000_000


class Cache:
    """Text by key in one SQLite file; a cache that cannot be opened or written behaves as an empty one.

    Nothing tells which texts are still wanted, so a file that has grown too large is emptied and filled anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fresh: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text kept under `key`, or None."""
        if key in self._fresh:
            return self._fresh[key]
        with suppress(sqlite3.Error, OSError):
            return self._lookup(key)
        return None

    def put(self, key: str, text: str) -> None:
        """Keep `text`; it reaches the disk with `flush`."""
        self._fresh[key] = text

    def flush(self) -> None:
        """Write what is new, in one transaction."""
        if not self._fresh:
            return
        with suppress(sqlite3.Error, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=1)) as db:
                db.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID")
                if self._path.stat().st_size > MAX_BYTES:
                    db.execute("DELETE FROM kept")
                    db.commit()
                    db.execute("VACUUM")
                with db:
                    db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", list(self._fresh.items()))
        self._fresh.clear()

    def _lookup(self, key: str) -> str | None:
        if not self._path.exists():
            return None
        with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as db:
            row = db.execute("SELECT text FROM kept WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])
