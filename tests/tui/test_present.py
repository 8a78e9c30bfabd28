from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine.cues import Occasion
from interviewer.engine.events import Reading
from interviewer.engine.state import State, Turn
from interviewer.tui.present import LONGEST, StatusView, status_view, turn_view
from tests.fakes import PROBLEM, Performer, make_persona, make_plan, make_question

PANEL = make_plan(
    *(make_question(f"q{n}") for n in range(3)),
    personas=[make_persona(n, max_follow_ups=0) for n in ("ann", "bob", "cid")],
)


def spoken(kind: str, persona: str = "ann", text: str = "Words.") -> Turn:
    return Turn("interviewer", kind, text, 0.0, persona)


def said(kind: str = Reading.ANSWER, text: str = "Words.") -> Turn:
    return Turn("candidate", kind, text, 0.0)


@pytest.mark.parametrize(
    ("turn", "who", "tag", "seat"),
    [
        (spoken(Occasion.GREETING), "Ann, ann role", "", 0),
        (spoken(Occasion.QUESTION, "bob"), "Bob, bob role", "", 1),
        (spoken(Occasion.FOLLOW_UP, "cid"), "Cid, cid role", "follow-up", 2),
        (spoken(Occasion.REQUIRED_FOLLOW_UP), "Ann, ann role", "follow-up", 0),
        (spoken(Occasion.HINT), "Ann, ann role", "hint", 0),
        (spoken(Occasion.NO_HINT), "Ann, ann role", "", 0),
        (spoken(Occasion.CLARIFICATION), "Ann, ann role", "clarification", 0),
        (spoken(Occasion.TIME_WARNING), "Ann, ann role", "time", 0),
        (spoken(Occasion.TIME_UP), "Ann, ann role", "time", 0),
        (said(), "You", "", -1),
        (said(Reading.CLARIFICATION), "You", "question back", -1),
        (said(Reading.UNKNOWN), "You", "", -1),
    ],
)
def test_a_turn_says_who_why_and_from_which_seat(turn: Turn, who: str, tag: str, seat: int) -> None:
    view = turn_view(Performer(PANEL).state, turn)
    assert (view.who, view.tag, view.seat, view.text) == (who, tag, seat, "Words.")


def test_a_coding_problem_is_handed_out_where_it_is_asked_without_its_targets() -> None:
    plan = make_plan(make_question("lions", kind="coding", problem=PROBLEM))
    state = Performer(plan).state
    for kind, handed in ((Occasion.QUESTION, True), (Occasion.REPEAT, True), (Occasion.HINT, False)):
        sheet = turn_view(state, replace(spoken(kind), question=0)).sheet
        assert bool(sheet) is handed
        if handed:
            assert sheet == "Feed <k> lions.\n\nFor example:\n- k = 2 feeds two\n\nConstraints:\n- k >= 0"
    assert turn_view(state, spoken(Occasion.GREETING)).sheet == ""
    assert turn_view(Performer(PANEL).state, replace(spoken(Occasion.QUESTION), question=0)).sheet == ""


def test_words_are_shown_without_what_a_terminal_would_obey() -> None:
    text = "[red]x[/]\x1b[31m a\x07b\u202ec\u200bd\r\ne\tf"
    for turn in (said(text=text), spoken(Occasion.QUESTION, text=text)):
        assert turn_view(Performer(PANEL).state, turn).text == "[red]x[/][31m abcd\ne\tf"


def test_a_pasted_log_is_shown_in_part() -> None:
    shown = turn_view(Performer(PANEL).state, said(text="x" * (LONGEST + 1_234))).text
    assert shown == "x" * LONGEST + "\n… and 1,234 more characters, kept but not shown."
    assert turn_view(Performer(PANEL).state, said(text="x" * LONGEST)).text == "x" * LONGEST


def test_before_the_start_there_is_nothing_to_show() -> None:
    assert status_view(State(), 5) == StatusView("", "", "", "", False)


def test_the_status_line_counts_and_does_not_tell_what_is_to_come() -> None:
    candidate = Performer(PANEL)
    seen = [status_view(candidate.state, 0)]
    candidate.say("An answer.", one="met", two="met")
    seen.append(status_view(candidate.state, 65))
    candidate.do(cmd.Skip())
    seen.append(status_view(candidate.state, 3_600))
    candidate.do(cmd.Skip())
    seen.append(status_view(candidate.state, 3_601))
    assert [(v.dots, v.place, v.clock, v.over) for v in seen] == [
        ("◉○○", "1 of 3", "0:00 / 60:00", False),
        ("●◉○", "2 of 3", "1:05 / 60:00", False),
        ("●–◉", "3 of 3", "60:00 / 60:00", False),
        ("●––", "3 of 3", "60:01 / 60:00", True),
    ]
    assert {v.title for v in seen} == {"test-round  Test round"}
    assert not any(q.ask in repr(seen) for q in PANEL.questions)


def test_the_same_state_gives_the_same_view() -> None:
    state = Performer(PANEL).state
    assert status_view(replace(state), 7) == status_view(state, 7)
