"""Reading lines from a person or a pipe while an event loop runs, without ever missing a signal."""

from __future__ import annotations

import asyncio
import codecs
import concurrent.futures
import os
import select
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

SIGNALS = ("SIGTERM", "SIGHUP") if os.name == "nt" else ("SIGINT", "SIGTERM", "SIGHUP")
BEAT = 0.1


class Hangup(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP: the person, the terminal or the system wants us gone."""


class Alarm:
    """Ctrl-C, SIGTERM and SIGHUP, heard only where one waits.

    A handler that raises would do so at any point of the program, also where Python swallows what is raised, and a
    signal that comes just before a read would not interrupt it.
    """

    def __init__(self) -> None:
        self._rings = False
        self._before: dict[signal.Signals, Any] = {}

    def wait_for(self, stream: int) -> None:
        """Wait until there is something to read.

        Raises:
            Hangup: a signal came first.
        """
        ready: list[int] = []
        while stream not in ready:
            ready, _, _ = select.select([stream, self._hears.fileno()], [], [])
            self.check()

    def check(self) -> None:
        """Raise for a signal that has come; the next one counts anew.

        Raises:
            Hangup: there is one.
        """
        with suppress(BlockingIOError):
            self._hears.recv(512)
        if self._rings:
            self._rings = False
            raise Hangup

    def __enter__(self) -> Alarm:
        self._hears, self._bell = socket.socketpair()
        for end in (self._hears, self._bell):
            end.setblocking(False)
        self._bell_before = signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            if hasattr(signal, name):
                number = signal.Signals[name]
                self._before[number] = signal.signal(number, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._bell_before)
        self._hears.close()
        self._bell.close()

    def _ring(self, *_: object) -> None:
        self._rings = True


class Lines:
    """The lines of a stream. A stream of the operating system is read so that no signal is missed meanwhile."""

    def __init__(self, source: TextIO, alarm: Alarm) -> None:
        self._source = source
        self._alarm = alarm
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._ended = False
        self._stream: int | None = None
        with suppress(OSError, ValueError):
            self._stream = source.fileno()

    def read(self) -> str:
        """The next line with its end; nothing at the end of the stream.

        Raises:
            Hangup: a signal came, or the terminal is gone.
        """
        if self._stream is None or os.name == "nt":
            return self._source.readline()
        while "\n" not in self._text and not self._ended:
            self._alarm.wait_for(self._stream)
            try:
                got = os.read(self._stream, 65_536)
            except OSError:
                raise Hangup from None
            self._ended = not got
            self._text += self._decoder.decode(got, final=self._ended)
        line, end, self._text = self._text.partition("\n")
        return line + end


@contextmanager
def running_loop(alarm: Alarm) -> Iterator[Callable[[Coroutine[Any, Any, None]], None]]:
    """An event loop in a thread of its own, so that grading goes on while the candidate types."""
    runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
    loop = runner.get_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(work: Coroutine[Any, Any, None]) -> None:
        done = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            while not done.done():
                concurrent.futures.wait([done], BEAT)
                alarm.check()
        except Hangup:
            done.cancel()
            raise
        done.result()

    try:
        yield wait
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        runner.close()  # ends what still waits, a model's reply for one, so that nothing complains at exit
