from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Button

from interviewer.engine import commands as cmd
from interviewer.engine.cues import Occasion
from interviewer.engine.events import Outcome, Reading
from interviewer.engine.state import Phase
from interviewer.errors import InterviewerError, UsageError
from interviewer.llm.model import Chunk, Prompt
from interviewer.store.journal import Journal
from interviewer.tui.app import InterviewApp
from interviewer.tui.screens import interview as interview_screen
from interviewer.tui.screens.dialogs import Dialog
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.report import ReportScreen
from interviewer.tui.widgets import transcript
from interviewer.tui.widgets.transcript import STEP, WINDOW, TurnWidget
from interviewer.workspace import Workspace
from tests.fakes import FakeClock, Performer, StubGrader, make_persona, make_plan
from tests.tui.stage import Stage, on_stage

HOSTILE = "[red]x[/] [@click=app.quit]q[/] \x1b[31mANSI\x1b]0;title\x07 \u202eevil\u202c $error {name}"
SHOWN = "[red]x[/] [@click=app.quit]q[/] [31mANSI]0;title evil $error {name}"


def app_of(workspace: Workspace, round_id: str = "hard-01") -> InterviewApp:
    return InterviewApp(workspace, workspace.start(round_id))


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


# What is said


async def test_greeting_and_first_question_are_shown_at_once(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.shows("greeting-1")
        await stage.shows("What is a queue for?")
        assert "Ann, ann role" in stage.text
        assert "hard-01  Queues and what they are good for" in stage.text
        assert "1 of 2" in stage.text
        assert stage.app.focused is stage.composer


async def test_enter_sends_and_the_next_question_comes(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.press(*"It decouples.")
        assert stage.under == "2 words"
        await stage.press("enter")
        await stage.shows("When do you take a lock?")
        await stage.shows("It decouples.")
        assert "2 of 2" in stage.text
        assert stage.composer.text == ""
        assert stage.state.threads[0].answers == ("It decouples.",)


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter", "alt+enter"])
async def test_a_line_break_is_a_key_of_its_own(workspace: Workspace, key: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.press(*"one", key, key, *"two", "enter")
        await stage.until(lambda: stage.state.threads[0].answers == ("one\n\ntwo",))


@pytest.mark.parametrize(
    "text", ["first\nsecond\n\n    indented\n", "/skip\nor not", "a\r\nb\r\n", "a\rb\r\rc", "x" * 500]
)
async def test_a_paste_arrives_whole_and_sends_nothing(workspace: Workspace, text: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        stage.app.post_message(events.Paste(text))
        whole = text.replace("\r\n", "\n").replace("\r", "\n")
        await stage.until(lambda: stage.composer.text == whole)
        assert stage.state.threads[0].answers == ()
        await stage.press("enter")
        await stage.until(lambda: stage.state.threads[0].answers == (whole,))


async def test_a_megabyte_is_taken(workspace: Workspace) -> None:
    text = "lorem ipsum [red]x[/]\n" * 48_000
    opened = workspace.start("hard-01")
    opened.session._grader = StubGrader()  # what a grader makes of it is its own matter
    async with on_stage(InterviewApp(workspace, opened)) as stage:
        await stage.interview()
        stage.app.post_message(events.Paste(text))
        await stage.until(lambda: stage.under == "144000 words")
        await stage.press("enter")
        await stage.until(lambda: stage.state.threads[0].answers == (text,))
        await stage.shows("2 of 2")


@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\t"])
async def test_blank_is_not_sent(workspace: Workspace, blank: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        turns = len(stage.state.turns)
        await stage.type(blank)
        await stage.press(*["enter"] * 5)
        assert len(stage.state.turns) == turns
        assert stage.composer.text == blank
        assert stage.under == "There is nothing to send yet."
        assert stage.toasts == []
        await stage.press("x")
        assert stage.under == "1 word"


async def test_enter_held_down_sends_an_answer_once(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        await stage.type("An answer.")
        for _ in range(20):
            screen.query_one("Composer").post_message(events.Key("enter", "\r"))
        await stage.until(lambda: len(stage.state.threads) == 2 and stage.quiet)
        await stage.settle()
        assert [t.text for t in stage.state.turns if t.speaker == "candidate"] == ["An answer."]
        assert stage.state.threads[1].answers == ()


async def test_what_is_typed_right_after_enter_is_not_lost(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        for key in ("a", "enter", "b"):
            stage.composer.post_message(events.Key(key, "\r" if key == "enter" else key))
        await stage.until(lambda: stage.state.threads[0].answers == ("a",))
        await stage.until(lambda: stage.composer.text == "b")


async def test_typing_in_the_transcript_goes_to_the_answer(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.press("tab")
        assert stage.app.focused is not stage.composer
        await stage.press(*"so it")
        assert stage.composer.text == "so it"
        await stage.press("shift+tab")
        stage.app.post_message(events.Paste(f" {HOSTILE}"))
        await stage.until(lambda: stage.composer.text == f"so it {SHOWN}")
        assert stage.app.focused is stage.composer


# Asking and telling


@pytest.mark.parametrize("way", ["f2", "/hint", "/HINT "])
async def test_a_hint(workspace: Workspace, way: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await command(stage, way)
        await stage.shows("hint-1 First hint.")
        assert "· hint" in stage.text
        assert stage.state.threads[0].hints == 1
        assert stage.composer.text == ""


@pytest.mark.parametrize("way", ["f3", "/repeat"])
async def test_hearing_the_question_again(workspace: Workspace, way: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await command(stage, way)
        await stage.shows("repeat-1 What is a queue for?")


@pytest.mark.parametrize("way", ["f4", "/skip"])
async def test_skipping(workspace: Workspace, way: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await command(stage, way)
        await stage.shows("When do you take a lock?")
        assert stage.state.threads[0].outcome is Outcome.SKIPPED
        await stage.shows("–◉  2 of 2")


@pytest.mark.parametrize("way", ["f1", "/help"])
async def test_help(workspace: Workspace, way: str) -> None:
    async with on_stage(app_of(workspace), (60, 20)) as stage:
        screen = await stage.interview()
        await command(stage, way)
        await stage.dialog("Help")
        assert "ctrl+q        leave; all is kept, unsent text too" in stage.text
        assert "Back to the interview" in stage.text
        await stage.press("enter")
        await stage.until(lambda: stage.screen is screen)


async def test_a_word_that_is_no_command_is_not_taken_for_an_answer(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.type("/Hnit")
        await stage.press("enter")
        assert stage.under == "/hnit is not a command; /help lists them."
        assert stage.composer.text == "/Hnit"
        assert stage.state.threads[0].answers == ()


async def test_a_path_is_an_answer(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.say("/etc/hosts")
        assert stage.state.threads[0].answers == ("/etc/hosts",)


async def test_a_question_back_gets_the_fact(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.say("How many nodes are there?")
        await stage.shows("There are three nodes.")
        await stage.shows("You  · question back")
        await stage.shows("Ann, ann role  · clarification")
        assert len(stage.state.threads) == 1


async def test_not_knowing_is_an_answer(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.say("I don't know")
        await stage.shows("unknown-1")
        assert stage.state.turns[-2].kind == Reading.UNKNOWN
        await stage.say("yes")
        await stage.shows("First hint.")


async def test_a_panel_has_three_colours(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace, "hard-02"), (80, 50)) as stage:
        await stage.interview()
        await stage.say("One.")
        await stage.say("Two.")
        assert "With me today: Bob, bob role; Cid, cid role." in stage.text
        seats = {w.has_class("seat-1") * 1 + w.has_class("seat-2") * 2 for w in stage.app.screen.query(TurnWidget)}
        assert seats == {0, 1, 2}


# The clock


async def test_the_clock_runs_and_goes_red(workspace: Workspace, clock: FakeClock) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        clock.advance(minutes=56)
        screen._tick()
        await stage.shows("56:00 / 60:00")
        await stage.until(lambda: stage.state.turns[-1].kind == Occasion.TIME_WARNING)
        clock.advance(minutes=5)
        screen._tick()
        await stage.shows("61:00 / 60:00 over time")
        await stage.until(lambda: stage.state.turns[-1].kind == Occasion.TIME_UP)
        assert screen.query_one("#clock").has_class("over")


# Pausing, leaving, ending


@pytest.mark.parametrize("way", ["f9", "/pause"])
async def test_a_pause_stops_the_clock_and_escape_goes_on(workspace: Workspace, clock: FakeClock, way: str) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        await command(stage, way)
        await stage.dialog("Paused")
        clock.advance(minutes=30)
        await stage.press("escape")
        await stage.until(lambda: stage.screen is screen and stage.state.phase is Phase.LISTENING)
        await stage.shows("welcome_back-1")
        assert screen.session.elapsed == 0


async def test_leaving_from_the_pause_keeps_everything(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        await stage.type("half an answer")
        await stage.press("f9")
        await stage.dialog("Paused")
        await stage.press("right", "left", "down", "enter")
        await stage.home()
        assert stage.choices[0] == "Your interviews"
        again = Workspace().resume(screen.opened.id)
        assert again.session.draft() == "half an answer"
        again.lock.release()


async def test_dialogs_do_not_pile_up(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        for action in ("pause", "end", "help"):
            for _ in range(5):
                await screen.run_action(action)
            await stage.until(lambda: isinstance(stage.screen, Dialog))
            await stage.settle()
            assert sum(isinstance(s, Dialog) for s in stage.app.screen_stack) <= (5 if action == "help" else 1)
            while isinstance(stage.screen, Dialog):
                await stage.press("escape")
                await stage.settle()
            await stage.interview()


async def test_every_function_key_in_every_phase(workspace: Workspace) -> None:
    keys = [f"f{n}" for n in range(1, 13)]
    async with on_stage(app_of(workspace)) as stage:
        await stage.press(*keys, *["escape"] * 5)
        await stage.interview()
        for opener in ("f1", "f8", "f9"):
            await stage.press(opener)
            await stage.until(lambda: isinstance(stage.screen, Dialog))
            await stage.press(*keys)
            assert isinstance(stage.screen, Dialog)
            await stage.press("escape")
            await stage.interview()
        if not stage.state.ended:
            await stage.end()
        await stage.press(*keys)
        while isinstance(stage.screen, Dialog):
            await stage.press("escape")
        assert stage.state.phase is Phase.ENDED
        await stage.press("enter")
        await stage.report()
        await stage.press(*keys)
        await stage.report()


async def test_ending_asks_first_and_enter_stays(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        screen = await stage.interview()
        await stage.press("f8")
        await stage.dialog("End the interview?")
        assert "1 question has not been asked yet." in stage.text
        await stage.press("enter")
        await stage.until(lambda: stage.screen is screen)
        assert stage.state.phase is Phase.LISTENING


async def test_ending_early_says_goodbye_and_enter_opens_the_report(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.say("An answer.")
        await stage.end()
        await stage.shows("early_closing-1")
        await stage.shows("The interview is over. Press Enter to read your report.")
        assert not stage.composer.display
        await stage.press("x", "f2", "f8", "f9")
        assert stage.state.ended_early
        await stage.press(*["enter"] * 10)
        await stage.report()
        await stage.settle()
        assert [type(s) for s in stage.app.screen_stack] == [HomeScreen, ReportScreen]


async def test_the_last_answer_closes_the_interview(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace, "soft-01")) as stage:
        await stage.interview()
        await stage.say("The one I am in.")
        await stage.shows("closing-1")
        assert stage.state.phase is Phase.ENDED
        await stage.press("enter")
        screen = await stage.report()
        assert screen.report.questions[0].level is not None
        with pytest.raises(UsageError, match="is over"):
            Workspace().resume(screen.report.session)


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


async def command(stage: Stage, way: str) -> None:
    """By function key or typed."""
    if way.startswith("/"):
        await stage.type(way)
        await stage.press("enter")
    else:
        await stage.press(way)


def test_the_screen_under_test_is_the_one_that_ships() -> None:
    assert InterviewScreen.BINDINGS
