"""A model in an interview: what it says is told and kept, and where it fails the authored words are said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.cues import Occasion as O
from interviewer.engine.state import Phase, replay
from interviewer.llm.model import Chunk, ModelError, Prompt, Usage
from interviewer.llm.scripted import ScriptedInterviewer
from interviewer.session import Delta
from tests.fakes import Play, StubModel
from tests.llm.stage import LINE, PLAN, Stage, stub

HINT = "hint-1 First hint."
NO_ANSWER = "stub said nothing: choose another model. The scripted interviewer goes on."


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
    stage = await Stage(stub(Play(("Hi.",)), Play(("What is first?",)), play)).started()
    await stage.session.handle(cmd.AskHint())
    assert stage.lines() == [line]
    assert stage.notices() == ([notice] if notice else [])
    await stage.session.handle(cmd.Submit("All of it."))
    assert stage.notices() == ([notice] if notice else [])
    assert stage.lines()[1:] == [("stub", LINE)]
    assert stage.session.state.threads[0].answers == ("All of it.",)
    assert replay(stage.log.events) == stage.session.state


async def test_a_model_that_always_fails_loses_nothing_of_the_interview() -> None:
    faults = [Play(("Half",), fault=ModelError("stub is down."))] * 20
    broken, sound = Stage(stub(*faults)), Stage(ScriptedInterviewer())
    for stage in (broken, sound):
        for command in (cmd.Start(PLAN), cmd.Submit("All of it."), cmd.Submit("I don't know."), cmd.Skip()):
            await stage.session.handle(command)
        await stage.session.settle()
    assert broken.session.state == sound.session.state
    assert broken.notices() == ["stub is down. The scripted interviewer goes on."]
    assert broken.session.state.models == ()


async def test_an_outage_is_told_once_whatever_comes_in_it() -> None:
    down, slow = Play(fault=ModelError("It is down.")), Play(fault=ModelError("It is slow."))
    model = stub(Play(("Hi.",)), Play((LINE,)), down, slow, down, Play((LINE,)), Play((LINE,)), down)
    stage = await Stage(model).started()
    for _ in range(6):
        await stage.session.handle(cmd.AskRepeat())
    assert len(model.prompts) == 8
    assert [speaker for speaker, _ in stage.lines()] == ["scripted"] * 3 + ["stub"] * 2 + ["scripted"]
    down_told = "It is down. The scripted interviewer goes on."
    assert stage.notices() == [down_told, down_told]


@pytest.mark.parametrize(
    ("lost", "why"),
    [
        ("Take your time.", "lost the question"),
        ("What?", "lost the question"),
        ("Interesting, isn't it? Now tell me what is first?", "lost the question"),
        ("Good morning to you. What is it?", "greeted again"),
        ("word " * 130 + "what is it?", "came to no end"),
    ],
)
async def test_the_authored_question_is_said_where_the_model_loses_it(lost: str, why: str) -> None:
    model = stub(Play(("Hi.",)), Play((lost,), Usage(50, 5)), Play((lost,)), Play(("First hint, as I say it.",)))
    stage = Stage(model)
    for command in (cmd.Start(PLAN), cmd.AskRepeat(), cmd.AskHint()):
        await stage.session.handle(command)
    assert stage.lines() == [
        ("stub", "Hi."),
        ("scripted", "Ask of first?"),
        ("scripted", "repeat-1 Ask of first?"),
        ("stub", "First hint, as I say it."),
    ]
    assert stage.notices() == [f"stub {why}. Where it goes astray, the authored words are said."]


async def test_thinking_reaches_nobody() -> None:
    pieces = ("<th", "ink>Be ", "kind.</thi", "nk>\n\n", " A ", "hint. ")
    stage = await Stage(stub(Play(("Hi.",)), Play((LINE,)), Play(pieces), Play(("A <think>Endless.",)))).started()
    await stage.session.handle(cmd.AskHint())
    assert "".join(u.text for u in stage.heard if isinstance(u, Delta)) == "A hint."
    await stage.session.handle(cmd.AskHint())
    assert stage.lines() == [("stub", "A hint."), ("scripted", "hint-2 Second hint.")]
    assert stage.notices() == [NO_ANSWER]


async def test_the_state_knows_who_spoke() -> None:
    stage = await Stage(stub(Play(("Hi.",)), Play(fault=ModelError("It is down.")))).started()
    stage.model = StubModel(fallback=LINE, name="other")
    again = stage.open()
    for _ in range(2):
        await again.handle(cmd.AskRepeat())
    assert again.state.models == ("stub", "other")


async def test_pieces_are_told_as_they_come_and_are_not_journaled() -> None:
    stage = await Stage(stub(Play(("Hi.",)), Play(("What is first?",)), Play(("A ", "", "hi", "nt. Two.")))).started()
    await stage.session.handle(cmd.AskHint())
    assert [u for u in stage.heard if isinstance(u, Delta)] == [
        Delta("ann", "A"),
        Delta("ann", " hint."),
        Delta("ann", " Two."),
    ]
    assert not [e for e in stage.log.events if isinstance(e, Delta)]


async def test_halves_of_a_character_in_two_pieces_become_one() -> None:
    stage = await Stage(stub(Play(("Hi \ud840", "\udc00")))).started()
    assert stage.session.state.turns[0].text == "Hi \U00020000"


@pytest.mark.parametrize(
    ("last", "cost"),
    [
        (Play(("Hint.",), Usage(10, 1, 0.25)), 1.0),
        (Play(("Hint.",), Usage(10, 1)), None),
        (Play(("Hint.",)), None),
        (Play(fault=ModelError("It is down.")), 0.75),
    ],
    ids=["priced", "no price", "no usage", "failed"],
)
async def test_usage_is_added_up(last: Play, cost: float | None) -> None:
    model = stub(Play(("Hi.",), Usage(100, 10, 0.5)), Play(("What is first?",), Usage(50, 5, 0.25)), last)
    stage = await Stage(model).started()
    await stage.session.handle(cmd.AskHint())
    state = stage.session.state
    more = last.usage or Usage()
    assert (state.prompt_tokens, state.completion_tokens) == (150 + more.prompt_tokens, 15 + more.completion_tokens)
    assert state.cost_usd == cost


async def test_a_model_that_stands_in_is_named_once_and_journaled() -> None:
    class StandIn(StubModel):
        async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
            yield Chunk(LINE, model="other", fault=ModelError("stub is down."))

    stage = Stage(StandIn())
    for command in (cmd.Start(PLAN), cmd.AskRepeat()):
        await stage.session.handle(command)
    assert stage.notices() == ["stub is down. other goes on."]
    assert {speaker for speaker, _ in stage.lines()} == {"other"}
    assert stage.session.state.models == ("other",)


class Crash(Exception):
    """Something that no adapter foresaw."""


@pytest.mark.parametrize("fault", [Crash(), KeyboardInterrupt(), asyncio.CancelledError()])
async def test_an_unforeseen_fault_in_mid_stream_loses_no_word(fault: BaseException) -> None:
    model = stub(Play(("Hi.",)), Play(("What is first?",)), Play(("Hal",), fault=fault))
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
    stage = await Stage(stub(Play(("Hi.",)), Play(("What is first?",)), Play(fault=Crash()))).started()
    with pytest.raises(Crash):
        await stage.session.handle(cmd.AskRepeat())
    await stage.session.handle(cmd.Tick())
    assert stage.session.state.phase is Phase.LISTENING
    assert stage.lines() == [("stub", LINE)]


class DrippingModel(StubModel):
    """Gives the event loop a turn after each piece."""

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        for piece in ("Once ", "more, first?"):
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
    assert again.state.turns[-1].text == "Once more, first?"
