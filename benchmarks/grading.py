"""What grading in bulk costs: CPU time of an answer of a hundred words, and memory over any number of lines."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.programs import environment
from benchmarks.stats import p95
from benchmarks.table import Row, at_most
from benchmarks.worlds import shipped_bank
from interviewer.grading import offline, reference

WORDS = 100
ANSWERS = 400
TARGET_MS = 5
LOAD_MS = 600
FEW, MANY = 10_000, 100_000
FLAT = 1.1  # caches of words fill up to a bound
_CODE = """
import resource, sys
from interviewer.cli.main import run_command_line
status = run_command_line(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def rows(work: Path) -> Iterator[Row]:
    """Against the bank's questions, and against their model answers; answers are made of the samples."""
    questions = [q for q in shipped_bank().questions() if q.samples]
    calls = []
    for question in islice(cycle(questions), ANSWERS):
        said = [word for sample in question.samples for word in sample.answer.split()]
        calls.append((question, " ".join(islice(cycle(said), WORDS))))
    for question in questions:  # each is read once and then known
        offline.grade(question, question.asks[0], ["Some words to begin with."])
    taken = [_cpu(lambda q=q, a=a: offline.grade(q, q.asks[0], [a])) for q, a in calls]
    yield _cost(f"bank answer of {WORDS} words, {offline.GRADER}", taken)
    pairs = [(q.asks[0], q.model_answer, a) for q, a in calls]
    yield at_most("first answer against a reference", _cpu(lambda: _against(*pairs[0])) * 1000, LOAD_MS, " ms", "CPU")
    for pair in pairs:  # each reference is read once and then known
        _against(*pair)
    taken = [_cpu(lambda p=p: _against(*p)) for p in pairs]
    yield _cost(f"reference answer of {WORDS} words, {reference.GRADER}", taken)
    few, many = (_peak(work, lines, [q.id for q in questions]) for lines in (FEW, MANY))
    yield at_most(f"peak memory of {MANY:,} / {FEW:,} lines", many / few, FLAT, "x", f"{many:.0f} MB")


def _against(ask: str, model_answer: str, answer: str) -> object:
    return reference.grade_reference(ask, model_answer, [], answer)


def _cost(name: str, seconds: Sequence[float]) -> Row:
    rate = len(seconds) / sum(seconds)
    return at_most(name, p95(seconds) * 1000, TARGET_MS, " ms", f"CPU p95; {rate:.0f} answers a second and core")


def _cpu(call: Callable[[], object]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before


def _peak(work: Path, lines: int, questions: Sequence[str]) -> float:
    """Peak resident memory in MB of `interviewer grade` over so many short answers."""
    source = work / "lines.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for number, question in zip(range(lines), cycle(questions)):
            file.write(json.dumps({"id": number, "question_id": question, "answer": f"Number {number}."}) + "\n")
    command = [sys.executable, "-c", _CODE, "grade", str(source)]
    done = subprocess.run(
        command, env=environment(work / "grade"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
    )
    return int(done.stderr) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
