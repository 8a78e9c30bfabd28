"""The clock and the end: pauses, crashes, time warnings, ending early, and what is refused."""

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
from tests.engine.interviews import PARTED, two_questions
from tests.fakes import Performer, make_plan, occasions

MET, PARTIAL, MISSED, UNSURE = Verdict.MET, Verdict.PARTIAL, Verdict.MISSED, Verdict.CANNOT_ASSESS


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
