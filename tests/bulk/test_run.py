"""The stream: order, what a line keeps, and that a bad line stops nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.bulk.run import results
from interviewer.content.models import Verdict
from interviewer.grade import Criterion, FoundFlag, Grade
from tests.bulk.stage import StubGrader, answer_line, graded, ids


@pytest.mark.parametrize("concurrency", [1, 2, 7, 100])
def test_order_is_kept_and_no_more_are_under_way_than_allowed(tmp_path: Path, concurrency: int) -> None:
    grader, out = StubGrader(), tmp_path / "out"
    meter = graded(b"".join(answer_line(n) for n in range(40)), out, grader, concurrency)
    assert ids(out) == list(range(40))
    assert grader.most_under_way == min(concurrency, 40)
    assert (meter.answers, meter.left_out) == (40, 0)


def test_concurrency_changes_no_byte(tmp_path: Path) -> None:
    data = b"".join(answer_line(n, "x" * n) for n in range(30))
    for concurrency in (1, 8):
        graded(data, tmp_path / str(concurrency), concurrency=concurrency)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "8").read_bytes()


def test_an_output_line_is_the_input_line_and_the_grade(tmp_path: Path) -> None:
    more = {"dataset": "d", "score": 0.5, "zażółć": ["\ud800", None, {"y": 1.0}], "a": -0.0, "n": 10**30}
    graded(answer_line(7, "12345", **more), tmp_path / "out")
    (line,) = (tmp_path / "out").read_bytes().splitlines()
    assert line.isascii()
    assert json.loads(line) == {
        "id": 7,
        "question": "What is it?",
        "reference": "It.",
        "answer": "12345",
        **more,
        "grader": "stub",
        "predicted": 0.5,
        "level": 3,
        "criteria": [{"id": "1", "point": "Says it.", "verdict": "met", "evidence": ["it"]}],
    }


def test_a_graded_line_is_graded_anew(tmp_path: Path) -> None:
    graded(answer_line(1), tmp_path / "once", StubGrader("other"))
    graded((tmp_path / "once").read_bytes(), tmp_path / "twice")
    graded(answer_line(1), tmp_path / "straight")
    assert (tmp_path / "twice").read_bytes() == (tmp_path / "straight").read_bytes()


def test_bad_lines_are_told_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meter = graded(answer_line(1) + b"\n{\n" + answer_line(2) + b'{"id": 1}\n' + answer_line(3), tmp_path / "out")
    assert ids(tmp_path / "out") == [1, 2, 3]
    assert (meter.answers, meter.left_out) == (3, 2)
    told = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in told] == ["in.jsonl:3:", "in.jsonl:5:"]


def test_what_stands_on_a_bad_line_cannot_forge_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    field = json.dumps("a\nin.jsonl:9: forged\x1b[31m[red]:smile:").encode() + b": 1"
    graded(b"{" + field + b", " + field + b"}", tmp_path / "out")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "\x1b" not in told
    assert "[red]:smile:` is given twice" in told


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert graded(b"", tmp_path / "out").answers == 0
    assert (tmp_path / "out").read_bytes() == b""


def test_results_of_what_could_not_be_assessed() -> None:
    found = results(Grade(None, None, "stub", (Criterion("1", "Says it.", 1, Verdict.CANNOT_ASSESS),)))
    assert (found["predicted"], found["level"]) == (None, None)
    assert found["criteria"] == [{"id": "1", "point": "Says it.", "verdict": "cannot_assess", "evidence": []}]


def test_results_hold_all_that_a_grader_tells() -> None:
    criteria = (Criterion("1", "Says it.", 1, Verdict.MET, ("it",), confidence=0.9),)
    flags = (FoundFlag("It is not.", "It is.", ("not it",), 0.8),)
    found = results(Grade(3, 0.6, "stub", criteria, None, 0.71, (2, 3), flags, ("So it came about.",)))
    assert found == {
        "predicted": 0.6,
        "level": 3,
        "confidence": 0.71,
        "range": [2, 3],
        "criteria": [{"id": "1", "point": "Says it.", "verdict": "met", "evidence": ["it"], "confidence": 0.9}],
        "red_flags": [{"claim": "It is not.", "correction": "It is.", "evidence": ["not it"], "confidence": 0.8}],
        "remarks": ["So it came about."],
    }
