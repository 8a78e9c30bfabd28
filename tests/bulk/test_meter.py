"""What a person sees while lines are graded."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.bulk.lines import LineError
from interviewer.bulk.meter import Meter
from tests.bulk.stage import NamedBytes


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Screen]:
    """Makes standard error a terminal, once the test runs: before that pytest has its own."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")

    def watch() -> Screen:
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return watch


def test_the_bar_follows_the_position_in_the_file(watched: Callable[[], Screen], tmp_path: Path) -> None:
    screen = watched()
    (tmp_path / "in").write_bytes(b"x" * 100)
    with (tmp_path / "in").open("rb") as source, Meter(source, shown=True) as meter:
        source.read(40)
        meter.advance(7)
        meter.leave_out(3, LineError("broken; mend it"))
    shown = screen.getvalue()
    assert "40%" in shown
    assert "7 answers" in shown
    assert f"{tmp_path / 'in'}:3: broken; mend it\n" in shown
    assert (meter.answers, meter.left_out) == (7, 1)


def test_a_pipe_has_no_position(watched: Callable[[], Screen]) -> None:
    screen = watched()
    with Path("/dev/null").open("rb") as source, Meter(source, shown=True) as meter:
        meter.advance()
    assert "1 answers" in screen.getvalue()
    assert "%" not in screen.getvalue()


def test_without_a_person_watching_there_is_no_bar(watched: Callable[[], Screen]) -> None:
    screen = watched()
    with Meter(NamedBytes(b""), shown=False) as meter:
        meter.advance()
        meter.leave_out(1, LineError("broken; mend it"))
    assert screen.getvalue() == "in.jsonl:1: broken; mend it\n"
