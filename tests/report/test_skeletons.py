"""Questions without a rubric: asked and answered as all others, and never given a level out of thin air."""

from __future__ import annotations

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine.cues import Occasion
from interviewer.report import Report, render
from interviewer.tui.present_report import page
from tests.fakes import make_persona, make_plan, make_skeleton
from tests.report.sessions import BOTH, hold, report_of, zoo_question
from tests.tui.test_present_report import words

NO_RUBRIC = "This question has no rubric yet"


@pytest.fixture
def report() -> Report:
    plan = make_plan(make_skeleton(), zoo_question(), personas=[make_persona(max_follow_ups=0)])
    return report_of(plan, "An answer that nobody can judge.", BOTH)


def test_an_answer_without_a_rubric_has_a_grader_and_no_level(report: Report) -> None:
    first, second = report.questions
    assert (first.outcome, first.level, first.score, first.criteria) == ("answered", None, None, [])
    assert (first.grader or "").startswith("offline")
    assert second.level == 4


def test_the_signal_leaves_it_out_and_says_so(report: Report) -> None:
    assert report.overall.level == 4
    assert "Could not be assessed, and so not counted: question 1." in report.overall.reasons


@pytest.mark.parametrize("format", ["md", "html"])
def test_the_report_says_why_and_shows_no_empty_section(report: Report, format: str) -> None:
    text = render(report, format)
    assert text.count(NO_RUBRIC) == 1
    assert text.count("Model answer") == 1
    assert "could not be assessed" in text


def test_the_screen_says_why(report: Report) -> None:
    first, second = (words(*page(report, q)) for q in report.questions)
    assert "Could not be assessed. This question has no rubric yet" in " ".join(first.split())
    assert "A strong answer" not in first
    assert "A strong answer" in second


def test_nobody_probes_where_no_rubric_says_what_is_missing() -> None:
    state = hold(make_plan(make_skeleton("one"), make_skeleton("two")), "Short.", "Short.")
    kinds = [t.kind for t in state.turns if t.speaker == "interviewer"]
    assert kinds == [Occasion.GREETING, Occasion.QUESTION, Occasion.QUESTION, Occasion.CLOSING]


def test_skipping_one_gives_no_level_either() -> None:
    report = report_of(make_plan(make_skeleton()), cmd.Skip())
    assert (report.questions[0].level, report.questions[0].grader) == (None, "rule")
    assert report.overall.signal == "no signal"
