"""The box in which the candidate writes. Enter sends, ctrl+j or shift+enter breaks the line."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import TextArea

from interviewer.text import printable


class Composer(TextArea):
    """A multi-line editor that grows with its text. `take` is given what is sent, and says whether it took it."""

    BREAKS = frozenset({"ctrl+j", "shift+enter", "alt+enter"})

    def __init__(self, take: Callable[[str], bool]) -> None:
        self._take = take
        super().__init__(
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder="Your answer. Enter sends, ctrl+j breaks the line, /help helps.",
        )

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            if self._take(self.text):
                self.clear()
        elif event.key in self.BREAKS:
            event.stop()
            event.prevent_default()
            self.replace("\n", *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        """Terminals paste line ends as carriage returns. Escape sequences in a paste never get to the screen."""
        event.text = printable(event.text.replace("\r\n", "\n").replace("\r", "\n"))

    def put_back(self, text: str) -> None:
        """Text that was kept or could not be sent, before whatever is written by now."""
        self.insert(printable(text), (0, 0))
        self.move_cursor(self.document.end)
