"""Line by line, for pipes and screen readers: the same engine and commands as the app.

A blank line ends an answer, except inside a ``` fence; a line that starts with `/` is a command.
"""

from __future__ import annotations

import asyncio
import signal
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


class Hangup(BaseException):
    """SIGTERM or SIGHUP: the terminal or the system wants us gone."""


class Plain:
    """One interview over two text streams."""

    def __init__(self, opened: OpenSession, source: TextIO, sink: TextIO) -> None:
        self._opened = opened
        self._session: Session = opened.session
        self._source = source
        self._sink = sink
        self._lines: list[str] = []
        self._session.listener = self._show

    def run(self) -> int:
        """Hold the interview until it ends, is paused, or the input ends. The exit status is 0 for all three."""
        with self._opened.lock, _loop() as wait, _hangups():
            try:
                wait(self._session.handle(self._opened.first))
                self._take_up_draft()
                self._listen(wait)
            except (KeyboardInterrupt, Hangup):
                with suppress(Hangup):
                    self._say("")
            if self._session.state.phase not in {Phase.ENDED, Phase.PAUSED, Phase.READY}:
                wait(self._session.handle(cmd.Pause()))
            wait(self._session.settle())
            self._goodbye()
        return 0

    def _listen(self, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        while self._session.state.phase not in {Phase.ENDED, Phase.PAUSED}:
            line = self._source.readline()
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
        if self._lines and not self._source.isatty():
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


@contextmanager
def _loop() -> Iterator[Callable[[Coroutine[Any, Any, None]], None]]:
    """An event loop in a thread of its own, so that grading goes on while the candidate types."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result()

    try:
        yield wait
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def _hangups() -> Iterator[None]:
    """SIGTERM and SIGHUP pause the session instead of killing it."""

    def hang_up(*_: object) -> None:
        raise Hangup

    names = [n for n in ("SIGTERM", "SIGHUP") if hasattr(signal, n)]
    before = {n: signal.signal(getattr(signal, n), hang_up) for n in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def hold(opened: OpenSession, source: TextIO, sink: TextIO) -> int:
    """Hold an interview line by line; see `Plain`."""
    try:
        return Plain(opened, source, sink).run()
    except Hangup:
        raise InterviewerError("the terminal went away; `interviewer resume` goes on") from None
