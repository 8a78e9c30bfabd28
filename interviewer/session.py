"""Runs one interview: performs what the engine asks for through ports, journals every event before anyone sees it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Protocol

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.cues import Cue
from interviewer.engine.reading import well_formed
from interviewer.engine.state import State, apply
from interviewer.errors import InterviewerError
from interviewer.examiner import Examiner, Grader, Judge
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.guard import Breach
from interviewer.llm.model import Model, Prompt, Usage
from interviewer.llm.prompts import speaking_prompt
from interviewer.llm.scripted import ScriptedInterviewer, words
from interviewer.llm.speech import Speech

GRADE_ATTEMPTS = 3


class Log(Protocol):
    """Where events and drafts are kept; `store.journal.Journal` in the product."""

    def append(self, new: Sequence[ev.Event], state: State, *, clears_draft: bool = False) -> None:
        """Write events; they are safe when this returns."""

    def save_draft(self, text: str, at: float) -> None:
        """Keep what is typed but not sent."""

    def draft(self) -> str:
        """What was typed but not sent."""


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
        judge: Judge | None = None,
        state: State | None = None,
        clock: Callable[[], float] = time.time,
        listener: Listener = lambda _: None,
    ) -> None:
        self.state = state or State()
        self.listener = listener
        self.clock = clock
        self._log = log
        self._model = model
        self._examiner = Examiner(grader, judge)
        self._turn = asyncio.Lock()
        self._grading: dict[int, asyncio.Task[None]] = {}
        self._lost_grades: Counter[int] = Counter()
        self._put_off: set[int] = set()
        self._outage = False
        self._without_judge = False
        self._breached = False

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
            self._put_off.clear()
            self._grade_behind()

    async def settle(self, seconds: float | None = None) -> None:
        """Wait until every closed question is graded, or its grade failed for now, and the debrief written.

        What takes longer than `seconds` is given up and left to `interviewer report`.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while pending := self._grade_behind():
                    await asyncio.gather(*pending)
                await self._debrief()

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
        return cmd.Assessed(await self._examiner.assess(self.state.planned(effect.index), effect.text))

    async def _speak(self, cue: Cue) -> cmd.Spoken | cmd.Declined:
        """The model's words, or that it declines; the authored ones where it does not deliver, or goes too far."""
        assert self.state.plan is not None
        if isinstance(self._model, ScriptedInterviewer):
            return cmd.Spoken(words(self.state.plan, cue), self._model.name)
        prompt = speaking_prompt(self.state, cue)
        speech = Speech(self.state, cue, prompt)
        try:
            speaker, usage = await self._stream(prompt, speech, cue.persona)
        except ModelError as error:
            self._tell_outage(error, "The scripted interviewer")
            return cmd.Spoken(prompt.authored, "scripted")
        used = (usage.prompt_tokens, usage.completion_tokens, usage.cost_usd)
        if speech.declined:
            return cmd.Declined(speaker, *used)
        if speech.breach:
            self._tell_breach(speaker, speech.breach)
            return cmd.Spoken(prompt.authored, "scripted", *used)
        return cmd.Spoken(speech.text, speaker, *used)

    def _tell_outage(self, error: ModelError, stand_in: str) -> None:
        """Once, until the model is back."""
        if not self._outage:
            self._outage = True
            self.listener(Notice(f"{error} {stand_in} goes on."))

    def _tell_breach(self, speaker: str, breach: Breach) -> None:
        """Once a session."""
        if not self._breached:
            self._breached = True
            self.listener(Notice(f"{speaker} {breach}. Where it goes astray, the authored words are said."))

    async def _stream(self, prompt: Prompt, speech: Speech, persona: str) -> tuple[str, Usage]:
        """Tell the model's reply piece by piece as it comes, as far as it is needed; which model said it, its usage."""
        speaker, usage = self._model.name, Usage()
        stands_in = False
        async with aclosing(self._model.stream(prompt)) as chunks:
            async for chunk in chunks:
                speaker, usage = chunk.model or speaker, chunk.usage or usage
                if chunk.fault:
                    stands_in = True
                    self._tell_outage(chunk.fault, speaker)
                self._tell(persona, speech.take(chunk.text))
                if speech.over:
                    break
        self._tell(persona, speech.finish())
        if not (speech.text or speech.declined or speech.breach):
            raise ModelError(f"{speaker} said nothing: choose another model.", Fault.EMPTY)
        self._outage = stands_in
        return speaker, usage

    def _tell(self, persona: str, text: str) -> None:
        if text:
            self.listener(Delta(persona, text))

    def _grade_behind(self) -> list[asyncio.Task[None]]:
        """Begin what is to be graded; all gradings under way."""
        closed = {e.index for e in machine.effects(self.state) if isinstance(e, machine.Grade)}
        for index in sorted(closed - self._grading.keys() - self._put_off):
            if self._lost_grades[index] < GRADE_ATTEMPTS:
                self._grading[index] = asyncio.create_task(self._grade(index))
        return list(self._grading.values())

    async def _grade(self, index: int) -> None:
        """Grade a closed thread. A grade that the journal does not take is tried again; a judge after the next turn."""
        try:
            self._commit(await self._examiner.grade(self.state, index))
        except InterviewerError as error:
            self._lost_grades[index] += 1
            if self._lost_grades[index] == 1:
                self.listener(Notice(f"The grade of question {index + 1} is not kept yet: {error}"))
        except ModelError as error:
            self._lost_grades[index] += 1
            self._put_off.add(index)
            self._tell_no_judge(error)
        finally:
            del self._grading[index]

    async def _debrief(self) -> None:
        """Once all is over and graded; a debrief that fails is no loss that the candidate waits for."""
        try:
            if written := await self._examiner.debrief(self.state):
                self._commit(written)
        except (InterviewerError, ModelError) as error:
            self.listener(Notice(f"The debrief is not written yet: {error}"))

    def _tell_no_judge(self, error: ModelError) -> None:
        """Once a session, and not in an outage that was told already."""
        if not (self._without_judge or self._outage):
            self._without_judge = True
            self.listener(Notice(f"{error} Grading waits; `interviewer report` makes up for it."))
