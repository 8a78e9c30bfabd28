"""Taking up an interview of 2,000 turns: replaying it, painting it, typing into it, scrolling through it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from benchmarks.programs import BARE_EDITOR, BARE_EDITOR_TEXT, environment, interviewer
from benchmarks.stats import interleaved, p95, ratio, spread
from benchmarks.table import Row, at_most
from benchmarks.terminal import Terminal, time_to_paint
from benchmarks.worlds import LAST_WORDS, long_session

TURNS, FEW = 2_000, 20
REPLAYS = 7
STARTS = 11
LINES, LETTERS = 8, 30
PAGES = 24
A_PAGE = 600
TYPED = "qxzjkvw"
_CODE = """
import json, sys, time
from interviewer.store.database import open_database
from interviewer.store.journal import Journal
database = open_database("sqlite:///" + sys.argv[1])
from interviewer.store.codec import decode
start = time.process_time()
journal, state = Journal.open(database, sys.argv[2])
print(json.dumps([time.process_time() - start, len(state.turns)]))
"""


def rows(work: Path) -> Iterator[Row]:
    """Everything about a long interview, in the same minutes as its rival."""
    home = work / "resume"
    long, short = long_session(home, TURNS, "long"), long_session(home, FEW, "short")
    variables = environment(home)
    yield _replay(home, long)
    yield _painted(variables, long, short)
    with Terminal(interviewer("resume", long), variables) as ours, Terminal(BARE_EDITOR, variables) as theirs:
        ours.wait_for(LAST_WORDS)
        theirs.wait_for(BARE_EDITOR_TEXT)
        yield from _typing(ours, theirs)
        yield _paging(ours)


def _replay(home: Path, session: str) -> Row:
    command = [sys.executable, "-c", _CODE, str(home / "interviews.db"), session]
    runs = [
        json.loads(subprocess.run(command, env=environment(home), stdout=subprocess.PIPE, check=True).stdout)
        for _ in range(REPLAYS)
    ]
    return at_most("journal to state", median(r[0] for r in runs) * 1000, 500, " ms", f"CPU, {runs[0][1]:,} turns")


def _painted(variables: Mapping[str, str], long: str, short: str) -> Row:
    taken = interleaved(
        {
            "long": lambda: time_to_paint(interviewer("resume", long), variables, LAST_WORDS),
            "short": lambda: time_to_paint(interviewer("resume", short), variables, LAST_WORDS),
        },
        STARTS,
    )
    name = f"resume painted, {TURNS:,} / {FEW} turns"
    return at_most(name, ratio(taken["long"], taken["short"]), 1.5, "x", spread(taken["long"], taken["short"]))


def _typing(ours: Terminal, theirs: Terminal) -> Iterator[Row]:
    """Key to screen, letter by letter in turn; a line is emptied before it wraps."""
    seconds: dict[Terminal, list[float]] = {ours: [], theirs: []}
    for terminal in seconds:
        terminal.settle()
    for line in range(LINES):
        typed = ""
        for number in range(LETTERS):
            typed += TYPED[(number + number // len(TYPED) + line) % len(TYPED)]
            for terminal, taken in seconds.items():
                pressed = terminal.send(typed[-1])
                taken.append(terminal.wait_for_plain(typed) - pressed)
        for terminal in seconds:
            terminal.send("\x15")
            terminal.settle()
    one, other = seconds[ours], seconds[theirs]
    details = f"{_ms(median(one))} / {_ms(median(other))} ms"
    yield at_most(f"key to screen, {TURNS:,} turns / bare editor, p50", ratio(one, other), 1.5, "x", details)
    details = f"{_ms(p95(one))} / {_ms(p95(other))} ms"
    yield at_most(f"key to screen, {TURNS:,} turns / bare editor, p95", p95(one) / p95(other), 1.5, "x", details)


def _paging(ours: Terminal) -> Row:
    """Page up to the first repainted page; the transcript is reached from the composer with shift+tab."""
    ours.send("\x1b[Z")
    ours.settle()
    taken = []
    for number in range(PAGES):
        if number % 4 == 0:
            ours.send("\x1b[F")
            ours.settle()
        pressed = ours.send("\x1b[5~")
        taken.append(ours.wait_for_amount(A_PAGE) - pressed)
        ours.settle()
    return at_most(f"page up, {TURNS:,} turns, p95", p95(taken) * 1000, 100, " ms", f"p50 {_ms(median(taken))} ms")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
