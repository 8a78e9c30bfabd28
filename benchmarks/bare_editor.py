"""Nothing but a text area; what typing an answer is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static, TextArea


class BareEditor(App[None]):
    """One Static, one TextArea."""

    def compose(self) -> ComposeResult:
        yield Static("Nothing but an editor")
        yield TextArea(soft_wrap=True)


if __name__ == "__main__":
    BareEditor().run()
