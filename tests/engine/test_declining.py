"""A model may say that the answer covers already what a follow-up is after; then they go on to what is next."""

from __future__ import annotations

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.cues import Occasion as O
from interviewer.engine.machine import Refused
from interviewer.engine.state import Phase, replay
from tests.fakes import Performer, make_persona, make_plan, make_point, make_question, occasions


def answered(*, max_follow_ups: int = 2, parts: tuple[str, ...] = ()) -> Performer:
    """An interview in which a follow-up to the first answer is due."""
    people = [make_persona(max_follow_ups=max_follow_ups)]
    interview = Performer(make_plan(make_question("first", parts=parts), make_question("second"), personas=people))
    interview.decide(cmd.Submit("Some words."))
    interview.decide(cmd.Assessed({}))
    assert interview.state.may_decline
    return interview


def test_the_next_gap_is_asked_about_instead() -> None:
    interview = answered()
    interview.do(cmd.Declined("model", 30, 2, 0.5))
    assert [t.kind for t in interview.state.turns[-2:]] == [ev.Reading.ANSWER, O.FOLLOW_UP]
    assert interview.state.threads[0].probed == ("one", "two")
    assert (interview.state.prompt_tokens, interview.state.completion_tokens) == (30, 2)
    assert interview.state.cost_usd == 0.5
    assert replay(interview.events) == interview.state


@pytest.mark.parametrize(
    ("parts", "follows"), [((), [O.QUESTION]), (("part",), [O.REQUIRED_FOLLOW_UP])], ids=["next question", "next part"]
)
def test_without_another_gap_they_go_on(parts: tuple[str, ...], follows: list[O]) -> None:
    interview = answered(max_follow_ups=1, parts=parts)
    assert occasions(interview.do(cmd.Declined("model"))) == follows
    assert interview.state.phase is Phase.LISTENING


def test_one_follow_up_to_an_answer_is_declined_at_most() -> None:
    interview = answered(max_follow_ups=5)
    interview.decide(cmd.Declined("model"))
    assert not interview.state.may_decline
    with pytest.raises(Refused):
        interview.decide(cmd.Declined("model"))


def test_after_another_answer_one_more_can_be_declined() -> None:
    three = [make_point(name) for name in ("one", "two", "three")]
    interview = Performer(make_plan(make_question(rubric=three), personas=[make_persona(max_follow_ups=5)]))
    interview.decide(cmd.Submit("Some words."))
    interview.decide(cmd.Assessed({}))
    interview.do(cmd.Declined("model"))
    interview.decide(cmd.Submit("More words."))
    interview.decide(cmd.Assessed({}))
    assert interview.state.may_decline


@pytest.mark.parametrize("command", [cmd.AskHint(), cmd.AskRepeat(), cmd.Skip(), cmd.End()])
def test_nothing_but_a_follow_up_can_be_declined(command: cmd.Command) -> None:
    interview = Performer(make_plan(make_question("first"), make_question("second")))
    interview.decide(command)
    assert interview.state.phase is Phase.SPEAKING
    with pytest.raises(Refused):
        interview.decide(cmd.Declined("model"))
