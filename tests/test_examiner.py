"""Who grades a closed thread, and what becomes of it when the judge fails."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from interviewer.content.models import Question
from interviewer.engine import commands as cmd
from interviewer.engine.state import Phase, replay
from interviewer.grade import Grade
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Usage
from interviewer.session import GRADE_ATTEMPTS
from tests.fakes import StubGrader, make_grade
from tests.llm.stage import ALL, Stage

DOWN = ModelError("stub is down.", Fault.UNREACHABLE)
SPENT = ModelError("The budget is used up.", Fault.BUDGET)
WAITS = "stub is down. Grading waits; `interviewer report` makes up for it."


class PlayedJudge:
    """Raises these in turn, and then grades."""

    def __init__(self, *faults: ModelError) -> None:
        self.faults = list(faults)
        self.asked: list[tuple[str, tuple[str, ...], int]] = []

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> tuple[Grade, Usage]:
        self.asked.append((question.id, tuple(answers), hints))
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        return make_grade(question, hints=hints), Usage(100, 10, 0.25)


async def answered(judge: PlayedJudge) -> Stage:
    """The first of two questions is answered; then the interview is paused."""
    stage = await Stage(judge=judge).started()
    await stage.session.handle(cmd.Submit("All of it."))
    await stage.session.settle()
    return stage


async def test_the_judge_grades_and_its_usage_counts() -> None:
    judge = PlayedJudge()
    stage = await answered(judge)
    before = Stage()
    assert judge.asked == [("first", ("All of it.",), 0)]
    assert stage.grader.graded == []  # type: ignore[attr-defined]
    state = stage.session.state
    assert (state.prompt_tokens, state.completion_tokens) == (100, 10)
    assert replay(stage.log.events) == state
    assert before.notices() == stage.notices() == []


async def test_what_the_judge_could_not_grade_is_graded_after_a_later_turn() -> None:
    judge = PlayedJudge(DOWN)
    stage = await answered(judge)
    assert stage.session.state.threads[0].grade is None
    assert stage.session.state.phase is Phase.LISTENING
    await stage.session.settle()
    assert len(judge.asked) == 1
    await stage.session.handle(cmd.AskHint())
    await stage.session.settle()
    assert stage.session.state.threads[0].grade is not None
    assert stage.notices() == [WAITS]
    assert stage.grader.graded == []  # type: ignore[attr-defined]


async def test_a_judge_that_stays_away_is_not_asked_for_ever_and_the_next_process_asks_again() -> None:
    judge = PlayedJudge(*[DOWN] * 9)
    stage = await answered(judge)
    for _ in range(5):
        await stage.session.handle(cmd.AskRepeat())
        await stage.session.settle()
    assert len(judge.asked) == GRADE_ATTEMPTS
    assert stage.notices() == [WAITS]
    stage.judge = PlayedJudge()
    again = stage.open()
    await again.settle()
    assert again.state.threads[0].grade is not None


async def test_once_the_budget_is_used_up_the_offline_grader_grades_and_says_so() -> None:
    stage = await answered(PlayedJudge(SPENT))
    grade = stage.session.state.threads[0].grade
    assert grade is not None
    assert (grade.grader, grade.remarks) == (
        "stub",
        ("The budget is used up. So the offline grader graded this.",),
    )
    assert [g[0] for g in stage.grader.graded] == ["first"]  # type: ignore[attr-defined]
    assert stage.session.state.prompt_tokens == 0


class EndlessJudge:
    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> tuple[Grade, Usage]:
        await asyncio.Event().wait()
        raise AssertionError


async def test_the_way_out_does_not_wait_for_a_judge_for_ever() -> None:
    stage = await Stage(judge=EndlessJudge()).started()
    await stage.session.handle(cmd.Submit("All of it."))
    await asyncio.wait_for(stage.session.settle(0.01), timeout=5)
    assert stage.session.state.threads[0].grade is None
    stage.judge, stage.grader = None, StubGrader(ALL)
    again = stage.open()
    await again.settle()
    assert again.state.threads[0].grade is not None
