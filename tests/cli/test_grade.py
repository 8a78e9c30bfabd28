"""`interviewer grade` and `interviewer agreement` as people and scripts use them, killed processes included."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer

import pytest

from interviewer.cli.main import run_command_line
from tests.fakes import make_point, make_question, make_round, write_bank

PATIENCE = 60.0
PADDING = "x" * 4_000
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rubric = (make_point("beat", weight=2, terms=["walrus"]), make_point("post", terms=["pelican"]))
    question = make_question("first", rubric=rubric)
    return write_bank(tmp_path_factory.mktemp("bank"), [make_round("hard-01", ["first"])], [question])


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process: status, standard output, standard error."""

    def call(*arguments: str | Path, typed: bytes = b"") -> tuple[int, str, str]:
        source = io.BytesIO(typed)
        source.name = "<stdin>"  # type: ignore[attr-defined]
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(source))
        capsys.readouterr()
        status = run_command_line([str(a) for a in arguments])
        done = capsys.readouterr()
        return status, done.out, done.err

    return call


def answer(number: int, text: str = "A walrus.", **more: object) -> bytes:
    return json.dumps({"id": number, "question_id": "first", "answer": text, **more}).encode() + b"\n"


def answers(count: int) -> bytes:
    return b"".join(answer(n, ["A walrus.", "A pelican.", "No idea."][n % 3], note=PADDING) for n in range(count))


def refused(result: tuple[int, str, str], *parts: str) -> None:
    """Status 2, one line, and these words in it."""
    status, out, err = result
    assert (status, out) == (2, "")
    assert err.startswith("interviewer: ")
    assert err.count("\n") == 1
    for part in parts:
        assert part in err


@pytest.mark.parametrize("given", ["file", "-"])
def test_grades_to_standard_output(run: Run, bank: Path, tmp_path: Path, given: str) -> None:
    (tmp_path / "in").write_bytes(answer(1) + answer(2, "A walrus and a pelican."))
    source = "-" if given == "-" else tmp_path / "in"
    status, out, err = run("grade", source, "--bank", bank, typed=(tmp_path / "in").read_bytes())
    assert (status, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["id"], row["predicted"], row["level"]) for row in rows] == [(1, 0.6667, 3), (2, 1.0, 4)]
    assert 0 <= rows[0]["criteria"][0].pop("confidence") <= 1
    assert rows[0]["criteria"][0] == {
        "id": "beat",
        "point": "Says the beat.",
        "verdict": "met",
        "evidence": ["A walrus."],
    }


def test_grades_into_a_file_and_goes_on(run: Run, bank: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.write_bytes(answers(5))
    assert run("grade", source, "-o", out, "--bank", bank) == (0, "", f"5 answers graded, written to {out}\n")
    whole = out.read_bytes()
    out.write_bytes(whole[:-300])
    assert run("grade", source, "-o", out, "--bank", bank)[0] == 0
    assert out.read_bytes() == whole
    out.write_bytes(b"Mine.\n")
    refused(run("grade", source, "-o", out, "--bank", bank), f"{out}:1: ", "--restart")
    assert run("grade", source, "-o", out, "--restart", "--bank", bank)[0] == 0
    assert out.read_bytes() == whole


def test_bad_lines_are_told_and_the_rest_is_graded(run: Run, bank: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.write_bytes(answer(1) + b"{\n" + answer(2).replace(b"first", b"fist") + answer(3))
    for _ in range(2):
        status, _, err = run("grade", source, "-o", out, "--bank", bank)
        told = err.splitlines()
        assert (status, len(told)) == (1, 4)
        assert told[0].startswith(f"{source}:2: not valid JSON")
        assert told[1].startswith(f"{source}:3: {bank}: no question `fist`; ")
        assert told[2] == f"2 answers graded, written to {out}"
        assert told[3].startswith(f"interviewer: {source}: 2 lines left out; ")
        assert [json.loads(line)["id"] for line in out.read_bytes().splitlines()] == [1, 3]


@pytest.mark.parametrize("command", ["grade", "agreement"])
def test_input_that_is_not_there(run: Run, tmp_path: Path, command: str) -> None:
    for place in (tmp_path / "no.jsonl", tmp_path):
        refused(run(command, place), str(place))
    refused(run(command))


@pytest.mark.parametrize("place", [".", "no/out", "file/out"])
def test_output_that_cannot_be_written(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    refused(run("grade", tmp_path / "file", "-o", tmp_path / place), "cannot be written", "-o")


def test_input_that_is_the_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(answer(1))
    refused(run("grade", tmp_path / "in", "-o", tmp_path / "in", "--restart"), "input and output at once")
    assert (tmp_path / "in").read_bytes() == answer(1)


def test_bank_that_is_not_there(run: Run, tmp_path: Path) -> None:
    refused(run("grade", "-", "--bank", tmp_path / "no", typed=answer(1)), str(tmp_path / "no"))


@pytest.mark.parametrize("number", ["0", "-1", "x", "1000"])
def test_concurrency_is_a_small_number(run: Run, number: str) -> None:
    refused(run("grade", "-", "--concurrency", number), "--concurrency")


def test_agreement(run: Run, bank: Path, tmp_path: Path) -> None:
    scored = answer(1, score=0.6, dataset="d") + answer(2, "No idea at all.", score=0.0, dataset="d") + answer(3)
    (tmp_path / "in").write_bytes(scored)
    assert run("grade", tmp_path / "in", "-o", tmp_path / "out", "--bank", bank)[0] == 0
    status, out, err = run("agreement", tmp_path / "out", "--json", "--plot", tmp_path / "a.svg")
    found = json.loads(out)
    assert (status, err) == (0, f"Drawn to {tmp_path / 'a.svg'}\n")
    assert {k: found[k] for k in ("n", "pearson", "qwk", "without_score")} == {
        "n": 2,
        "pearson": 1.0,
        "qwk": 1.0,
        "without_score": 1,
    }
    assert found["datasets"]["d"]["rmse"] == found["rmse"]
    assert (tmp_path / "a.svg").read_text().startswith("<svg ")
    status, out, err = run("agreement", tmp_path / "out")
    assert (status, err) == (0, "")
    assert "first" in out.splitlines()[-1]


def test_agreement_over_bad_lines(run: Run) -> None:
    status, out, err = run("agreement", "-", "--json", typed=b'{"score": 1, "predicted": 1}\n{\n')
    assert (status, json.loads(out)["n"]) == (1, 1)
    assert [line.split(":")[0] for line in err.splitlines()] == ["<stdin>", "interviewer"]


def test_a_picture_of_no_known_kind(run: Run, tmp_path: Path) -> None:
    refused(run("agreement", "-", "--plot", tmp_path / "a.pdf"), ".svg or .png")


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "interviewer", *map(str, arguments)]


def output_of(command: Sequence[str], typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=typed, capture_output=True, timeout=PATIENCE, check=False)


def interrupted(command: Sequence[str], typed: bytes, with_signal: signal.Signals) -> tuple[int, str]:
    """Status and standard error of a command that gets a signal once it has read nearly all of that from a pipe.

    Ctrl-C reaches its workers too, as in a terminal. Standard error ends when the last worker process is gone.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stderr=pipe, start_new_session=True) as process:
        watchdog = Timer(PATIENCE, process.kill)
        watchdog.start()
        assert process.stdin is not None and process.stderr is not None
        process.stdin.write(typed)
        process.stdin.flush()
        send = os.killpg if with_signal == signal.SIGINT else os.kill
        send(process.pid, with_signal)
        told = process.stderr.read().decode()
        watchdog.cancel()
    return process.returncode, told


@pytest.mark.parametrize("concurrency", [1, 2])
def test_a_killed_run_goes_on_to_the_same_bytes(home: Path, bank: Path, tmp_path: Path, concurrency: int) -> None:
    data, out = answers(60), tmp_path / "out"
    whole = output_of(program("grade", "-", "--bank", bank), data)
    assert (whole.returncode, whole.stderr, whole.stdout.count(b"\n")) == (0, b"", 60)
    command = program("grade", "-", "-o", out, "--bank", bank, "--concurrency", concurrency)
    status, _ = interrupted(command, data, signal.SIGKILL)
    assert status == -signal.SIGKILL
    left = out.read_bytes()
    assert 0 < len(left) < len(whole.stdout)
    assert whole.stdout.startswith(left)
    assert output_of(command, data).returncode == 0
    assert out.read_bytes() == whole.stdout


@pytest.mark.parametrize("concurrency", [1, 2])
def test_ctrl_c_says_how_to_go_on(home: Path, bank: Path, tmp_path: Path, concurrency: int) -> None:
    out = tmp_path / "out"
    command = program("grade", "-", "-o", out, "--bank", bank, "--concurrency", concurrency)
    status, told = interrupted(command, answers(60), signal.SIGINT)
    done = out.read_bytes().count(b"\n")
    just_before = (f"interviewer: stopped after {n} answers; the same command goes on\n" for n in (done, done - 1))
    assert status == 130
    assert told in just_before
    assert 0 < done < 60


def test_a_full_disk_is_told_in_one_line(home: Path, bank: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = output_of(program("grade", "-", "-o", "/dev/full", "--bank", bank), answer(1))
    assert done.returncode == 1
    assert done.stderr.decode().startswith("interviewer: /dev/full: cannot be written (No space left")
    assert done.stderr.count(b"\n") == 1


def test_a_reader_that_stops_early_hears_no_complaint(home: Path, bank: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = program("grade", "-", "--bank", bank)
    done = subprocess.run(
        command, input=answers(9), stdout=writing, stderr=subprocess.PIPE, timeout=PATIENCE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_model_that_cannot_judge_is_told_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(answer(1))
    for model in ("", " ", "openai/"):
        refused(run("grade", tmp_path / "in", "-o", tmp_path / "out", "--model", model))
    assert not (tmp_path / "out").exists()
