"""Where things lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer import paths
from interviewer.errors import UsageError

PLACES = [paths.data_dir, paths.config_file, paths.cache_dir]


@pytest.mark.parametrize("place", PLACES)
def test_one_variable_moves_everything(home: Path, place: Callable[[], Path]) -> None:
    assert place().is_relative_to(home)


@pytest.mark.parametrize("place", PLACES)
def test_the_home_folder_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch, place: Callable[[], Path]) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", "~nosuchuser/x")
    with pytest.raises(UsageError) as caught:
        place()
    assert str(caught.value) == "INTERVIEWER_HOME=~nosuchuser/x: there is no such home folder; give a full path"


def test_the_own_home_folder_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("INTERVIEWER_HOME", " ~/interviews ")
    assert paths.data_dir() == tmp_path / "interviews"
