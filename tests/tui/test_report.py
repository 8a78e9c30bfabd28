from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer import paths
from interviewer.tui.app import InterviewApp
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.report import ReportScreen
from interviewer.workspace import Workspace
from tests.tui.stage import Stage, on_stage

HOSTILE = "[red]x[/] \x1b[31mANSI \u202eevil\u202c <script>"
SHOWN = "[red]x[/] [31mANSI evil <script>"


async def to_report(stage: Stage) -> ReportScreen:
    """Answer the first question, end, read."""
    await stage.interview()
    await stage.say(f"term of one, and {HOSTILE}")
    await stage.end()
    await stage.press("enter")
    return await stage.report()


def app_of(workspace: Workspace) -> InterviewApp:
    return InterviewApp(workspace, workspace.start("hard-02"))


async def test_the_first_page_gives_the_signal_and_why(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace), (100, 40)) as stage:
        screen = await to_report(stage)
        assert screen.report.overall.signal.lower() in stage.text.lower()
        assert "hard-02  A panel of three" in stage.text
        for heading in ("Why", "By kind of question", "Who judged"):
            assert heading in stage.text


async def test_each_question_has_a_page(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace), (100, 45)) as stage:
        await to_report(stage)
        await stage.press("down")
        await stage.shows("1. What is a queue for?")
        await stage.shows("met")
        await stage.shows(SHOWN)
        await stage.shows("A strong answer")
        await stage.press("down")
        await stage.shows("This question was asked, but not answered.")
        await stage.press("down")
        await stage.shows("This question was not asked.")
        assert "Which team do you like?" not in stage.text
        await stage.press("home")
        await stage.shows("Why")
        assert not set(stage.text) & set("\x1b\u202e")


async def test_enter_goes_into_the_page_and_keys_scroll_it(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace), (60, 14)) as stage:
        screen = await to_report(stage)
        await stage.press("down", "enter")
        pages = screen.query_one("#pages")
        await stage.until(lambda: stage.app.focused is pages)
        await stage.press("end")
        await stage.until(lambda: pages.scroll_y == pages.max_scroll_y > 0)
        await stage.press("shift+tab", "down")
        await stage.until(lambda: pages.scroll_y == 0)


@pytest.mark.parametrize(("key", "suffix"), [("h", "html"), ("m", "md"), ("j", "json")])
async def test_a_key_writes_the_report(workspace: Workspace, place: Path, key: str, suffix: str) -> None:
    async with on_stage(app_of(workspace), (160, 30)) as stage:
        screen = await to_report(stage)
        await stage.press(key)
        file = place / "reports" / f"{screen.report.session}.{suffix}"
        await stage.until(lambda: stage.toasts)
        assert stage.toasts == [f"Written to {file}"]
        text = file.read_text(encoding="utf-8")
        assert "What is a queue for?" in text
        assert "<script>" not in text or suffix == "json"
        if suffix == "json":
            assert json.loads(text)["session"] == screen.report.session


@pytest.mark.parametrize("name", ["plain", "[red]x[b]"])
async def test_a_place_that_cannot_be_written_is_one_line(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with on_stage(app_of(workspace), (160, 30)) as stage:
        screen = await to_report(stage)
        blocked = place / name
        blocked.mkdir()
        (blocked / "reports").write_text("a file where a folder should be")
        monkeypatch.setattr(paths, "data_dir", lambda: blocked)
        await stage.press("h")
        await stage.until(lambda: stage.toasts)
        [line] = stage.toasts
        assert line.startswith(f"{blocked}/reports/{screen.report.session}.html: cannot be written (")
        assert stage.screen is screen


async def test_escape_goes_home_and_the_next_round_starts(workspace: Workspace) -> None:
    async with on_stage(app_of(workspace)) as stage:
        ended = await to_report(stage)
        await stage.press("escape")
        await stage.home()
        assert [type(s) for s in stage.app.screen_stack] == [HomeScreen]
        await stage.until(lambda: stage.choices[0] == "Your interviews")
        await stage.press("r", "enter")
        screen = await stage.interview()
        assert screen.opened.id != ended.report.session
        await stage.shows("What is a queue for?")


async def test_leaving_from_the_report(workspace: Workspace) -> None:
    for key in ("q", "ctrl+q"):
        app = app_of(workspace)
        async with on_stage(app) as stage:
            await to_report(stage)
            await stage.press(key)
            await stage.until(lambda: not app.is_running)
        assert (app.return_value, app.return_code) == (None, 0)
