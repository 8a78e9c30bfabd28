"""Runs one interview: performs what the engine asks for through ports, journals every event before anyone sees it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from interviewer.content.models import Question, Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.cues import Cue
from interviewer.engine.reading import well_formed
from interviewer.engine.state import State, apply
from interviewer.errors import InterviewerError
from interviewer.grade import Grade
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Model, Prompt, Usage
from interviewer.llm.prompts import speaking_prompt
from interviewer.llm.reply import Reply, keeps_the_ask

GRADE_ATTEMPTS = 3
LONG_TEXT = 5_000


class Log(Protocol):
    """Where events and drafts are kept; `store.journal.Journal` in the product."""

    def append(self, new: Sequence[ev.Event], state: State, *, clears_draft: bool = False) -> None:
        """Write events; they are safe when this returns."""

    def save_draft(self, text: str, at: float) -> None:
        """Keep what is typed but not sent."""

    def draft(self) -> str:
        """What was typed but not sent."""


class Grader(Protocol):
    """Judges answers against a question's rubric."""

    def assess(self, question: Question, ask: str, text: str) -> dict[str, Verdict]:
        """How far one text covers each point, in milliseconds."""

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        """The grade of a whole thread; may take its time."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a line that is being spoken; not journaled."""

    persona: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the candidate from the program itself, not from an interviewer."""

    text: str


Update = ev.Event | Delta | Notice
Listener = Callable[[Update], None]


class Session:
    """One interview under way. Commands go in through `handle`; what happens comes out through the listener."""

    def __init__(
        self,
        log: Log,
        model: Model,
        grader: Grader,
        *,
        state: State | None = None,
        clock: Callable[[], float] = time.time,
        listener: Listener = lambda _: None,
    ) -> None:
        self.state = state or State()
        self.listener = listener
        self.clock = clock
        self._log = log
        self._model = model
        self._grader = grader
        self._turn = asyncio.Lock()
        self._grading: dict[int, asyncio.Task[None]] = {}
        self._lost_grades: Counter[int] = Counter()
        self._reading = asyncio.Lock()
        self._outage = False
        self._lost_the_ask = False

    async def handle(self, command: cmd.Command) -> None:
        """Do what the command asks and all that follows from it, until it is the candidate's turn again.

        A command that makes no sense now becomes a `Notice`.
        """
        async with self._turn:
            try:
                self._commit(command)
            except machine.Refused as refusal:
                self.listener(Notice(str(refusal)))
                return
            while (effect := self._next_effect()) is not None:
                self._commit(await self._perform(effect))
            self._grade_behind()

    async def settle(self) -> None:
        """Wait until every closed question is graded, or its grade could not be kept in several attempts."""
        while pending := self._grade_behind():
            await asyncio.gather(*pending)

    def save_draft(self, text: str) -> None:
        """Keep what is typed but not sent."""
        self._log.save_draft(well_formed(text), self.clock())

    def draft(self) -> str:
        """What was typed but not sent."""
        return self._log.draft()

    @property
    def elapsed(self) -> float:
        """The interview clock in seconds."""
        return self.state.elapsed_at(self.clock())

    def _commit(self, command: cmd.Command) -> None:
        """Journal first, then fold, then tell."""
        new = machine.decide(self.state, command, self.clock())
        if not new:
            return
        state = self.state
        for event in new:
            state = apply(state, event)
        self._log.append(new, state, clears_draft=isinstance(command, cmd.Submit))
        self.state = state
        for event in new:
            self.listener(event)

    def _next_effect(self) -> machine.Speak | machine.Assess | None:
        return next((e for e in machine.effects(self.state) if not isinstance(e, machine.Grade)), None)

    async def _perform(self, effect: machine.Speak | machine.Assess) -> cmd.Command:
        if isinstance(effect, machine.Speak):
            return await self._speak(effect.cue)
        planned = self.state.planned(effect.index)
        wanted = (planned.question, planned.ask, effect.text)
        async with self._reading:
            if len(effect.text) > LONG_TEXT:
                return cmd.Assessed(await asyncio.to_thread(self._grader.assess, *wanted))
            return cmd.Assessed(self._grader.assess(*wanted))

    async def _speak(self, cue: Cue) -> cmd.Spoken:
        """The model's words; the authored ones where the model does not deliver, or loses the question."""
        prompt = speaking_prompt(self.state, cue)
        try:
            text, speaker, usage = await self._stream(prompt, cue.persona)
        except ModelError as error:
            self._tell_outage(error, "The scripted interviewer")
            return cmd.Spoken(prompt.authored, "scripted")
        if not keeps_the_ask(prompt, text):
            self._tell_lost_ask(speaker)
            text, speaker = prompt.authored, "scripted"
        return cmd.Spoken(text, speaker, usage.prompt_tokens, usage.completion_tokens, usage.cost_usd)

    def _tell_outage(self, error: ModelError, stand_in: str) -> None:
        """Once, until the model is back."""
        if not self._outage:
            self._outage = True
            self.listener(Notice(f"{error} {stand_in} goes on."))

    def _tell_lost_ask(self, speaker: str) -> None:
        """Once a session."""
        if not self._lost_the_ask:
            self._lost_the_ask = True
            self.listener(Notice(f"{speaker} lost the question. Where it does, the authored words are said."))

    async def _stream(self, prompt: Prompt, persona: str) -> tuple[str, str, Usage]:
        """What is said of the model's reply, told piece by piece as it comes; which model said it, and its usage."""
        reply = Reply()
        speaker, usage = self._model.name, Usage()
        stands_in = False
        async with aclosing(self._model.stream(prompt)) as chunks:
            async for chunk in chunks:
                speaker, usage = chunk.model or speaker, chunk.usage or usage
                if chunk.fault:
                    stands_in = True
                    self._tell_outage(chunk.fault, speaker)
                if shown := reply.take(chunk.text):
                    self.listener(Delta(persona, shown))
        if not reply.text:
            raise ModelError(f"{speaker} said nothing.", Fault.EMPTY)
        self._outage = stands_in
        return reply.text, speaker, usage

    def _grade_behind(self) -> list[asyncio.Task[None]]:
        """Begin what is to be graded; all gradings under way."""
        closed = {e.index for e in machine.effects(self.state) if isinstance(e, machine.Grade)}
        for index in sorted(closed - self._grading.keys()):
            if self._lost_grades[index] < GRADE_ATTEMPTS:
                self._grading[index] = asyncio.create_task(self._grade(index))
        return [t for t in self._grading.values() if not t.done()]

    async def _grade(self, index: int) -> None:
        """Grade a closed thread; a grade that the journal does not take is forgotten, so that it is tried again."""
        try:
            self._commit(cmd.Graded(index, await self._graded(index)))
        except InterviewerError as error:
            del self._grading[index]
            self._lost_grades[index] += 1
            if self._lost_grades[index] == 1:
                self.listener(Notice(f"The grade of question {index + 1} is not kept yet: {error}"))

    async def _graded(self, index: int) -> Grade:
        """The offline grader computes: one text at a time (its tools are not made for threads), long ones in a thread.

        Any other grader waits for somebody else, in this loop.
        """
        from interviewer.grading.offline import OfflineGrader

        thread, planned = self.state.threads[index], self.state.planned(index)
        wanted = (planned.question, planned.ask, thread.answers, thread.hints)
        if not isinstance(self._grader, OfflineGrader):
            return await self._grader.grade(*wanted)
        async with self._reading:
            if sum(map(len, thread.answers)) > LONG_TEXT:
                return await asyncio.to_thread(asyncio.run, self._grader.grade(*wanted))
            return await self._grader.grade(*wanted)
