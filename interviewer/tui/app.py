"""The app: which screen is shown, and leaving in good order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.binding import Binding

from interviewer import paths
from interviewer.errors import InterviewerError
from interviewer.tui import terminal
from interviewer.tui.messages import Begin, LeaveInterview, ShowReport, TakeUp, complain
from interviewer.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from interviewer.report.model import Report
    from interviewer.tui.screens.home import HomeScreen
    from interviewer.tui.screens.interview import InterviewScreen
    from interviewer.workspace import OpenSession, Workspace


class InterviewApp(App[str | None]):
    """Exits with the id of the session that was left unfinished, or None."""

    CSS_PATH = "app.tcss"
    TITLE = "Mock interviewer"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "narrow"), (100, "wide")]
    BINDINGS = [
        Binding("ctrl+t", "toggle_theme", "Dark/light", show=False),
        Binding("ctrl+q", "quit", "Leave", show=False, priority=True),
    ]

    def __init__(
        self,
        workspace: Workspace | None = None,
        opened: OpenSession | None = None,
        bank_dir: Path | None = None,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._opened = opened
        self.bank_dir = bank_dir
        self._interview: InterviewScreen | None = None
        self._entering = False
        self._left: str | None = None
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self._begin_with(_kept_theme())

    @property
    def workspace(self) -> Workspace:
        """The person's data; made on first use, because it is not needed for the first paint."""
        if self._workspace is None:
            from interviewer.workspace import Workspace

            self._workspace = Workspace(self.bank_dir)
        return self._workspace

    def get_default_screen(self) -> HomeScreen:
        """The home screen lies at the bottom of the stack; an empty one below it would be laid out for nothing."""
        from interviewer.tui.screens.home import HomeScreen

        return HomeScreen(lambda: self.workspace, self.bank_dir)

    async def on_mount(self) -> None:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self._hang_up)
        if self._opened is not None:
            await self._show(self._opened)

    @on(Begin)
    def begin(self, wanted: Begin) -> None:
        """Start a round; what was asked for on a screen that was left meanwhile is not done."""
        if self._is_home:
            self._enter(lambda: self.workspace.start(wanted.round_id, wanted.persona, wanted.own_bank))

    @on(TakeUp)
    def take_up(self, wanted: TakeUp) -> None:
        """Go on with a session, or open its report when it is over."""
        if self._is_home:
            self._enter(lambda: self._session_or_report(wanted.session_id))

    @on(ShowReport)
    def show_report(self, wanted: ShowReport) -> None:
        """The report of a session, in place of the interview."""
        if self._interview:
            self._enter(lambda: self.workspace.report(wanted.session_id))

    @on(LeaveInterview)
    @work
    async def leave_interview(self) -> None:
        """Back to the home screen; the interview can be taken up later."""
        await self._close_interview()
        self.pop_screen()

    async def action_quit(self) -> None:
        """Leave the program, the interview kept."""
        await self._close_interview()
        self.exit(self._left)

    def action_toggle_theme(self) -> None:
        """Dark to light and back; remembered for the next start."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        _keep_theme(self.theme)

    @property
    def _is_home(self) -> bool:
        return len(self.screen_stack) == 1

    def _begin_with(self, theme: str) -> None:
        """Setting `theme` would have the style sheets parsed a second time, at the cost of a tenth of the start."""
        self.set_reactive(App.theme, theme)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def _enter(self, prepare: Callable[[], OpenSession | Report]) -> None:
        """Open what `prepare` makes, one at a time; whoever asks meanwhile has only held Enter down."""
        if not self._entering:
            self._entering = True
            self._prepare(prepare)

    @work
    async def _prepare(self, prepare: Callable[[], OpenSession | Report]) -> None:
        """In a thread, because the database takes a moment."""
        try:
            await self._show(await asyncio.to_thread(prepare))
        except InterviewerError as error:
            complain(self, error)
        finally:
            self._entering = False

    def _session_or_report(self, session_id: str) -> OpenSession | Report:
        from interviewer.store.journal import find_session

        if find_session(self.workspace.database, session_id).status == "ended":
            return self.workspace.report(session_id)
        return self.workspace.resume(session_id)

    async def _show(self, found: OpenSession | Report) -> None:
        from interviewer.workspace import OpenSession

        if isinstance(found, OpenSession):
            from interviewer.tui.screens.interview import InterviewScreen

            self._interview = InterviewScreen(found)
            self.push_screen(self._interview)
            return
        from interviewer.tui.screens.report import ReportScreen

        show = self.switch_screen if self._interview else self.push_screen
        await self._close_interview()
        show(ReportScreen(found))

    async def _close_interview(self) -> None:
        interview, self._interview = self._interview, None
        if interview is None:
            return
        await interview.close()
        self._left = interview.opened.id if interview.session.state.paused else None

    def _hang_up(self) -> None:
        self.run_worker(self.action_quit())


def _kept_theme() -> str:
    with contextlib.suppress(InterviewerError, OSError, ValueError, TypeError, AttributeError):
        name = json.loads(_theme_file().read_text(encoding="utf-8")).get("theme")
        if name in {DARK.name, LIGHT.name}:
            return str(name)
    return DARK.name


def _keep_theme(name: str) -> None:
    with contextlib.suppress(OSError):
        _theme_file().parent.mkdir(parents=True, exist_ok=True)
        _theme_file().write_text(json.dumps({"theme": name}), encoding="utf-8")


def _theme_file() -> Path:
    return paths.data_dir() / "app.json"


def run(workspace: Workspace | None = None, opened: OpenSession | None = None) -> int:
    """Run the app until the person leaves; says how to go on with what was left unfinished."""
    terminal.forgive()
    app = InterviewApp(workspace, opened, workspace.bank.root if workspace else None)
    left = app.run()
    if left:
        print(f"Kept. Go on with: interviewer resume {left}")
    return 1 if app.return_code is None else app.return_code
