"""The line above the transcript: round, progress, clock."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from interviewer.tui.present import StatusView


class StatusLine(Horizontal):
    """Where the interview stands."""

    def compose(self) -> ComposeResult:
        yield Static("", id="round", markup=False)
        yield Static("", id="dots", markup=False)
        yield Static("", id="clock", markup=False)

    def show(self, view: StatusView) -> None:
        """Show this state."""
        self.query_one("#round", Static).update(view.title)
        self.query_one("#dots", Static).update(f"{view.dots}  {view.place}")
        clock = self.query_one("#clock", Static)
        clock.update(f"{view.clock}{' over time' if view.over else ''}")
        clock.set_class(view.over, "over")
