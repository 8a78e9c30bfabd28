"""Retries, rests, stand-ins: what a gateway makes of models that fail."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from interviewer.llm.breaker import FIRST_PAUSE, LONGEST_PAUSE
from interviewer.llm.budget import Budget
from interviewer.llm.deadline import TALKING, WORKING, Patience
from interviewer.llm.faults import Fault
from interviewer.llm.gateway import Gateway
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from tests.fakes import FakeClock, Play, StubModel

PROMPT = Prompt((Message("user", "Hello"),), max_tokens=100)
PATIENCE = TALKING


def failing(fault: Fault, retry_after: float | None = None, pieces: tuple[str, ...] = ()) -> Play:
    return Play(pieces, fault=ModelError(f"It is {fault}.", fault, retry_after))


class World:
    """A gateway over models, with time in the test's hand."""

    def __init__(self, *models: StubModel, budget: Budget | None = None, patience: Patience = PATIENCE) -> None:
        self.models = models
        self.clock = FakeClock()
        self.waits: list[float] = []
        self.gateway = Gateway(models, budget, patience, self.clock, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def say(self) -> str:
        """Who said what, or the fault."""
        try:
            chunks = [c async for c in self.gateway.stream(PROMPT)]
        except ModelError as error:
            return error.fault
        return f"{chunks[0].model}: {''.join(c.text for c in chunks)}"

    @property
    def calls(self) -> list[int]:
        return [len(m.prompts) for m in self.models]


OK = Play(("Good ", "day."))
PASSING = [f for f in Fault if f.passes]


@pytest.mark.parametrize("fault", PASSING)
async def test_what_passes_is_tried_again(fault: Fault) -> None:
    world = World(StubModel(failing(fault), failing(fault), OK))
    assert await world.say() == "stub: Good day."
    assert len(world.waits) == 2
    assert all(0 < w < PATIENCE.retries for w in world.waits)


@pytest.mark.parametrize("fault", sorted(set(Fault) - set(PASSING)))
async def test_what_does_not_pass_is_not_tried_again(fault: Fault) -> None:
    world = World(StubModel(failing(fault)))
    assert await world.say() == fault
    assert world.calls == [1]


@pytest.mark.parametrize("patience", [TALKING, WORKING])
async def test_no_endless_retries(patience: Patience) -> None:
    world = World(StubModel(*[failing(Fault.OVERLOADED)] * 99), patience=patience)
    assert await world.say() == Fault.OVERLOADED
    assert world.calls == [patience.attempts]


async def test_distances_are_jittered() -> None:
    firsts = set()
    for _ in range(8):
        world = World(StubModel(failing(Fault.OVERLOADED), OK))
        await world.say()
        firsts.add(world.waits[0])
    assert len(firsts) > 1


async def test_the_endpoints_wish_is_heeded() -> None:
    world = World(StubModel(failing(Fault.RATE_LIMIT, 4.5), OK))
    assert await world.say() == "stub: Good day."
    (wait,) = world.waits
    assert 4.5 < wait < PATIENCE.retries


async def test_nobody_waits_longer_than_the_deadline_and_the_model_rests_as_long_as_it_asks() -> None:
    world = World(StubModel(failing(Fault.RATE_LIMIT, 900), OK))
    assert await world.say() == Fault.RATE_LIMIT
    world.clock.advance(899)
    assert await world.say() == Fault.RATE_LIMIT
    assert (world.waits, world.calls) == ([], [1])
    world.clock.advance(2)
    assert await world.say() == "stub: Good day."


async def test_once_words_were_said_nothing_is_tried_again() -> None:
    world = World(StubModel(failing(Fault.CUT, pieces=("Good ",)), OK), StubModel(name="other"))
    assert await world.say() == Fault.CUT
    assert world.calls == [1, 0]


async def test_empty_pieces_are_no_words() -> None:
    world = World(StubModel(failing(Fault.CUT, pieces=("", "")), OK))
    assert await world.say() == "stub: Good day."


async def test_the_rest_grows_and_ends_with_the_first_success() -> None:
    down = [failing(Fault.TIMEOUT)] * 6
    world = World(StubModel(*down, OK, *down[:1], OK))
    pauses = []
    for _ in range(6):
        assert await world.say() == Fault.TIMEOUT
        pause, before = 0, sum(world.calls)
        while pause < 1_000 and await world.say() == Fault.TIMEOUT and sum(world.calls) == before:
            world.clock.advance(1)
            pause += 1
            if world.gateway._lines[0].breaker.resting is None:
                break
        pauses.append(pause)
    assert pauses[:4] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 8 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert await world.say() == "stub: Good day."
    assert await world.say() == Fault.TIMEOUT
    world.clock.advance(FIRST_PAUSE)
    assert await world.say() == "stub: Good day."


@pytest.mark.parametrize("fault", [f for f in Fault if not f.is_outage])
async def test_a_fault_of_one_reply_is_no_outage(fault: Fault) -> None:
    world = World(StubModel(failing(fault), OK))
    assert [await world.say(), await world.say()] == [fault, "stub: Good day."]


async def test_stand_ins_are_asked_in_their_order() -> None:
    world = World(
        StubModel(*[failing(Fault.KEY)] * 9, name="a"),
        StubModel(failing(Fault.NO_MODEL), OK, name="b"),
        StubModel(name="c"),
    )
    assert await world.say() == "c: As the model says it."
    assert world.calls == [1, 1, 1]
    world.clock.advance(FIRST_PAUSE)
    assert await world.say() == "b: Good day."
    assert world.calls == [2, 2, 1]
    assert world.gateway.name == "a"


async def test_the_first_piece_says_why_a_stand_in_speaks() -> None:
    world = World(StubModel(failing(Fault.KEY), name="a"), StubModel(OK, name="b"))
    chunks = [c async for c in world.gateway.stream(PROMPT)]
    assert [(c.text, c.model, c.fault and c.fault.fault) for c in chunks] == [
        ("Good ", "b", Fault.KEY),
        ("day.", "b", None),
    ]


async def test_where_all_fail_the_first_models_fault_is_told() -> None:
    world = World(StubModel(failing(Fault.KEY), name="a"), StubModel(failing(Fault.TIMEOUT), name="b"))
    assert [await world.say(), await world.say()] == [Fault.KEY, Fault.KEY]
    assert world.calls == [1, 1]


async def test_a_call_that_is_cancelled_is_no_outage() -> None:
    world = World(StubModel(Play(fault=asyncio.CancelledError()), OK))
    with pytest.raises(asyncio.CancelledError):
        await world.say()
    assert await world.say() == "stub: Good day."


def test_something_is_lacking_only_where_no_model_can_speak() -> None:
    a, b = StubModel(name="a"), StubModel(name="b")
    a.lack = "a needs a key."
    assert Gateway([a, b]).lack is None
    assert Gateway([a]).lack == "a needs a key."


async def test_a_budget_is_not_exceeded_and_the_next_model_may_be_free_of_it() -> None:
    budget = Budget(limit_tokens=200)
    world = World(StubModel(*[Play(("Hi.",), Usage(60, 10))] * 9), budget=budget)
    assert [await world.say() for _ in range(3)] == ["stub: Hi.", "stub: Hi.", Fault.BUDGET]
    assert world.calls == [2]


async def test_who_has_heard_enough_counts_as_well_served() -> None:
    world = World(StubModel(failing(Fault.TIMEOUT), OK, failing(Fault.TIMEOUT), OK))
    assert await world.say() == Fault.TIMEOUT
    world.clock.advance(FIRST_PAUSE)
    async with aclosing(world.gateway.stream(PROMPT)) as chunks:
        assert (await anext(chunks)).text == "Good "
    assert await world.say() == Fault.TIMEOUT
    world.clock.advance(FIRST_PAUSE)
    assert await world.say() == "stub: Good day."
