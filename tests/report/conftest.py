"""Reports come from real sessions: the session runner over an in-memory log, a stepping clock and made-up content."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from interviewer.content.models import Kind, Levels, Persona, Question, RedFlag, RubricPoint, Voice
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import State
from interviewer.grading.offline import OfflineGrader
from interviewer.llm.scripted import ScriptedInterviewer
from interviewer.plan import InterviewPlan, PlannedQuestion
from interviewer.report import Report, build
from interviewer.session import Session

START = 1_772_546_700.0  # 3 March 2026, 14:05 UTC
STEP = 10.0
FULL = "The walrus keeps a steady rhythm. A pelican carries the heavy parcel."
HALF = "The walrus keeps a steady rhythm."
NOTHING = "We had lunch near the harbour and talked about the weather."


class MemoryLog:
    """The session's log port, in memory."""

    def __init__(self) -> None:
        self.events: list[ev.Event] = []

    def append(self, new: Sequence[ev.Event], state: State, *, clears_draft: bool = False) -> None:
        self.events.extend(new)

    def save_draft(self, text: str, at: float) -> None: ...

    def draft(self) -> str:
        return ""


def persona(persona_id: str = "team-lead", **changes: Any) -> Persona:
    """A persona who never follows up, so that one answer closes a question."""
    phrases = {name: ("Good.",) for name in Voice.model_fields}
    fields = {
        "id": persona_id,
        "name": "Ada Example",
        "role": "Team lead",
        "description": "d",
        "manner": "m",
        "probing": "p",
        "max_follow_ups": 0,
        "voice": Voice(**phrases),
    }
    return Persona(**{**fields, **changes})


def question(number: int = 1, **changes: Any) -> Question:
    """A question with an essential point and one more; `FULL` covers both, `HALF` the essential one."""
    fields = {
        "id": f"question-{number}",
        "topic": "animals",
        "kind": Kind.CONCEPT,
        "asks": (f"What goes on in zoo number {number}?",),
        "intent": "Shows who has been there.",
        "minutes": 5,
        "rubric": (
            RubricPoint(
                id="beat", point="Names who keeps time.", weight=2, essential=True, terms=("walrus",), probe="Who?"
            ),
            RubricPoint(id="post", point="Names who brings it.", weight=1, terms=("pelican",), probe="How?"),
        ),
        "red_flags": (RedFlag(claim="Seals do it.", correction="They do not."),),
        "levels": Levels(one="Level one.", two="Level two.", three="Level three.", four="Level four."),
        "hints": ("Think of tusks.", "Think of beaks.", "Think of both."),
        "model_answer": "The walrus does one thing, the pelican the other.",
        "study": ("A day at the zoo",),
    }
    return Question(**{**fields, **changes})


def make_plan(questions: Iterable[Question], people: Sequence[Persona] = (), title: str = "A round") -> InterviewPlan:
    """A plan of these questions, the people taking turns."""
    people = people or (persona(),)
    planned = tuple(
        PlannedQuestion(q, q.asks[0], people[i % len(people)].id) for i, q in enumerate(questions)
    )
    return InterviewPlan("hard-99", "hard", title, 60, tuple(people), planned, 0)


async def _hold(plan: InterviewPlan, commands: Iterable[cmd.Command], grades: bool) -> State:
    now = START

    def clock() -> float:
        return now

    session = Session(MemoryLog(), ScriptedInterviewer(), OfflineGrader(), clock=clock)
    ungraded = session.state
    for command in (cmd.Start(plan), *commands):
        await session.handle(command)
        ungraded = session.state
        now += STEP
        if grades:
            await session.settle()
    return session.state if grades else ungraded


def hold(plan: InterviewPlan, *moves: str | cmd.Command, grades: bool = True) -> State:
    """The state after these moves, ten seconds apart; a string is submitted. `grades` False: no grade came in yet."""
    commands = [cmd.Submit(m) if isinstance(m, str) else m for m in moves]
    return asyncio.run(_hold(plan, commands, grades))


def report(plan: InterviewPlan, *moves: str | cmd.Command, grades: bool = True) -> Report:
    """The report after these moves."""
    return build("s1", hold(plan, *moves, grades=grades), model=None, agreement="Not yet measured.")


@pytest.fixture
def zoo() -> Any:
    """The helpers of this file, under one name."""
    import types

    names = "START STEP FULL HALF NOTHING persona question make_plan hold report".split()
    return types.SimpleNamespace(**{name: globals()[name] for name in names})


Zoo = Any
Hold = Callable[..., State]
