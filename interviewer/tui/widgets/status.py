"""The line above the transcript: round, progress, clock."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from interviewer.tui.present import StatusView


class StatusLine(Horizontal):
    """Where the interview stands."""

    def __init__(self) -> None:
        super().__init__()
        self._round = Static("", id="round", markup=False)
        self._dots = Static("", id="dots", markup=False)
        self._clock = Static("", id="clock", markup=False)

    def compose(self) -> ComposeResult:
        yield self._round
        yield self._dots
        yield self._clock

    def show(self, view: StatusView) -> None:
        """Show this state."""
        self._round.update(view.title)
        self._dots.update(f"{view.dots}  {view.place}")
        self._clock.update(f"{view.clock}{' over time' if view.over else ''}")
        self._clock.set_class(view.over, "over")
