"""`interviewer bank import` as people use it: what it prints, and an interview held from what it wrote."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.cli.main import run_command_line

POST = """\
We met twice.

## Round 1 (30 min)

Interviewer: Team lead

- Introduce yourself
- Which port does SSH use?
- Which port does SSH use?
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process: status, standard output, standard error."""
    monkeypatch.chdir(home)

    def call(*arguments: str | Path, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        try:
            status = run_command_line([str(a) for a in arguments])
        except SystemExit as leaving:
            status = leaving.code or 0  # type: ignore[assignment]
        done = capsys.readouterr()
        return status, done.out, done.err

    return call


@pytest.fixture
def post(home: Path) -> Path:
    path = home / "post.md"
    path.write_text(POST, encoding="utf-8")
    return path


def test_it_says_what_it_made_and_what_it_left(run: Run, post: Path) -> None:
    status, out, err = run("bank", "import", "post.md", "-o", "bank")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "post.md:1: not placed: We met twice.",
        "post.md:9: not placed: asked twice in this round: Which port does SSH use?",
        "1 round, 2 questions in 2 files, 1 interviewer (0 with a neutral voice); 3 new files, 0 kept; 2 not placed",
        "`interviewer start round-1 --bank bank` begins the first round.",
        "`interviewer bank check bank` says what you still have to write.",
    ]


def test_a_second_time_it_names_what_it_kept(run: Run, post: Path) -> None:
    run("bank", "import", "post.md", "-o", "bank")
    status, out, _ = run("bank", "import", "post.md", "-o", "bank")
    assert status == 0
    assert "bank/rounds/round-1.yaml: exists already, kept as it is" in out.splitlines()
    assert "0 new files, 3 kept" in out


def test_an_interview_is_held_and_reported_from_it(run: Run, post: Path) -> None:
    run("bank", "import", "post.md", "-o", "bank")
    typed = "I run the build farm.\n\n/hint\nPort 22.\n\n"
    status, out, _ = run("start", "round-1", "--bank", "bank", "--plain", typed=typed)
    assert status == 0
    assert out.count("Which port does SSH use?") == 1
    _, report, _ = run("report")
    assert "no signal" in report
    assert report.count("This question has no rubric yet") == 2


def test_the_check_says_what_is_still_to_be_written(run: Run, post: Path) -> None:
    run("bank", "import", "post.md", "-o", "bank")
    status, out, _ = run("bank", "check", "bank")
    assert status == 1
    to_write = [line for line in out.splitlines() if "a skeleton" in line]
    assert len(to_write) == 2
    assert all("rubric" in line and ".yaml:" in line for line in to_write)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.md", "-o", "bank"), "nowhere.md"),
        (("post.md",), "Missing option '-o'"),
        (("post.md", "-o", "post.md"), "post.md: is a file; give a folder with -o"),
        ((".", "-o", "bank"), "cannot be read"),
    ],
)
def test_wrong_usage_is_one_line(run: Run, post: Path, arguments: tuple[str, ...], message: str) -> None:
    status, out, err = run("bank", "import", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert not (post.parent / "bank").exists()
