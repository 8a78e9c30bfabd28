"""The stream: lines in, graded lines out, in the same order and with the same memory for any number of them."""

from __future__ import annotations

import asyncio
import json
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from interviewer.bulk.answers import Answer, answer_of
from interviewer.bulk.grader import Grader
from interviewer.bulk.lines import LineError, decode, numbered
from interviewer.bulk.meter import Meter
from interviewer.bulk.output import Output
from interviewer.grade import Grade

RESULTS = ("grader", "predicted", "level", "confidence", "range", "criteria", "red_flags", "remarks")


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer to grade. `head` is how its output line begins: the fields of the input, then who grades."""

    number: int
    answer: Answer
    head: bytes


def entries(source: BinaryIO, grader: Grader, leave_out: Callable[[int, LineError], None]) -> Iterator[Entry]:
    """The answers of the source in its order; lines that cannot be graded are reported and left out."""
    for number, line in numbered(source):
        try:
            fields = decode(line)
            answer = answer_of(fields)
            name = grader.name(answer)
        except LineError as error:
            leave_out(number, error)
            continue
        kept = {key: value for key, value in fields.items() if key not in RESULTS}
        yield Entry(number, answer, _json({**kept, "grader": name})[:-1])


def run(source: BinaryIO, output: Output, grader: Grader, concurrency: int, meter: Meter) -> None:
    """Grade what the source holds and the output does not, `concurrency` answers at most at a time.

    Raises:
        UsageError: the output holds something else.
        InterviewerError: it cannot be written, or the grader gave up.
    """
    waiting = entries(source, grader, meter.leave_out)
    done, waiting = output.resume(waiting)
    meter.advance(done)
    with _interruptible():
        asyncio.run(_run(waiting, output, grader, concurrency, meter))
    output.settle()


async def _run(waiting: Iterable[Entry], output: Output, grader: Grader, concurrency: int, meter: Meter) -> None:
    async for entry, grade in _graded(waiting, grader, concurrency):
        output.write(entry.head + b", " + _json(results(grade))[1:] + b"\n")
        meter.advance()
        meter.unassessed += grade.score is None


async def _graded(waiting: Iterable[Entry], grader: Grader, concurrency: int) -> AsyncIterator[tuple[Entry, Grade]]:
    under_way: deque[tuple[Entry, asyncio.Task[Grade]]] = deque()
    for entry in waiting:
        begun = asyncio.ensure_future(grader.grade(entry.answer))
        begun.add_done_callback(_look)
        under_way.append((entry, begun))
        if len(under_way) >= concurrency:
            first, task = under_way.popleft()
            yield first, await task
    while under_way:
        first, task = under_way.popleft()
        yield first, await task


def _look(task: asyncio.Task[Grade]) -> None:
    """Ctrl-C may end a task before anybody waits for it; asyncio complains about faults that nobody looked at."""
    if not task.cancelled():
        task.exception()


def results(grade: Grade) -> dict[str, Any]:
    """What the grader adds to a line, besides its name; what it cannot tell is left out."""
    criteria = [
        {"id": c.id, "point": c.point, "verdict": c.verdict, "evidence": list(c.evidence), **_sure(c.confidence)}
        for c in grade.criteria
    ]
    red_flags = [
        {"claim": f.claim, "correction": f.correction, "evidence": list(f.evidence), **_sure(f.confidence)}
        for f in grade.red_flags
    ]
    return {
        "predicted": grade.score,
        "level": grade.level,
        **_sure(grade.confidence),
        **({"range": list(grade.range)} if grade.range else {}),
        "criteria": criteria,
        **({"red_flags": red_flags} if red_flags else {}),
        **({"remarks": list(grade.remarks)} if grade.remarks else {}),
    }


def _sure(confidence: float | None) -> dict[str, float]:
    return {} if confidence is None else {"confidence": round(confidence, 4)}


def _json(fields: dict[str, Any]) -> bytes:
    """ASCII, so that no terminal takes a character of it for a command, and half a character can be kept."""
    return json.dumps(fields, ensure_ascii=True).encode("ascii")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C is raised at once, also while a line of a pipe is waited for; asyncio's own handler waits for the loop."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
