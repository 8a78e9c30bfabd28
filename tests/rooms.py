"""Rooms in which an interview is held line by line."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from interviewer.engine.state import State, replay
from interviewer.plain import hold
from interviewer.store.journal import load_events
from interviewer.workspace import OpenSession, Workspace
from tests.fakes import make_persona, make_question, make_round, write_bank

ASK = "Ask of first?"


class Typist(io.StringIO):
    """A terminal at which somebody types; a line may also be something that happens instead."""

    def __init__(self, *lines: str | BaseException, tty: bool = True) -> None:
        super().__init__()
        self._coming = list(lines)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        line = self._coming.pop(0) if self._coming else ""
        if isinstance(line, BaseException):
            raise line
        return line


class Deaf(io.StringIO):
    """Takes some lines, then the reader is gone."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._left = lines

    def write(self, text: str, /) -> int:
        self._left -= 1
        if self._left < 0:
            raise BrokenPipeError
        return super().write(text)


@dataclass
class Room:
    """A home and a bank of two questions, asked by somebody who never follows up."""

    bank: Path

    def workspace(self) -> Workspace:
        return Workspace(self.bank)

    def start(self, typed: str | io.StringIO, sink: io.StringIO | None = None) -> str:
        """A new session held with this input; all that was said."""
        return self._hold(self.workspace().start("test-round"), typed, sink)

    def resume(self, typed: str | io.StringIO) -> str:
        return self._hold(self.workspace().resume(), typed)

    def state(self) -> State:
        """What the journal of the only session says."""
        workspace = self.workspace()
        (session,) = workspace.sessions()
        return replay(load_events(workspace.database, session.id))

    def answers(self) -> list[str]:
        return [t.text for t in self.state().turns if t.speaker == "candidate"]

    def _hold(self, opened: OpenSession, typed: str | io.StringIO, sink: io.StringIO | None = None) -> str:
        sink = sink or io.StringIO()
        source = typed if isinstance(typed, io.StringIO) else io.StringIO(typed)
        assert hold(opened, source, sink) == 0
        return sink.getvalue()


def furnish(place: Path, ask: str = ASK) -> Path:
    questions = [make_question("first", asks=(ask,)), make_question("second")]
    people = [make_persona(max_follow_ups=0)]
    return write_bank(place, [make_round("test-round", ["first", "second"])], questions, people)
