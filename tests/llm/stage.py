"""A session with everything around it in memory, for the tests of the runner."""

from __future__ import annotations

from interviewer.content.models import Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import replay
from interviewer.session import Notice, Session, Update
from tests.fakes import FakeClock, MemoryLog, Play, StubGrader, StubModel, make_plan, make_question

MET = Verdict.MET
PLAN = make_plan(make_question("first"), make_question("second"))
ALL = {"All of it.": {"one": MET, "two": MET}}
LINE = "As the model asks it?"


def stub(*plays: Play) -> StubModel:
    """A model that asks a question once its plays are used up."""
    return StubModel(*plays, fallback=LINE)


class Stage:
    """A session with everything around it in memory."""

    def __init__(self, model: object = None, grader: object = None, judge: object = None) -> None:
        self.log = MemoryLog()
        self.clock = FakeClock()
        self.model = model or stub()
        self.grader = grader or StubGrader(ALL)
        self.judge = judge
        self.heard: list[Update] = []
        self.session = self.open()

    def open(self) -> Session:
        """The session as a process sees it that reads the journal."""
        state = replay(self.log.events)
        return Session(
            self.log,
            self.model,  # type: ignore[arg-type]
            self.grader,  # type: ignore[arg-type]
            judge=self.judge,  # type: ignore[arg-type]
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
