"""`interviewer --version` against an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.programs import BARE, environment, interviewer
from benchmarks.stats import interleaved, ratio, spread
from benchmarks.table import Row, at_most

RUNS = 61


def rows(work: Path) -> Iterator[Row]:
    """Wall time, many runs in turn."""
    variables = environment(work / "version")
    taken = interleaved(
        {"version": lambda: _seconds(interviewer("--version"), variables), "bare": lambda: _seconds(BARE, variables)},
        RUNS,
        warm_up=3,
    )
    ours, bare = taken["version"], taken["bare"]
    yield at_most("--version / python -c pass", ratio(ours, bare), 3, "x", spread(ours, bare))


def _seconds(command: Sequence[str], variables: Mapping[str, str]) -> float:
    before = time.perf_counter()
    subprocess.run(list(command), env=dict(variables), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before
