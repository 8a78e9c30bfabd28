from __future__ import annotations

import pytest
from textual import events

from interviewer.engine.cues import Occasion
from interviewer.engine.events import Outcome, Reading
from interviewer.engine.state import Phase
from interviewer.errors import UsageError
from interviewer.tui.app import InterviewApp
from interviewer.tui.screens.dialogs import Dialog
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.screens.report import ReportScreen
from interviewer.tui.widgets.transcript import TurnWidget
from interviewer.workspace import Workspace
from tests.fakes import FakeClock, StubGrader
from tests.tui.stage import HOSTILE, SHOWN, Stage, app_of, on_stage

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


async def test_a_report_that_is_complete_says_nothing_of_other_windows(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace, "soft-01")) as stage:
        await stage.interview()
        await stage.say("I like the team that keeps its promises.")
        await stage.until(lambda: stage.state.ended)
        await stage.press("enter")
        screen = await stage.report()
        assert screen.report.notes == []
        assert screen.report.overall.level is not None


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


async def command(stage: Stage, way: str) -> None:
    """By function key or typed."""
    if way.startswith("/"):
        await stage.type(way)
        await stage.press("enter")
    else:
        await stage.press(way)


def test_the_screen_under_test_is_the_one_that_ships() -> None:
    assert InterviewScreen.BINDINGS
