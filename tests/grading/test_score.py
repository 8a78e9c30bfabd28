"""Verdicts to score and level. Numbers are made here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.models import Verdict
from interviewer.grade import Criterion, Grade
from interviewer.grading import score

MET, PARTIAL, MISSED, UNSURE = Verdict.MET, Verdict.PARTIAL, Verdict.MISSED, Verdict.CANNOT_ASSESS
ESSENTIAL, HINT, HINTS = "an essential point is missing", "1 hint taken", "2 hints taken"


def criterion(verdict: Verdict, weight: int = 1, *, essential: bool = False) -> Criterion:
    return Criterion("id", "Says it.", weight, verdict, essential=essential)


def of_score(percent: int) -> list[Criterion]:
    return [criterion(MET, percent), criterion(MISSED, 100 - percent)]


def result(grade: Grade) -> tuple[float, int, str | None]:
    return grade.score, grade.level, grade.capped


@pytest.mark.parametrize(("level", "start"), score.LEVEL_FROM)
def test_a_level_starts_exactly_at_its_threshold(level: int, start: float) -> None:
    percent = round(start * 100)
    assert result(score.grade(of_score(percent), "test")) == (start, level, None)
    assert score.grade(of_score(percent - 1), "test").level == level - 1


def test_the_thresholds_part_the_scale_into_four() -> None:
    levels, starts = zip(*score.LEVEL_FROM, strict=True)
    assert levels == (4, 3, 2)
    assert 1 > starts[0] > starts[1] > starts[2] > 0
    assert [score.grade(of_score(percent), "test").level for percent in (0, 100)] == [1, 4]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ([criterion(MET)], 1.0),
        ([criterion(PARTIAL)], 0.5),
        ([criterion(MISSED)], 0.0),
        ([criterion(MET), criterion(UNSURE, 5)], 1.0),
        ([criterion(MISSED), criterion(UNSURE, 5)], 0.0),
        ([criterion(MET, 3), criterion(MISSED, 1)], 0.75),
        ([criterion(PARTIAL, 3), criterion(MET, 1)], 0.625),
        ([criterion(MET), criterion(MISSED), criterion(MISSED)], 0.3333),
    ],
)
def test_the_score_is_the_met_share_of_the_weight_that_could_be_assessed(
    criteria: Sequence[Criterion], expected: float
) -> None:
    assert score.grade(criteria, "test").score == expected


@pytest.mark.parametrize(
    ("verdict", "others", "level", "capped"),
    [
        (MISSED, [criterion(MET, 9)], 2, ESSENTIAL),
        (MISSED, [criterion(MET, 1)], 2, None),
        (MISSED, [criterion(MISSED, 9)], 1, None),
        (PARTIAL, [criterion(MET, 9)], 4, None),
        (UNSURE, [criterion(MET, 9)], 4, None),
        (MET, [criterion(MET, 9)], 4, None),
    ],
)
def test_a_missed_essential_point_keeps_the_level_below_three(
    verdict: Verdict, others: list[Criterion], level: int, capped: str | None
) -> None:
    found = score.grade([criterion(verdict, essential=True), *others], "test")
    assert (found.level, found.capped) == (level, capped)


@pytest.mark.parametrize(
    ("percent", "hints", "level", "capped"),
    [
        (100, 0, 4, None),
        (100, 1, 3, HINT),
        (100, 2, 3, HINTS),
        (100, 3, 2, "3 hints taken"),
        (100, 9, 2, "9 hints taken"),
        (60, 1, 3, None),
        (60, 3, 2, "3 hints taken"),
        (30, 3, 2, None),
        (0, 9, 1, None),
    ],
)
def test_hints_cap_the_level_and_never_the_score(percent: int, hints: int, level: int, capped: str | None) -> None:
    assert result(score.grade(of_score(percent), "test", hints)) == (percent / 100, level, capped)


@pytest.mark.parametrize("criteria", [[], [criterion(UNSURE)]])
def test_where_nothing_could_be_assessed_there_is_neither_score_nor_level(criteria: Sequence[Criterion]) -> None:
    assert result(score.grade(criteria, "test", hints=3)) == (None, None, None)


def test_of_two_caps_the_lower_one_counts() -> None:
    criteria = [criterion(MET, 9), criterion(MISSED, 1, essential=True)]
    assert result(score.grade(criteria, "test", hints=1)) == (0.9, 2, ESSENTIAL)


CRITERIA = st.lists(st.builds(criterion, st.sampled_from(Verdict), st.integers(1, 5), essential=st.booleans())).filter(
    lambda criteria: any(c.verdict is not UNSURE for c in criteria)
)


@given(criteria=CRITERIA, hints=st.integers(0, 6))
def test_a_grade_is_within_bounds_and_keeps_its_criteria(criteria: list[Criterion], hints: int) -> None:
    found = score.grade(criteria, "test", hints)
    assert 0 <= found.score <= 1
    assert found.level in {1, 2, 3, 4}
    assert found.criteria == tuple(criteria)
    assert found.grader == "test"


@given(criteria=CRITERIA, data=st.data())
def test_neither_order_nor_a_hint_raises_a_grade(criteria: list[Criterion], data: st.DataObject) -> None:
    found = score.grade(criteria, "test")
    shuffled = score.grade(data.draw(st.permutations(criteria)), "test")
    assert result(shuffled) == result(found)
    assert score.grade(criteria, "test", hints=1).level <= found.level


@given(criteria=CRITERIA, data=st.data())
def test_covering_more_never_lowers_a_grade(criteria: list[Criterion], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(criteria) - 1))
    one = criteria[at]
    ladder = [
        score.grade([*criteria[:at], criterion(v, one.weight, essential=one.essential), *criteria[at + 1 :]], "test")
        for v in (MISSED, PARTIAL, MET)
    ]
    assert sorted((g.level, g.score) for g in ladder) == [(g.level, g.score) for g in ladder]


SURE = {0: (1.0, 0.0, 0.0), 1: (0.0, 1.0, 0.0), 2: (0.0, 0.0, 1.0)}


@given(
    picks=st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.integers(0, 2)), min_size=1), hints=st.integers(0, 4)
)
def test_where_all_is_certain_the_level_is(picks: list[tuple[int, bool, int]], hints: int) -> None:
    ladder = (MISSED, PARTIAL, MET)
    level = score.grade([criterion(ladder[v], w, essential=e) for w, e, v in picks], "test", hints).level
    chances = score.level_chances([(w, e, SURE[v]) for w, e, v in picks], hints)
    assert [n for n, chance in enumerate(chances, 1) if chance > 0] == [level]
    assert score.likely_levels(chances, level or 0, 0.99) == (level, level)


def test_the_range_grows_to_the_side_where_the_chances_are() -> None:
    assert score.likely_levels((0.1, 0.5, 0.3, 0.1), 2, 0.7) == (2, 3)
    assert score.likely_levels((0.3, 0.5, 0.1, 0.1), 2, 0.7) == (1, 2)
    assert score.likely_levels((0.25, 0.25, 0.25, 0.25), 1, 1.0) == (1, 4)


def test_what_was_never_asked_is_not_missed() -> None:
    criteria = [Criterion(name, "Says it.", 1, verdict) for name, verdict in (("a", MET), ("b", MISSED), ("c", MISSED))]
    found = score.leave_out(score.grade(criteria, "test"), {"a", "b"})
    assert [c.verdict for c in found.criteria] == [MET, UNSURE, MISSED]
    assert found.score == 0.5
