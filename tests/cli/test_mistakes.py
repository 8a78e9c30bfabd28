"""What a person can get wrong, each told in one line with its mend; and what goes wrong around the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.cli.stage import Result, Run, held, one_line

PATIENCE = 60.0
GOOD_ROUND = "kind: hard\ntitle: T\nminutes: 5\npersonas: [ann]\nquestions: [first]\n"
MODEL_LIBRARIES = {"litellm", "openai"}


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
