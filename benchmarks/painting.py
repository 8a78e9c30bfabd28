"""How soon the home screen stands there, against the smallest app that Textual can paint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.programs import MINIMAL_APP, MINIMAL_TEXT, app_on_bank, environment, interviewer
from benchmarks.stats import interleaved, ratio, spread
from benchmarks.table import Row, at_most
from benchmarks.terminal import time_to_paint
from benchmarks.worlds import frozen_bank, large_bank, stored_sessions

HOME_TEXTS = ("hard-05", "Quit")
RUNS = 21
SESSIONS = 500
QUESTIONS, ROUNDS = 10_000, 1_000


def rows(work: Path) -> Iterator[Row]:
    """First paint: an empty home, many sessions, a large bank; each in the same minutes as its rival."""
    usual, full = environment(work / "usual"), environment(work / "full")
    stored_sessions(work / "full", SESSIONS)
    small = app_on_bank(frozen_bank(work / "small-bank"))
    large = app_on_bank(large_bank(work / "large-bank", QUESTIONS, ROUNDS))
    taken = interleaved(
        {
            "smallest": lambda: time_to_paint(MINIMAL_APP, usual, MINIMAL_TEXT),
            "home": lambda: time_to_paint(interviewer(), usual, *HOME_TEXTS),
            "full": lambda: time_to_paint(interviewer(), full, *HOME_TEXTS),
            "small": lambda: time_to_paint(small, usual, *HOME_TEXTS),
            "large": lambda: time_to_paint(large, usual, *HOME_TEXTS),
        },
        RUNS,
        warm_up=3,
    )
    for name, ours, theirs, target in (
        ("home painted / smallest app", "home", "smallest", 1.3),
        (f"the same with {SESSIONS} sessions", "full", "smallest", 1.3),
        (f"bank of {QUESTIONS:,} / shipped bank", "large", "small", 1.1),
    ):
        one, other = taken[ours], taken[theirs]
        yield at_most(name, ratio(one, other), target, "x", spread(one, other))
