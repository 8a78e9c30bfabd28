"""One process a session."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interviewer.errors import UsageError
from interviewer.store.lock import SessionLock

HOLDER = """
import sys
from pathlib import Path
from interviewer.store.lock import SessionLock
lock = SessionLock(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""
REFUSED = "session s is open in another window or process; go on there, or close it first"


@contextmanager
def another_process(folder: Path, session: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its input ends or it is killed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), session],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = SessionLock(tmp_path / "locks", "s")
    with pytest.raises(UsageError) as caught:
        SessionLock(tmp_path / "locks", "s")
    assert str(caught.value) == REFUSED
    first.release()
    with SessionLock(tmp_path / "locks", "s"):
        pass
    SessionLock(tmp_path / "locks", "s").release()


def test_an_error_inside_lets_go_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), SessionLock(tmp_path, "s"):
        raise ZeroDivisionError
    SessionLock(tmp_path, "s").release()


def test_sessions_do_not_stand_in_each_others_way(tmp_path: Path) -> None:
    with SessionLock(tmp_path, "s"), SessionLock(tmp_path, "t"):
        pass


def test_another_process_is_refused_too_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    with another_process(tmp_path, "s") as holder:
        with pytest.raises(UsageError) as caught:
            SessionLock(tmp_path, "s")
        assert str(caught.value) == REFUSED
        holder.kill()
        holder.wait(timeout=30)
        SessionLock(tmp_path, "s").release()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("in the way")
    with pytest.raises(UsageError, match=r"cannot be written .*; set INTERVIEWER_HOME to a folder that can"):
        SessionLock(tmp_path / "locks", "s")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes a file only when nobody has it open")
def test_the_file_stays_so_that_all_lock_the_same_one(tmp_path: Path) -> None:
    SessionLock(tmp_path, "s").release()
    assert [p.name for p in tmp_path.iterdir()] == ["s.lock"]
