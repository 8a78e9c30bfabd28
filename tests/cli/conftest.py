"""A bank of two rounds, and commands run on it in this process."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from interviewer.cli.main import run_command_line
from tests.cli.stage import Result, Run
from tests.fakes import make_persona, make_point, make_question, make_round, write_bank


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process, fed from a pipe."""

    def call(*arguments: str | Path, typed: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        try:
            status: Any = run_command_line([str(a) for a in arguments])
        except SystemExit as leaving:
            status = leaving.code or 0
        done = capsys.readouterr()
        return Result(status, done.out, done.err)

    return call


@pytest.fixture
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rounds over three questions; both people hold the second one."""
    rubric = (make_point("beat", weight=2, essential=True, terms=["walrus"]), make_point("post", terms=["pelican"]))
    questions = [
        make_question("first", rubric=rubric, levels={str(n): f"Anchor {n}." for n in (1, 2, 3, 4)}),
        make_question("second", rubric=rubric),
        make_question("third", rubric=rubric, kind="coding"),
    ]
    rounds = [make_round("hard-01", ["second", "first"]), make_round("soft-01", ["third"], personas=("ann", "bob"))]
    people = [make_persona("ann", max_follow_ups=0), make_persona("bob", max_follow_ups=0)]
    return write_bank(tmp_path_factory.mktemp("bank"), rounds, questions, people)
