"""A program behind a pseudo-terminal of 80x24: what it paints, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

ROWS, COLUMNS = 24, 80
PATIENCE = 30.0
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[PX^_\]].*?(?:\x1b\\|\x07)|[@-Z\\-_])", re.DOTALL)


class Silence(Exception):
    """What was waited for was not painted in time."""


class Terminal:
    """Starts a program and reads what it writes to the terminal. Its queries stay unanswered."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            list(command), env=dict(environment), stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self._painted = bytearray()

    def wait_for(self, *texts: str, patience: float = PATIENCE) -> float:
        """The moment (`time.perf_counter`) at which all texts have been painted since the last `send`.

        Raises:
            Silence: they were not, within `patience` seconds.
        """
        wanted = [text.encode() for text in texts]
        deadline = time.perf_counter() + patience
        while not all(text in self._painted for text in wanted):
            if not self._read(deadline - time.perf_counter()):
                raise Silence(f"never painted {texts}; the last was {self.text()[-2000:]!r}")
        return time.perf_counter()

    def wait_for_plain(self, text: str, patience: float = PATIENCE) -> float:
        """The same for a text that may have escape sequences in it."""
        deadline = time.perf_counter() + patience
        while text not in self.text():
            if not self._read(deadline - time.perf_counter()):
                raise Silence(f"never painted {text!r}; the last was {self.text()[-2000:]!r}")
        return time.perf_counter()

    def wait_for_amount(self, amount: int, patience: float = PATIENCE) -> float:
        """The moment at which at least so many bytes came since the last `send`: more than a clock's beat paints."""
        deadline = time.perf_counter() + patience
        while len(self._painted) < amount:
            if not self._read(deadline - time.perf_counter()):
                raise Silence(f"painted only {len(self._painted)} bytes")
        return time.perf_counter()

    def settle(self, quiet: float = 0.15, patience: float = PATIENCE) -> None:
        """Wait until nothing is painted for `quiet` seconds."""
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline and self._read(quiet):
            pass

    def send(self, keys: str) -> float:
        """Press keys; what was painted before is forgotten. Gives the moment just before."""
        while self._read(0.0):
            pass
        self._painted.clear()
        before = time.perf_counter()
        os.write(self._master, keys.encode())
        return before

    def text(self) -> str:
        """What was painted since the last `send`, without escape sequences."""
        return _ESCAPES.sub(b"", bytes(self._painted)).decode(errors="replace")

    def wait(self, patience: float = PATIENCE) -> int:
        """Wait for the program to leave; its exit status."""
        deadline = time.perf_counter() + patience
        while self._process.poll() is None and time.perf_counter() < deadline:
            self._read(0.05)
        return self._process.wait(timeout=1)

    def close(self) -> None:
        """Kill whatever is left."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._master)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            got = os.read(self._master, 65536)
        except OSError:  # Linux says so when the program has gone
            return False
        self._painted += got
        return bool(got)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def time_to_paint(command: Sequence[str], environment: Mapping[str, str], *texts: str) -> float:
    """Seconds from the spawn until all texts are on the screen; the program is killed then."""
    with Terminal(command, environment) as terminal:
        return terminal.wait_for(*texts) - terminal.started
