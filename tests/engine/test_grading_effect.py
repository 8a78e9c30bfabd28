"""Grades come back from behind, whenever they are ready."""

from __future__ import annotations

import pytest

from interviewer.content.models import Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import machine
from interviewer.engine.machine import Refused
from tests.fakes import Performer, make_grade, make_plan, make_question

FIRST, SECOND = make_question("first"), make_question("second")


def answered() -> Performer:
    interview = Performer(make_plan(FIRST, SECOND))
    interview.say(one=Verdict.MET, two=Verdict.MET)
    return interview


def test_a_closed_answered_thread_waits_for_its_grade_until_it_comes() -> None:
    interview = answered()
    assert machine.effects(interview.state) == (machine.Grade(0),)
    interview.decide(cmd.Graded(0, make_grade(FIRST)))
    assert machine.effects(interview.state) == ()


def test_a_later_grade_replaces_an_earlier_one() -> None:
    interview = answered()
    for verdict in (Verdict.MISSED, Verdict.MET):
        interview.decide(cmd.Graded(0, make_grade(FIRST, verdict)))
    assert interview.state.threads[0].grade == make_grade(FIRST, Verdict.MET)


@pytest.mark.parametrize("prepare", [cmd.Pause(), cmd.End(), cmd.Submit("Words.")])
def test_a_grade_is_welcome_in_every_phase_and_changes_nothing_else(prepare: cmd.Command) -> None:
    interview = answered()
    interview.decide(prepare)
    before = interview.state
    interview.decide(cmd.Graded(0, make_grade(FIRST)))
    assert interview.state.phase is before.phase
    assert (interview.state.turns, interview.state.cues) == (before.turns, before.cues)


@pytest.mark.parametrize("index", [-1, 1, 2])
def test_an_open_or_unknown_question_cannot_be_graded(index: int) -> None:
    interview = answered()
    with pytest.raises(Refused):
        interview.decide(cmd.Graded(index, make_grade(SECOND)))
