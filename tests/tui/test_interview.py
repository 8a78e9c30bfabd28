from __future__ import annotations

from interviewer.tui.app import InterviewApp
from interviewer.workspace import Workspace
from tests.tui.stage import on_stage


async def test_greeting_and_first_question_are_shown(workspace: Workspace) -> None:
    async with on_stage(InterviewApp(workspace, workspace.start("hard-01"))) as stage:
        await stage.interview()
        await stage.shows("greeting-1")
        await stage.shows("What is a queue for?")
        assert "Ann, ann role" in stage.text
        assert "1 of 2" in stage.text
        print(stage.text)
    assert 0
