"""Events to JSON and back."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interviewer.content.models import Kind, Verdict
from interviewer.debrief import Claim, Debrief
from interviewer.engine import events as ev
from interviewer.engine.cues import Cue, Occasion
from interviewer.store.codec import decode, encode
from tests.fakes import make_grade, make_persona, make_plan, make_point, make_question

FULL_QUESTION = make_question(
    "full",
    rubric=(make_point("a", weight=5, essential=True), make_point("b", part="later")),
    parts=("later",),
    clarifications={"node": "One."},
    kind=Kind.CODING,
    minutes=2.5,
    red_flags=[{"claim": "Wrong.", "correction": "Right."}],
    levels={"1": "Bad.", "2": "Poor.", "3": "Good.", "4": "Best."},
    samples=[{"answer": "Yes.", "level": 2, "points": {"a": "partial", "b": "cannot_assess"}}],
    study=["A book"],
    problem={"statement": "Do.", "examples": ["1 -> 2"], "constraints": ["n < 9"], "time": "O(n)", "space": "O(1)"},
)
PLAN = make_plan(FULL_QUESTION, make_question("plain"), personas=[make_persona("ann"), make_persona("bob")], seed=3)
EVENTS: list[ev.Event] = [
    ev.SessionStarted(PLAN, 1.5),
    ev.QuestionOpened(0, 2.0),
    *[ev.LineCued(Cue(o, "ann", 1, "later", "a", 2, "probe", 7), 3.0) for o in Occasion],
    ev.LineCued(Cue(Occasion.GREETING, "ann"), 3.0),
    ev.LineSpoken("Hello.", "scripted", 4.0),
    ev.LineSpoken("Hello.", "openai/some-model", 4.0, 120, 30),
    ev.FollowUpDeclined("openai/some-model", 4.5, 120, 3, 0.25),
    ev.AnswerGiven("Some words.", 5.0),
    *[ev.AnswerAssessed(r, {"a": Verdict.MET, "b": Verdict.CANNOT_ASSESS}, 6.0) for r in ev.Reading],
    ev.HintTaken(1, 7.0),
    *[ev.QuestionClosed(0, o, 8.0) for o in ev.Outcome],
    ev.DebriefWritten(Debrief((Claim("You said it.", "gap", 2, "one"),), "m"), 9.5, 9, 3, 0.5),
    ev.QuestionGraded(0, make_grade(FULL_QUESTION, Verdict.PARTIAL, hints=2), 9.0),
    ev.TimeWarned(5, 10.0),
    ev.Paused(11.0),
    ev.Resumed(12.0),
    ev.SessionEnded(early=True, at=13.0),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.type)
def test_every_event_comes_back_equal(event: ev.Event) -> None:
    back = decode(encode(event))
    assert back == event
    assert type(back) is type(event)
    assert "\n" not in encode(event)


def test_the_list_above_leaves_no_type_out() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(ev.Event))
    names = [json.loads(encode(event))["type"] for event in EVENTS]
    assert names == [event.type for event in EVENTS]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "{}",
        '{"type": "teleported", "at": 1.0}',
        '{"type": "paused"}',
        '{"type": "answer_given", "text": 5, "at": 1.0}',
        '{"type": "question_closed", "index": 0, "outcome": "vanished", "at": 1}',
        encode(EVENTS[0])[:-40],
    ],
)
def test_what_is_no_event_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        decode(body)


@given(text=st.text(), at=st.floats(0, 1e11))
def test_any_text_comes_back_as_it_was(text: str, at: float) -> None:
    for event in (ev.AnswerGiven(text, at), ev.LineSpoken(text, text, at)):
        assert decode(encode(event)) == event


@pytest.mark.parametrize(
    "event", [ev.LineSpoken("Hello.", "m", 4.0, 120, 30), ev.QuestionGraded(0, make_grade(FULL_QUESTION), 9.0)]
)
def test_journals_from_before_there_were_costs_can_be_read(event: ev.Event) -> None:
    old = json.loads(encode(event))
    del old["cost_usd"]
    assert decode(json.dumps(old)) == event
