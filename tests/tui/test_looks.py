"""What every screen has in common: it survives any size, either theme and NO_COLOR, and looks as approved."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot

from interviewer.tui.app import InterviewApp
from interviewer.tui.screens import home as home_screen
from interviewer.tui.theme import DARK, LIGHT
from interviewer.workspace import Workspace
from tests.fakes import FakeClock
from tests.tui.stage import Stage, on_stage

SIZES = [(60, 20), (250, 70), (1, 1), (80, 24)]
Compare = Callable[..., bool]


async def resize(stage: Stage) -> None:
    for size in SIZES:
        await stage.pilot.resize_terminal(*size)
        await stage.until(lambda: stage.text.count("\n") + 1 == stage.app.size.height)
    assert stage.app.size == SIZES[-1]


async def test_every_screen_takes_every_size(workspace: Workspace) -> None:
    async with on_stage(InterviewApp(workspace), (80, 24)) as stage:
        await stage.home()
        await resize(stage)
        await stage.press("enter")
        await stage.interview()
        await stage.say("An answer that is long enough to be wrapped. " * 10)
        await stage.type("half an\nanswer " * 20)
        await resize(stage)
        for key, heading in (("f1", "Help"), ("f8", "End the interview?"), ("f9", "Paused")):
            await stage.press(key)
            await stage.dialog(heading)
            await resize(stage)
            await stage.press("escape")
            await stage.interview()
        await stage.end()
        await stage.press("enter")
        await stage.report()
        await stage.press("down")
        await resize(stage)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_nothing_that_matters_is_cut_off(workspace: Workspace, size: tuple[int, int]) -> None:
    async with on_stage(InterviewApp(workspace), size) as stage:
        await stage.home()
        for text in ("Mock interviewer", "hard-01", "q Quit", "asked by Ann"):
            await stage.shows(text)
        await stage.press("enter")
        await stage.interview()
        for text in ("1 of 2", "0:00 / 60:00", "f9 Pause", "ctrl+j breaks the line"):
            await stage.shows(text)
        for key, last in (("f1", "Back to the interview"), ("f8", "End it"), ("f9", "Leave for now")):
            await stage.press(key)
            await stage.shows(last)
            await stage.press("escape")
            await stage.interview()


async def test_no_color_leaves_shades_of_grey(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_stage(InterviewApp(workspace)) as stage:
        await stage.home()
        await stage.press("enter")
        await stage.interview()
        await stage.press("f8")
        await stage.dialog("End the interview?")
        styles = [s.style for strip in stage.app.screen._compositor.render_strips() for s in strip if s.style]
        colors = {c.triplet for style in styles for c in (style.color, style.bgcolor) if c is not None and c.triplet}
        assert colors
        assert all(c.red == c.green == c.blue for c in colors)
        stay, end = (stage.app.screen.query_one(f"#{name}") for name in ("stay", "end"))
        assert stay.styles.background.brightness != end.styles.background.brightness


@pytest.mark.parametrize("theme", [DARK, LIGHT])
async def test_text_stands_out_from_what_is_behind_it(workspace: Workspace, theme: object) -> None:
    def luminance(color: object) -> float:
        parts = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in color.normalized]  # type: ignore[attr-defined]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    async with on_stage(InterviewApp(workspace)) as stage:
        stage.app.theme = theme.name  # type: ignore[attr-defined]
        await stage.home()
        await stage.press("enter")
        screen = await stage.interview()
        await stage.say("An answer.")
        for selector in (".who", ".words", "#round", "#dots", "#clock", "#under", "Composer"):
            for widget in screen.query(selector):
                back, front = widget.background_colors[1], widget.colors[3]
                light, dark = sorted((luminance(back), luminance(front)), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (selector, back, front)


# Pictures. Look at each before approving it with --snapshot-update.


def still(app: InterviewApp, theme: str) -> InterviewApp:
    """Without anything that moves."""
    app.theme = theme
    app.animation_level = "none"
    return app


async def stop_blinking(stage: Stage) -> None:
    stage.composer.cursor_blink = False
    await stage.settle()


def test_picture_of_home_dark(snap_compare: Compare, workspace: Workspace) -> None:
    async def arrange(pilot: Pilot[str | None]) -> None:
        await Stage(pilot.app, pilot).home()  # type: ignore[arg-type]

    assert snap_compare(still(InterviewApp(workspace), DARK.name), terminal_size=(80, 24), run_before=arrange)


def test_picture_of_home_light_with_sessions(
    snap_compare: Compare, workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_screen, "time", SimpleNamespace(time=clock))

    async def arrange(pilot: Pilot[str | None]) -> None:
        stage = Stage(pilot.app, pilot)  # type: ignore[arg-type]
        await stage.home()
        await stage.press("enter")
        await stage.interview()
        await stage.end()
        clock.advance(minutes=50)
        await stage.press("enter")
        await stage.report()
        await stage.press("escape")
        await stage.until(lambda: stage.choices[0] == "Your interviews")
        await stage.press("down", "enter")
        await stage.interview()
        await stage.press("f9")
        await stage.dialog("Paused")
        await stage.press("right", "enter")
        await stage.until(lambda: stage.choices[1].startswith("go on"))
        await stage.press("l")

    assert snap_compare(still(InterviewApp(workspace), LIGHT.name), terminal_size=(160, 45), run_before=arrange)


def test_picture_of_an_interview_dark(snap_compare: Compare, workspace: Workspace, clock: FakeClock) -> None:
    async def arrange(pilot: Pilot[str | None]) -> None:
        stage = Stage(pilot.app, pilot)  # type: ignore[arg-type]
        screen = await stage.interview()
        await stage.say("How many nodes are there?")
        await stage.say("A queue decouples who makes work from who does it.")
        await stage.press("f2")
        await stage.until(lambda: "hint-1" in stage.state.turns[-1].text and stage.quiet)
        await stage.type("I take one when two threads\nmay write the same [red]row[/].")
        clock.advance(minutes=12)
        screen._tick()
        await stage.shows("12:00 / 60:00")
        await stop_blinking(stage)

    app = still(InterviewApp(workspace, workspace.start("hard-02")), DARK.name)
    assert snap_compare(app, terminal_size=(80, 24), run_before=arrange)


def test_picture_of_a_report_light(snap_compare: Compare, workspace: Workspace, clock: FakeClock) -> None:
    async def arrange(pilot: Pilot[str | None]) -> None:
        stage = Stage(pilot.app, pilot)  # type: ignore[arg-type]
        await stage.interview()
        await stage.press("f2")
        await stage.until(lambda: stage.state.threads[0].hints == 1 and stage.quiet)
        clock.advance(minutes=4)
        await stage.say("I would say term of one: it decouples. " * 4)
        await stage.say("term of one, and term of two.")
        await stage.end()
        await stage.press("enter")
        await stage.report()
        await stage.press("down")
        await stage.shows("1. What is a queue for?")

    app = still(InterviewApp(workspace, workspace.start("hard-02")), LIGHT.name)
    assert snap_compare(app, terminal_size=(160, 45), run_before=arrange)
