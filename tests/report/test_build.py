"""What becomes of each question, and of the session around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.content.models import Verdict
from interviewer.engine import commands as cmd
from interviewer.engine.events import QuestionGraded
from interviewer.engine.state import State, apply
from interviewer.errors import UsageError
from interviewer.report import build
from tests.fakes import START, make_grade, make_persona
from tests.report.sessions import BOTH, ESSENTIAL_ONLY, NEITHER, OTHER_ONLY, hold, report_of, zoo_plan

MET, MISSED = Verdict.MET, Verdict.MISSED


@pytest.mark.parametrize(
    ("moves", "outcome", "level", "grader", "verdicts", "lines"),
    [
        pytest.param([BOTH], "answered", 4, "offline", [MET, MET], 2, id="answered"),
        pytest.param([ESSENTIAL_ONLY], "answered", 3, "offline", [MET, MISSED], 2, id="half answered"),
        pytest.param([OTHER_ONLY], "answered", 2, "offline", [MISSED, MET], 2, id="essential missed"),
        pytest.param([NEITHER], "answered", 1, "offline", [MISSED, MISSED], 2, id="beside the point"),
        pytest.param([cmd.Skip()], "skipped", 1, "rule", [MISSED, MISSED], 1, id="skipped"),
        pytest.param(["I don't know", "no"], "answered", 1, "offline", [MISSED, MISSED], 4, id="not known"),
        pytest.param([cmd.AskHint(), BOTH], "answered", 3, "offline", [MET, MET], 3, id="one hint caps at 3"),
        pytest.param([cmd.AskHint()] * 3 + [BOTH], "answered", 2, "offline", [MET, MET], 5, id="three hints at 2"),
        pytest.param([cmd.Pause()], "not_reached", None, None, [], 1, id="paused before a word"),
        pytest.param([cmd.End()], "not_reached", None, None, [], 1, id="ended before a word"),
        pytest.param([cmd.AskHint(), cmd.End()], "skipped", 1, "rule", [MISSED, MISSED], 2, id="ended after a hint"),
        pytest.param(["I don't know", cmd.End()], "answered", 1, "offline", [MISSED, MISSED], 3, id="not known, ended"),
        pytest.param(["I don't know", cmd.Pause()], "answered", None, None, [], 3, id="not known, paused"),
    ],
)
def test_first_question(
    moves: list[str | cmd.Command],
    outcome: str,
    level: int | None,
    grader: str | None,
    verdicts: list[Verdict],
    lines: int,
) -> None:
    first = report_of(zoo_plan(2), *moves).questions[0]
    assert (first.outcome, first.level) == (outcome, level)
    assert (first.grader or "").startswith(grader or "")
    assert (first.grader is None) == (grader is None)
    assert [c.verdict for c in first.criteria] == verdicts
    assert len(first.thread) == lines


def test_question_never_opened() -> None:
    report = report_of(zoo_plan(3), BOTH, cmd.End())
    last = report.questions[2]
    assert (last.outcome, last.level, last.score, last.thread, last.seconds) == ("not_reached", None, None, [], 0.0)
    assert [q.outcome for q in report.questions] == ["answered", "not_reached", "not_reached"]
    assert [bool(q.thread) for q in report.questions] == [True, True, False]


def test_open_question_with_an_answer_counts_as_answered_but_not_yet() -> None:
    plan = zoo_plan(2, make_persona(max_follow_ups=2))
    report = report_of(plan, ESSENTIAL_ONLY, cmd.Pause())
    first = report.questions[0]
    assert (first.outcome, first.open, first.level) == ("answered", True, None)
    assert (report.status, report.ended, report.overall.level) == ("paused", None, None)
    assert report.overall.signal == "no signal"


def test_ungraded_answer_makes_the_whole_incomplete() -> None:
    report = report_of(zoo_plan(2), BOTH, BOTH, graded=False)
    assert [(q.outcome, q.level, q.criteria) for q in report.questions][1] == ("answered", None, [])
    assert (report.overall.level, report.overall.signal) == (None, "incomplete")
    assert any("Not graded yet" in reason for reason in report.overall.reasons)


def test_hint_cap_says_why() -> None:
    first = report_of(zoo_plan(), cmd.AskHint(), BOTH).questions[0]
    assert (first.hints, first.score, first.capped) == (1, 1.0, "1 hint taken")


def test_evidence_is_verbatim() -> None:
    first = report_of(zoo_plan(), BOTH).questions[0]
    assert [c.evidence for c in first.criteria] == [[ESSENTIAL_ONLY], [OTHER_ONLY]]


def test_skipped_points_carry_the_rubric() -> None:
    points = report_of(zoo_plan(), cmd.Skip()).questions[0].criteria
    assert [(p.id, p.weight, p.essential, p.evidence) for p in points] == [
        ("beat", 2, True, []),
        ("post", 1, False, []),
    ]


def test_times_leave_pauses_out() -> None:
    report = report_of(zoo_plan(2), cmd.Pause(), cmd.Resume(), BOTH, BOTH)
    assert [q.seconds for q in report.questions] == [20.0, 10.0]
    assert (report.seconds, report.started, report.ended) == (30.0, "2023-11-14T22:13:20Z", "2023-11-14T22:14:00Z")


def test_a_later_grade_does_not_move_the_end() -> None:
    plan = zoo_plan()
    state = hold(plan, BOTH)
    regraded = apply(state, QuestionGraded(0, make_grade(plan.questions[0].question), START + 90_000))
    report = build("s1", regraded, model="m", agreement="a")
    assert report.ended == "2023-11-14T22:13:30Z"
    assert report.grader == "stub"


def test_greeting_and_goodbye_stand_in_the_frame() -> None:
    report = report_of(zoo_plan(), BOTH)
    assert [line.kind for line in report.frame] == ["greeting", "closing"]
    assert [line.kind for line in report_of(zoo_plan(), cmd.End()).frame] == ["greeting", "early_closing"]


def test_ended_early_is_said() -> None:
    assert report_of(zoo_plan(2), BOTH, cmd.End()).ended_early
    assert not report_of(zoo_plan(), BOTH).ended_early


def test_usage_and_cost() -> None:
    state = hold(zoo_plan(), BOTH)
    assert build("s", state, model=None, agreement="a").usage.cost_usd == 0.0
    for cost in (None, 0.02):
        used = replace(state, prompt_tokens=10, completion_tokens=3, cost_usd=cost)
        usage = build("s", used, model="m", agreement="a").usage
        assert (usage.prompt_tokens, usage.completion_tokens, usage.cost_usd) == (10, 3, cost)


def test_building_is_pure() -> None:
    state = hold(zoo_plan(2), BOTH, cmd.Skip())
    assert build("s", state, model=None, agreement="a") == build("s", state, model=None, agreement="a")


def test_a_session_that_never_started() -> None:
    with pytest.raises(UsageError, match="has not started"):
        build("s", State(), model=None, agreement="a")
