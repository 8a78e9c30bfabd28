from __future__ import annotations

import io
import sys

import pytest

from interviewer.tui import terminal

linux_driver = pytest.importorskip("textual.drivers.linux_driver", reason="a terminal of this kind needs POSIX")


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", linux_driver.getincrementaldecoder)
    monkeypatch.setattr(sys, "__stderr__", None)


def test_bytes_that_are_no_utf8_become_a_mark() -> None:
    terminal.forgive()
    decode = linux_driver.getincrementaldecoder("utf-8")().decode
    assert decode(b"a\x9bb\xe2\x82", final=False) == "a\ufffdb"
    assert decode(b"\xac", final=False) == "\u20ac"
    assert decode(b"\xe2", final=True) == "\ufffd"


def test_frames_are_drawn_under_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    monkeypatch.setattr(sys, "__stderr__", screen)
    terminal.forgive()
    screen.write("╭─\ud800╮")
    screen.flush()
    assert screen.buffer.getvalue().decode() == "╭─?╮"  # type: ignore[attr-defined]
