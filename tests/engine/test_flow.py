"""How an interview moves on, line by line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from interviewer.content.models import Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.cues import Occasion as O
from interviewer.engine.state import Phase
from tests.engine.interviews import PARTED, two_questions
from tests.fakes import Performer, make_persona, make_plan, make_point, make_question, occasions

MET, PARTIAL, MISSED, UNSURE = Verdict.MET, Verdict.PARTIAL, Verdict.MISSED, Verdict.CANNOT_ASSESS
QUESTION_BACK = "Is it about the weather?"
UNKNOWN = "I don't know."


# --- opening and moving on ---------------------------------------------------------------------------


def test_it_opens_with_a_greeting_and_the_first_question() -> None:
    interview = Performer(make_plan(), start=False)
    cues = interview.do(cmd.Start(interview.plan))
    assert [(c.occasion, c.question) for c in cues] == [(O.GREETING, None), (O.QUESTION, 0)]
    assert interview.state.phase is Phase.LISTENING
    assert [t.text for t in interview.state.turns] == ["<greeting>", "<question>"]


def test_questions_come_in_the_documented_order_with_a_transition_between_them() -> None:
    ids = ["c", "a", "b"]
    interview = Performer(make_plan(*[make_question(i) for i in ids]))
    asked = [interview.say(one=MET, two=MET) for _ in ids]
    assert [[(c.occasion, c.question, c.lead) for c in cues] for cues in asked] == [
        [(O.QUESTION, 1, "transition")],
        [(O.QUESTION, 2, "transition")],
        [(O.CLOSING, None, "closing")],
    ]
    assert [e.index for e in interview.seen(ev.QuestionOpened)] == [0, 1, 2]
    assert interview.seen(ev.SessionEnded) == [interview.events[-1]]
    assert not interview.state.ended_early


def test_the_phrasing_of_an_occasion_moves_on_each_time_it_is_used() -> None:
    interview = Performer(make_plan(*[make_question(str(n)) for n in range(4)]))
    cues = [interview.do(cmd.Skip()) for _ in range(3)]
    assert [c.variant for row in cues for c in row] == [0, 1, 2]


# --- follow-ups --------------------------------------------------------------------------------------

WEIGHED = (
    make_point("light", weight=1),
    make_point("heavy", weight=5),
    make_point("essential", weight=2, essential=True),
    make_point("vital", weight=3, essential=True),
)


@pytest.mark.parametrize(
    ("verdicts", "target"),
    [
        ({}, "vital"),
        ({"vital": MISSED}, "vital"),
        ({"vital": PARTIAL}, "vital"),
        ({"vital": UNSURE}, "vital"),
        ({"vital": MET}, "essential"),
        ({"vital": MET, "essential": MET}, "heavy"),
        ({"vital": MET, "essential": MET, "heavy": MET}, "light"),
    ],
)
def test_a_follow_up_targets_the_weightiest_uncovered_essential_point(
    verdicts: dict[str, Verdict], target: str
) -> None:
    interview = Performer(make_plan(make_question(rubric=WEIGHED)))
    (cue,) = interview.say(**verdicts)
    assert (cue.occasion, cue.target, cue.lead) == (O.FOLLOW_UP, target, "probe")


def test_between_equal_points_a_missed_one_goes_before_a_half_covered_one() -> None:
    points = (make_point("half", weight=2), make_point("none", weight=2), make_point("late", weight=2))
    interview = Performer(make_plan(make_question(rubric=points)))
    assert interview.say(half=PARTIAL)[0].target == "none"


def test_a_covered_point_stays_covered_whatever_a_later_answer_leaves_out() -> None:
    interview = Performer(make_plan(make_question(rubric=WEIGHED), personas=[make_persona(max_follow_ups=5)]))
    interview.say(vital=MET)
    interview.say(vital=MISSED, essential=PARTIAL)
    thread = interview.state.thread
    assert thread is not None
    assert thread.verdicts == {"vital": MET, "essential": PARTIAL}
    assert thread.probed == ("essential", "heavy")


def test_the_same_point_is_never_probed_twice() -> None:
    interview = Performer(make_plan(make_question(rubric=WEIGHED), personas=[make_persona(max_follow_ups=5)]))
    targets = [cue.target for _ in range(4) for cue in interview.say()]
    assert targets == ["vital", "essential", "heavy", "light"]
    assert occasions(interview.say()) == [O.CLOSING]


@pytest.mark.parametrize("bound", range(5))
def test_the_persona_bounds_the_follow_ups_of_a_question(bound: int) -> None:
    plan = make_plan(
        make_question(rubric=WEIGHED), make_question("next"), personas=[make_persona(max_follow_ups=bound)]
    )
    interview = Performer(plan)
    for _ in range(bound):
        assert occasions(interview.say()) == [O.FOLLOW_UP]
    assert occasions(interview.say()) == [O.QUESTION]


@pytest.mark.parametrize(
    ("question_minutes", "round_minutes", "spent", "expected"),
    [
        (3, 60, 2.9, O.FOLLOW_UP),
        (3, 60, 3.0, O.QUESTION),
        (30, 4, 3.9, O.FOLLOW_UP),
        (30, 4, 4.0, O.QUESTION),
    ],
)
def test_time_ends_the_follow_ups(question_minutes: int, round_minutes: int, spent: float, expected: O) -> None:
    first, second = make_question("first", minutes=question_minutes), make_question("second")
    interview = Performer(make_plan(first, second, minutes=round_minutes))
    interview.clock.advance(minutes=spent)
    assert occasions(interview.say())[-1] is expected


def test_each_question_has_its_own_minutes() -> None:
    interview = Performer(make_plan(make_question("first", minutes=3), make_question("second", minutes=3)))
    interview.clock.advance(minutes=10)
    interview.do(cmd.Skip())
    interview.clock.advance(minutes=2)
    assert occasions(interview.say()) == [O.FOLLOW_UP]


# --- required follow-ups -----------------------------------------------------------------------------


def test_required_follow_ups_are_asked_in_their_place() -> None:
    interview = Performer(make_plan(PARTED, make_question("next"), personas=[make_persona(max_follow_ups=5)]))
    steps = [interview.say() for _ in range(6)]
    assert [(c.occasion, c.part, c.target) for cues in steps for c in cues] == [
        (O.FOLLOW_UP, None, "main"),
        (O.REQUIRED_FOLLOW_UP, "when", None),
        (O.FOLLOW_UP, "when", "use"),
        (O.REQUIRED_FOLLOW_UP, "price", None),
        (O.FOLLOW_UP, "price", "cost"),
        (O.QUESTION, None, None),
    ]


def test_required_follow_ups_are_asked_also_when_time_is_up() -> None:
    interview = Performer(make_plan(PARTED, make_question("next"), minutes=10))
    interview.clock.advance(minutes=11)
    steps = [interview.say() for _ in range(3)]
    assert [occasions(cues) for cues in steps] == [
        [O.TIME_UP, O.REQUIRED_FOLLOW_UP],
        [O.REQUIRED_FOLLOW_UP],
        [O.QUESTION],
    ]


def test_points_that_an_earlier_answer_covered_are_not_probed_in_their_part() -> None:
    interview = Performer(make_plan(PARTED))
    interview.say(main=MET, use=MET)
    assert [(c.occasion, c.part) for c in interview.say()] == [(O.REQUIRED_FOLLOW_UP, "price")]


# --- clarifications ----------------------------------------------------------------------------------

CLARIFIED = make_question("clarified", clarifications={"cluster": "Ten nodes.", "cluster size": "Exactly ten nodes."})


@pytest.mark.parametrize(
    ("text", "occasion", "item"),
    [
        ("Which cluster do you mean?", O.CLARIFICATION, 0),
        ("Are the clusters on one site?", O.CLARIFICATION, 0),
        ("What is the cluster size?", O.CLARIFICATION, 1),
        (QUESTION_BACK, O.NO_CLARIFICATION, None),
    ],
)
def test_a_question_back_gets_the_authored_fact_or_none(text: str, occasion: O, item: int | None) -> None:
    interview = Performer(make_plan(CLARIFIED))
    (cue,) = interview.say(text)
    assert (cue.occasion, cue.item) == (occasion, item)
    assert interview.state.thread is not None
    assert interview.state.thread.answers == ()
    assert interview.state.turns[-2].kind == ev.Reading.CLARIFICATION


def test_an_answer_shaped_like_a_question_is_an_answer_when_it_covers_a_point() -> None:
    interview = Performer(make_plan(CLARIFIED))
    (cue,) = interview.say("Is it ICMP?", one=MET)
    assert (cue.occasion, cue.target) == (O.FOLLOW_UP, "two")
    assert interview.state.thread is not None
    assert interview.state.thread.answers == ("Is it ICMP?",)


# --- repeating and hints -----------------------------------------------------------------------------


def test_repeat_says_what_stands_probe_and_part_included() -> None:
    interview = Performer(make_plan(PARTED))
    assert [(c.occasion, c.part, c.target) for c in interview.do(cmd.AskRepeat())] == [(O.REPEAT, None, None)]
    interview.say()
    assert [(c.part, c.target) for c in interview.do(cmd.AskRepeat())] == [(None, "main")]
    interview.say()
    assert [(c.part, c.target) for c in interview.do(cmd.AskRepeat())] == [("when", None)]
    interview.say()
    assert [(c.part, c.target) for c in interview.do(cmd.AskRepeat())] == [("when", "use")]


def test_hints_climb_the_ladder_and_then_there_is_none() -> None:
    interview = two_questions()
    rows = [interview.do(cmd.AskHint())[0] for _ in range(4)]
    assert [(c.occasion, c.item) for c in rows] == [(O.HINT, 0), (O.HINT, 1), (O.NO_HINT, None), (O.NO_HINT, None)]
    assert [e.number for e in interview.seen(ev.HintTaken)] == [1, 2]
    interview.do(cmd.Skip())
    assert interview.do(cmd.AskHint())[0].item == 0
    assert [t.hints for t in interview.state.threads] == [2, 1]


def test_a_question_without_hints_has_none_to_give() -> None:
    interview = Performer(make_plan(make_question(hints=())))
    assert occasions(interview.do(cmd.AskHint())) == [O.NO_HINT]
    assert interview.seen(ev.HintTaken) == []


# --- "I don't know" ----------------------------------------------------------------------------------


def test_not_knowing_is_met_with_an_offer_and_is_no_answer() -> None:
    interview = two_questions()
    assert occasions(interview.say(UNKNOWN)) == [O.UNKNOWN]
    assert interview.state.thread is not None
    assert interview.state.thread.answers == ()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Yes, please.", [O.HINT]),
        ("OK", [O.HINT]),
        ("a hint would be great", [O.HINT]),
        ("Could I have a hint?", [O.HINT]),
        ("No, thanks.", [O.QUESTION]),
        ("let's move on", [O.QUESTION]),
        ("Next question, please", [O.QUESTION]),
        ("I really don't know", [O.QUESTION]),
        ("Then I would say that it counts packets.", [O.FOLLOW_UP]),
    ],
)
def test_the_offer_is_taken_or_left_in_words(reply: str, expected: list[O]) -> None:
    interview = two_questions()
    interview.say(UNKNOWN)
    assert occasions(interview.say(reply)) == expected


def test_an_offer_still_stands_after_a_word_about_the_time() -> None:
    interview = two_questions(minutes=10)
    interview.say(UNKNOWN)
    interview.clock.advance(minutes=6)
    assert occasions(interview.do(cmd.Tick())) == [O.TIME_WARNING]
    assert occasions(interview.say("yes please")) == [O.HINT]


@pytest.mark.parametrize("reply", ["Yes.", "No.", "next"])
def test_without_an_offer_a_bare_word_is_an_answer(reply: str) -> None:
    interview = two_questions()
    interview.say(reply)
    assert interview.state.threads[0].answers == (reply,)


def test_declining_leads_to_the_required_follow_up_first() -> None:
    interview = Performer(make_plan(PARTED))
    interview.say(UNKNOWN)
    assert occasions(interview.say("move on")) == [O.REQUIRED_FOLLOW_UP]
    assert occasions(interview.say(UNKNOWN)) == [O.UNKNOWN]


def test_not_knowing_under_a_probe_gets_one_other_probe_and_then_the_next_question() -> None:
    interview = two_questions()
    interview.say()
    assert occasions(interview.say(UNKNOWN)) == [O.FOLLOW_UP]
    assert occasions(interview.say(UNKNOWN)) == [O.QUESTION]


def skip(interview: Performer) -> None:
    interview.do(cmd.Skip())


def give_up(interview: Performer) -> None:
    interview.say(UNKNOWN)
    interview.say(UNKNOWN)


def ask_back(interview: Performer) -> None:
    interview.say(QUESTION_BACK)
    interview.do(cmd.Skip())


def answer(interview: Performer) -> None:
    interview.say()
    interview.do(cmd.Skip())


@pytest.mark.parametrize(
    ("course", "outcome"),
    [
        (skip, ev.Outcome.SKIPPED),
        (ask_back, ev.Outcome.SKIPPED),
        (give_up, ev.Outcome.ANSWERED),
        (answer, ev.Outcome.ANSWERED),
    ],
)
def test_saying_that_one_does_not_know_is_an_answer_and_saying_nothing_is_not(
    course: Callable[[Performer], None], outcome: ev.Outcome
) -> None:
    interview = two_questions()
    course(interview)
    assert interview.state.threads[0].outcome is outcome
    waits_for_grade = machine.effects(interview.state) == (machine.Grade(0),)
    assert waits_for_grade == (outcome is ev.Outcome.ANSWERED)


# --- skipping ----------------------------------------------------------------------------------------


def test_skip_leaves_the_whole_question_required_follow_ups_included() -> None:
    interview = Performer(make_plan(PARTED, make_question("next")))
    (cue,) = interview.do(cmd.Skip())
    assert (cue.occasion, cue.question, cue.lead) == (O.QUESTION, 1, "skip")
    assert interview.state.threads[0].outcome is ev.Outcome.SKIPPED


def test_skipping_the_last_question_closes_the_interview() -> None:
    interview = Performer(make_plan())
    assert occasions(interview.do(cmd.Skip())) == [O.CLOSING]
    assert interview.state.phase is Phase.ENDED
