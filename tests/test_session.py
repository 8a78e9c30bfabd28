"""The runner: journal first, faults of models and grading behind the interview's back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from interviewer.content.models import Question, Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.cues import Occasion as O
from interviewer.engine.state import Phase, replay
from interviewer.errors import UsageError
from interviewer.grade import Grade
from interviewer.llm.model import Chunk, ModelError, Prompt, Usage
from interviewer.llm.scripted import ScriptedInterviewer
from interviewer.session import Delta, Notice, Session, Update
from tests.fakes import FakeClock, MemoryLog, Play, StubGrader, StubModel, make_persona, make_plan, make_question

MET = Verdict.MET
PLAN = make_plan(make_question("first"), make_question("second"))
PANEL = make_plan(make_question("first"), make_question("second"), personas=[make_persona("ann"), make_persona("bob")])
ALL = {"All of it.": {"one": MET, "two": MET}}


class Stage:
    """A session with everything around it in memory."""

    def __init__(self, model: object = None, grader: object = None) -> None:
        self.log = MemoryLog()
        self.clock = FakeClock()
        self.model = model or StubModel()
        self.grader = grader or StubGrader(ALL)
        self.heard: list[Update] = []
        self.session = self.open()

    def open(self) -> Session:
        """The session as a process sees it that reads the journal."""
        state = replay(self.log.events)
        return Session(
            self.log,
            self.model,  # type: ignore[arg-type]
            self.grader,  # type: ignore[arg-type]
            state=state,
            clock=self.clock,
            listener=self.heard.append,
        )

    async def started(self) -> Stage:
        await self.session.handle(cmd.Start(PLAN))
        self.heard.clear()
        return self

    def notices(self) -> list[str]:
        return [u.text for u in self.heard if isinstance(u, Notice)]

    def lines(self) -> list[tuple[str, str]]:
        """Who put each line into words, and the words."""
        return [(u.speaker, u.text) for u in self.heard if isinstance(u, ev.LineSpoken)]


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


# --- models that fail --------------------------------------------------------------------------------

HINT = "hint-1 First hint."
NO_ANSWER = "stub said nothing. The scripted interviewer goes on."


@pytest.mark.parametrize(
    ("play", "line", "notice"),
    [
        (Play(("A ", "hint.")), ("stub", "A hint."), None),
        (
            Play(fault=ModelError("stub cannot be reached.")),
            ("scripted", HINT),
            "stub cannot be reached. The scripted interviewer goes on.",
        ),
        (
            Play(("Half a ", "li"), fault=ModelError("stub stopped in the middle.")),
            ("scripted", HINT),
            "stub stopped in the middle. The scripted interviewer goes on.",
        ),
        (
            Play(("A whole line.",), Usage(9, 9), ModelError("stub hung up.")),
            ("scripted", HINT),
            "stub hung up. The scripted interviewer goes on.",
        ),
        (Play(), ("scripted", HINT), NO_ANSWER),
        (Play(("",)), ("scripted", HINT), NO_ANSWER),
        (Play((" ", "\n\t")), ("scripted", HINT), NO_ANSWER),
        (Play((), Usage(7, 0)), ("scripted", HINT), NO_ANSWER),
    ],
    ids=["fine", "at once", "in mid-stream", "at the end", "no piece", "empty", "white space", "usage only"],
)
async def test_authored_words_take_the_place_of_a_model_that_fails(
    play: Play, line: tuple[str, str], notice: str | None
) -> None:
    stage = await Stage(StubModel(Play(("Hi.",)), Play(("Ask?",)), play)).started()
    await stage.session.handle(cmd.AskHint())
    assert stage.lines() == [line]
    assert stage.notices() == ([notice] if notice else [])
    await stage.session.handle(cmd.Submit("All of it."))
    assert stage.lines()[1:] == [("stub", "As the model says it.")]
    assert stage.session.state.threads[0].answers == ("All of it.",)
    assert replay(stage.log.events) == stage.session.state


async def test_a_model_that_always_fails_loses_nothing_of_the_interview() -> None:
    faults = [Play(("Half",), fault=ModelError("stub is down."))] * 20
    broken, sound = Stage(StubModel(*faults)), Stage(ScriptedInterviewer())
    for stage in (broken, sound):
        for command in (cmd.Start(PLAN), cmd.Submit("All of it."), cmd.Submit("I don't know."), cmd.Skip()):
            await stage.session.handle(command)
        await stage.session.settle()
    assert broken.session.state == sound.session.state
    assert len(broken.notices()) == len(broken.lines())


async def test_pieces_are_told_as_they_come_and_are_not_journaled() -> None:
    stage = await Stage(StubModel(Play(("Hi.",)), Play(("Ask?",)), Play(("A ", "", "hint.")))).started()
    await stage.session.handle(cmd.AskHint())
    assert [u for u in stage.heard if isinstance(u, Delta)] == [Delta("ann", "A "), Delta("ann", "hint.")]
    assert not [e for e in stage.log.events if isinstance(e, Delta)]


async def test_halves_of_a_character_in_two_pieces_become_one() -> None:
    stage = await Stage(StubModel(Play(("Hi \ud83d", "\ude00")))).started()
    assert stage.session.state.turns[0].text == "Hi \U0001f600"


async def test_usage_is_added_up() -> None:
    model = StubModel(Play(("Hi.",), Usage(100, 10)), Play(("Ask?",), Usage(50, 5)), Play(("Hint.",)))
    stage = await Stage(model).started()
    await stage.session.handle(cmd.AskHint())
    state = stage.session.state
    assert (state.prompt_tokens, state.completion_tokens) == (150, 15)


class Crash(Exception):
    """Something that no adapter foresaw."""


@pytest.mark.parametrize("fault", [Crash(), KeyboardInterrupt(), asyncio.CancelledError()])
async def test_an_unforeseen_fault_in_mid_stream_loses_no_word(fault: BaseException) -> None:
    model = StubModel(Play(("Hi.",)), Play(("Ask?",)), Play(("Hal",), fault=fault))
    stage = await Stage(model).started()
    with pytest.raises(type(fault)):
        await stage.session.handle(cmd.Submit("My words."))
    assert replay(stage.log.events) == stage.session.state
    again = stage.open()
    await again.handle(cmd.Resume())
    assert again.state.phase is Phase.LISTENING
    assert [t.kind for t in again.state.turns] == [O.GREETING, O.QUESTION, ev.Reading.ANSWER, O.FOLLOW_UP]
    assert again.state.threads[0].answers == ("My words.",)


async def test_the_next_tick_makes_good_for_an_unforeseen_fault() -> None:
    stage = await Stage(StubModel(Play(("Hi.",)), Play(("Ask?",)), Play(fault=Crash()))).started()
    with pytest.raises(Crash):
        await stage.session.handle(cmd.AskRepeat())
    await stage.session.handle(cmd.Tick())
    assert stage.session.state.phase is Phase.LISTENING
    assert stage.lines() == [("stub", "As the model says it.")]


class DrippingModel(StubModel):
    """Gives the event loop a turn after each piece."""

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        for piece in ("Once ", "more."):
            yield Chunk(piece)
            await asyncio.sleep(0)


async def test_a_turn_that_is_cancelled_while_the_interviewer_speaks_is_made_up_for() -> None:
    stage = await Stage().started()
    stage.model = DrippingModel()
    closing = stage.open()
    closing.listener = lambda update: turn.cancel() if isinstance(update, Delta) else None
    turn = asyncio.create_task(closing.handle(cmd.AskRepeat()))
    with pytest.raises(asyncio.CancelledError):
        await turn
    again = stage.open()
    assert again.state.phase is Phase.SPEAKING
    await again.handle(cmd.Resume())
    assert [t.kind for t in again.state.turns] == [O.GREETING, O.QUESTION, O.REPEAT]
    assert again.state.turns[-1].text == "Once more."


# --- grading behind ----------------------------------------------------------------------------------


class SlowGrader(StubGrader):
    """Grades when told."""

    def __init__(self) -> None:
        super().__init__(ALL)
        self.asked, self.go = asyncio.Event(), asyncio.Event()

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        self.asked.set()
        await self.go.wait()
        return await super().grade(question, ask, answers, hints)


async def test_the_next_question_never_waits_for_a_grade() -> None:
    grader = SlowGrader()
    stage = await Stage(grader=grader).started()
    await stage.session.handle(cmd.Submit("All of it."))
    await stage.session.handle(cmd.Submit("All of it."))
    assert stage.session.state.phase is Phase.ENDED
    assert [t.grade for t in stage.session.state.threads] == [None, None]
    grader.go.set()
    await stage.session.settle()
    assert [t.grade.level for t in stage.session.state.threads if t.grade] == [4, 4]
    assert [type(e) for e in stage.log.events[-2:]] == [ev.QuestionGraded] * 2


async def test_grading_begins_as_soon_as_a_question_is_closed() -> None:
    grader = SlowGrader()
    stage = await Stage(grader=grader).started()
    await stage.session.handle(cmd.Submit("Half."))
    assert not grader.asked.is_set()
    await stage.session.handle(cmd.Skip())
    await asyncio.wait_for(grader.asked.wait(), timeout=5)
    grader.go.set()
    await stage.session.settle()


async def test_each_answered_thread_is_graded_once_with_all_its_answers_and_hints() -> None:
    stage = await Stage().started()
    for command in (cmd.Submit("Half."), cmd.AskHint(), cmd.Submit("All of it."), cmd.Skip()):
        await stage.session.handle(command)
        await stage.session.settle()
    await stage.session.settle()
    assert stage.grader.graded == [("first", ("Half.", "All of it."), 1)]  # type: ignore[attr-defined]


async def test_a_grade_that_was_lost_is_made_up_for() -> None:
    stage = await Stage(grader=SlowGrader()).started()
    await stage.session.handle(cmd.Submit("All of it."))
    stage.grader = StubGrader(ALL)
    again = stage.open()
    await again.settle()
    assert again.state.threads[0].grade is not None
    assert replay(stage.log.events) == again.state


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
