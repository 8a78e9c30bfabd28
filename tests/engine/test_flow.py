"""How an interview moves on, line by line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from interviewer.content.models import Verdict
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.cues import Occasion as O
from interviewer.engine.machine import Refused
from interviewer.engine.state import Phase, replay
from tests.fakes import Performer, make_persona, make_plan, make_point, make_question, occasions

MET, PARTIAL, MISSED, UNSURE = Verdict.MET, Verdict.PARTIAL, Verdict.MISSED, Verdict.CANNOT_ASSESS
QUESTION_BACK = "Is it about the weather?"
UNKNOWN = "I don't know."


def two_questions(**plan: object) -> Performer:
    return Performer(make_plan(make_question("first"), make_question("second"), **plan))


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

PARTED = make_question(
    "parted",
    rubric=(make_point("main"), make_point("use", part="when"), make_point("cost", part="price")),
    parts=("when", "price"),
)


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


# --- pausing, crashing, resuming ---------------------------------------------------------------------


def test_the_clock_stands_still_while_paused() -> None:
    interview = two_questions()
    interview.clock.advance(100)
    interview.do(cmd.Pause())
    interview.clock.advance(5_000)
    assert interview.state.elapsed_at(interview.clock()) == 100
    (cue,) = interview.do(cmd.Resume())
    assert cue.occasion is O.WELCOME_BACK
    interview.clock.advance(10)
    assert interview.state.elapsed_at(interview.clock()) == 110


def test_a_clock_that_is_set_back_neither_takes_time_nor_gives_it_twice() -> None:
    interview = two_questions()
    for seconds, elapsed in ((100, 100), (-60, 100), (60, 100), (10, 110)):
        interview.clock.advance(seconds)
        interview.do(cmd.AskRepeat())
        assert interview.state.elapsed == elapsed


def test_welcoming_back_says_what_stands() -> None:
    interview = Performer(make_plan(PARTED))
    interview.say()
    interview.do(cmd.Pause())
    (cue,) = interview.do(cmd.Resume())
    assert (cue.question, cue.target) == (0, "main")


@pytest.mark.parametrize("answered", [False, True])
def test_resuming_after_a_crash_adds_no_line_and_no_time(answered: bool) -> None:
    interview = two_questions()
    interview.clock.advance(60)
    if answered:
        interview.say()
    before, elapsed = len(interview.state.turns), interview.state.elapsed
    interview.state = replay(interview.events)
    interview.clock.advance(minutes=500)
    assert interview.do(cmd.Resume()) == []
    assert len(interview.state.turns) == before
    assert interview.state.elapsed_at(interview.clock()) == elapsed


def test_a_line_lost_in_a_crash_is_spoken_after_resuming_and_nobody_says_welcome() -> None:
    interview = two_questions()
    interview.decide(cmd.Skip())
    interview.state = replay(interview.events)
    cues = interview.do(cmd.Resume())
    assert cues == []
    assert interview.state.turns[-1].text == "<question>"
    assert interview.state.phase is Phase.LISTENING


def test_words_lost_between_submitting_and_reading_are_read_after_resuming() -> None:
    interview = two_questions()
    interview.decide(cmd.Submit("My answer."))
    interview.decide(cmd.Pause())
    interview.state = replay(interview.events)
    assert occasions(interview.do(cmd.Resume(), {"one": MET})) == [O.FOLLOW_UP]
    assert interview.state.threads[0].answers == ("My answer.",)


# --- time --------------------------------------------------------------------------------------------


def test_each_time_warning_is_given_once() -> None:
    interview = two_questions(minutes=20)
    spoken: list[tuple[O, int | None]] = []
    for _ in range(50):
        interview.clock.advance(30)
        spoken += [(c.occasion, c.item) for c in interview.do(cmd.Tick())]
    assert spoken == [(O.TIME_WARNING, 5), (O.TIME_UP, None)]
    assert [e.minutes for e in interview.seen(ev.TimeWarned)] == [5, 0]


@pytest.mark.parametrize(
    ("round_minutes", "spent", "expected"),
    [
        (20, 14.99, []),
        (20, 15, [(O.TIME_WARNING, 5)]),
        (20, 17.4, [(O.TIME_WARNING, 3)]),
        (20, 19.99, [(O.TIME_WARNING, 1)]),
        (20, 20, [(O.TIME_UP, None)]),
        (20, 500, [(O.TIME_UP, None)]),
        (5, 4.9, []),
        (5, 5, [(O.TIME_UP, None)]),
    ],
)
def test_when_a_warning_is_due(round_minutes: int, spent: float, expected: list[tuple[O, int | None]]) -> None:
    interview = two_questions(minutes=round_minutes)
    interview.clock.advance(minutes=spent)
    assert [(c.occasion, c.item) for c in interview.do(cmd.Tick())] == expected


def test_a_warning_comes_in_the_same_turn_as_the_reply_to_an_answer_and_only_once() -> None:
    interview = two_questions(minutes=20)
    interview.clock.advance(minutes=4)
    assert occasions(interview.say()) == [O.FOLLOW_UP]
    interview.clock.advance(minutes=12)
    assert occasions(interview.say(one=MET)) == [O.TIME_WARNING, O.QUESTION]
    assert interview.do(cmd.Tick()) == []
    assert occasions(interview.say()) == [O.FOLLOW_UP]


def test_time_warnings_keep_the_clock_of_the_interview_not_of_the_wall() -> None:
    interview = two_questions(minutes=20)
    interview.do(cmd.Pause())
    interview.clock.advance(minutes=100)
    assert interview.do(cmd.Tick()) == []
    interview.do(cmd.Resume())
    assert interview.do(cmd.Tick()) == []


def test_time_being_up_ends_nothing_by_itself() -> None:
    interview = two_questions(minutes=10)
    interview.clock.advance(minutes=30)
    interview.do(cmd.Tick())
    assert interview.state.phase is Phase.LISTENING
    assert occasions(interview.say()) == [O.QUESTION]


# --- ending early ------------------------------------------------------------------------------------


def listening(interview: Performer) -> None:
    assert interview.state.phase is Phase.LISTENING


def speaking(interview: Performer) -> None:
    interview.decide(cmd.Skip())


def paused(interview: Performer) -> None:
    interview.do(cmd.Pause())


def paused_while_speaking(interview: Performer) -> None:
    interview.decide(cmd.Skip())
    interview.decide(cmd.Pause())


def paused_after_an_answer(interview: Performer) -> None:
    interview.say()
    interview.do(cmd.Pause())


@pytest.mark.parametrize("prepare", [listening, speaking, paused, paused_while_speaking, paused_after_an_answer])
def test_end_says_goodbye_and_ends_early_in_every_phase(prepare: Callable[[Performer], None]) -> None:
    interview = two_questions()
    prepare(interview)
    open_thread = interview.state.thread
    assert occasions(interview.do(cmd.End())) == [O.EARLY_CLOSING]
    assert interview.state.phase is Phase.ENDED
    assert interview.state.ended_early
    assert interview.state.turns[-1].kind == O.EARLY_CLOSING
    assert open_thread is not None
    closed = interview.state.threads[open_thread.index]
    assert closed.outcome is (ev.Outcome.ANSWERED if open_thread.answers else ev.Outcome.NOT_REACHED)


def test_words_being_read_are_read_before_the_interview_ends() -> None:
    interview = two_questions()
    interview.decide(cmd.Submit("Words."))
    with pytest.raises(Refused, match="still being read"):
        interview.do(cmd.End())


def test_ending_while_the_goodbye_is_still_to_be_spoken_ends_at_once() -> None:
    interview = two_questions()
    interview.decide(cmd.End())
    interview.decide(cmd.End())
    assert interview.state.phase is Phase.ENDED
    assert machine.effects(interview.state) == ()


# --- refusals ----------------------------------------------------------------------------------------

LISTENING_ONLY = (cmd.Submit("Words."), cmd.AskHint(), cmd.AskRepeat(), cmd.Skip())


@pytest.mark.parametrize("command", [*LISTENING_ONLY, cmd.Pause(), cmd.Resume(), cmd.End()])
@pytest.mark.parametrize("phase", [Phase.READY, Phase.ENDED])
def test_nothing_but_a_start_makes_sense_outside_an_interview(command: cmd.Command, phase: Phase) -> None:
    interview = Performer(make_plan(), start=phase is Phase.ENDED)
    interview.skip_to_end()
    assert interview.state.phase is phase
    with pytest.raises(Refused):
        interview.decide(command)


@pytest.mark.parametrize("command", LISTENING_ONLY)
@pytest.mark.parametrize("before", [cmd.Pause(), cmd.Skip(), cmd.Submit("Earlier words.")])
def test_the_candidate_speaks_only_when_it_is_their_turn(command: cmd.Command, before: cmd.Command) -> None:
    interview = two_questions()
    interview.decide(before)
    with pytest.raises(Refused):
        interview.decide(command)


@pytest.mark.parametrize(
    "command",
    [
        cmd.Submit(""),
        cmd.Submit(" \n\t "),
        cmd.Spoken("Out of turn.", "scripted"),
        cmd.Declined("model"),
        cmd.Assessed({"one": MET}),
    ],
)
def test_what_nobody_waits_for_is_refused(command: cmd.Command) -> None:
    interview = two_questions()
    with pytest.raises(Refused):
        interview.decide(command)


def test_starting_or_pausing_twice_is_refused() -> None:
    interview = two_questions()
    with pytest.raises(Refused):
        interview.decide(cmd.Start(interview.plan))
    interview.decide(cmd.Pause())
    with pytest.raises(Refused):
        interview.decide(cmd.Pause())


def test_a_tick_out_of_turn_does_nothing() -> None:
    interview = Performer(make_plan(), start=False)
    assert interview.decide(cmd.Tick()) == []
    interview.decide(cmd.Start(interview.plan))
    interview.clock.advance(minutes=600)
    assert interview.decide(cmd.Tick()) == []


def test_half_characters_are_mended_before_they_reach_the_journal() -> None:
    interview = two_questions()
    interview.say("lone \udc80, pair \ud83d\ude00")
    (given,) = interview.seen(ev.AnswerGiven)
    assert given.text == "lone \ufffd, pair \U0001f600"
