"""Reads answers and grades closed threads: with a judge where there is one, else with the offline grader."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from interviewer.content.models import Question, Verdict
from interviewer.debrief import Debrief
from interviewer.engine import commands as cmd
from interviewer.engine import machine
from interviewer.engine.state import State, Thread
from interviewer.grade import Grade
from interviewer.grading import score
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Usage
from interviewer.plan import PlannedQuestion

LONG_TEXT = 5_000


class Grader(Protocol):
    """Holds answers against a question's rubric, in this process."""

    def assess(self, question: Question, ask: str, text: str) -> dict[str, Verdict]:
        """How far one text covers each point, in milliseconds."""

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        """The grade of a whole thread."""


class Judge(Protocol):
    """A model that grades; `grading.judge.Judge` in the product."""

    @property
    def name(self) -> str:
        """How its grades name it."""

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> tuple[Grade, Usage]:
        """The grade of a whole thread, and what it took.

        Raises:
            ModelError: the model did not deliver.
        """

    async def debrief(self, graded: Mapping[int, tuple[str, Grade]]) -> tuple[Debrief, Usage]:
        """The debrief of the graded questions, by their positions, each with what was asked.

        Raises:
            ModelError: the model did not deliver.
        """


class Examiner:
    """The grader reads what was just said; the judge, where there is one, grades what is closed."""

    def __init__(self, grader: Grader, judge: Judge | None = None) -> None:
        self._grader = grader
        self._judge = judge
        self._reading = asyncio.Lock()

    async def assess(self, planned: PlannedQuestion, text: str) -> dict[str, Verdict]:
        """How far one text covers each rubric point: one text at a time, long ones in a thread."""
        wanted = (planned.question, planned.ask, text)
        async with self._reading:
            if len(text) > LONG_TEXT:
                return await asyncio.to_thread(self._grader.assess, *wanted)
            return self._grader.assess(*wanted)

    async def grade(self, state: State, index: int) -> cmd.Graded:
        """The grade of a closed thread; the offline grader's, and saying so, once the budget for models is used up.

        Raises:
            ModelError: the judge did not deliver.
        """
        planned, thread = state.planned(index), state.threads[index]
        if self._judge is None:
            return cmd.Graded(index, _fair(await self._offline(planned, thread), planned, thread))
        wanted = (planned.question, planned.ask, thread.answers, thread.hints)
        try:
            grade, used = await self._judge.grade(*wanted)
        except ModelError as error:
            if error.fault is not Fault.BUDGET:
                raise
            grade = _fair(await self._offline(planned, thread), planned, thread)
            why = f"{error} So the offline grader graded this."
            return cmd.Graded(index, replace(grade, remarks=(*grade.remarks, why)))
        return cmd.Graded(
            index, _fair(grade, planned, thread), used.prompt_tokens, used.completion_tokens, used.cost_usd
        )

    async def debrief(self, state: State) -> cmd.Debriefed | None:
        """The debrief of an interview that waits for one and in which this judge graded; else none.

        Raises:
            ModelError: the model did not deliver.
        """
        if self._judge is None or not machine.wants_debrief(state):
            return None
        graded = {t.index + 1: (state.planned(t.index).ask, t.grade) for t in state.threads if t.grade}
        if self._judge.name not in {grade.grader for _, grade in graded.values()}:
            return None
        debrief, used = await self._judge.debrief(graded)
        return cmd.Debriefed(debrief, used.prompt_tokens, used.completion_tokens, used.cost_usd)

    async def _offline(self, planned: PlannedQuestion, thread: Thread) -> Grade:
        wanted = (planned.question, planned.ask, thread.answers, thread.hints)
        async with self._reading:
            if sum(map(len, thread.answers)) > LONG_TEXT:
                return await asyncio.to_thread(asyncio.run, self._grader.grade(*wanted))
            return await self._grader.grade(*wanted)


def _fair(grade: Grade, planned: PlannedQuestion, thread: Thread) -> Grade:
    """A point of a follow-up that was never asked is not missed: nobody can say."""
    unasked = {p.id for p in planned.question.rubric if p.part and p.part not in thread.parts_asked}
    if any(c.id in unasked and c.verdict is Verdict.MISSED for c in grade.criteria):
        return score.leave_out(grade, unasked, thread.hints)
    return grade
