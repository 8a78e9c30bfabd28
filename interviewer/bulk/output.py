"""Where graded lines go. An output file is its own checkpoint: what stands in it is verified, the rest is still to do.

Each line goes to the operating system as soon as it is graded, so a killed process loses nothing but a half-written
line. The disk is waited for once, at the end: after a power failure the last lines may be missing and are graded
again, while a run that ended is safely there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, TypeVar

from interviewer.bulk.lines import skip_line
from interviewer.errors import InterviewerError, UsageError

_WAYS = "--restart grades anew and overwrites it, -o takes another file"


class Headed(Protocol):
    """What an output line is made of: `head` is how it begins, `number` the line of the input."""

    @property
    def head(self) -> bytes: ...
    @property
    def number(self) -> int: ...


_Entry = TypeVar("_Entry", bound=Headed)


class Output:
    """A stream of lines; only a regular file is `resumable`."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        self.resumable = name != "-" and _is_regular(stream)
        self._stream = stream

    @classmethod
    def open(cls, path: Path) -> Output:
        """The file, made where it is missing and kept as it is; no second process gets it meanwhile.

        Raises:
            UsageError: it cannot be written, or another process grades into it.
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise UsageError(f"{path}: cannot be written ({why}); choose another file with -o") from None
        stream = os.fdopen(descriptor, "r+b" if stat.S_ISREG(os.fstat(descriptor).st_mode) else "wb")
        try:
            _lock(stream)
        except BlockingIOError:
            stream.close()
            raise UsageError(f"{path}: another process grades into it; wait for it, or choose another file") from None
        return cls(stream, str(path))

    def is_also(self, source: BinaryIO) -> bool:
        """It is the very file that is read from: what is written would be read again."""
        with suppress(OSError):  # a stream of no file
            return _is_regular(self._stream) and os.path.samestat(
                os.fstat(self._stream.fileno()), os.fstat(source.fileno())
            )
        return False

    def restart(self) -> None:
        """Forget what was written."""
        if self.resumable:
            self._stream.truncate(0)

    def resume(self, found: Iterator[_Entry]) -> tuple[int, Iterator[_Entry]]:
        """How many entries stand in the file already, and those that do not; a half-written last line is cut off.

        Raises:
            UsageError: the file holds something else than grades of these entries by this grader.
        """
        done = 0
        size = os.fstat(self._stream.fileno()).st_size if self.resumable else 0
        while (start := self._stream.tell() if size else 0) < size:
            where = f"{self.name}:{done + 1}"
            entry = next(found, None)
            if entry is None:
                raise UsageError(f"{where}: the input has no answer for this line; {_WAYS}")
            head = self._stream.read(len(entry.head))
            if head == entry.head and skip_line(self._stream):
                done += 1
                continue
            if not entry.head.startswith(head):
                raise UsageError(f"{where}: not what this grader writes for input line {entry.number}; {_WAYS}")
            self._stream.seek(start)
            self._stream.truncate()
            return done, chain([entry], found)
        return done, found

    def write(self, line: bytes) -> None:
        """One line, handed to the operating system at once.

        Raises:
            BrokenPipeError: nobody reads any more.
            InterviewerError: there is no room.
        """
        try:
            self._stream.write(line)
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            way = "make room, and the same command goes on" if self.resumable else "make room and try again"
            raise InterviewerError(f"{self.name}: cannot be written ({error.strerror}); {way}") from None

    def settle(self) -> None:
        """Wait until all is on the disk, where there is one."""
        if self.resumable:
            os.fsync(self._stream.fileno())

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.name != "-":
            with suppress(OSError):  # told by `write` already
                self._stream.close()


def _is_regular(stream: BinaryIO) -> bool:
    with suppress(OSError):  # a stream of no file
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    return False


def _lock(stream: BinaryIO) -> None:
    """Held until the file is closed, also by the death of the process. Raises BlockingIOError where it is taken."""
    with suppress(ImportError):  # not on Windows
        import fcntl

        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:  # a file system without locks
            pass
