from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path

import pytest

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.engine import commands as cmd
from interviewer.tui import catalogue
from interviewer.tui.app import InterviewApp
from interviewer.tui.screens.home import AT_FIRST, HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.widgets.keys import KeyLine
from interviewer.workspace import Workspace
from tests.fakes import FakeClock, make_round, write_bank
from tests.tui.conftest import TITLES
from tests.tui.stage import on_stage


def hold(workspace: Workspace, round_id: str = "hard-01", *commands: cmd.Command) -> str:
    """A session of that round, left as the commands leave it."""
    opened = workspace.start(round_id)

    async def drive() -> None:
        for command in (opened.first, *commands):
            await opened.session.handle(command)
        await opened.session.settle()

    thread = threading.Thread(target=asyncio.run, args=(drive(),))
    thread.start()
    thread.join()
    opened.lock.release()
    return opened.id


async def test_the_first_start_lists_rounds_and_interviewers(place: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
        assert [c for c in stage.choices if not c.startswith(" ")][0] == "Rounds"
        assert "Your interviews" not in stage.choices
        assert stage.cursor == "round:hard-01"
        await stage.shows("2 questions in about 60 minutes, asked by Ann, ann role.")
        assert all(title in stage.text for title in TITLES.values())


async def test_a_home_that_does_not_exist_yet_is_made(
    content: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(home / "not" / "there"))
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
        assert (home / "not" / "there" / "interviews.db").is_file()


async def test_the_first_paint_waits_for_neither_bank_nor_database(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
    reached, go = threading.Event(), threading.Event()

    def slow(*_: object) -> list[object]:
        reached.set()
        go.wait(20)
        return []

    monkeypatch.setattr(Workspace, "sessions", slow)
    async with on_stage(InterviewApp()) as stage:
        await stage.until(reached.is_set)
        assert stage.cursor == "round:hard-01"
        await stage.press("l")
        assert stage.toasts == ["Still reading your interviews."]
        go.set()
        await stage.home()
        await stage.press("l")
        assert stage.toasts[-1] == "No interviews yet."


async def test_sessions_come_first_with_what_enter_does(workspace: Workspace, clock: FakeClock) -> None:
    ended = hold(workspace, "hard-01", cmd.Submit("An answer."), cmd.End())
    clock.advance(5)
    left = hold(workspace, "hard-02", cmd.Pause())
    async with on_stage(InterviewApp(workspace)) as stage:
        await stage.home()
        assert stage.choices[0] == "Your interviews"
        assert [c.split()[0] for c in stage.choices[1:3]] == ["go", "report"]
        await stage.press("l")
        assert stage.cursor == f"session:{left}"
        await stage.shows("Enter goes on where you stopped.")
        await stage.press("enter")
        assert (await stage.interview()).opened.id == left
        await stage.press("f9")
        await stage.dialog("Paused")
        await stage.press("right", "enter")
        await stage.home()
        await stage.press("l", "down")
        await stage.shows("Enter opens its report.")
        await stage.press("enter")
        assert (await stage.report()).report.session == ended


async def test_only_the_last_few_sessions_are_listed(workspace: Workspace, clock: FakeClock) -> None:
    for _ in range(7):
        clock.advance(60)
        hold(workspace)
    async with on_stage(InterviewApp(workspace), (60, 20)) as stage:
        await stage.home()
        assert stage.choices.index("Rounds") == 6


async def test_keys_jump_to_the_sections_with_their_headings(workspace: Workspace) -> None:
    for _ in range(3):
        hold(workspace)
    async with on_stage(InterviewApp(workspace), (60, 14)) as stage:
        await stage.home()
        for key, start, heading in [
            ("i", "persona:ann", "Interviewers"),
            ("r", "round:hard-01", "Rounds"),
            ("l", "session:", "Your interviews"),
        ]:
            await stage.press(key)
            assert (stage.cursor or "").startswith(start)
            await stage.shows(f"  {heading}\n")


async def test_the_cursor_stays_where_it_is_when_sessions_arrive(workspace: Workspace) -> None:
    async with on_stage(InterviewApp(workspace)) as stage:
        screen = await stage.home()
        await stage.press("down", "down")
        assert stage.cursor == "round:soft-01"
        hold(workspace)
        screen._load()
        await stage.until(lambda: stage.choices[0] == "Your interviews")
        assert stage.cursor == "round:soft-01"


async def test_an_interviewer_opens_the_rounds_and_closes_them_again(place: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
        await stage.press("i", "down", "enter")
        assert stage.choices[0] == "Rounds with Bob, bob role"
        assert stage.cursor == "round:hard-02"
        await stage.shows("asked by Bob, bob role.")
        assert "Any other round, held by Bob alone" in stage.choices
        await stage.press("escape")
        assert stage.cursor == "persona:bob"
        await stage.press("enter", "end", "enter")
        assert stage.cursor == "persona:bob"
        await stage.press("enter", "l")
        assert stage.choices[0] == "Rounds"
        await stage.press("escape")
        assert stage.choices[0] == "Rounds"


async def test_an_interviewer_can_hold_any_round_alone(place: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
        await stage.press("i", "down", "enter", "down", "enter")
        screen = await stage.interview()
        plan = screen.session.state.plan
        assert plan is not None
        assert (plan.round, [p.id for p in plan.personas]) == ("hard-01", ["bob"])


async def test_enter_held_down_starts_one_interview(workspace: Workspace) -> None:
    async with on_stage(InterviewApp(workspace)) as stage:
        await stage.home()
        await stage.press(*["enter"] * 30)
        await stage.interview()
        assert len(workspace.sessions()) == 1
        assert [type(s) for s in stage.app.screen_stack] == [HomeScreen, InterviewScreen]
        assert len(list((paths.data_dir() / "locks").iterdir())) == 1


async def test_a_session_that_is_open_elsewhere_says_so_in_one_line(workspace: Workspace) -> None:
    session = hold(workspace)
    other = Workspace().resume(session)
    async with on_stage(InterviewApp(workspace)) as stage:
        await stage.home()
        await stage.press("l", "enter")
        await stage.until(lambda: stage.toasts)
        assert stage.toasts == [
            f"session {session} is open in another window or process; go on there, or close it first"
        ]
        other.lock.release()
        await stage.press("enter")
        await stage.interview()


@pytest.mark.parametrize("broken", ["title: [", "kind: hard\n", "\tx", "- just\n- a list\n"])
async def test_a_broken_bank_is_one_line_and_no_crash(place: Path, content: Path, broken: str) -> None:
    (content / "question_bank" / "rounds" / "hard-02.yaml").write_text(broken)
    async with on_stage(InterviewApp(), (100, 24)) as stage:
        await stage.shows("hard-02.yaml")
        assert stage.choices == []
        assert stage.toasts == []
        await stage.press("enter", "down", "r", "i", "l", "escape")
        assert isinstance(stage.screen, HomeScreen)


async def test_a_large_bank_is_listed_to_its_last_round_behind_the_first_paint(place: Path, content: Path) -> None:
    rounds = [make_round(f"hard-{number:03}", ["queues"], ["ann"]) for number in range(2 * AT_FIRST)]
    write_bank(content / "question_bank", rounds, [])
    catalogue.read(Bank(content / "question_bank", content / "personas"), content / "personas")
    async with on_stage(InterviewApp()) as stage:
        await stage.until(lambda: stage.app.screen.is_mounted, "the first lines")
        await stage.press("down")
        stands_on = stage.cursor
        await stage.until(lambda: any("Dee" in choice for choice in stage.choices), "the last interviewer")
        assert any("hard-119" in choice for choice in stage.choices)
        assert stage.cursor == stands_on


async def test_no_bank_at_all_is_one_line_too(place: Path, tmp_path: Path) -> None:
    async with on_stage(InterviewApp(bank_dir=tmp_path / "nowhere"), (100, 24)) as stage:
        await stage.shows("not a question bank")


async def test_a_broken_question_is_told_when_its_round_is_opened(place: Path, content: Path) -> None:
    (content / "question_bank" / "questions" / "testing" / "queues.yaml").write_text("asks: 3")
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
        await stage.press("enter")
        await stage.until(lambda: stage.toasts)
        assert "queues.yaml" in stage.toasts[0]
        assert "\n" not in stage.toasts[0]
        assert isinstance(stage.screen, HomeScreen)


async def test_a_broken_database_leaves_the_rounds_to_look_at(place: Path) -> None:
    (place / "interviews.db").write_text("not a database, not by any means" * 40)
    async with on_stage(InterviewApp()) as stage:
        await stage.until(lambda: stage.toasts)
        assert len(stage.toasts) == 1
        assert "interviews.db: cannot be used" in stage.toasts[0]
        assert stage.cursor == "round:hard-01"
        await stage.press("enter")
        await stage.until(lambda: len(stage.toasts) == 2)
        assert isinstance(stage.screen, HomeScreen)


async def test_names_and_titles_are_shown_as_they_are_written(place: Path, content: Path) -> None:
    bank = content / "question_bank"
    title = '"[red]x[/] [@click=app.quit]q[/] evil $error"'
    file = bank / "rounds" / "hard-01.yaml"
    file.write_text(file.read_text().replace(TITLES["hard-01"], title))
    file = bank / "personas" / "ann.yaml"
    file.write_text(file.read_text().replace("name: Ann", 'name: "[b]Ann[/b]"'))
    async with on_stage(InterviewApp(), (120, 24)) as stage:
        await stage.home()
        await stage.until(lambda: stage.text.count("[red]x[/] [@click=app.quit]q[/] evil $error") == 2)
        await stage.press("i", "enter")
        await stage.shows("Rounds with [b]Ann[/b], ann role")
        assert not set(stage.text) & set("\x1b\u202e")


async def test_leaving_the_home_screen_leaves_nothing_unfinished(place: Path) -> None:
    app = InterviewApp()
    async with on_stage(app) as stage:
        await stage.home()
        await stage.press("q")
        await stage.until(lambda: not app.is_running)
    assert (app.return_value, app.return_code) == (None, 0)


async def test_leaving_at_once_is_possible(content: Path, home: Path) -> None:
    for key in ("q", "ctrl+q"):
        app = InterviewApp()
        async with on_stage(app) as stage:
            await stage.press(key)
            await stage.until(lambda: not app.is_running)
        assert app.return_code == 0


async def test_the_theme_is_remembered(place: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        assert stage.app.theme == "interview-dark"
        await stage.press("ctrl+t")
        assert stage.app.theme == "interview-light"
    async with on_stage(InterviewApp()) as stage:
        assert stage.app.theme == "interview-light"
        await stage.press("ctrl+t")
    assert json.loads((place / "app.json").read_text()) == {"theme": "interview-dark"}


@pytest.mark.parametrize("text", ["", "[]", '{"theme": "nord"}', '{"theme": 3}', "\x00"])
async def test_a_theme_file_that_makes_no_sense_is_ignored(place: Path, text: str) -> None:
    (place / "app.json").write_text(text)
    async with on_stage(InterviewApp()) as stage:
        assert stage.app.theme == "interview-dark"


async def test_a_theme_that_cannot_be_kept_still_changes(place: Path) -> None:
    (place / "app.json").mkdir()
    async with on_stage(InterviewApp()) as stage:
        await stage.home()
        await stage.press("ctrl+t")
        assert stage.app.theme == "interview-light"


async def test_there_is_no_command_palette(place: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        screen = await stage.home()
        await stage.press("ctrl+p")
        assert stage.screen is screen


async def test_the_keys_stand_there_before_the_footer_has_made_its_own(place: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        screen = await stage.home()
        announced = screen.query_one(KeyLine)._announced().plain
        assert announced == " r Rounds  i Interviewers  l Your interviews  q Quit "
        await stage.shows(announced.rstrip())
