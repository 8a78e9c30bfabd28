"""The line of keys at the bottom of a screen."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Static


class KeyLine(Footer):
    """Textual's footer, with the screen's keys there from the first paint on: its own come some frames later."""

    def compose(self) -> ComposeResult:
        keys = [*super().compose()]
        yield from keys or [Static(self._announced())]

    def _announced(self) -> Text:
        line = Text()
        for binding in self.screen.BINDINGS:
            if isinstance(binding, Binding) and binding.show and self.screen.check_action(binding.action, ()):
                line.append(f" {binding.key} ", "bold").append(f"{binding.description} ")
        return line
