"""What was sent survives the death of the process at any moment; `python -m benchmarks killed` tries it for longer."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.killed import Candidate, Tally, compare, kill_again_and_again
from benchmarks.worlds import frozen_bank


def test_nothing_is_lost_doubled_or_changed_by_kills_at_random_moments(tmp_path: Path) -> None:
    tally = kill_again_and_again(tmp_path, kills=8, seed=7, rounds=["soft-01"])
    assert tally.problems == []
    assert (tally.kills, tally.reports) == (8, tally.sessions)
    assert tally.answers > 0


def test_this_check_can_fail(tmp_path: Path) -> None:
    bank = frozen_bank(tmp_path / "bank")
    one, other = (Candidate(tmp_path / name, bank, "soft-01", voice=1) for name in ("one", "other"))
    for candidate in (one, other):
        assert candidate.hold(random.Random(0), kills=0) == 0
    same, different = Tally(), Tally()
    compare(one, other, same)
    with closing(sqlite3.connect(one.home / "interviews.db")) as database, database:
        database.execute("UPDATE events SET body = replace(body, 'Answer 0.', 'Answer 1.') WHERE type = 'answer_given'")
    compare(one, other, different)
    assert (same.problems, same.reports) == ([], 1)
    assert (len(different.problems), different.reports) == (3, 0)
