"""What reading and validating the whole shipped bank costs, in CPU time of a fresh process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.programs import environment
from benchmarks.table import Row, at_most
from benchmarks.worlds import frozen_bank

RUNS = 9
TARGET_MS = 150
_CODE = """
import json, sys, time
from pathlib import Path
start = time.process_time()
from interviewer.content.bank import Bank
from interviewer.content.cache import Cache
import yaml
ready = time.process_time()
root = Path(sys.argv[1])
bank = Bank(root, root / "personas", Cache(Path(sys.argv[2])))
size = [len(bank.rounds), len(bank.personas), len(bank.questions())]
end = time.process_time()
print(json.dumps([end - ready, end - start, size]))
"""


def rows(work: Path) -> Iterator[Row]:
    """With an empty cache and with a warm one, without and with what has to be imported for it."""
    root, cache = frozen_bank(work / "load-bank"), work / "load-cache"
    cold, warm = [], []
    for _ in range(RUNS):
        shutil.rmtree(cache, ignore_errors=True)
        cold.append(_load(root, cache, work))
        warm.append(_load(root, cache, work))
    rounds, personas, questions = cold[0][2]
    size = f"{rounds} rounds, {personas} personas, {questions} questions"
    for name, runs in (("an empty cache", cold), ("a warm cache", warm)):
        yield _row(f"bank loaded with {name}", [run[0] for run in runs], size)
        yield _row(f"bank loaded with {name}, imports too", [run[1] for run in runs], "CPU")


def _row(name: str, seconds: Sequence[float], more: str) -> Row:
    return at_most(name, median(seconds) * 1000, TARGET_MS, " ms", f"best {min(seconds) * 1000:.0f} ms, {more}")


def _load(root: Path, cache: Path, work: Path) -> tuple[float, float, list[int]]:
    command = [sys.executable, "-c", _CODE, str(root), str(cache / "parsed.sqlite3")]
    done = subprocess.run(command, env=environment(work / "load"), stdout=subprocess.PIPE, check=True)
    alone, with_imports, size = json.loads(done.stdout)
    return alone, with_imports, size
