"""The box in which the candidate writes. Enter sends, ctrl+j or shift+enter breaks the line."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class Composer(TextArea):
    """A multi-line editor that grows with its text."""

    @dataclass
    class Sent(Message):
        """The candidate sent `text`."""

        text: str

    BREAKS = frozenset({"ctrl+j", "shift+enter", "alt+enter"})

    def __init__(self) -> None:
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
            self.post_message(self.Sent(self.text))
        elif event.key in self.BREAKS:
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)
