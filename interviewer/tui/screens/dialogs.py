"""Small questions that stop everything else: paused, end the interview, help."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

HELP = """\
Enter sends your answer, ctrl+j starts a new line.
Ask back when something is unclear. "I don't know"
is an answer too.

F2  /hint     a hint; it lowers what you can reach
F3  /repeat   hear the question again
F4  /skip     leave this question
F8  /end      end the interview, read the report
F9  /pause    stop the clock
tab           to the transcript; arrows scroll it
ctrl+t        dark or light
ctrl+q        leave; all is kept, unsent text too"""


class Dialog(ModalScreen[str]):
    """A text with one or two buttons; gives back the id of the one that was pressed."""

    BINDINGS = [
        Binding("escape", "leave", "Back", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, heading: str, text: str, buttons: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._heading = heading
        self._text = text
        self._buttons = buttons

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(self._heading, classes="heading", markup=False)
            yield Static(self._text, markup=False)
            with Horizontal(id="buttons"):
                for name, label in self._buttons:
                    yield Button(label, id=name, compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id or "")

    def action_leave(self) -> None:
        """Escape is the first button."""
        self.dismiss(self._buttons[0][0])


def help_dialog() -> Dialog:
    """What can be done while being interviewed."""
    return Dialog("Help", HELP, (("back", "Back to the interview"),))


def paused_dialog() -> Dialog:
    """The clock stands still."""
    text = "The clock stands still and everything is kept. Come back when you are ready."
    return Dialog("Paused", text, (("resume", "Go on"), ("leave", "Leave for now")))


def end_dialog(left: int) -> Dialog:
    """Really end before all questions were asked?"""
    rest = f"{left} question{'s have' if left != 1 else ' has'} not been asked yet. " if left else ""
    text = f"{rest}The report covers what was asked so far; an ended interview cannot be taken up again."
    return Dialog("End the interview?", text, (("stay", "Stay"), ("end", "End it")))
