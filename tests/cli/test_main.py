"""Every command as people and scripts use it: what it prints, and how it says that something is wrong."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import click
import pytest

from interviewer import __version__
from interviewer.cli.main import cli, run_command_line
from interviewer.workspace import Workspace
from tests.fakes import make_persona, make_point, make_question, make_round, write_bank

PATIENCE = 60.0
GOOD_ROUND = "kind: hard\ntitle: T\nminutes: 5\npersonas: [ann]\nquestions: [first]\n"
MODEL_LIBRARIES = {"litellm", "openai"}


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


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


def held(run: Run, bank: Path, typed: str = "A walrus.\n\nA pelican.\n\n", round_id: str = "hard-01") -> str:
    """A session held in plain mode; its id."""
    assert run("start", round_id, "--plain", "--bank", bank, typed=typed).status == 0
    return Workspace().sessions()[0].id


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


def one_line(result: Result) -> None:
    """Something went wrong, and exactly one line on stderr says what."""
    assert result.status in {1, 2}
    assert result.err.startswith("interviewer: ")
    assert result.err.count("\n") == 1
    assert result.err.endswith("\n")
    assert "Traceback" not in result.out + result.err


def refused(result: Result, *parts: str) -> None:
    """Wrong usage or bad input: status 2, one line, and these words in it."""
    one_line(result)
    assert result.status == 2
    for part in parts:
        assert part in result.err


def test_no_terminal_for_the_app(run: Run) -> None:
    refused(run(), "terminal", "--plain")


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["start"], ["rounds", "--jason"], ["bank", "nix"]])
def test_wrong_words(run: Run, arguments: list[str]) -> None:
    refused(run(*arguments))


@pytest.mark.parametrize("wanted", ["hard-99", "", "../hard-01", "hard-01\x1b[31m"])
def test_unknown_round(run: Run, bank: Path, wanted: str) -> None:
    result = run("start", wanted, "--plain", "--bank", bank)
    refused(result, "no round", "hard-01, soft-01")
    assert "\x1b" not in result.err
    refused(run("questions", "--round", wanted or "x", "--bank", bank), "no round")


def test_unknown_persona(run: Run, bank: Path) -> None:
    refused(run("start", "hard-01", "--persona", "nobody", "--plain", "--bank", bank), "no persona `nobody`", "ann")


@pytest.mark.parametrize("command", ["rounds", "personas", "questions", "start", "check"])
def test_bank_that_is_not_there(run: Run, tmp_path: Path, command: str) -> None:
    nowhere = tmp_path / "nowhere"
    words = {"start": ["start", "hard-01", "--plain", "--bank"], "check": ["bank", "check"]}
    refused(run(*words.get(command, [command, "--bank"]), nowhere), str(nowhere), "rounds/")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("kind: [hard", "not valid YAML"),
        (f"{GOOD_ROUND}titel: x", ":6: titel: is not a known field"),
        (f"{GOOD_ROUND}minutes: soon", "`minutes` is given twice"),
        (GOOD_ROUND.replace("5", "soon"), ":3: minutes: "),
        ("- a list", "expected `field: value`"),
        ("title: *x", "aliases"),
        ("a: 1\na: 2", "`a` is given twice"),
        ("", "expected `field: value`"),
    ],
)
def test_broken_bank(run: Run, bank: Path, text: str, complaint: str) -> None:
    broken = bank / "rounds" / "hard-01.yaml"
    broken.write_text(text, encoding="utf-8")
    for command in (["rounds"], ["personas"], ["start", "soft-01", "--plain"]):
        refused(run(*command, "--bank", bank), f"{broken}:", complaint)
    result = run("bank", "check", bank)
    one_line(result)
    assert result.status == 2
    assert complaint.lstrip(":0123456789 ") in result.out


def test_broken_question_is_no_matter_to_other_rounds(run: Run, bank: Path) -> None:
    (bank / "questions" / "testing" / "third.yaml").write_text("kind: [")
    refused(run("start", "soft-01", "--plain", "--bank", bank), "third.yaml:")
    assert run("start", "hard-01", "--plain", "--bank", bank).status == 0


@pytest.mark.parametrize("command", [["start", "hard-01", "--plain"], ["sessions"], ["report"], ["resume"]])
def test_home_that_cannot_be_written(
    run: Run, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("A file, no folder.")
    monkeypatch.setenv("INTERVIEWER_HOME", str(file))
    result = run(*command, *(["--bank", bank] if command[0] == "start" else []))
    refused(result, str(file), "INTERVIEWER_HOME")


def test_rounds_are_listed_without_a_home_to_write_to(
    run: Run, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("A file, no folder.")
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "file"))
    assert run("rounds", "--bank", bank).status == 0


@pytest.mark.parametrize("command", ["resume", "report"])
def test_missing_session(run: Run, bank: Path, command: str) -> None:
    refused(run(command), "interviewer start")
    held(run, bank, typed="")
    refused(run(command, "nowhere"), "no session `nowhere`", "interviewer sessions")


@pytest.mark.parametrize("command", ["resume", "report"])
def test_ambiguous_session(run: Run, bank: Path, command: str) -> None:
    held(run, bank, typed="")
    held(run, bank, typed="")
    refused(run(command, "hard-01"), "`hard-01` fits 2 sessions")


def test_session_that_is_over(run: Run, bank: Path) -> None:
    session = held(run, bank)
    refused(run("resume", session), f"session {session} is over", "interviewer report")
    refused(run("resume"), "no unfinished session")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("model = [", "not valid TOML"), ("model = 5", "setting `model`"), ("\xff", "not valid TOML")],
)
def test_broken_settings(run: Run, bank: Path, home: Path, text: str, complaint: str) -> None:
    (home / "config.toml").write_bytes(text.encode("latin-1"))
    refused(run("start", "hard-01", "--plain", "--bank", bank), complaint, str(home / "config.toml"))


@pytest.mark.parametrize("url", ["nonsense", "nodb://x", "postgresql+nodriver://x", "sqlite:////proc/none/x.db"])
def test_broken_database_url(run: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("INTERVIEWER_DATABASE_URL", url)
    refused(run("sessions"))


def test_damaged_database(run: Run, home: Path) -> None:
    (home / "interviews.db").write_bytes(b"This is no database. " * 100)
    refused(run("sessions"), "interviews.db")


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "docx"],
        ["--format", "pdf"],
        ["-o", "report.txt"],
        ["--format", "md", "-o", "no/folder.md"],
        ["--format", "md", "-o", "."],
    ],
)
def test_report_that_cannot_be_written(run: Run, bank: Path, words: list[str], tmp_path: Path) -> None:
    held(run, bank)
    refused(run("report", *(tmp_path / w if "." in w else w for w in words)))


def test_full_disk_is_told_in_one_line(bank: Path, home: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    for words in (["rounds"], ["start", "hard-01", "--plain"]):
        with Path("/dev/full").open("w") as full:
            done = program(*words, "--bank", str(bank), stdout=full)
        one_line(Result(done.returncode, "", done.stderr))
        assert done.returncode == 1


@pytest.mark.parametrize("words", ["rounds --json", "personas", "questions", "sessions", "doctor"])
def test_a_reader_that_stops_early_hears_no_complaint(home: Path, words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = program(*words.split(), stdout=writing)
    os.close(writing)
    assert done.stderr == ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_closed_streams(bank: Path, home: Path, closed: str) -> None:
    for words in ("rounds", "start hard-01 --plain"):
        command = f"'{sys.executable}' -m interviewer {words} --bank '{bank}' {closed}"
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_two_processes_do_not_hold_one_session(run: Run, bank: Path) -> None:
    session = held(run, bank, typed="")
    command = [sys.executable, "-m", "interviewer", "resume", session, "--plain"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        watchdog = Timer(PATIENCE, first.kill)
        watchdog.start()
        assert first.stdout is not None
        assert any("welcome_back" in line for line in first.stdout)
        refused(run("resume", session, "--plain"), f"session {session} is open in another window or process")
        assert run("report", session, "--format", "json").status == 0
        first.communicate("A walrus.\n\nA pelican.\n\n")
        watchdog.cancel()
    refused(run("resume", session, "--plain"), "is over")


@pytest.mark.parametrize("words", [["--help"], ["rounds"], ["start", "--help"]])
def test_no_library_for_models_is_loaded(home: Path, words: list[str]) -> None:
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    code += f"from interviewer.cli.main import run_command_line; run_command_line({words!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True)
    loaded = set(done.stderr.split())
    assert "interviewer.cli.main" in loaded
    assert not loaded & MODEL_LIBRARIES


def program(*words: str, stdout: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    command = [sys.executable, "-m", "interviewer", *words]
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
