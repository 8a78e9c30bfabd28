"""Line by line, for pipes and screen readers: the same engine and commands as the app.

A blank line ends an answer, except inside a ``` fence; a line that starts with `/` is a command.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from contextlib import suppress
from textwrap import indent
from typing import Any, TextIO

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import Phase, Turn
from interviewer.errors import InterviewerError
from interviewer.session import Notice, Session, Update
from interviewer.streams import Alarm, Hangup, Lines, running_loop
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
KNOWN = {"/help", *COMMANDS}
COMMAND = re.compile(r"\s*(/[a-z]+)(?![\w/.-]*\w)(.*)$", re.IGNORECASE)
FENCE = "```"
GRADING_SECONDS = 30
"""How long the end waits for grades; `interviewer report` makes up for the rest."""


class Plain:
    """One interview over two text streams."""

    def __init__(self, opened: OpenSession, source: TextIO, sink: TextIO) -> None:
        self._opened = opened
        self._session: Session = opened.session
        self._source = source
        self._sink = sink
        self._by_hand = source.isatty()  # a terminal that is gone would say no
        self._lines: list[str] = []
        self._drops = False
        self._session.listener = self._show

    def run(self) -> int:
        """Hold the interview until it ends, is paused, or the input ends. The exit status is 0 for all three."""
        with self._opened.lock, Alarm() as alarm, running_loop(alarm) as wait:
            try:
                wait(self._session.handle(self._opened.first))
                self._take_up_draft()
                self._listen(Lines(self._source, alarm), wait)
            except (KeyboardInterrupt, Hangup):
                with suppress(Hangup):
                    self._say("")
            if self._session.state.phase not in {Phase.ENDED, Phase.PAUSED, Phase.READY}:
                wait(self._session.handle(cmd.Pause()))
            wait(self._session.settle(GRADING_SECONDS))
            self._goodbye()
        return 0

    def _listen(self, lines: Lines, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        while self._session.state.phase not in {Phase.ENDED, Phase.PAUSED}:
            line = lines.read()
            if not line:
                self._end_of_input(wait)
                return
            line = line.rstrip("\r\n")
            command = self._command_in(line)
            if command:
                self._command(command, wait)
            elif line.strip() or self._in_fence():
                self._keep(line)
            elif self._lines:
                self._submit(wait)

    def _keep(self, line: str) -> None:
        if not line.strip() and self._lines[-1].strip():
            self._say("-- The code block is still open; a line of ``` closes it.")
        self._lines.append(line)
        self._session.save_draft(self._text())

    def _submit(self, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        text, self._lines = self._text(), []
        wait(self._session.handle(cmd.Submit(text)))

    def _end_of_input(self, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        """A pipe's last answer needs no blank line after it; what stands typed in a terminal stays a draft."""
        if self._lines and not self._by_hand:
            self._submit(wait)

    def _command_in(self, line: str) -> str | None:
        """The command of a line, also with words after it; in code only a line that is nothing else."""
        found = COMMAND.match(line)
        if found is None:
            return None
        name, rest = found[1].lower(), found[2].strip(" .!")
        if self._in_fence():
            return name if name in KNOWN and not rest else None
        return name if name in KNOWN or not rest else None

    def _command(self, name: str, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        drops, self._drops = self._drops, False
        if name == "/help":
            self._say(HELP)
        elif name not in COMMANDS:
            self._say(f"-- {printable(name)} is not a command; /help lists them. Nothing was sent.")
        elif name == "/skip" and self._lines and not drops:
            self._drops = True
            self._say("-- What you have typed is not sent yet: a blank line sends it, /skip once more drops it.")
        else:
            self._settle_unsent(name, wait)
            if self._session.state.phase is not Phase.ENDED:
                wait(self._session.handle(COMMANDS[name]()))

    def _settle_unsent(self, name: str, wait: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        """The end takes what was typed with it; a question that is skipped twice does not hand it to the next one."""
        if name == "/end" and self._lines:
            self._submit(wait)
        elif name == "/skip" and self._lines:
            self._lines = []
            self._session.save_draft("")

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
            self._speak(self._session.state.turns[-1])
        elif isinstance(update, Notice):
            self._say(f"-- {printable(update.text)}")

    def _recall(self) -> None:
        """After a crash nobody welcomes the candidate back; the last line shows where things stand."""
        said = [t for t in self._session.state.turns if t.speaker == "interviewer"]
        if said:
            self._speak(said[-1])

    def _speak(self, turn: Turn) -> None:
        plan, text = self._session.state.plan, turn.text
        if plan and turn.persona:
            persona = plan.persona(turn.persona)
            text = f"{persona.name} ({persona.role}): {text}"
        self._say(printable(text))
        if sheet := self._session.state.sheet(turn):
            self._say(indent(printable(sheet), "    "))

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


def hold(opened: OpenSession, source: TextIO, sink: TextIO) -> int:
    """Hold an interview line by line; see `Plain`."""
    try:
        return Plain(opened, source, sink).run()
    except Hangup:
        raise InterviewerError("the terminal went away; `interviewer resume` goes on") from None
