"""The conversation. Only a window of turns is mounted, however long the interview gets."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Button, Static

from interviewer.tui.present import TurnView

WINDOW = 40
STEP = 30


class TurnWidget(Vertical):
    """One turn: who speaks, what, and what is handed out with it."""

    def __init__(self, view: TurnView) -> None:
        super().__init__(classes=f"turn {'mine' if view.seat < 0 else f'seat-{view.seat % 3}'}")
        self._who = Static(_heading(view), classes="who", markup=False)
        self._words = Static(view.text, classes="words", markup=False)
        self._sheet = view.sheet

    def compose(self) -> ComposeResult:
        yield self._who
        yield self._words
        if self._sheet:
            yield Static(self._sheet, classes="sheet", markup=False)

    def say(self, text: str) -> None:
        """Replace the words; used while they are still coming in."""
        self._words.update(text)

    def amend(self, view: TurnView) -> None:
        """The tag became known."""
        self._who.update(_heading(view))


def _heading(view: TurnView) -> str:
    return f"{view.who}  · {view.tag}" if view.tag else view.who


class Transcript(VerticalScroll):
    """Shows the newest turns; earlier ones are mounted when the reader asks for them."""

    can_focus = True
    first = reactive(0)

    def __init__(self) -> None:
        super().__init__()
        self._views: list[TurnView] = []
        self._live: TurnWidget | None = None
        self._live_text = ""

    def compose(self) -> ComposeResult:
        yield Button("Load earlier turns", id="earlier", compact=True)

    def on_mount(self) -> None:
        self.anchor()

    async def show(self, views: Sequence[TurnView]) -> None:
        """Start over with these turns."""
        self._views = list(views)
        self.first = max(0, len(self._views) - WINDOW)
        await self.query(TurnWidget).remove()
        await self.mount_all(TurnWidget(v) for v in self._views[self.first :])

    def add(self, view: TurnView) -> None:
        """Append a turn. The oldest mounted ones go when there are too many and the reader is at the end."""
        self._views.append(view)
        if self._live is not None:
            self._live.remove()
            self._live = None
        self.mount(TurnWidget(view))
        mounted = list(self.query(TurnWidget))
        if len(mounted) > WINDOW + STEP and self.is_vertical_scroll_end:
            surplus = mounted[: len(mounted) - WINDOW]
            self.first += len(surplus)
            for widget in surplus:
                widget.remove()

    def amend(self, view: TurnView) -> None:
        """The newest turn turned out to be of another kind."""
        self._views[-1] = view
        self.query(TurnWidget).last().amend(view)

    def stream(self, view: TurnView) -> None:
        """Show one more piece of a turn that is still being spoken."""
        if self._live is None:
            self._live, self._live_text = TurnWidget(view), view.text
            self.mount(self._live)
        else:
            self._live_text += view.text
            self._live.say(self._live_text)

    def engage(self) -> None:
        """Follow the conversation again."""
        self.anchor()

    def watch_first(self, first: int) -> None:
        """The button is there only while something is left to load."""
        for button in self.query("#earlier"):
            button.display = first > 0

    @on(Button.Pressed, "#earlier")
    async def load_earlier(self) -> None:
        """Mount the turns before the first one shown; what the reader looks at stays where it is."""
        end, self.first = self.first, max(0, self.first - STEP)
        widgets = [TurnWidget(v) for v in self._views[self.first : end]]
        if widgets:
            before = self.max_scroll_y - self.scroll_y
            await self.mount_all(widgets, after=0)
            self.call_after_refresh(lambda: self.scroll_to(y=self.max_scroll_y - before, animate=False))

    def action_scroll_home(self) -> None:
        """Home at the top loads what lies above it."""
        if self.scroll_y <= 1 and self.first > 0:
            self.run_worker(self.load_earlier())
        else:
            super().action_scroll_home()
