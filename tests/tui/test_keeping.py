"""Leaving, coming back, streaming, long and hostile interviews: nothing is lost and nothing gets stuck."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from textual.widgets import Button

from interviewer.engine import commands as cmd
from interviewer.engine.state import Phase
from interviewer.errors import InterviewerError
from interviewer.llm.model import Chunk, Prompt
from interviewer.store.journal import Journal
from interviewer.tui.app import InterviewApp
from interviewer.tui.screens import interview as interview_screen
from interviewer.tui.screens.dialogs import Dialog
from interviewer.tui.widgets import transcript
from interviewer.tui.widgets.transcript import STEP, WINDOW, TurnWidget
from interviewer.workspace import Workspace
from tests.fakes import Performer, make_persona, make_plan
from tests.tui.stage import HOSTILE, SHOWN, app_of, on_stage


class Voice:
    """A model that speaks piece by piece, when told to."""

    name = "voice"

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces
        self.go = asyncio.Event()

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        for piece in self.pieces:
            yield Chunk(piece)
        await self.go.wait()
        yield Chunk(" The end.")


async def test_leaving_keeps_the_session_and_frees_its_lock(workspace: Workspace) -> None:
    app = app_of(workspace)
    async with on_stage(app) as stage:
        screen = await stage.interview()
        await stage.say("An answer.")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: not app.is_running)
    assert (app.return_value, app.return_code) == (screen.opened.id, 0)
    again = Workspace().resume(screen.opened.id)
    assert again.session.state.phase is Phase.PAUSED
    assert again.session.state.threads[0].answers == ("An answer.",)
    again.lock.release()


async def test_leaving_a_finished_interview_leaves_nothing_to_go_on_with(workspace: Workspace) -> None:
    app = app_of(workspace, "soft-01")
    async with on_stage(app) as stage:
        await stage.interview()
        await stage.say("The one I am in.")
        await stage.press("ctrl+q")
        await stage.until(lambda: not app.is_running)
    assert app.return_value is None


async def test_leaving_in_a_dialog_works_too(workspace: Workspace) -> None:
    for key in ("f1", "f8", "f9"):
        app = app_of(workspace)
        async with on_stage(app) as stage:
            await stage.interview()
            await stage.press(key)
            await stage.until(lambda: isinstance(stage.screen, Dialog))
            await stage.press("ctrl+q")
            await stage.until(lambda: not app.is_running)
        assert app.return_value is not None
        Workspace().resume(app.return_value).lock.release()


async def test_resuming_shows_what_was_said(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        await stage.say(f"An answer. {HOSTILE}")
        await stage.press("ctrl+q")
    async with on_stage(InterviewApp(workspace, workspace.resume(screen.opened.id)), (90, 30)) as stage:
        await stage.interview()
        await stage.shows(f"An answer. {SHOWN}")
        await stage.shows("What is a queue for?")
        await stage.shows("welcome_back-1 When do you take a lock?")


# The draft


async def test_a_draft_is_on_disk_within_a_second_and_comes_back(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        draft = Journal(workspace.database, screen.opened.id).draft
        await stage.type("half an\nanswer")
        began = time.monotonic()
        await stage.until(lambda: draft() == "half an\nanswer")
        assert interview_screen.DRAFT_SECONDS <= 0.5
        assert time.monotonic() - began < 1 + interview_screen.DRAFT_SECONDS
        screen.opened.lock.release()
        await stage.app._shutdown()  # as good as killed: nothing is written any more
    async with on_stage(InterviewApp(workspace, workspace.resume(screen.opened.id))) as stage:
        await stage.interview()
        assert stage.composer.text == "half an\nanswer"
        assert stage.composer.cursor_location == (1, 6)
        await stage.press("enter")
        await stage.until(lambda: stage.state.threads[0].answers == ("half an\nanswer",))
        await stage.until(lambda: draft() == "")


async def test_a_hostile_draft_comes_back_harmless(workspace: Workspace) -> None:
    opened = workspace.start("hard-01")
    await opened.session.handle(opened.first)
    opened.session.save_draft(HOSTILE)
    opened.lock.release()
    async with on_stage(InterviewApp(workspace, workspace.resume(opened.id)), (100, 24)) as stage:
        await stage.interview()
        assert stage.composer.text == SHOWN
        await stage.shows(SHOWN)


async def test_leaving_keeps_what_was_just_typed(workspace: Workspace) -> None:
    app = app_of(workspace)
    async with on_stage(app) as stage:
        screen = await stage.interview()
        await stage.press("a", "b", "ctrl+q")
        await stage.until(lambda: not app.is_running)
    assert Journal(workspace.database, screen.opened.id).draft() == "ab"


# A model that takes its time


async def test_a_line_is_shown_while_it_is_spoken(workspace: Workspace) -> None:
    voice = Voice("Some ", "[red]words[/] \x1b[31m ")
    opened = workspace.start("hard-01")
    opened.session._model = voice
    async with on_stage(InterviewApp(workspace, opened)) as stage:
        await stage.shows("Some [red]words[/] [31m")
        assert stage.state.turns == ()
        await stage.until(lambda: stage.under == "The interviewer is speaking …")
        await stage.type("typed early")
        await stage.press("enter")
        assert stage.under == "One moment, the interviewer is still speaking."
        assert stage.composer.text == "typed early"
        voice.go.set()
        await stage.interview()
        await stage.shows("Some [red]words[/] [31m The end.")
        await stage.until(lambda: len(stage.app.screen.query(TurnWidget)) == 2)
        assert stage.under == "2 words"


async def test_leaving_does_not_wait_for_a_model(workspace: Workspace) -> None:
    opened = workspace.start("hard-01")
    opened.session._model = Voice("Never ending ")
    app = InterviewApp(workspace, opened)
    async with on_stage(app) as stage:
        await stage.shows("Never ending")
        await stage.press(*"ab")
        await stage.press("ctrl+q")
        await stage.until(lambda: not app.is_running)
    assert app.return_value == opened.id
    again = workspace.resume(opened.id)
    assert again.session.draft() == "ab"
    async with on_stage(InterviewApp(workspace, again)) as stage:
        await stage.interview()
        await stage.shows("greeting-1")


async def test_an_answer_that_cannot_be_kept_goes_back_into_the_composer(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "append", fail)
            await stage.type("A long answer.")
            await stage.press("enter")
            await stage.until(lambda: stage.toasts)
            await stage.until(lambda: stage.composer.text == "A long answer.")
        assert stage.toasts == ["the disk [red]is[/] full"]
        await stage.shows("the disk [red]is[/] full")
        await stage.press("enter")
        await stage.until(lambda: stage.state.threads[0].answers == ("A long answer.",))


@pytest.mark.parametrize("keys", [("f9",), ("f8", "tab", "enter"), ("f2",), ("f4",)])
async def test_a_journal_that_fails_ends_no_app(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    app = app_of(workspace)
    async with on_stage(app) as stage:
        screen = await stage.interview()
        monkeypatch.setattr(Journal, "append", fail)
        monkeypatch.setattr(Journal, "save_draft", fail)
        await stage.press("x", *keys)
        await stage.until(lambda: stage.toasts)
        assert stage.screen is screen
        await stage.press("ctrl+q")
        await stage.until(lambda: not app.is_running)
    monkeypatch.undo()
    assert app.return_code == 0


def fail(*_: object, **__: object) -> None:
    raise InterviewerError("the disk [red]is[/] full")


# Long interviews, hostile words


def long_session(workspace: Workspace, turns: int) -> str:
    """A session whose transcript is that long."""
    candidate = Performer(make_plan(personas=[make_persona()]))
    while len(candidate.state.turns) < turns:
        candidate.do(cmd.AskRepeat())
    Journal.create(workspace.database, "long").append(candidate.events, candidate.state)
    return "long"


async def test_two_thousand_turns_mount_only_a_window(workspace: Workspace) -> None:
    opened = workspace.resume(long_session(workspace, 2_000))
    async with on_stage(InterviewApp(workspace, opened)) as stage:
        await stage.interview()
        turns = len(stage.state.turns)
        assert turns >= 2_000
        mounted = stage.app.screen.query(TurnWidget)
        assert len(mounted) <= WINDOW + STEP
        first = stage.transcript.first
        await stage.until(lambda: stage.app.screen.query_one("#earlier").display)
        earlier = stage.app.screen.query_one("#earlier", Button)
        earlier.press()
        earlier.press()
        await stage.until(lambda: stage.transcript.first == first - 2 * STEP)
        await stage.until(lambda: len(stage.app.screen.query(TurnWidget)) == WINDOW + 2 * STEP)
        stage.transcript.focus()
        await stage.press(*["home"] * 4)
        await stage.until(lambda: stage.transcript.first < first - 2 * STEP)
        await stage.until(lambda: len(stage.app.screen.query(TurnWidget)) == turns - stage.transcript.first)


@pytest.fixture
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "WINDOW", 6)
    monkeypatch.setattr(transcript, "STEP", 4)


@pytest.mark.usefixtures("small_window")
async def test_earlier_turns_run_out(workspace: Workspace) -> None:
    opened = workspace.resume(long_session(workspace, 20))
    async with on_stage(InterviewApp(workspace, opened)) as stage:
        await stage.interview()
        earlier = stage.app.screen.query_one("#earlier", Button)
        while stage.transcript.first:
            before = stage.transcript.first
            earlier.press()
            await stage.until(lambda: stage.transcript.first < before)
        await stage.until(lambda: not earlier.display)
        earlier.press()
        await stage.settle()
        assert len(stage.app.screen.query(TurnWidget)) == len(stage.state.turns)


@pytest.mark.usefixtures("small_window")
async def test_a_growing_transcript_lets_go_of_its_oldest_turns(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        for _ in range(15):
            turns = len(stage.state.turns)
            await stage.press("f3")
            await stage.until(lambda: len(stage.state.turns) > turns and stage.quiet)
        await stage.until(lambda: len(stage.app.screen.query(TurnWidget)) <= 10)
        assert stage.transcript.first == len(stage.state.turns) - len(stage.app.screen.query(TurnWidget))
        assert stage.transcript.is_vertical_scroll_end


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_hostile_words_are_shown_as_they_are(workspace: Workspace, place: Path, size: tuple[int, int]) -> None:
    async with on_stage(app_of(workspace), size) as stage:
        await stage.interview()
        await stage.say(HOSTILE)
        await stage.until(lambda: SHOWN in " ".join(stage.text.replace("▌", " ").split()))
        await stage.type("/[red]x[/]")
        await stage.press("f9")
        await stage.dialog("Paused")
        await stage.press("escape")
        await stage.interview()
        assert not set(stage.text) & set("\x1b\x07\u202e\u202c")


async def test_every_notice_is_shown_as_it_is(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        screen._show(interview_screen.Notice(f"{HOSTILE} said nothing."))
        await stage.until(lambda: stage.toasts)
        assert stage.toasts == [f"{SHOWN} said nothing."]
        await stage.shows("[red]x[/]")
