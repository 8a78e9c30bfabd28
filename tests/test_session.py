"""The runner: journal first, and grading behind the interview's back."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Sequence
from unittest.mock import Mock

import pytest

from interviewer.content.models import Question, Verdict
from interviewer.debrief import Debrief
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.cues import Occasion as O
from interviewer.engine.state import Phase, replay
from interviewer.errors import InterviewerError, UsageError
from interviewer.examiner import LONG_TEXT
from interviewer.grade import Grade
from interviewer.grading.offline import OfflineGrader
from interviewer.llm.model import Usage
from interviewer.llm.scripted import ScriptedInterviewer
from interviewer.session import GRADE_ATTEMPTS, Delta, Notice, Update
from tests.fakes import make_grade, make_persona, make_plan, make_question
from tests.llm.stage import PLAN, Stage

PANEL = make_plan(make_question("first"), make_question("second"), personas=[make_persona("ann"), make_persona("bob")])


# --- one turn after the other ------------------------------------------------------------------------


async def test_a_whole_interview_without_a_model() -> None:
    stage = Stage(model=ScriptedInterviewer())
    await stage.session.handle(cmd.Start(PANEL))
    for command in (cmd.Submit("All of it."), cmd.AskHint(), cmd.Submit("All of it.")):
        await stage.session.handle(command)
    await stage.session.settle()
    assert [text for _, text in stage.lines()] == [
        "greeting-1 With me today: Bob, bob role.",
        "Ask of first?",
        "introduction-1",
        "Ask of second?",
        "hint-1 First hint.",
        "closing-1",
    ]
    assert stage.session.state.phase is Phase.ENDED
    assert [t.grade.level for t in stage.session.state.threads if t.grade] == [4, 3]
    assert stage.notices() == []


async def test_events_are_journaled_before_anyone_hears_of_them() -> None:
    stage = Stage()
    unsafe: list[Update] = []

    def listen(update: Update) -> None:
        if not isinstance(update, Delta | Notice) and update not in stage.log.events:
            unsafe.append(update)

    stage.session.listener = listen
    await stage.session.handle(cmd.Start(PLAN))
    await stage.session.handle(cmd.Submit("All of it."))
    await stage.session.settle()
    assert unsafe == []
    assert replay(stage.log.events) == stage.session.state


async def test_every_event_is_told_once_and_in_order() -> None:
    stage = Stage()
    for command in (cmd.Start(PLAN), cmd.Submit("All of it."), cmd.Skip()):
        await stage.session.handle(command)
    await stage.session.settle()
    assert [u for u in stage.heard if not isinstance(u, Delta | Notice)] == stage.log.events


async def test_a_refused_command_is_a_notice_and_no_event() -> None:
    stage = await Stage().started()
    before = list(stage.log.events)
    await stage.session.handle(cmd.Submit("  "))
    assert stage.notices() == ["There is nothing to send yet."]
    assert stage.log.events == before


async def test_commands_that_come_at_once_are_taken_one_by_one() -> None:
    stage = await Stage().started()
    await asyncio.gather(*(stage.session.handle(cmd.Submit(f"Text {n}.")) for n in range(3)))
    given = [e.text for e in stage.log.events if isinstance(e, ev.AnswerGiven)]
    assert given == ["Text 0.", "Text 1.", "Text 2."]
    assert stage.notices() == []


async def test_when_the_journal_fails_nothing_has_happened() -> None:
    stage = await Stage().started()
    before = stage.session.state
    stage.log.fault = UsageError("the disk is full")
    with pytest.raises(UsageError):
        await stage.session.handle(cmd.Submit("All of it."))
    assert stage.session.state == before
    assert stage.heard == []
    await stage.session.handle(cmd.Submit("All of it."))
    assert stage.session.state.threads[0].answers == ("All of it.",)


async def test_the_clock_is_the_injected_one() -> None:
    stage = await Stage().started()
    stage.clock.advance(90)
    assert stage.session.elapsed == 90
    await stage.session.handle(cmd.Pause())
    stage.clock.advance(90)
    assert stage.session.elapsed == 90


# --- drafts ------------------------------------------------------------------------------------------


async def test_a_draft_lives_until_the_answer_is_taken() -> None:
    stage = await Stage().started()
    stage.session.save_draft("All of")
    assert stage.open().draft() == "All of"
    await stage.session.handle(cmd.Submit(" "))
    await stage.session.handle(cmd.AskHint())
    assert stage.session.draft() == "All of"
    await stage.session.handle(cmd.Submit("All of it."))
    assert stage.session.draft() == ""


async def test_half_characters_in_a_draft_are_mended() -> None:
    stage = await Stage().started()
    stage.session.save_draft("a\udcff\ud83d\ude00")
    assert stage.session.draft() == "a\ufffd\U0001f600"


# --- grading behind ----------------------------------------------------------------------------------


class SlowJudge:
    """Grades when told."""

    name = "stub"
    lack = None

    def __init__(self) -> None:
        self.asked, self.go = asyncio.Event(), asyncio.Event()

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> tuple[Grade, Usage]:
        self.asked.set()
        await self.go.wait()
        return make_grade(question, hints=hints), Usage()

    async def debrief(self, graded: object) -> tuple[Debrief, Usage]:
        return Debrief((), "slow"), Usage()


async def test_the_next_question_never_waits_for_a_grade() -> None:
    judge = SlowJudge()
    stage = await Stage(judge=judge).started()
    await stage.session.handle(cmd.Submit("All of it."))
    await stage.session.handle(cmd.Submit("All of it."))
    assert stage.session.state.phase is Phase.ENDED
    assert [t.grade for t in stage.session.state.threads] == [None, None]
    judge.go.set()
    await stage.session.settle()
    assert [t.grade.level for t in stage.session.state.threads if t.grade] == [4, 4]
    assert [type(e) for e in stage.log.events[-3:]] == [ev.QuestionGraded, ev.QuestionGraded, ev.DebriefWritten]


async def test_grading_begins_as_soon_as_a_question_is_closed() -> None:
    judge = SlowJudge()
    stage = await Stage(judge=judge).started()
    await stage.session.handle(cmd.Submit("Half."))
    assert not judge.asked.is_set()
    await stage.session.handle(cmd.Skip())
    await asyncio.wait_for(judge.asked.wait(), timeout=5)
    judge.go.set()
    await stage.session.settle()


async def test_each_answered_thread_is_graded_once_with_all_its_answers_and_hints() -> None:
    stage = await Stage().started()
    for command in (cmd.Submit("Half."), cmd.AskHint(), cmd.Submit("All of it."), cmd.Skip()):
        await stage.session.handle(command)
        await stage.session.settle()
    await stage.session.settle()
    assert stage.grader.graded == [("first", ("Half.", "All of it."), 1)]  # type: ignore[attr-defined]


async def test_a_grade_that_was_lost_is_made_up_for() -> None:
    stage = await Stage(judge=SlowJudge()).started()
    await stage.session.handle(cmd.Submit("All of it."))
    stage.judge = None
    again = stage.open()
    await again.settle()
    assert again.state.threads[0].grade is not None
    assert replay(stage.log.events) == again.state


async def until(told: Callable[[], object]) -> int:
    """How many turns the event loop took until it was true."""
    for turn in range(5_000):
        if told():
            return turn
        await asyncio.sleep(0.001)
    raise AssertionError("it never came true")


FULL = InterviewerError("the disk is full")
NOT_KEPT = "The grade of question 1 is not kept yet: the disk is full"


async def test_a_grade_that_the_journal_does_not_take_is_tried_again_and_no_task_dies_unheard() -> None:
    complaints: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    stage = await Stage().started()
    await stage.session.handle(cmd.Submit("All of it."))
    stage.log.fault = FULL
    await until(stage.notices)
    await stage.session.handle(cmd.AskHint())
    await until(lambda: stage.session.state.threads[0].grade)
    assert stage.notices() == [NOT_KEPT]
    assert replay(stage.log.events) == stage.session.state
    gc.collect()
    assert complaints == []


async def test_a_grade_that_is_never_taken_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = await Stage().started()
    await stage.session.handle(cmd.Submit("All of it."))
    monkeypatch.setattr(stage.log, "append", Mock(side_effect=FULL))
    for _ in range(2):
        await asyncio.wait_for(stage.session.settle(), timeout=5)
    assert len(stage.grader.graded) == GRADE_ATTEMPTS  # type: ignore[attr-defined]
    assert stage.notices() == [NOT_KEPT]


class WatchedGrader(OfflineGrader):
    """Remembers in which thread it worked, and whether it ever did two things at once."""

    def __init__(self) -> None:
        self.threads: list[tuple[str, bool]] = []
        self.busy = self.clashed = False

    def _work(self, what: str) -> None:
        self.clashed |= self.busy
        self.busy = True
        here = threading.current_thread() is threading.main_thread()
        time.sleep(0 if here else 0.05)
        self.threads.append((what, here))
        self.busy = False

    def assess(self, question: Question, ask: str, text: str) -> dict[str, Verdict]:
        self._work("assess")
        return {}

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        self._work("grade")
        return make_grade(question)


@pytest.mark.parametrize(("text", "here"), [("a" * LONG_TEXT, True), ("a" * (LONG_TEXT + 1), False)])
async def test_only_a_long_text_is_read_in_a_thread(text: str, here: bool) -> None:
    grader = WatchedGrader()
    stage = await Stage(grader=grader).started()
    await stage.session.handle(cmd.Submit(text))
    await stage.session.handle(cmd.Skip())
    await stage.session.settle()
    assert grader.threads == [("assess", here), ("grade", here)]
    assert stage.session.state.threads[0].grade is not None


async def test_the_screen_lives_and_nothing_else_is_graded_while_a_long_text_is_read() -> None:
    grader = WatchedGrader()
    stage = await Stage(grader=grader).started()
    await stage.session.handle(cmd.Submit("a" * (LONG_TEXT + 1)))
    await stage.session.handle(cmd.Skip())
    await until(lambda: grader.busy)
    next_answer = asyncio.create_task(stage.session.handle(cmd.Submit("Short.")))
    assert await until(lambda: not grader.busy) > 5
    await next_answer
    await stage.session.settle()
    assert not grader.clashed
    assert [what for what, _ in grader.threads] == ["assess", "grade", "assess"]


# --- crashes -----------------------------------------------------------------------------------------


async def test_a_session_can_be_cut_after_any_event() -> None:
    """Whichever event was the last on disk: the next process speaks what is due and the candidate can go on."""
    whole = Stage()
    for command in (cmd.Start(PLAN), cmd.Submit("Half."), cmd.AskHint(), cmd.Submit("All of it."), cmd.Skip()):
        await whole.session.handle(command)
    await whole.session.settle()
    for cut in range(1, len(whole.log.events)):
        stage = Stage()
        stage.log.events = whole.log.events[:cut]
        session = stage.open()
        if session.state.phase is not Phase.ENDED:
            await session.handle(cmd.Resume())
        await session.settle()
        spoken = [t.kind for t in session.state.turns if t.speaker == "interviewer"]
        cued = [e.cue.occasion for e in stage.log.events if isinstance(e, ev.LineCued)]
        assert spoken == cued
        assert session.state.phase in {Phase.LISTENING, Phase.ENDED}
        assert O.WELCOME_BACK not in spoken
        assert all(t.grade for t in session.state.threads if t.outcome is ev.Outcome.ANSWERED)
