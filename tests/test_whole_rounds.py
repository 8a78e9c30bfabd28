"""Every shipped round, held in plain mode from greeting to goodbye."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from interviewer import paths
from interviewer.plain import hold
from interviewer.report import render
from interviewer.workspace import Workspace

ROUNDS = sorted(p.stem for p in (paths.shipped("question_bank") / "rounds").glob("*.yaml"))
SAYINGS = (
    "I would measure it first and change one thing at a time.",
    "On my last team I looked after this for two years, and we wrote down what we learned.",
    "I don't know.",
    "It depends on what fails first; I start from there and work back to the cause.",
    "Is that meant for one machine or for many?",
)
TOO_MANY = 400


class Talker(io.StringIO):
    """Says something whenever it is asked; gives up on an interview that never ends."""

    def __init__(self) -> None:
        super().__init__()
        self._words = self._lines()

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        return next(self._words)

    def _lines(self) -> Iterator[str]:
        for number, saying in zip(range(TOO_MANY), itertools.cycle(SAYINGS), strict=False):
            yield f"{saying}\n" if saying.endswith(("know.", "?")) else f"{saying} That is my point number {number}.\n"
            yield "\n"
        raise AssertionError(f"still going on after {TOO_MANY} answers")


def held(round_id: str) -> tuple[str, dict[str, Any]]:
    """What was heard, and the JSON report."""
    workspace, heard = Workspace(), io.StringIO()
    assert hold(workspace.start(round_id), Talker(), heard) == 0
    report: dict[str, Any] = json.loads(render(workspace.report(), "json"))
    return heard.getvalue(), report


def documented(round_id: str) -> list[str]:
    """The question ids as the round's file lists them."""
    text = (paths.shipped("question_bank") / "rounds" / f"{round_id}.yaml").read_text(encoding="utf-8")
    return [q if isinstance(q, str) else q["id"] for q in yaml.safe_load(text)["questions"]]


def test_there_are_thirteen_rounds() -> None:
    assert len(ROUNDS) == 13
    assert sum(len(documented(r)) for r in ROUNDS) == 107


@pytest.mark.parametrize("round_id", ROUNDS)
def test_a_round_runs_from_greeting_to_goodbye(home: Path, round_id: str) -> None:
    heard, report = held(round_id)
    questions = report["questions"]
    assert [q["id"] for q in questions] == documented(round_id)
    assert [q["position"] for q in questions] == list(range(1, len(questions) + 1))
    assert {q["outcome"] for q in questions} == {"answered"}
    assert all(q["level"] in {1, 2, 3, 4} for q in questions)
    assert (report["status"], report["ended_early"], report["round"]) == ("ended", False, round_id)
    assert "-- The interview is over." in heard
    places = [heard.index(q["ask"]) for q in questions]
    assert places == sorted(places)


@pytest.mark.parametrize("round_id", ROUNDS)
def test_what_a_report_quotes_was_said(home: Path, round_id: str) -> None:
    for question in held(round_id)[1]["questions"]:
        said = " ".join(t["text"] for t in question["thread"] if t["speaker"] == "candidate")
        for criterion in question["criteria"]:
            assert all(quote in said for quote in criterion["evidence"])


def test_three_people_take_turns_in_the_panel_of_hard_07(home: Path) -> None:
    heard, report = held("hard-07")
    panel = report["personas"]
    assert len(panel) == 3
    askers = [q["thread"][0]["persona"] for q in report["questions"]]
    assert askers == [panel[n % 3] for n in range(len(askers))]
    for question, asker in zip(report["questions"], askers, strict=True):
        assert {t["persona"] for t in question["thread"] if t["speaker"] == "interviewer"} == {asker}
    names = [f"{p['name']} ({p['role']}): " for p in report["interviewers"]]
    assert all(f"\n{name}" in heard for name in names)
