"""Reports of real sessions: the runner over an in-memory log, a stepping clock and content about a zoo."""

from __future__ import annotations

import asyncio

from interviewer.content.models import Question
from interviewer.content.personas import Persona
from interviewer.engine import commands as cmd
from interviewer.engine.state import State
from interviewer.grading.offline import OfflineGrader
from interviewer.llm.scripted import ScriptedInterviewer
from interviewer.plan import InterviewPlan
from interviewer.report import Report, build
from interviewer.session import Session
from tests.fakes import FakeClock, MemoryLog, make_persona, make_plan, make_point, make_question

STEP = 10.0
BOTH = "The walrus keeps a steady rhythm. A pelican carries the heavy parcel."
ESSENTIAL_ONLY = "The walrus keeps a steady rhythm."
OTHER_ONLY = "A pelican carries the heavy parcel."
NEITHER = "We had lunch near the harbour and talked about the weather."


def zoo_question(number: int = 1, **changes: object) -> Question:
    """Two points, the first essential and twice as heavy; the constants above are answers to it."""
    rubric = (
        make_point("beat", weight=2, essential=True, terms=["walrus"], point="Names who keeps time."),
        make_point("post", terms=["pelican"], point="Names who brings it."),
    )
    more: dict[str, object] = {
        "rubric": rubric,
        "hints": ("Think of tusks.", "Think of beaks.", "Think of both."),
        "levels": {str(n): f"Anchor {n}." for n in (1, 2, 3, 4)},
        "red_flags": ({"claim": "Seals do it.", "correction": "They do not."},),
        "study": ("A day at the zoo",),
    }
    return make_question(f"zoo-{number}", **{**more, **changes})  # type: ignore[arg-type]


def zoo_plan(count: int = 1, *people: Persona, **changes: object) -> InterviewPlan:
    """So many zoo questions, asked by people who never follow up: one answer closes a question."""
    questions = [zoo_question(n, **changes) for n in range(1, count + 1)]
    return make_plan(*questions, personas=people or (make_persona(max_follow_ups=0),))


def hold(plan: InterviewPlan, *moves: str | cmd.Command, graded: bool = True) -> State:
    """The state after these moves, ten seconds apart; a string is submitted. `graded` False: no grade came in yet."""
    return asyncio.run(_hold(plan, moves, graded))


async def _hold(plan: InterviewPlan, moves: tuple[str | cmd.Command, ...], graded: bool) -> State:
    clock = FakeClock()
    session = Session(MemoryLog(), ScriptedInterviewer(), OfflineGrader(), clock=clock)
    await session.handle(cmd.Start(plan))
    for move in moves:
        clock.advance(STEP)
        await session.handle(cmd.Submit(move) if isinstance(move, str) else move)
        if graded:
            await session.settle()
    return session.state


def report_of(plan: InterviewPlan, *moves: str | cmd.Command, graded: bool = True) -> Report:
    """The report after these moves."""
    return build("s1", hold(plan, *moves, graded=graded), model=None, agreement="Not yet measured.")
