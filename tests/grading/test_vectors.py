"""Word vectors: on disk, unit length, near for near meanings."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from interviewer.errors import InterviewerError
from interviewer.grading import vectors


def similar(one: str, other: str) -> float:
    first, second = vectors.word(one), vectors.word(other)
    assert first is not None
    assert second is not None
    return float(first @ second)


def test_near_meanings_are_nearer() -> None:
    assert similar("quick", "fast") > similar("quick", "banana") + 0.3


def test_vectors_have_unit_length() -> None:
    vector = vectors.sentence({"stack": 1.0, "queue": 0.5})
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_nothing_has_no_vector() -> None:
    assert vectors.word("") is None
    assert vectors.sentence({}) is None


def test_missing_files_are_named_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_PACKAGE", "no_such_package")
    vectors._table.cache_clear()
    with pytest.raises(InterviewerError, match=r"no_such_package.*install"):
        vectors._table()
    monkeypatch.undo()
    vectors._table.cache_clear()


def test_the_library_itself_is_not_imported() -> None:
    code = (
        "import sys; from interviewer.grading import vectors; assert 'numpy' not in sys.modules;"
        "assert vectors.word('stack') is not None; assert 'wordllama' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
