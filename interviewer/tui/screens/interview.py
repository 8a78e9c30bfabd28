"""The interview: transcript, composer, clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events, on, work
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
from interviewer.tui.messages import LeaveInterview, ShowReport, complain
from interviewer.tui.present import spoken_view, status_view, turn_view
from interviewer.tui.screens.dialogs import end_dialog, help_dialog, paused_dialog
from interviewer.tui.widgets.composer import Composer
from interviewer.tui.widgets.status import StatusLine
from interviewer.tui.widgets.transcript import Transcript
from interviewer.workspace import OpenSession

DRAFT_SECONDS = 0.5
OVER = "The interview is over. Press Enter to read your report."
GRADING = "The interview is over. Your last answers are being graded …"
REPORT_SECONDS, LEAVE_SECONDS = 60.0, 3.0
"""How long the report and the way out wait for grades; the next report makes up for the rest."""
BUSY = "One moment, the interviewer is still speaking."
BLANK = "There is nothing to send yet."
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

    def __init__(self, opened: OpenSession) -> None:
        super().__init__()
        self.opened = opened
        self.session = opened.session
        self._dirty = False
        self._sending = ""
        self._remark = ""
        self._reporting = False
        self._saving = asyncio.Lock()
        self._asking = asyncio.Lock()
        self._status = StatusLine()
        self._transcript = Transcript()
        self._over = Static(OVER, id="closing", markup=False)
        self._composer = Composer(self.take)
        self._under = Static("", id="under", markup=False)

    def compose(self) -> ComposeResult:
        yield self._status
        yield self._transcript
        yield self._over
        yield self._composer
        yield self._under
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        self.session.listener = self._show
        state = self.session.state
        await self._transcript.show([turn_view(state, t) for t in state.turns])
        if draft := self.session.draft():
            self._composer.put_back(draft)
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

    def take(self, text: str) -> bool:
        """Send the answer, or do what a typed command says; False leaves the text in the composer."""
        name = text.strip().lower()
        if name in COMMANDS:
            self.run_worker(self.run_action(COMMANDS[name]))
            return True
        if not name or self._sending or self.session.state.phase is not Phase.LISTENING:
            self._say_under(BUSY if name else BLANK)
            return False
        if name[0] == "/" and name[1:].isalpha():
            self._say_under(f"{name} is not a command; /help lists them.")
            return False
        self._sending = text
        self._submit()
        return True

    @on(TextArea.Changed)
    def note_change(self) -> None:
        """What is typed becomes the draft at the next beat."""
        self._dirty = True
        self._say_under()

    def on_key(self, event: events.Key) -> None:
        """Whoever types means the answer, wherever the focus is."""
        if event.is_printable and event.character and not self.session.state.ended:
            self._composer.focus()
            self._composer.insert(event.character)
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """As with typing."""
        if self.focused is not self._composer and not self.session.state.ended:
            self._composer.focus()
            self._composer.post_message(events.Paste(event.text))

    def action_do(self, name: str) -> None:
        """Hint, repeat or skip."""
        self._send(ASKS[name]())

    def action_help(self) -> None:
        """What can be done here."""
        self.app.push_screen(help_dialog())

    @work
    async def action_pause(self) -> None:
        """Stop the clock until the candidate comes back or leaves."""
        if self._asking.locked():
            return
        async with self._asking:
            await self._handle(cmd.Pause())
            if self.session.state.phase is not Phase.PAUSED:
                return
            if await self.app.push_screen_wait(paused_dialog()) == "leave":
                self.post_message(LeaveInterview())
            else:
                await self._handle(cmd.Resume())

    @work
    async def action_end(self) -> None:
        """End early, after asking."""
        state = self.session.state
        if self._asking.locked() or state.plan is None or state.ended:
            return
        async with self._asking:
            left = len(state.plan.questions) - len(state.threads)
            if await self.app.push_screen_wait(end_dialog(left)) == "end":
                await self._handle(cmd.End())

    @work
    async def action_report(self) -> None:
        """After the end, Enter opens the report, once the last grades are in; a second Enter cuts no grading short."""
        if self.session.state.phase is Phase.ENDED and not self._reporting:
            self._reporting = True
            self._over.update(GRADING)
            await self.session.settle(REPORT_SECONDS)
            self.post_message(ShowReport(self.opened.id))
            self._reporting = False

    async def close(self) -> None:
        """Leave everything so that the interview can be taken up: draft kept, clock stopped, lock free.

        Whoever is speaking is cut short; the line is said when the interview goes on.
        """
        self.workers.cancel_node(self)
        try:
            async with self._saving:
                if self._dirty or self._sending:
                    self.session.save_draft(self._sending + self._composer.text)
            if self.session.state.phase not in {Phase.READY, Phase.PAUSED, Phase.ENDED}:
                await self.session.handle(cmd.Pause())
            await self.session.settle(LEAVE_SECONDS)
        except InterviewerError as error:
            complain(self.app, error)
        finally:
            self.opened.lock.release()

    @work
    async def _submit(self) -> None:
        """A draft on its way to the disk goes first; what does not get into the journal goes back into the composer."""
        async with self._saving:
            self._transcript.engage()
        await self._handle(cmd.Submit(self._sending))
        if self._sending:
            self._composer.put_back(self._sending)
            self._sending = ""

    @work
    async def _send(self, command: cmd.Command) -> None:
        await self._handle(command)

    async def _handle(self, command: cmd.Command) -> None:
        try:
            await self.session.handle(command)
        except InterviewerError as error:
            complain(self.app, error)

    def _tick(self) -> None:
        self._status.show(status_view(self.session.state, self.session.elapsed))
        self._say_under(self._remark)
        if self.session.state.phase is Phase.LISTENING:
            self._send(cmd.Tick())

    async def _keep_draft(self) -> None:
        """Written in a thread, so that a slow disk never holds up typing."""
        if self._dirty and not self._sending and not self._saving.locked():
            async with self._saving:
                self._dirty = False
                try:
                    await asyncio.to_thread(self.session.save_draft, self._composer.text)
                except InterviewerError as error:
                    complain(self.app, error)

    def _show(self, update: Update) -> None:
        state = self.session.state
        match update:
            case Delta(persona=persona, text=text) if state.plan:
                self._transcript.stream(spoken_view(state.plan, persona, text))
            case ev.LineSpoken() | ev.AnswerGiven():
                if isinstance(update, ev.AnswerGiven):
                    self._sending = ""
                self._transcript.add(turn_view(state, state.turns[-1]))
                self._say_under()
            case ev.AnswerAssessed(reading=ev.Reading.CLARIFICATION):
                self._transcript.amend(turn_view(state, state.turns[-1]))
            case ev.SessionEnded():
                self._finish()
            case Notice(text=text):
                self.app.notify(printable(text), timeout=6, markup=False)
            case _:
                pass
        self._status.show(status_view(state, self.session.elapsed))

    def _finish(self) -> None:
        self._composer.add_class("done")
        self._say_under()
        self.refresh_bindings()
        self._over.add_class("done")
        self._transcript.focus()

    def _say_under(self, remark: str = "") -> None:
        """The line under the composer: a remark until the candidate goes on typing, else what goes on."""
        self._remark = remark
        words = len(self._composer.text.split())
        size = f"{words} word{'s' if words != 1 else ''}" if words else ""
        busy = "The interviewer is speaking …" if self.session.state.phase in {Phase.SPEAKING, Phase.ASSESSING} else ""
        self._under.update(remark or "  ".join(filter(None, (size, busy))), layout=False)
