"""What a person sees on standard error while lines are graded."""

from __future__ import annotations

import os
import stat
from types import TracebackType
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from interviewer.bulk.lines import LineError
from interviewer.text import one_line


class Meter:
    """Counts the answers and the lines left out; a bar where `shown`, filled by the position in the source."""

    def __init__(self, source: BinaryIO, shown: bool) -> None:
        status = os.fstat(source.fileno()) if shown else None
        self._source = source
        self._measured = status is not None and stat.S_ISREG(status.st_mode)
        self.answers = 0
        self.left_out = 0
        self.unassessed = 0
        columns = (
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[answers]} answers"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not shown)
        self._task = self._bar.add_task("", total=status.st_size if status and self._measured else None, answers=0)

    def advance(self, answers: int = 1) -> None:
        """So many answers more are done."""
        self.answers += answers
        if not self._bar.disable:
            position = self._source.tell() if self._measured else None
            self._bar.update(self._task, completed=position, answers=self.answers)

    def leave_out(self, number: int, error: LineError) -> None:
        """A line that cannot be used: says where and why, above the bar."""
        self.left_out += 1
        line = one_line(f"{self._source.name}:{number}: {error}")
        self._bar.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def __enter__(self) -> Meter:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
