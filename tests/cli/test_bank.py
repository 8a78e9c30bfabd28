"""`interviewer bank …` and `--bank`, as people who write questions use them."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.cli.main import run_command_line
from interviewer.workspace import Workspace
from tests.content.whole import whole_question
from tests.fakes import make_persona, make_round, write_bank, write_yaml

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process: status, standard output, standard error."""

    def call(*arguments: str | Path, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        try:
            status = run_command_line([str(a) for a in arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        done = capsys.readouterr()
        return status, done.out, done.err

    return call


@pytest.fixture
def team(home: Path) -> Path:
    """An own bank of one round with one question."""
    people = [make_persona("ann", max_follow_ups=0)]
    return write_bank(home / "banks" / "team", [make_round("hard-01", ["alpha"])], [whole_question()], people)


@pytest.mark.parametrize("named", [True, False])
def test_a_good_bank_by_folder_and_by_name(run: Run, team: Path, named: bool) -> None:
    status, out, err = run("bank", "check", "team" if named else team)
    assert (status, out, err) == (0, "1 round, 1 question from 1 file: nothing to mend\n", "")


def test_findings_are_said_with_their_place(run: Run, team: Path) -> None:
    write_yaml(team / "rounds" / "hard-01.yaml", make_round("hard-01", ["nix"]))
    status, out, err = run("bank", "check", "team")
    assert status == 1
    assert f"{team / 'rounds' / 'hard-01.yaml'}:7: no question `nix`" in out
    assert err == f"interviewer: {team}: 2 finding(s); mend the lines above\n"


def test_a_file_that_cannot_be_used_is_bad_input(run: Run, team: Path) -> None:
    (team / "rounds" / "hard-01.yaml").write_text("kind: [", encoding="utf-8")
    status, _, err = run("bank", "check", "team")
    assert (status, err) == (2, f"interviewer: {team}: 1 file(s) cannot be used; mend the lines above\n")


def test_own_banks_are_listed(run: Run, home: Path) -> None:
    status, out, _ = run("bank", "list")
    assert status == 0
    assert str(home / "banks") in out
    for name in ("team", "a\x1b[31mb"):
        write_bank(home / "banks" / name, [make_round("hard-01", ["alpha"])], [])
    assert run("bank", "list")[1] == f"a[31mb  {home}/banks/a[31mb\nteam  {home}/banks/team\n"


@pytest.mark.parametrize("words", [["rounds", "--json"], ["questions"], ["start", "hard-01", "--plain"]])
def test_a_name_serves_wherever_a_bank_is_read(run: Run, team: Path, words: list[str]) -> None:
    status, out, _ = run(*words, "--bank", "team")
    assert status == 0
    assert "alpha" in out
    status, out, err = run(*words, "--bank", "tema")
    assert (status, out) == (2, "")
    assert err.startswith("interviewer: no bank `tema`: your own are team; ")
    assert err.count("\n") == 1


def test_a_session_outlives_the_bank_that_it_was_started_from(run: Run, team: Path) -> None:
    assert run("start", "hard-01", "--plain", "--bank", "team")[0] == 0
    shutil.rmtree(team)
    status, out, _ = run("resume", "--plain", typed="The amber oak.\n\n")
    assert status == 0
    assert "alpha" in out
    (session,) = Workspace().sessions()
    assert (session.title, session.status) == ("Title of hard-01", "ended")
    report = json.loads(run("report", "--format", "json")[1])
    assert report["questions"][0]["criteria"][0]["verdict"] == "met"


@pytest.mark.parametrize("kind", ["question", "round", "persona"])
def test_the_schema_is_json(run: Run, kind: str) -> None:
    status, out, _ = run("bank", "schema", kind)
    assert status == 0
    assert json.loads(out)["title"] == kind.title()
    assert run("bank", "schema")[1] == run("bank", "schema", "question")[1]
    assert run("bank", "schema", "answer")[0] == 2
