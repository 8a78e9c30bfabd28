"""A model that goes and comes back in the middle of an interview, over a real wire."""

from __future__ import annotations

import asyncio

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine.state import replay
from interviewer.llm.breaker import FIRST_PAUSE
from interviewer.llm.diagnose import _SAID
from interviewer.llm.faults import Fault
from interviewer.llm.gateway import Gateway
from interviewer.llm.openai import OpenAIModel
from interviewer.llm.target import find_target
from interviewer.session import Delta
from tests.fakes import FakeClock
from tests.llm.server import HEAD, Reply, endless, event, html, piece, serving, status, whole
from tests.llm.stage import LINE, Stage

GOOD = whole(LINE)


async def _no_sleep(_: float) -> None:
    pass


def gateway(*bases: str, clock: FakeClock) -> Gateway:
    names = ["first", "second"]
    adapters = [OpenAIModel(find_target(n, b)) for n, b in zip(names, bases, strict=False)]
    return Gateway(adapters, clock=clock, sleep=_no_sleep)


OUTAGES: dict[str, tuple[list[Reply], str]] = {
    "closed": ([b""] * 4, "first cannot be reached: "),
    "401": ([status(401)], "first refused the key (HTTP 401): "),
    "429": ([status(429)] * 4, "first is at its rate limit (HTTP 429): "),
    "503": ([status(503)] * 4, "first has trouble of its own (HTTP 503): "),
    "html": ([html()], "first sent something unreadable: "),
    "cut": ([HEAD + piece("As the ")], "first broke off in the middle: "),
    "error in mid-stream": ([HEAD + piece("As the ") + event({"error": "x"})], "first broke off in the middle: "),
}


@pytest.mark.parametrize("outage", OUTAGES)
async def test_one_line_no_word_lost_and_back_to_the_model(outage: str) -> None:
    replies, says = OUTAGES[outage]
    clock, requests = FakeClock(), []
    async with serving(GOOD, GOOD, *replies, GOOD, seen=requests.append) as base:
        stage = await Stage(gateway(base, clock=clock)).started()
        asked = len(requests)
        for text in ("All of it.", "And more.", "And more still."):
            await stage.session.handle(cmd.Submit(text))
        assert len(requests) == asked + len(replies)
        clock.advance(FIRST_PAUSE)
        await stage.session.handle(cmd.AskRepeat())
    (notice,) = stage.notices()
    assert notice.startswith(says)
    assert notice.endswith(". The scripted interviewer goes on.")
    speakers = [speaker for speaker, _ in stage.lines()]
    assert speakers == ["scripted"] * (len(speakers) - 1) + ["first"]
    said = [e.text for e in stage.log.events if e.type == "answer_given"]
    assert said == ["All of it.", "And more.", "And more still."]
    assert replay(stage.log.events) == stage.session.state


async def test_a_stand_in_speaks_while_the_first_model_rests() -> None:
    clock = FakeClock()
    async with serving(GOOD, GOOD, status(401), GOOD) as one, serving(GOOD) as two:
        stage = await Stage(gateway(one, two, clock=clock)).started()
        await stage.session.handle(cmd.AskRepeat())
        await stage.session.handle(cmd.AskRepeat())
        clock.advance(FIRST_PAUSE)
        await stage.session.handle(cmd.AskRepeat())
    assert [speaker for speaker, _ in stage.lines()] == ["second", "second", "first"]
    assert [n.split(": ")[0] for n in stage.notices()] == ["first refused the key (HTTP 401)"]
    assert stage.notices()[0].endswith(". second goes on.")
    assert stage.session.state.models == ("first", "second")


async def test_who_leaves_in_mid_stream_lets_the_connection_go() -> None:
    gone = asyncio.Event()

    async def dripping(writer: asyncio.StreamWriter) -> None:
        try:
            await endless(HEAD + piece("As the "), b": still here\n\n")(writer)  # type: ignore[operator]
        finally:
            gone.set()

    async with serving(GOOD, GOOD, dripping) as base:
        stage = await Stage(gateway(base, clock=FakeClock())).started()
        turn = asyncio.create_task(stage.session.handle(cmd.AskRepeat()))
        while not any(isinstance(u, Delta) for u in stage.heard):
            await asyncio.sleep(0)
        turn.cancel()
        with pytest.raises(asyncio.CancelledError):
            await turn
        await asyncio.wait_for(gone.wait(), 10)
    assert stage.session._model._lines[0].breaker.resting is None  # type: ignore[attr-defined]


def test_every_fault_has_words() -> None:
    assert set(Fault) - set(_SAID) == {Fault.WRONG_SHAPE, Fault.BUDGET}
