"""A judge that takes its time holds up neither the interview nor the way out, only the report."""

from __future__ import annotations

import asyncio

import pytest

from interviewer.workspace import Workspace
from tests.test_session import SlowJudge
from tests.tui.stage import on_stage
from tests.tui.test_interview import app_of


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> SlowJudge:
    slow = SlowJudge()
    monkeypatch.setattr(Workspace, "judge", lambda self, budget=None: slow)
    return slow


async def test_the_report_waits_for_the_last_grade_and_says_so(workspace: Workspace, judge: SlowJudge) -> None:
    async with on_stage(app_of(workspace, "soft-01")) as stage:
        await stage.interview()
        await stage.say("The one I am in.")
        await stage.shows("The interview is over. Press Enter to read your report.")
        await stage.press(*["enter"] * 3)
        await stage.shows("Your last answers are being graded")
        judge.go.set()
        screen = await stage.report()
    assert [q.grader for q in screen.report.questions] == ["stub"]
    assert screen.report.notes == []


async def test_leaving_does_not_wait_and_the_next_report_makes_up_for_it(
    workspace: Workspace, judge: SlowJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.tui.screens.interview.LEAVE_SECONDS", 0.01)
    async with on_stage(app_of(workspace)) as stage:
        await stage.interview()
        await stage.say("An answer.")
        await stage.until(judge.asked.is_set)
        await stage.press("ctrl+q")
    judge.go.set()
    report = await asyncio.to_thread(Workspace().report)
    assert [q.grader for q in report.questions] == ["stub", None]
