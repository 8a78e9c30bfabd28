"""Plain mode as a program of its own: signals, closed pipes, terminals that go away, bytes that are no text."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer

import pytest

from interviewer.engine.state import Phase
from tests.rooms import ASK, Room, furnish

PATIENCE = 60.0


@pytest.fixture
def room(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(furnish(tmp_path_factory.mktemp("bank")))


class Program:
    """Plain mode as a process; killed when it outstays the test's patience."""

    def __init__(self, arguments: Sequence[str], stdout: int = subprocess.PIPE) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "interviewer", *arguments],
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
        )
        self.watchdog = Timer(PATIENCE, self.process.kill)
        self.watchdog.start()

    def until(self, text: str) -> str:
        """Read on to the line that has this text."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if text in line.decode():
                return line.decode()
        raise AssertionError(f"never said {text!r}: {self.close()}")

    def type(self, typed: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(typed)
        self.process.stdin.flush()

    def close(self) -> tuple[int, str, str]:
        """Close its input and wait: exit status, what else it said, what it complained of."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, (out or b"").decode(), err.decode()


@pytest.fixture
def program(room: Room) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start(stdout: int = subprocess.PIPE) -> Program:
        started.append(Program(["start", "test-round", "--plain", "--bank", str(room.bank)], stdout))
        return started[-1]

    yield start
    for one in started:
        one.watchdog.cancel()
        one.process.kill()
        one.process.communicate()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_pauses(room: Room, program: Callable[..., Program], name: str) -> None:
    running = program()
    running.until(ASK)
    running.type(b"The beginning\n/hint\n")
    running.until("First hint.")
    running.process.send_signal(getattr(signal, name))
    running.until("-- Paused.")
    assert running.close() == (0, "", "")
    assert room.state().phase is Phase.PAUSED
    assert "The beginning" in room.resume("")


def test_a_terminal_that_goes_away_keeps_what_was_typed(room: Room) -> None:
    mine, its = os.openpty()
    command = [sys.executable, "-m", "interviewer", "start", "test-round", "--plain", "--bank", str(room.bank)]
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=subprocess.PIPE) as process:
        watchdog = Timer(PATIENCE, process.kill)
        watchdog.start()
        os.close(its)
        with os.fdopen(mine, "r+b", buffering=0) as terminal:
            heard = b""
            while b"First hint." not in heard:
                if ASK.encode() in heard and b"/hint" not in heard:
                    terminal.write(b"The beginning\n/hint\n")
                    heard += b"/hint"
                heard += terminal.read(4096)
        process.wait()
        watchdog.cancel()
    assert (room.state().phase, room.answers()) == (Phase.PAUSED, [])
    assert "The beginning" in room.resume("")


def test_a_closed_pipe_ends_the_program_in_one_line(room: Room, program: Callable[..., Program]) -> None:
    reading, writing = os.pipe()
    running = program(stdout=writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as heard:
        assert any(ASK in line for line in heard)
    running.type(b"An answer.\n\nAnother.\n\n")
    status, _, complaint = running.close()
    assert (status, complaint.count("\n")) == (1, 1)
    assert "interviewer resume" in complaint
    assert room.answers() == ["An answer."]
    assert room.state().phase is Phase.PAUSED


def test_bytes_that_are_no_utf8_are_replaced_not_refused(room: Room, program: Callable[..., Program]) -> None:
    running = program()
    running.type(b"caf\xe9 \xff and \xc5\xbc\xf0\x9f\x98\x80\n\n")
    status, _, complaint = running.close()
    assert (status, complaint) == (0, "")
    assert room.answers() == ["caf\ufffd \ufffd and ż😀"]


def test_a_closed_input_is_an_empty_one(room: Room) -> None:
    program = f"'{sys.executable}' -m interviewer start test-round --plain --bank '{room.bank}' <&-"
    done = subprocess.run(["/bin/sh", "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout.splitlines()[-1].startswith("-- Paused.")
