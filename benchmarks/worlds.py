"""Homes, banks and sessions of the sizes that are measured."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.content.models import Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.state import State, apply
from interviewer.grading.offline import assess, grade
from interviewer.llm.scripted import words
from interviewer.plan import InterviewPlan, make_plan
from interviewer.store.database import open_database
from interviewer.store.journal import Journal

TOPICS = 20
LAST_WORDS = "These are the last words of a long interview"


def shipped_bank() -> Bank:
    """The bank that ships, without a cache."""
    return Bank(paths.shipped("question_bank"), paths.shipped("personas"))


def frozen_bank(folder: Path) -> Path:
    """A copy of the shipped bank and its personas that nobody edits meanwhile."""
    shutil.copytree(paths.shipped("question_bank"), folder)
    shutil.copytree(paths.shipped("personas"), folder / "personas")
    return folder


def large_bank(folder: Path, questions: int, rounds: int) -> Path:
    """A bank of many small files; `hard-05` is among its first rounds as in the shipped one."""
    for topic in range(TOPICS):
        (folder / "questions" / f"topic-{topic:02}").mkdir(parents=True)
    (folder / "rounds").mkdir()
    for number in range(questions):
        place = folder / "questions" / f"topic-{number % TOPICS:02}" / f"question-{number:05}.yaml"
        place.write_text(_QUESTION.format(number=number), encoding="utf-8")
    each = questions // rounds
    for number in range(rounds):
        name = f"hard-{number + 1:02}" if number < 10 else f"made-{number:04}"
        asked = "".join(f"  - question-{q:05}\n" for q in range(number * each, (number + 1) * each))
        (folder / "rounds" / f"{name}.yaml").write_text(_ROUND.format(number=number, asked=asked), encoding="utf-8")
    return folder


def stored_sessions(home: Path, count: int) -> None:
    """A home in which `count` interviews were begun and ended."""
    plan = make_plan(shipped_bank(), "hard-05")
    events = _Script(plan).say("I look after a fleet of GPU servers.").end().events
    database = _database(home)
    for number in range(count):
        _store(database, f"hard-05-20260101-{number:04}", _shifted(events, number * 3600.0))
    database.dispose()


def long_session(home: Path, turns: int, name: str = "long") -> str:
    """An unfinished interview of at least that many turns; its id. The candidate asks back more than they answer."""
    script = _Script(make_plan(shipped_bank(), "hard-05"))
    questions = len(script.plan.questions)
    for index in range(questions):
        enough = turns * (index + 1) // questions
        while len(script.state.turns) < enough:
            script.say("Which of the two do you mean?")
        if index + 1 < questions:
            script.say("We kept it simple, measured it, and changed one thing at a time.").skip()
    script.say(LAST_WORDS)
    database = _database(home)
    _store(database, name, script.events)
    database.dispose()
    return name


class _Script:
    """An interview in memory, spoken and graded as the product does."""

    def __init__(self, plan: InterviewPlan) -> None:
        self.plan = plan
        self.state = State()
        self.events: list[ev.Event] = []
        self._now = 1_760_000_000.0
        self._do(cmd.Start(plan))

    def say(self, text: str) -> _Script:
        return self._do(cmd.Submit(text))

    def skip(self) -> _Script:
        return self._do(cmd.Skip())

    def end(self) -> _Script:
        return self._do(cmd.End())

    def _do(self, command: cmd.Command) -> _Script:
        self._commit(command)
        while waiting := machine.effects(self.state):
            self._commit(self._perform(waiting[0]))
        return self

    def _perform(self, effect: machine.Effect) -> cmd.Command:
        if isinstance(effect, machine.Speak):
            return cmd.Spoken(words(self.plan, effect.cue), "scripted")
        planned = self.plan.questions[effect.index]
        if isinstance(effect, machine.Assess):
            verdicts: dict[str, Verdict] = assess(planned.question, planned.ask, effect.text)
            return cmd.Assessed(verdicts)
        thread = self.state.threads[effect.index]
        return cmd.Graded(effect.index, grade(planned.question, planned.ask, thread.answers, thread.hints))

    def _commit(self, command: cmd.Command) -> None:
        self._now += 0.5
        for event in machine.decide(self.state, command, self._now):
            self.state = apply(self.state, event)
            self.events.append(event)


def _database(home: Path) -> sa.Engine:
    home.mkdir(parents=True, exist_ok=True)
    return open_database(f"sqlite:///{home / 'interviews.db'}")


def _store(database: sa.Engine, name: str, events: Sequence[ev.Event]) -> None:
    state = State()
    for event in events:
        state = apply(state, event)
    Journal.create(database, name).append(events, state)


def _shifted(events: Sequence[ev.Event], seconds: float) -> list[ev.Event]:
    return [replace(event, at=event.at + seconds) for event in events]


_QUESTION = """\
kind: concept
asks:
  - What does part number {number} do?
intent: Shows that banks may be large.
minutes: 5
rubric:
  - id: it-works
    point: Says that it works.
    weight: 2
    terms: [works]
    probe: And then?
model_answer: It works.
"""
_ROUND = """\
kind: hard
title: Made round {number}
minutes: 60
personas: [team-lead]
questions:
{asked}"""
