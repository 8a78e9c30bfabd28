"""Every command as people and scripts use it: what it prints."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from interviewer import __version__
from interviewer.cli.main import cli
from tests.cli.stage import Result, Run, held, one_line
from tests.fakes import make_question, make_round, write_bank


def test_version(run: Run) -> None:
    assert run("--version") == Result(0, f"interviewer {__version__}\n", "")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command and group of the command line, by the words that call it."""
    found = [path]
    for name, command in group.commands.items():
        words = (*path, name)
        found += commands(command, words) if isinstance(command, click.Group) else [words]
    return found


@pytest.mark.parametrize("words", commands(cli), ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_explains_itself(run: Run, words: tuple[str, ...], flag: str) -> None:
    result = run(*words, flag)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(('interviewer', *words))}")


def test_rounds(run: Run, bank: Path) -> None:
    result = run("rounds", "--json", "--bank", bank)
    assert result.status == 0
    hard, soft = result.json
    assert {k: hard[k] for k in ("id", "kind", "title", "personas", "minutes")} == {
        "id": "hard-01",
        "kind": "hard",
        "title": "Title of hard-01",
        "personas": ["ann"],
        "minutes": 60,
    }
    assert hard["questions"] == [
        {"id": "second", "position": 1, "kind": "concept", "ask": "Ask of second?"},
        {"id": "first", "position": 2, "kind": "concept", "ask": "Ask of first?"},
    ]
    assert soft["personas"] == ["ann", "bob"]


def test_personas(run: Run, bank: Path) -> None:
    rows = {row["id"]: row for row in run("personas", "--json", "--bank", bank).json}
    assert rows["ann"] == {
        "id": "ann",
        "name": "Ann",
        "role": "ann role",
        "rounds": ["hard-01", "soft-01"],
        "description": "Somebody.",
    }
    assert rows["bob"]["rounds"] == ["soft-01"]


def test_questions(run: Run, bank: Path) -> None:
    rows = run("questions", "--json", "--bank", bank).json
    assert [row["id"] for row in rows] == ["first", "second", "third"]
    fields = "id kind topic asks intent minutes rubric red_flags levels samples hints clarifications model_answer study"
    assert set(fields.split()) <= set(rows[0])
    assert {"id", "point", "weight", "essential", "terms", "probe"} <= set(rows[0]["rubric"][0])
    assert rows[0]["levels"] == {str(n): f"Anchor {n}." for n in (1, 2, 3, 4)}


def test_questions_of_a_round_come_in_its_order(run: Run, bank: Path) -> None:
    rows = run("questions", "--round", "hard-01", "--json", "--bank", bank).json
    assert [row["id"] for row in rows] == ["second", "first"]


def test_sessions(run: Run, bank: Path) -> None:
    assert run("sessions", "--json").json == []
    assert "interviewer start" in run("sessions").out
    done, left = held(run, bank), held(run, bank, typed="")
    rows = run("sessions", "--json").json
    assert [(r["id"], r["round"], r["status"], r["position"], r["questions"]) for r in rows] == [
        (left, "hard-01", "paused", 1, 2),
        (done, "hard-01", "ended", 2, 2),
    ]


@pytest.mark.parametrize("arguments", [["rounds"], ["personas"], ["questions"], ["questions", "--round", "hard-01"]])
def test_lists_for_people_hold_what_the_json_holds(run: Run, bank: Path, arguments: list[str]) -> None:
    rows = run(*arguments, "--json", "--bank", bank).json
    shown = run(*arguments, "--bank", bank)
    assert shown.status == 0
    assert [row["id"] for row in rows] == [line.split()[0] for line in shown.out.splitlines()[::2]]


def test_lists_in_json_are_plain_ascii(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    question = make_question("first", asks=("Ask of Żaneta \x1b[31m\u202e?",))
    place = write_bank(tmp_path_factory.mktemp("bank"), [make_round("hard-01", ["first"])], [question])
    for command in ("rounds", "questions"):
        result = run(command, "--json", "--bank", place)
        assert result.out.isascii()
        assert "\x1b" not in result.out
        assert "\x1b[31m" not in run(command, "--bank", place).out


def test_start_with_one_persona(run: Run, bank: Path) -> None:
    result = run("start", "soft-01", "--plain", "--persona", "bob", "--bank", bank, typed="A walrus.\n\n")
    assert {line.split(":")[0] for line in result.out.splitlines() if not line.startswith("--")} == {"Bob (bob role)"}


def test_without_a_terminal_start_is_plain(run: Run, bank: Path) -> None:
    assert "Ann (ann role): Ask of second?" in run("start", "hard-01", "--bank", bank).out


def test_each_practice_of_a_round_sounds_different(run: Run, bank: Path) -> None:
    first, second = (run("start", "hard-01", "--plain", "--bank", bank).out for _ in range(2))
    assert ("greeting-1" in first, "greeting-2" in second) == (True, True)


@pytest.mark.parametrize("words", ["whole id", "beginning of the id", "nothing"])
def test_resume(run: Run, bank: Path, words: str) -> None:
    session = held(run, bank, typed="A walrus.\n\n")
    wanted = {"whole id": [session], "beginning of the id": [session[:-1]], "nothing": []}[words]
    assert "Ask of first?" in run("resume", *wanted, "--plain").out
    assert run("resume", *wanted, "--plain", typed="A pelican.\n\n").out.count("interviewer report") == 1


def test_resume_needs_no_bank(run: Run, bank: Path) -> None:
    session = held(run, bank, typed="")
    for file in sorted(bank.rglob("*.yaml")):
        file.unlink()
    assert run("resume", session, "--plain", typed="A walrus.\n\nA pelican.\n\n").status == 0
    assert run("report", session, "--format", "json").json["status"] == "ended"


def test_report_as_json(run: Run, bank: Path) -> None:
    session = held(run, bank)
    report = run("report", session, "--format", "json").json
    wanted = {"session", "round", "personas", "model", "started", "ended", "questions", "overall", "usage"}
    assert wanted <= set(report)
    assert (report["session"], report["round"], report["personas"]) == (session, "hard-01", ["ann"])
    assert {"level", "signal", "by_competency"} <= set(report["overall"])
    assert {"prompt_tokens", "completion_tokens", "cost_usd"} <= set(report["usage"])
    question = report["questions"][0]
    wanted = {"id", "position", "kind", "ask", "outcome", "thread", "level", "score", "grader", "hints", "seconds"}
    assert wanted | {"criteria"} <= set(question)
    assert [(t["speaker"], t["persona"], t["kind"], t["text"]) for t in question["thread"]] == [
        ("interviewer", "ann", "question", "Ask of second?"),
        ("candidate", None, "answer", "A walrus."),
    ]
    assert {"id", "point", "weight", "verdict", "evidence"} <= set(question["criteria"][0])
    assert question["criteria"][0]["evidence"] == ["A walrus."]


def test_report_of_an_interview_under_way(run: Run, bank: Path) -> None:
    held(run, bank, typed="A walrus.\n\n/hint\n")
    report = run("report", "--format", "json").json
    assert [q["outcome"] for q in report["questions"]] == ["answered", "not_reached"]
    assert report["ended"] is None


def test_report_names_what_was_not_reached(run: Run, bank: Path) -> None:
    held(run, bank, typed="/skip\n/end\n")
    assert [q["outcome"] for q in run("report", "--format", "json").json["questions"]] == ["skipped", "not_reached"]


@pytest.mark.parametrize(("format_", "mark"), [("md", "# "), ("html", "<!doctype html>"), ("json", "{")])
@pytest.mark.parametrize("given", ["by name", "by option"])
def test_report_into_a_file(run: Run, bank: Path, tmp_path: Path, format_: str, mark: str, given: str) -> None:
    held(run, bank)
    place = tmp_path / (f"report.{format_}" if given == "by name" else "report")
    result = run("report", "-o", place, *([] if given == "by name" else ["--format", format_]))
    assert (result.status, result.out, result.err) == (0, "", f"Written to {place}\n")
    assert place.read_text(encoding="utf-8").lower().startswith(mark)


def test_report_is_markdown_of_the_latest_session_by_default(run: Run, bank: Path) -> None:
    held(run, bank)
    latest = held(run, bank, round_id="soft-01")
    assert "Title of soft-01" in run("report").out
    assert run("report").out == run("report", latest, "--format", "md").out


def test_doctor(run: Run) -> None:
    result = run("doctor")
    assert (result.status, result.err) == (0, "")
    assert {line.split()[1] for line in result.out.splitlines()} >= {"version", "data", "bank", "model", "sessions"}


def test_doctor_fails_where_something_is_missing(run: Run, home: Path) -> None:
    (home / "config.toml").write_text("model = [")
    result = run("doctor")
    assert result.status == 1
    assert "MISSING" in result.out
    one_line(result)
