"""Drives the app without a terminal: keys in, the visible text out. Every wait is for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from interviewer.engine.state import Phase, State
from interviewer.tui.app import InterviewApp
from interviewer.tui.screens.dialogs import Dialog
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.report import ReportScreen
from interviewer.tui.widgets.composer import Composer
from interviewer.tui.widgets.transcript import Transcript
from interviewer.workspace import Workspace

PATIENCE = 10.0
BEAT = 0.005

HOSTILE = "[red]x[/] [@click=app.quit]q[/] \x1b[31mANSI\x1b]0;title\x07 \u202eevil\u202c $error {name}"
SHOWN = "[red]x[/] [@click=app.quit]q[/] [31mANSI]0;title evil $error {name}"


def app_of(workspace: Workspace, round_id: str = "hard-01") -> InterviewApp:
    return InterviewApp(workspace, workspace.start(round_id))


class Stage:
    """One running app."""

    def __init__(self, app: InterviewApp, pilot: Pilot[str | None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until the condition holds; shows the screen where it never does."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"never: {what or condition}\n{self.text}"
            await self.pilot.pause(BEAT)

    async def press(self, *keys: str) -> None:
        """One key after the other. The pilot's own `press` waits for an idle processor, ten times as long."""
        for key in keys:
            self.app.post_message(events.Key("space" if key == " " else key, key if len(key) == 1 else None))
            await self.settle()

    async def settle(self) -> None:
        """Let a message get from the app to a widget, and its consequences to the screen."""
        for _ in range(4):
            await self.pilot.pause(0)

    async def type(self, text: str) -> None:
        """Put text into the composer as a paste does."""
        self.composer.insert(text)
        await self.settle()

    async def say(self, text: str) -> None:
        """Send an answer and hear what follows."""
        said = len(self.state.turns)
        await self.type(text)
        await self.press("enter")
        await self.until(lambda: len(self.state.turns) > said and self.quiet, f"an answer to {text!r}")

    async def home(self) -> HomeScreen:
        """The home screen with its lists read."""
        await self.until(
            lambda: isinstance(self.screen, HomeScreen) and self.screen.is_mounted and self.choices, "home"
        )
        screen = self.screen
        assert isinstance(screen, HomeScreen)
        await self.until(lambda: screen._sessions is not None, "the sessions")
        return screen

    async def interview(self) -> InterviewScreen:
        """The interview screen once it is the candidate's turn."""
        await self.until(lambda: isinstance(self.screen, InterviewScreen) and self.quiet, "the interview")
        assert isinstance(self.screen, InterviewScreen)
        return self.screen

    async def report(self) -> ReportScreen:
        """The report screen with its first page."""
        await self.until(
            lambda: isinstance(self.screen, ReportScreen) and self.screen.query("#pages Static"), "a report"
        )
        assert isinstance(self.screen, ReportScreen)
        return self.screen

    async def dialog(self, heading: str) -> Dialog:
        await self.until(lambda: isinstance(self.screen, Dialog) and heading in self.text, f"the dialog {heading}")
        assert isinstance(self.screen, Dialog)
        return self.screen

    async def end(self) -> None:
        """End the interview by its dialog."""
        await self.press("f8")
        await self.dialog("End the interview?")
        await self.press("tab", "enter")
        await self.until(lambda: self.state.ended and isinstance(self.screen, InterviewScreen), "the end")

    async def shows(self, text: str) -> None:
        await self.until(lambda: text in self.text, f"{text!r} on the screen")

    @property
    def screen(self) -> object:
        return self.app.screen

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def toasts(self) -> list[str]:
        return [notification.message for notification in self.app._notifications]

    @property
    def state(self) -> State:
        return self._interview.session.state

    @property
    def quiet(self) -> bool:
        """It is the candidate's turn, or nobody's any more."""
        return self.state.phase in {Phase.LISTENING, Phase.PAUSED, Phase.ENDED}

    @property
    def composer(self) -> Composer:
        return self._interview.query_one(Composer)

    @property
    def transcript(self) -> Transcript:
        return self._interview.query_one(Transcript)

    @property
    def under(self) -> str:
        """The line under the composer."""
        return str(self._interview.query_one("#under", Static).content)

    @property
    def choices(self) -> list[str]:
        """The home screen's list, headings and all."""
        options = self.app.screen.query_one("#choices", OptionList).options
        return [str(option.prompt) for option in options if "Reading the question bank" not in str(option.prompt)]

    @property
    def cursor(self) -> str | None:
        """The id of what the home screen's cursor stands on."""
        option = self.app.screen.query_one("#choices", OptionList).highlighted_option
        return option.id if option else None

    @property
    def _interview(self) -> InterviewScreen:
        return next(s for s in reversed(self.app.screen_stack) if isinstance(s, InterviewScreen))


@asynccontextmanager
async def on_stage(app: InterviewApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
    """The app, running without a terminal."""
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Stage(app, pilot)
