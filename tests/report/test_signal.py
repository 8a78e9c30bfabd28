"""The signal rule, at its thresholds."""

from __future__ import annotations

import pytest

from interviewer.content.models import Kind, Verdict
from interviewer.engine.events import Outcome
from interviewer.report.model import PointResult, QuestionReport
from interviewer.report.signal import level_for, overall


def graded(
    position: int,
    level: int | None,
    *,
    minutes: float = 5,
    outcome: Outcome = Outcome.ANSWERED,
    essential_missed: bool = False,
    kind: Kind = Kind.CONCEPT,
    open: bool = False,
) -> QuestionReport:
    point = PointResult(id="p", point="P.", weight=1, essential=True, verdict=Verdict.MISSED, evidence=[])
    return QuestionReport(
        id=f"q{position}",
        position=position,
        kind=kind,
        topic="t",
        ask="?",
        intent="i",
        outcome=outcome,
        open=open,
        thread=[],
        level=level,
        score=None,
        grader=None if outcome is Outcome.NOT_REACHED else "test",
        capped=None,
        hints=0,
        seconds=0,
        minutes=minutes,
        criteria=[point] if essential_missed else [],
        red_flags=[],
        levels=None,
        model_answer="m",
        study=[],
    )


def of_levels(*levels: int | None) -> list[QuestionReport]:
    """Answered questions of these levels; None was not reached."""
    return [
        graded(i, level, outcome=Outcome.NOT_REACHED if level is None else Outcome.ANSWERED)
        for i, level in enumerate(levels, 1)
    ]


@pytest.mark.parametrize(
    ("mean", "level"),
    [(4, 4), (3.5, 4), (3.49, 3), (2.5, 3), (2.49, 2), (1.75, 2), (1.74, 1), (1, 1)],
)
def test_thresholds(mean: float, level: int) -> None:
    assert level_for(mean) == level


@pytest.mark.parametrize(
    ("levels", "level", "signal"),
    [
        ((4, 3), 4, "strong hire"),
        ((4, 3, 3), 3, "hire"),
        ((3, 2), 3, "hire"),
        ((2, 2, 3), 2, "no hire"),
        ((2, 2, 2, 1), 2, "no hire"),
        ((1, 2), 1, "strong no hire"),
        ((4, 4, 1), 3, "hire"),
        ((4, 4, 4, 1), 3, "hire"),
        ((4, 4, 4, 1, 1), 2, "no hire"),
        ((4, 1), 2, "no hire"),
    ],
)
def test_mean_and_the_third_at_level_one(levels: tuple[int, ...], level: int, signal: str) -> None:
    result = overall(of_levels(*levels), ended=True)
    assert (result.level, result.signal) == (level, signal)


def test_minutes_weigh() -> None:
    long_and_good = [graded(1, 4, minutes=30), graded(2, 2, minutes=5)]
    short_and_good = [graded(1, 4, minutes=5), graded(2, 2, minutes=30)]
    assert [overall(q, ended=True).level for q in (long_and_good, short_and_good)] == [4, 2]


def test_a_missed_essential_point_rules_out_strong_hire_and_is_named() -> None:
    questions = [*of_levels(4, 4, 4, 4, 4), graded(6, 2, essential_missed=True)]
    result = overall(questions, ended=True)
    assert result.level == 3
    assert "An essential point is missing in question 6, which lowers the signal to hire." in result.reasons


def test_the_third_at_level_one_is_said_where_it_lowers() -> None:
    lowered, low_anyway = overall(of_levels(4, 4, 1, 4, 1), ended=True), overall(of_levels(1, 1), ended=True)
    sentence = "More than a third, 2 of 5, are at level 1, which lowers the signal to no hire."
    assert sentence in lowered.reasons
    assert not any("third" in reason for reason in low_anyway.reasons)


def test_a_skipped_question_is_named() -> None:
    questions = [*of_levels(4, 4, 4), graded(4, 1, outcome=Outcome.SKIPPED)]
    assert "Skipped, and so at level 1: question 4." in overall(questions, ended=True).reasons


@pytest.mark.parametrize(
    ("levels", "sentence", "provisional"),
    [
        ((3, 3), "All 2 planned questions were reached.", False),
        ((3,), "1 of 1 planned question was reached.", False),
        ((3, None), "1 of 2 planned questions was reached.", False),
        ((3, None, None), "1 of 3 planned questions was reached.", True),
        ((3, 3, None, None, None), "2 of 5 planned questions were reached.", True),
    ],
)
def test_how_far_it_went(levels: tuple[int | None, ...], sentence: str, provisional: bool) -> None:
    result = overall(of_levels(*levels), ended=True)
    assert result.reasons[0] == sentence
    assert result.provisional is provisional
    assert any("provisional" in reason for reason in result.reasons) is provisional
    assert result.level == 3


def test_nothing_reached() -> None:
    result = overall(of_levels(None, None), ended=True)
    assert (result.level, result.signal, result.provisional, result.by_competency) == (None, "no signal", True, {})
    assert result.reasons == ["None of 2 planned questions was reached."]


def test_what_could_not_be_assessed_does_not_count_and_is_named() -> None:
    result = overall([graded(1, None), graded(2, 3), graded(3, None)], ended=True)
    assert (result.level, result.signal, result.provisional) == (3, "hire", True)
    assert result.reasons[1] == "Could not be assessed, and so not counted: questions 1 and 3."


def test_where_nothing_could_be_assessed_there_is_no_signal() -> None:
    result = overall([graded(1, None), graded(2, None)], ended=True)
    assert (result.level, result.signal, result.provisional) == (None, "no signal", True)
    assert result.reasons[1:] == ["Could not be assessed, and so not counted: questions 1 and 2."]


def test_an_interview_that_goes_on_is_provisional() -> None:
    result = overall([graded(1, 3), graded(2, None, open=True)], ended=False)
    assert (result.level, result.provisional) == (3, True)
    assert any("not over" in reason for reason in result.reasons)


def test_competencies_by_their_names() -> None:
    questions = [
        graded(1, 4, kind=Kind.SYSTEM_DESIGN),
        graded(2, 3, kind=Kind.INTRO),
        graded(3, 2, kind=Kind.CONCEPT, minutes=50),
        graded(4, 3, kind=Kind.CONCEPT),
        graded(5, 3, kind=Kind.CONCEPT),
        graded(6, None, kind=Kind.CODING, outcome=Outcome.NOT_REACHED),
    ]
    by_competency = overall(questions, ended=True).by_competency
    assert list(by_competency.items()) == [("introduction", 3.0), ("concepts", 2.67), ("system design", 4.0)]
