"""The statistics, against their textbook definitions, and where they are not determined."""

from __future__ import annotations

import json
import math
import statistics
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bulk import words
from interviewer.bulk.agreement import Agreement, Graded, Tally, agreement_of, as_json, graded, quadratic_kappa
from interviewer.bulk.meter import Meter
from interviewer.grading.score import level_of
from tests.bulk.stage import NamedBytes

UNIT = st.floats(0, 1)
PAIRS = [(0.0, 0.1), (0.2, 0.3), (0.5, 0.6), (0.6, 0.4), (0.9, 1.0), (1.0, 0.8), (1.0, 1.0)]


def tally(pairs: list[tuple[float, float]]) -> Tally:
    found = Tally()
    for score, predicted in pairs:
        found.add(score, predicted)
    return found


def line(score: float | None = 0.5, predicted: float | None = 0.5, **more: object) -> Graded:
    return Graded.model_validate({"score": score, "predicted": predicted, **more})


def test_figures_of_a_worked_example() -> None:
    found = tally(PAIRS).figures()
    assert found.n == 7
    assert found.pearson == pytest.approx(0.9352222)
    assert found.rmse == pytest.approx(math.sqrt(0.12 / 7))
    assert found.mae == pytest.approx(0.8 / 7)
    assert found.mean_error == pytest.approx(0.0)
    assert found.qwk == pytest.approx(1 - 3 * 7 / 115)


@given(st.lists(st.tuples(UNIT, UNIT), min_size=2, max_size=40))
def test_figures_are_those_of_the_definitions(pairs: list[tuple[float, float]]) -> None:
    found = tally(pairs).figures()
    errors = [p - s for s, p in pairs]
    assert found.mean_error == pytest.approx(statistics.fmean(errors), abs=1e-12)
    assert found.mae == pytest.approx(statistics.fmean(map(abs, errors)), abs=1e-12)
    assert found.rmse == pytest.approx(math.sqrt(statistics.fmean(e * e for e in errors)), abs=1e-12)
    scores, predictions = zip(*pairs, strict=True)
    if min(statistics.pstdev(scores), statistics.pstdev(predictions)) > 1e-3:
        assert found.pearson == pytest.approx(statistics.correlation(scores, predictions), abs=1e-9)


@given(st.lists(st.tuples(UNIT, UNIT), max_size=40))
def test_kappa_is_one_less_the_share_of_the_disagreement_by_chance(pairs: list[tuple[float, float]]) -> None:
    levels = [(level_of(s), level_of(p)) for s, p in pairs]
    seen = sum((s - p) ** 2 for s, p in levels) * len(levels)
    chance = sum((s - p) ** 2 for s, _ in levels for _, p in levels)
    found = quadratic_kappa(tally(pairs).levels)
    assert found == (pytest.approx(1 - seen / chance) if chance else None)


@pytest.mark.parametrize(
    ("pairs", "determined"),
    [
        ([], set()),
        ([(0.5, 0.4)], {"rmse", "mae", "mean_error"}),
        ([(0.1, 0.9)], {"rmse", "mae", "mean_error", "qwk"}),
        ([(0.1, 0.2), (0.1, 0.4), (0.1, 0.9)], {"rmse", "mae", "mean_error", "qwk"}),
        ([(0.2, 0.3), (0.4, 0.3)], {"rmse", "mae", "mean_error"}),
        ([(0.2, 0.3), (0.4, 0.5)], {"rmse", "mae", "mean_error", "pearson"}),
        ([(0.2, 0.3), (0.9, 0.8)], {"rmse", "mae", "mean_error", "pearson", "qwk"}),
    ],
)
def test_what_is_not_determined_is_null(pairs: list[tuple[float, float]], determined: set[str]) -> None:
    found = as_json(agreement_of(line(s, p) for s, p in pairs))
    assert {name for name in ("pearson", "qwk", "rmse", "mae", "mean_error") if found[name] is not None} == determined
    assert "NaN" not in json.dumps(found)


def test_by_data_set_and_by_question() -> None:
    found = agreement_of(
        [
            line(0.5, 0.5, dataset="a", question_id="1"),
            line(0.5, 0.9, dataset="a", question_id=2),
            line(0.5, 0.6, dataset="b", question_id="1", question="Not looked at?"),
            line(0.0, 0.9, question="What?"),
            line(1.0, 1.0),
        ]
    )
    shown = as_json(found)
    assert shown["n"] == 5
    assert {name: group["n"] for name, group in shown["datasets"].items()} == {"a": 2, "b": 1}
    ranked = [(row["dataset"], row["question"], row["n"]) for row in shown["questions"]]
    assert ranked == [(None, "What?", 1), ("a", "2", 1), ("b", "1", 1), ("a", "1", 1)]
    assert all(one["rmse"] >= other["rmse"] for one, other in pairwise(shown["questions"]))


@pytest.mark.parametrize(
    ("answer", "blank"),
    [("", 1), (" \n", 1), ("...", 1), ("Not answered", 1), ("-no answer-", 1), ("x", 0), ("no", 0), (None, 0)],
)
def test_blank_answers_are_counted_and_taken_out(answer: str | None, blank: int) -> None:
    found = as_json(agreement_of([line(0.0, 0.0, answer=answer), *(line(s, p, answer="So.") for s, p in PAIRS)]))
    assert (found["n"], found["blank"], found["without_blank"]["n"]) == (8, blank, 8 - blank)
    if blank:
        assert found["without_blank"]["pearson"] == pytest.approx(0.935222)


def test_lines_without_score_or_prediction_are_counted() -> None:
    found = as_json(agreement_of([line(None), line(None, None), line(0.5, None), line()]))
    assert (found["n"], found["without_score"], found["without_prediction"]) == (1, 2, 2)


def test_the_confusion_matrix_counts_levels() -> None:
    found = as_json(agreement_of([line(0.0, 1.0), line(0.0, 0.9), line(0.55, 0.54)]))
    assert found["confusion"] == [[0, 0, 0, 2], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
    assert found["level_from"] == {"1": 0.0, "2": 0.15, "3": 0.55, "4": 0.85}


def test_lines_that_cannot_be_read_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [b'{"score": 1, "predicted": 1}', b"{", b'{"predicted": 2}', b'{"score": NaN}', b""]
    meter = Meter(NamedBytes(b"\n".join(lines)), shown=False)
    assert agreement_of(graded(NamedBytes(b"\n".join(lines)), meter)).whole.every.n == 1
    assert (meter.answers, meter.left_out) == (1, 3)
    told = capsys.readouterr().err.splitlines()
    assert [row.split(" ")[0] for row in told] == ["in.jsonl:2:", "in.jsonl:3:", "in.jsonl:4:"]
    assert told[1] == "in.jsonl:3: predicted: is above 1; scores go from 0 to 1"


def text(found: Agreement) -> str:
    return "\n".join(words.lines(found))


def test_the_table_for_people() -> None:
    found = agreement_of(line(s, p, dataset="mine", question_id="q", answer="So.") for s, p in PAIRS)
    shown = text(found).splitlines()
    assert shown[0].split() == ["n", "Pearson", "QWK", "RMSE", "MAE", "mean", "error"]
    assert shown[1].split() == ["all", "answers", "7", "0.935", "0.817", "0.131", "0.114", "+0.000"]
    assert shown[2].split()[0] == "mine"
    assert shown[-1].split()[:3] == ["mine:", "q", "7"]
    assert "blank" not in text(found)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], ["no line has both"]),
        ([line(None)], ["no line has both", "without a score by a person, left out: 1"]),
        ([line(0.5, None)], ["no line has both", "without a prediction, left out: 1"]),
        ([line()], ["No Pearson: it takes", "No QWK: "]),
        ([line(answer=""), line(0.6, 0.2)], ["without 1 blank"]),
    ],
)
def test_what_people_are_told_besides(lines: list[Graded], said: list[str]) -> None:
    for part in said:
        assert part in text(agreement_of(lines))


def test_names_from_files_do_not_reach_the_terminal_raw() -> None:
    shown = text(agreement_of([line(dataset="a\x1b[31m\nb" + "x" * 200, question_id="\u202eq\n")]))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert max(map(len, shown.splitlines())) < 120
