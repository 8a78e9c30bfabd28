"""The smallest Textual app that shows a line and takes one; what the home screen's first paint is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class MinimalApp(App[None]):
    """One Static, one Input."""

    def compose(self) -> ComposeResult:
        yield Static("The smallest app")
        yield Input()


if __name__ == "__main__":
    MinimalApp().run()
