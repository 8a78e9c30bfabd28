"""The output file as its own checkpoint: cut anywhere, it is completed to the same bytes, and never mistaken."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bulk.output import Output
from interviewer.errors import UsageError
from tests.bulk.stage import StubGrader, answer_line, graded

ANSWERS = [answer_line(n, "ż" * n, note="{}\n") for n in range(6)]
DATA = ANSWERS[0] + b"nonsense\n" + b"".join(ANSWERS[1:4]) + b"\n{}\n" + b"".join(ANSWERS[4:])


def whole() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        graded(DATA, Path(folder, "out"))
        return Path(folder, "out").read_bytes()


WHOLE = whole()


@given(kept=st.integers(0, len(WHOLE)), concurrency=st.integers(1, 3))
def test_a_run_cut_at_any_byte_is_completed_to_the_same_bytes(kept: int, concurrency: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, grader = Path(folder, "out"), StubGrader()
        out.write_bytes(WHOLE[:kept])
        meter = graded(DATA, out, grader, concurrency)
        assert out.read_bytes() == WHOLE
    assert grader.graded == list(range(WHOLE[:kept].count(b"\n"), 6))
    assert (meter.answers, meter.left_out) == (6, 2)


def test_this_check_can_fail() -> None:
    assert WHOLE.count(b"\n") == 6
    assert len(set(WHOLE.splitlines())) == 6


@pytest.mark.parametrize(
    ("held", "what"),
    [
        (b"My own notes\n", ":1: not what this grader writes for input line 1"),
        (b"My own notes", ":1: not what this grader writes for input line 1"),
        (b"\n", ":1: not what this grader writes"),
        (b"\x00" * 50, ":1: not what this grader writes"),
        (b"x" * 500_000, ":1: not what this grader writes"),
        (WHOLE.replace(b'"stub"', b'"stub-2"'), ":1: not what this grader writes"),
        (WHOLE.replace(b'"id": 2,', b'"id": 9,'), ":3: not what this grader writes for input line 4"),
        (WHOLE.replace(b'"note"', b'"dote"'), ":1: not what this grader writes"),
        (WHOLE + WHOLE.splitlines(keepends=True)[-1], ":7: the input has no answer for this line"),
        (WHOLE + b"{", ":7: the input has no answer for this line"),
    ],
    ids=range(10),
)
def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path, held: bytes, what: str) -> None:
    out = tmp_path / "out"
    out.write_bytes(held)
    with pytest.raises(UsageError) as caught:
        graded(DATA, out)
    assert what in str(caught.value)
    assert "--restart" in str(caught.value)
    assert out.read_bytes() == held


def test_another_grader_does_not_go_on(tmp_path: Path) -> None:
    graded(DATA, tmp_path / "out", StubGrader("one"))
    with pytest.raises(UsageError, match="this grader"):
        graded(DATA, tmp_path / "out", StubGrader("two"))


def test_lines_added_to_the_input_are_added_to_the_output(tmp_path: Path) -> None:
    graded(DATA, tmp_path / "out")
    grader = StubGrader()
    graded(DATA + answer_line(6), tmp_path / "out", grader)
    assert grader.graded == [6]
    assert (tmp_path / "out").read_bytes().startswith(WHOLE)


def test_restart_forgets_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"My own notes\n")
    with Output.open(tmp_path / "out") as output:
        output.restart()
    graded(DATA, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == WHOLE


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with Output.open(tmp_path / "out"), pytest.raises(UsageError, match="another process"):
        Output.open(tmp_path / "out")
    with Output.open(tmp_path / "out"):
        pass


def test_a_file_is_told_from_another(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "out")
    (tmp_path / "other").touch()
    with Output.open(tmp_path / "out") as output:
        for name, is_it in (("out", True), ("link", True), ("other", False)):
            with (tmp_path / name).open("rb") as source:
                assert output.is_also(source) is is_it


@pytest.mark.parametrize("place", ["folder", "no/file", "file/below", "nul\x00"])
def test_a_place_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        Output.open(tmp_path / place)


def test_what_is_no_file_is_just_written_to() -> None:
    with Output.open(Path("/dev/null")) as output:
        assert not output.resumable
    assert graded(DATA, Path("/dev/null")).answers == 6
