"""The interview: transcript, composer, clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, Static, TextArea

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import Phase
from interviewer.errors import InterviewerError
from interviewer.session import Delta, Notice, Update
from interviewer.text import printable
from interviewer.tui.present import TurnView, status_view, turn_view
from interviewer.tui.screens.dialogs import end_dialog, help_dialog, paused_dialog
from interviewer.tui.widgets.composer import Composer
from interviewer.tui.widgets.status import StatusLine
from interviewer.tui.widgets.transcript import Transcript
from interviewer.workspace import OpenSession

if TYPE_CHECKING:
    from interviewer.tui.app import InterviewApp

DRAFT_SECONDS = 0.5
OVER = "The interview is over. Press Enter to read your report."
COMMANDS = {
    "/hint": "do('hint')",
    "/repeat": "do('repeat')",
    "/skip": "do('skip')",
    "/pause": "pause",
    "/end": "end",
    "/help": "help",
}
ASKS: dict[str, Callable[[], cmd.Command]] = {"hint": cmd.AskHint, "repeat": cmd.AskRepeat, "skip": cmd.Skip}


class InterviewScreen(Screen[None]):
    """Holds one open session; everything that happens comes through `_show`."""

    BINDINGS = [
        Binding("f1", "help", "Help"),
        Binding("f2", "do('hint')", "Hint"),
        Binding("f3", "do('repeat')", "Repeat"),
        Binding("f4", "do('skip')", "Skip"),
        Binding("f8", "end", "End"),
        Binding("f9", "pause", "Pause"),
        Binding("ctrl+q", "app.quit", "Leave", priority=True),
        Binding("enter", "report", "Report"),
    ]
    app: InterviewApp

    def __init__(self, opened: OpenSession) -> None:
        super().__init__()
        self.opened = opened
        self.session = opened.session
        self._dirty = False
        self._saving = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield StatusLine()
        yield Transcript()
        yield Static(OVER, id="closing", markup=False)
        yield Composer()
        yield Static("", id="under", markup=False)
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        self.session.listener = self._show
        state = self.session.state
        await self._transcript.show([turn_view(state, t) for t in state.turns])
        if draft := self.session.draft():
            self._composer.load_text(draft)
            self._composer.move_cursor(self._composer.document.end)
        self._composer.focus()
        self.set_interval(1, self._tick)
        self.set_interval(DRAFT_SECONDS, self._keep_draft)
        self._send(self.opened.first)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense is offered: before the end no report, after it nothing else."""
        over = self.session.state.ended
        if action == "report":
            return over
        return not over if action in {"do", "end", "pause"} else True

    @on(Composer.Sent)
    def send(self, event: Composer.Sent) -> None:
        """Send the answer, or do what a typed command says."""
        text = event.text.strip()
        if text.lower() in COMMANDS:
            self._composer.clear()
            self.run_worker(self.run_action(COMMANDS[text.lower()]))
        elif not text:
            self.app.notify("There is nothing to send yet.", timeout=3)
        elif self.session.state.phase is not Phase.LISTENING:
            self.app.notify("One moment, the interviewer is still speaking.", timeout=3)
        else:
            self._submit(event.text)

    @on(TextArea.Changed)
    def note_change(self) -> None:
        """What is typed becomes the draft at the next beat."""
        self._dirty = True
        words = len(self._composer.text.split())
        self.query_one("#under", Static).update(f"{words} word{'s' if words != 1 else ''}" if words else "")

    def action_do(self, name: str) -> None:
        """Hint, repeat or skip."""
        self._send(ASKS[name]())

    def action_help(self) -> None:
        """What can be done here."""
        self.app.push_screen(help_dialog())

    @work
    async def action_pause(self) -> None:
        """Stop the clock until the candidate comes back or leaves."""
        if self.session.state.phase is Phase.ENDED:
            return
        await self.session.handle(cmd.Pause())
        if await self.app.push_screen_wait(paused_dialog()) == "leave":
            self.app.leave_interview()
        else:
            await self.session.handle(cmd.Resume())

    @work
    async def action_end(self) -> None:
        """End early, after asking."""
        state = self.session.state
        if state.plan is None or state.phase is Phase.ENDED:
            return
        left = len(state.plan.questions) - len(state.threads)
        if await self.app.push_screen_wait(end_dialog(left)) == "end":
            await self.session.handle(cmd.End())

    def action_report(self) -> None:
        """After the end, Enter opens the report."""
        if self.session.state.phase is Phase.ENDED:
            self.app.show_report(self.opened.id)

    async def close(self) -> None:
        """Leave everything so that the interview can be taken up: draft kept, clock stopped, lock free."""
        await self._keep_draft()
        if self.session.state.phase not in {Phase.READY, Phase.PAUSED, Phase.ENDED}:
            await self.session.handle(cmd.Pause())
        await self.session.settle()
        self.opened.lock.release()

    @work
    async def _submit(self, text: str) -> None:
        async with self._saving:
            self._composer.clear()
            self._dirty = False
            self._transcript.engage()
            await self._handle(cmd.Submit(text))

    @work
    async def _send(self, command: cmd.Command) -> None:
        await self._handle(command)

    async def _handle(self, command: cmd.Command) -> None:
        try:
            await self.session.handle(command)
        except InterviewerError as error:
            self.app.notify(printable(str(error)), severity="error", timeout=30, markup=False)

    def _tick(self) -> None:
        self.query_one(StatusLine).show(status_view(self.session.state, self.session.elapsed))
        if self.session.state.phase is Phase.LISTENING:
            self._send(cmd.Tick())

    async def _keep_draft(self) -> None:
        """Written in a thread, so that a slow disk never holds up typing."""
        if self._dirty and not self._saving.locked():
            async with self._saving:
                self._dirty = False
                await asyncio.to_thread(self.session.save_draft, self._composer.text)

    def _show(self, update: Update) -> None:
        state = self.session.state
        match update:
            case Delta(persona=persona, text=text):
                person = next(i for i, p in enumerate(state.plan.personas) if p.id == persona) if state.plan else 0
                name = state.plan.personas[person] if state.plan else None
                who = f"{name.name}, {name.role}" if name else ""
                self._transcript.stream(TurnView(who, "", printable(text), person))
            case ev.LineSpoken() | ev.AnswerGiven():
                self._transcript.add(turn_view(state, state.turns[-1]))
            case ev.SessionEnded():
                self._finish()
            case Notice(text=text):
                self.app.notify(printable(text), timeout=6, markup=False)
            case _:
                pass
        self.query_one(StatusLine).show(status_view(state, self.session.elapsed))

    def _finish(self) -> None:
        self._composer.add_class("done")
        self.query_one("#under", Static).update("")
        self.refresh_bindings()
        self.query_one("#closing").add_class("done")
        self._transcript.focus()

    @property
    def _composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    def _transcript(self) -> Transcript:
        return self.query_one(Transcript)
