"""Several interviewers in one round."""

from __future__ import annotations

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine.cues import Occasion as O
from tests.fakes import Performer, make_persona, make_plan, make_question

QUESTIONS = tuple(make_question(f"q{n}") for n in range(5))
PEOPLE = tuple(make_persona(name) for name in ("ann", "bob", "cyd"))


def lines(interview: Performer, turns: int) -> list[tuple[O, str]]:
    return [(c.occasion, c.persona) for _ in range(turns) for c in interview.do(cmd.Skip())]


def test_each_is_introduced_on_their_first_turn_only() -> None:
    interview = Performer(make_plan(*QUESTIONS, personas=PEOPLE))
    assert interview.state.turns[0].persona == "ann"
    assert lines(interview, 4) == [
        (O.INTRODUCTION, "bob"),
        (O.QUESTION, "bob"),
        (O.INTRODUCTION, "cyd"),
        (O.QUESTION, "cyd"),
        (O.QUESTION, "ann"),
        (O.QUESTION, "bob"),
    ]


def test_an_introduction_takes_the_place_of_the_transition() -> None:
    interview = Performer(make_plan(*QUESTIONS[:2], personas=PEOPLE[:2]))
    assert [c.lead for c in interview.do(cmd.Skip())] == ["introduction", None]


def test_who_asked_a_question_also_follows_up_hints_and_warns() -> None:
    interview = Performer(make_plan(*QUESTIONS, personas=PEOPLE, minutes=10))
    interview.do(cmd.Skip())
    cues = interview.say() + interview.do(cmd.AskHint()) + interview.do(cmd.AskRepeat())
    interview.clock.advance(minutes=6)
    cues += interview.do(cmd.Tick())
    assert {c.persona for c in cues} == {"bob"}


def test_the_one_who_opened_also_closes() -> None:
    interview = Performer(make_plan(*QUESTIONS, personas=PEOPLE))
    interview.skip_to_end()
    assert (interview.state.turns[-1].kind, interview.state.turns[-1].persona) == (O.CLOSING, "ann")


@pytest.mark.parametrize("askers", [("bob", "ann", "ann"), ("cyd", "cyd", "bob")])
def test_the_first_asker_greets_whoever_stands_first_in_the_round(askers: tuple[str, ...]) -> None:
    interview = Performer(make_plan(*QUESTIONS[:3], personas=PEOPLE, askers=askers))
    assert [t.persona for t in interview.state.turns] == [askers[0]] * 2
    assert O.INTRODUCTION not in [t.kind for t in interview.state.turns]
    introduced = [who for occasion, who in lines(interview, 2) if occasion is O.INTRODUCTION]
    assert introduced == [who for who in dict.fromkeys(askers) if who != askers[0]]
