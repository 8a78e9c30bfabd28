"""Line by line, for pipes and screen readers: the same engine and commands as the app.

A blank line ends an answer, except inside a ``` fence; a line that starts with `/` is a command.
"""

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

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import Phase
from interviewer.errors import InterviewerError
from interviewer.session import Notice, Session, Update
from interviewer.text import printable
from interviewer.workspace import OpenSession

HELP = """-- A blank line sends your answer; code between ``` lines may hold blank lines. Commands:
--   /hint     a hint (it lowers the level you can reach)
--   /repeat   hear the question again
--   /skip     leave this question
--   /pause    stop here; `interviewer resume` goes on later
--   /end      end the interview and get the report
--   /help     this list"""
COMMANDS: dict[str, Callable[[], cmd.Command]] = {
    "/hint": cmd.AskHint,
    "/repeat": cmd.AskRepeat,
    "/skip": cmd.Skip,
    "/pause": cmd.Pause,
    "/end": cmd.End,
}
LEAVING = {"/skip", "/end"}
FENCE = "```"


SIGNALS = ("SIGTERM", "SIGHUP") if os.name == "nt" else ("SIGINT", "SIGTERM", "SIGHUP")
BEAT = 0.1


class Hangup(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP: the person, the terminal or the system wants us gone."""


class Plain:
    """One interview over two text streams."""

    def __init__(self, opened: OpenSession, source: TextIO, sink: TextIO) -> None:
        self._opened = opened
        self._session: Session = opened.session
        self._source = source
        self._sink = sink
        self._by_hand = source.isatty()  # a terminal that is gone would say no
        self._lines: list[str] = []
        self._session.listener = self._show

    def run(self) -> int:
        """Hold the interview until it ends, is paused, or the input ends. The exit status is 0 for all three."""
        with self._opened.lock, _Alarm() as alarm, _loop(alarm) as wait:
            try:
                wait(self._session.handle(self._opened.first))
                self._take_up_draft()
                self._listen(_Lines(self._source, alarm), wait)
            except (KeyboardInterrupt, Hangup):
                with suppress(Hangup):
                    self._say("")
            if self._session.state.phase not in {Phase.ENDED, Phase.PAUSED, Phase.READY}:
                wait(self._session.handle(cmd.Pause()))
            wait(self._session.settle())
            self._goodbye()
        return 0

    def _listen(self, lines: _Lines, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        while self._session.state.phase not in {Phase.ENDED, Phase.PAUSED}:
            line = lines.read()
            if not line:
                self._end_of_input(wait)
                return
            line = line.rstrip("\r\n")
            if self._is_command(line):
                self._command(line.split()[0].lower(), wait)
            elif line.strip() or self._in_fence():
                self._lines.append(line)
                self._session.save_draft(self._text())
            elif self._lines:
                self._submit(wait)

    def _submit(self, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        text, self._lines = self._text(), []
        wait(self._session.handle(cmd.Submit(text)))

    def _end_of_input(self, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        """A pipe's last answer needs no blank line after it; what stands typed in a terminal stays a draft."""
        if self._lines and not self._by_hand:
            self._submit(wait)

    def _is_command(self, line: str) -> bool:
        return line.startswith("/") and line[1:].strip().isalpha() and not self._in_fence()

    def _command(self, name: str, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        if name == "/help":
            self._say(HELP)
        elif name in COMMANDS:
            if name in LEAVING:
                self._drop_unsent()
            wait(self._session.handle(COMMANDS[name]()))
        else:
            self._say(f"-- {printable(name)} is not a command; /help lists them. Nothing was sent.")

    def _drop_unsent(self) -> None:
        """What was typed for a question that is left does not belong to the next one."""
        if self._lines:
            self._lines = []
            self._session.save_draft("")
            self._say("-- What you had typed was not sent.")

    def _in_fence(self) -> bool:
        fences = (line for line in self._lines if line.lstrip().startswith(FENCE))
        return sum(line.count(FENCE) for line in fences) % 2 == 1

    def _text(self) -> str:
        return "\n".join(self._lines)

    def _take_up_draft(self) -> None:
        draft = self._session.draft()
        if draft:
            self._lines = draft.split("\n")
            self._say(f"-- Your unfinished answer is kept; go on with it, a blank line sends it:\n{printable(draft)}")

    def _show(self, update: Update) -> None:
        if isinstance(update, ev.SessionStarted):
            self._say("-- A blank line sends your answer. /help lists the commands.")
        elif isinstance(update, ev.Resumed) and not self._session.state.cues:
            self._recall()
        elif isinstance(update, ev.LineSpoken):
            turn = self._session.state.turns[-1]
            self._speak(turn.persona, turn.text)
        elif isinstance(update, Notice):
            self._say(f"-- {printable(update.text)}")

    def _recall(self) -> None:
        """After a crash nobody welcomes the candidate back; the last line shows where things stand."""
        said = [t for t in self._session.state.turns if t.speaker == "interviewer"]
        if said:
            self._speak(said[-1].persona, said[-1].text)

    def _speak(self, persona_id: str | None, text: str) -> None:
        plan = self._session.state.plan
        if plan and persona_id:
            persona = plan.persona(persona_id)
            text = f"{persona.name} ({persona.role}): {text}"
        self._say(printable(text))

    def _goodbye(self) -> None:
        name, state = self._opened.id, self._session.state
        if state.phase is Phase.PAUSED:
            self._say(f"-- Paused. Go on with: interviewer resume {name} --plain")
        elif state.phase is Phase.ENDED:
            self._say(f"-- The interview is over. Your report: interviewer report {name}")

    def _say(self, text: str) -> None:
        """A reader that has gone away, or a full disk, ends the interview as a hang-up does, with everything kept."""
        try:
            self._sink.write(f"{text}\n")
            self._sink.flush()
        except OSError:
            raise Hangup from None


class _Alarm:
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

    def __enter__(self) -> _Alarm:
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


class _Lines:
    """The lines of a stream. A stream of the operating system is read so that no signal is missed meanwhile."""

    def __init__(self, source: TextIO, alarm: _Alarm) -> None:
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
def _loop(alarm: _Alarm) -> Iterator[Callable[[Coroutine[Any, Any, None]], None]]:
    """An event loop in a thread of its own, so that grading goes on while the candidate types."""
    loop = asyncio.new_event_loop()
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
        loop.close()


def hold(opened: OpenSession, source: TextIO, sink: TextIO) -> int:
    """Hold an interview line by line; see `Plain`."""
    try:
        return Plain(opened, source, sink).run()
    except Hangup:
        raise InterviewerError("the terminal went away; `interviewer resume` goes on") from None
