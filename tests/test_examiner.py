"""Who grades a closed thread, and what becomes of it when the judge fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from interviewer.content.models import FollowUp, Question, Verdict
from interviewer.debrief import Claim, Debrief
from interviewer.engine import commands as cmd
from interviewer.engine import machine
from interviewer.engine.state import Phase, replay
from interviewer.examiner import Examiner
from interviewer.grade import Grade
from interviewer.grading.offline import OfflineGrader
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Usage
from interviewer.session import GRADE_ATTEMPTS
from tests.fakes import Performer, StubGrader, make_grade, make_persona, make_plan, make_point, make_question
from tests.llm.stage import ALL, Stage

DOWN = ModelError("stub is down.", Fault.UNREACHABLE)
SPENT = ModelError("The budget is used up.", Fault.BUDGET)
WAITS = "stub is down. Grading waits; `interviewer report` makes up for it."


class PlayedJudge:
    """Raises these in turn, and then grades."""

    name = "stub"

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


DEBRIEF = Debrief((Claim("You said all of it.", "strength", 1, "one"),), "stub")


class DebriefingJudge(PlayedJudge):
    """Debriefs once these faults are over."""

    async def debrief(self, graded: Mapping[int, tuple[str, Grade]]) -> tuple[Debrief, Usage]:
        assert {position: ask for position, (ask, _) in graded.items()} == {1: "Ask of first?"}
        if self.faults:
            raise self.faults.pop(0)
        return DEBRIEF, Usage(10, 1, 0.25)


async def ended(judge: PlayedJudge | None) -> Stage:
    stage = await Stage(judge=judge).started()
    for command in (cmd.Submit("All of it."), cmd.Skip()):
        await stage.session.handle(command)
    await stage.session.settle()
    return stage


async def test_the_judge_writes_a_debrief_once_all_is_over_and_graded() -> None:
    stage = await ended(DebriefingJudge())
    state = stage.session.state
    assert state.ended and state.debrief == DEBRIEF
    assert state.prompt_tokens == 110
    assert replay(stage.log.events) == state
    await stage.session.settle()
    assert state.prompt_tokens == 110


async def test_without_a_judge_there_is_no_debrief() -> None:
    stage = await ended(None)
    assert stage.session.state.ended and stage.session.state.debrief is None


async def test_a_debrief_that_fails_is_written_by_the_next_process() -> None:
    judge = DebriefingJudge()
    stage = await Stage(judge=judge).started()
    for command in (cmd.Submit("All of it."), cmd.Skip()):
        await stage.session.handle(command)
        await asyncio.gather(*stage.session._grade_behind())
    judge.faults = [DOWN]
    await stage.session.settle()
    assert stage.notices() == ["The debrief is not written yet: stub is down."]
    again = stage.open()
    await again.settle()
    assert again.state.debrief == DEBRIEF


async def test_nothing_is_debriefed_before_the_end() -> None:
    stage = await answered(DebriefingJudge())
    assert stage.session.state.debrief is None
    with pytest.raises(machine.Refused):
        machine.decide(stage.session.state, cmd.Debriefed(DEBRIEF), 0.0)


async def test_a_judge_sums_up_only_what_it_graded() -> None:
    stage = await ended(None)
    stage.judge = DebriefingJudge()
    stage.judge.name = "another"
    again = stage.open()
    await again.settle()
    assert again.state.debrief is None


class EndlessJudge:
    name = "stub"

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


async def test_a_point_whose_part_was_never_asked_is_not_missed() -> None:
    parts = [make_point("main"), make_point("later", part="second")]
    question = make_question("first", rubric=parts, follow_ups=(FollowUp(id="second", asks=("And then?",)),))
    candidate = Performer(make_plan(question, personas=[make_persona("ann", max_follow_ups=1)]))
    candidate.say("I would rather walk to the sea.")
    graded = await Examiner(OfflineGrader()).grade(candidate.state, 0)
    assert [c.verdict for c in graded.grade.criteria] == [Verdict.MISSED, Verdict.CANNOT_ASSESS]
    candidate.say("I would take a bus.")
    graded = await Examiner(OfflineGrader()).grade(candidate.state, 0)
    assert [c.verdict for c in graded.grade.criteria] == [Verdict.MISSED, Verdict.MISSED]
