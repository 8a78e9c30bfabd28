"""The report: the signal on top, questions on the left, one page on the right, export by key."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from interviewer import paths
from interviewer.report import render
from interviewer.report.model import Report
from interviewer.tui.present_report import headline, overview, page, row


class ReportScreen(Screen[None]):
    """Shows one report; only the page that is read is mounted, however long the interview was."""

    BINDINGS = [
        Binding("h", "export('html')", "Save HTML"),
        Binding("m", "export('md')", "Save Markdown"),
        Binding("j", "export('json')", "Save JSON"),
        Binding("escape", "home", "Home"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

    def compose(self) -> ComposeResult:
        with Vertical(id="verdict"):
            yield Static(headline(self.report))
        with Horizontal(id="report-body"):
            yield OptionList(Option("Overview"), *(Option(row(q)) for q in self.report.questions), id="threads")
            yield VerticalScroll(id="pages")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        threads = self.query_one("#threads", OptionList)
        threads.highlighted = 0
        threads.focus()

    @on(OptionList.OptionHighlighted)
    async def turn_to(self, event: OptionList.OptionHighlighted) -> None:
        """Show the page of the highlighted question."""
        index = event.option_index
        texts = overview(self.report) if index == 0 else page(self.report, self.report.questions[index - 1])
        pages = self.query_one("#pages", VerticalScroll)
        await pages.remove_children()
        await pages.mount_all(Static(text) for text in texts)
        pages.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def read(self) -> None:
        """Enter moves into the page, so that it scrolls."""
        self.query_one("#pages").focus()

    def action_export(self, format_: str) -> None:
        """Write the report to the reports folder and say where it lies."""
        place = paths.data_dir() / "reports" / f"{self.report.session}.{format_}"
        try:
            _write(place, render(self.report, format_))
        except OSError as error:
            self.notify(f"{place}: cannot be written ({error.strerror})", severity="error", markup=False)
            return
        self.notify(f"Written to {place}", timeout=10, markup=False)

    def action_home(self) -> None:
        """Back to the list of rounds."""
        self.app.pop_screen()


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
