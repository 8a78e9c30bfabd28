"""The first screen: take up an interview, pick a round, or pick an interviewer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewer import paths
from interviewer.content import banks
from interviewer.errors import InterviewerError
from interviewer.text import printable
from interviewer.tui import catalogue
from interviewer.tui.catalogue import Catalogue, PersonaRow, RoundRow
from interviewer.tui.clocks import ago
from interviewer.tui.messages import Begin, TakeUp
from interviewer.tui.widgets.keys import KeyLine

if TYPE_CHECKING:
    from interviewer.store.journal import SessionSummary
    from interviewer.workspace import Workspace

RECENT = 5
AFTER_PAINT = 0.1
AT_FIRST = 60
"""Lines listed before the first paint: more than a screen shows, however large the bank is."""
WELCOME = "Pick a round and press Enter; the interviewer greets you at once."


class HomeScreen(Screen[None]):
    """Lists of sessions, rounds and interviewers in one column, with details below."""

    BINDINGS = [
        Binding("r", "section('rounds')", "Rounds"),
        Binding("i", "section('people')", "Interviewers"),
        Binding("l", "section('sessions')", "Your interviews"),
        Binding("escape", "back", "Back"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, workspace: Callable[[], Workspace], bank_dir: Path | None) -> None:
        super().__init__()
        self._workspace = workspace
        self._places = bank_dir or paths.shipped("question_bank"), paths.shipped("personas")
        self._lists_own = bank_dir is None
        self._catalogue: Catalogue | None = None
        self._own: dict[str, Catalogue] = {}
        self._sessions: list[SessionSummary] | None = None
        self._persona: str | None = None
        self._choices = OptionList(id="choices", markup=False)
        self._detail = Static(WELCOME, id="detail", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="home"):
            with Vertical(id="masthead"):
                yield Static("Mock interviewer", classes="title")
                yield Static("Real machine-learning-infrastructure interview rounds", classes="tagline")
            yield self._choices
            yield self._detail
        yield KeyLine(show_command_palette=False)

    def on_mount(self) -> None:
        self._catalogue = catalogue.kept(*self._places)
        self._own = {name: kept for name, path in self._own_banks() if (kept := catalogue.kept(path, self._places[1]))}
        self._fill(at_most=AT_FIRST)
        self._choices.focus()

    def on_screen_resume(self) -> None:
        """Shown for the first time, or again: what has changed meanwhile?

        What a screen cannot show yet and the database come after the first paint, which would wait for them otherwise.
        """
        if self._catalogue is None:
            self._load()
        else:
            self.set_timer(AFTER_PAINT, self._complete)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back only from the rounds of one interviewer."""
        return self._persona is not None if action == "back" else True

    @on(OptionList.OptionHighlighted)
    def describe(self, event: OptionList.OptionHighlighted) -> None:
        """Details of what the cursor stands on."""
        option = event.option_list.highlighted_option
        self._detail.update(self._describe((option and option.id) or ""))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Open what was picked."""
        kind, _, name = (event.option_id or "").partition(":")
        if not self.is_active:
            return
        if kind == "round":
            own, _, round_id = name.rpartition("/")
            self.post_message(Begin(round_id, self._persona, own or None))
        elif kind == "persona":
            self._persona = name
            self._fill()
        elif kind == "session":
            self.post_message(TakeUp(name))
        elif kind == "back":
            self.action_back()

    def action_back(self) -> None:
        """From the rounds of one interviewer to all; the cursor goes back to the interviewer."""
        person, self._persona = self._persona, None
        self._fill(f"persona:{person}")

    def action_section(self, name: str) -> None:
        """Jump to a section of the list, so that its heading shows."""
        if self._persona and name != "rounds":
            self.action_back()
        choices = self._choices
        kinds = {"rounds": "round", "people": "persona", "sessions": "session"}
        for index in range(choices.option_count):
            if (choices.get_option_at_index(index).id or "").startswith(f"{kinds[name]}:"):
                choices.highlighted = index
                choices.scroll_to(y=index - 1, animate=False)
                return
        if name == "sessions":
            self.notify("No interviews yet." if self._sessions is not None else "Still reading your interviews.")

    def _complete(self) -> None:
        if self._choices.option_count == AT_FIRST:
            self._fill()
        self._load()

    @work(thread=True, exclusive=True)
    def _load(self) -> None:
        """Behind the first paint: the banks where they changed, and the sessions."""
        app, found, sessions, own, trouble = self.app, self._catalogue, self._sessions, dict[str, Catalogue](), ""
        workspace, people = self._workspace(), self._places[1]
        try:
            found = found or catalogue.read(workspace.bank, people)
            sessions = workspace.sessions(RECENT)
        except InterviewerError as error:
            trouble = printable(str(error))
        for name, path in self._own_banks():
            try:
                own[name] = catalogue.kept(path, people) or catalogue.read(workspace.own_bank(name), people)
            except InterviewerError as error:
                trouble = trouble or printable(str(error))
        app.call_from_thread(self._loaded, found, own, sessions, trouble)

    def _loaded(
        self, found: Catalogue | None, own: dict[str, Catalogue], sessions: list[SessionSummary] | None, trouble: str
    ) -> None:
        """One line about what cannot be read; what can be read is listed."""
        if (found, own, sessions) != (self._catalogue, self._own, self._sessions):
            self._catalogue, self._own, self._sessions = found, own, sessions
            self._fill()
        if found is None:
            self._choices.clear_options()
            self._detail.update(trouble)
        elif trouble:
            self.notify(trouble, severity="error", timeout=20, markup=False)

    def _own_banks(self) -> Iterable[tuple[str, Path]]:
        """By name; another bank than the one that ships is listed alone."""
        return banks.own().items() if self._lists_own else ()

    def _fill(self, cursor: str | None = None, at_most: int | None = None) -> None:
        """The list anew; the cursor stays on what it stood on, or goes to the first thing one can pick."""
        choices = self._choices
        if cursor is None and choices.highlighted is not None:
            cursor = choices.get_option_at_index(choices.highlighted).id
        options = list(islice(self._options(), at_most))
        choices.clear_options().add_options(options)
        ids = [o.id for o in options]
        pickable = [i for i, o in enumerate(options) if not o.disabled]
        choices.highlighted = ids.index(cursor) if cursor and cursor in ids else next(iter(pickable), None)
        self.refresh_bindings()

    def _options(self) -> Iterator[Option]:
        found = self._catalogue
        if found is None:
            yield Option("Reading the question bank …", disabled=True)
        elif self._persona:
            yield from _options_of(found, found.persona(self._persona))
        else:
            if self._sessions:
                yield Option("Your interviews", disabled=True)
                yield from map(_session_option, self._sessions)
            yield Option("Rounds", disabled=True)
            yield from map(_round_option, found.rounds)
            for name, own in self._own.items():
                yield Option(printable(f"Rounds of your own bank {name}"), disabled=True)
                yield from (_round_option(r, f"{name}/") for r in own.rounds)
            yield Option("Interviewers", disabled=True)
            yield from map(_persona_option, found.personas)

    def _describe(self, option_id: str) -> str:
        kind, _, name = option_id.partition(":")
        found = self._catalogue
        if found is None:
            return WELCOME
        if kind == "round":
            own, _, round_id = name.rpartition("/")
            found = self._own[own] if own else found
            row = next(r for r in found.rounds if r.id == round_id)
            people = [found.persona(p) for p in ([self._persona] if self._persona else row.personas)]
            who = "; ".join(f"{p.name}, {p.role}" for p in people)
            size = f"{row.questions} question{'s' if row.questions != 1 else ''}"
            return printable(f"{row.title}\n{size} in about {row.minutes} minutes, asked by {who}.")
        if kind == "persona":
            person = found.persona(name)
            rounds = ", ".join(r.id for r in found.rounds_of(name)) or "none of their own"
            return printable(f"{person.description}\nRounds: {rounds}. Enter lists them.")
        if kind == "session":
            session = next(s for s in self._sessions or () if s.id == name)
            then = "Enter opens its report." if session.status == "ended" else "Enter goes on where you stopped."
            return printable(f"{session.title}, question {session.position} of {session.questions}.\n{then}")
        return WELCOME


def _options_of(found: Catalogue, person: PersonaRow) -> Iterator[Option]:
    """The rounds that one interviewer can hold, their own first."""
    own = found.rounds_of(person.id)
    if own:
        yield Option(printable(f"Rounds with {person.name}, {person.role}"), disabled=True)
        yield from map(_round_option, own)
    yield Option(printable(f"Any other round, held by {person.name} alone"), disabled=True)
    yield from (_round_option(r) for r in found.rounds if r not in own)
    yield Option("← all rounds and interviewers", id="back:")


def _round_option(row: RoundRow, bank: str = "") -> Option:
    size = f"{row.questions:>2} question{'s' if row.questions != 1 else ' '} {row.minutes:>3} min"
    text = Text.assemble((f"{printable(row.id):<9}", "bold"), (f"{size}    ", "dim"), printable(row.title))
    return Option(text, id=f"round:{bank}{row.id}")


def _persona_option(row: PersonaRow) -> Option:
    text = Text.assemble((f"{printable(row.name):<23}", "bold"), (f"{printable(row.role)}", "dim"))
    return Option(text, id=f"persona:{row.id}")


def _session_option(session: SessionSummary) -> Option:
    mark = "report" if session.status == "ended" else "go on"
    place = f"{session.position:>2} of {session.questions:<2} {ago(time.time() - session.updated_at)}"
    text = Text.assemble((f"{mark:<9}", "bold"), (f"{place:<24}", "dim"), printable(f"{session.round} {session.title}"))
    return Option(text, id=f"session:{session.id}")
