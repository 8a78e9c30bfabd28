"""`python -m benchmarks [PART ...] [--strict]`: measures and prints one table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import grading, imports, killed, loading, painting, resuming, talking, version
from benchmarks.table import Row, lines

PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "version": version.rows,
    "painting": painting.rows,
    "loading": loading.rows,
    "resuming": resuming.rows,
    "talking": talking.rows,
    "killed": killed.rows,
    "grading": grading.rows,
    "imports": imports.rows,
}


def main() -> int:
    """0, or 1 with --strict when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures and prints one table.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target was missed")
    options = parser.parse_args()
    if unknown := [p for p in options.parts if p not in PARTS]:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    rows: list[Row] = []
    for name in options.parts or PARTS:
        print(f"measuring {name} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="benchmarks-") as work:
            rows += PARTS[name](Path(work))
    print("\n".join(lines(rows)))
    return int(options.strict and any(row.ok is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
