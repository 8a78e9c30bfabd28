"""What the screens ask of the app. They know these messages, not the app."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.message import Message

from interviewer.text import printable


class Begin(Message):
    """Start a round, held by `persona` alone where one is named; `own_bank` names the bank where it is an own one."""

    def __init__(self, round_id: str, persona: str | None = None, own_bank: str | None = None) -> None:
        super().__init__()
        self.round_id = round_id
        self.persona = persona
        self.own_bank = own_bank


class TakeUp(Message):
    """Go on with a session, or open its report when it is over."""

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self.session_id = session_id


class ShowReport(Message):
    """Open the report of a session in place of the interview."""

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self.session_id = session_id


class LeaveInterview(Message):
    """Back to the home screen; the interview is kept."""


def complain(app: App[Any], error: Exception) -> None:
    """One line about what went wrong."""
    app.notify(printable(str(error)), severity="error", timeout=20, markup=False)
