"""Banks by folder and by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content import banks
from interviewer.errors import UsageError


@pytest.fixture
def own(home: Path) -> Path:
    """Two own banks, and what is none."""
    for name in ("team", "mine"):
        (home / "banks" / name / "rounds").mkdir(parents=True)
    (home / "banks" / "empty").mkdir()
    (home / "banks" / "notes.txt").write_text("x")
    return home / "banks"


def test_own_banks_are_the_folders_with_rounds(own: Path) -> None:
    assert banks.own() == {"mine": own / "mine", "team": own / "team"}


def test_without_a_folder_there_are_none(home: Path) -> None:
    assert banks.own() == {}
    with pytest.raises(UsageError, match=r"no bank `team`: you have none of your own; give a folder with rounds/, or"):
        banks.find("team")


def test_a_name_and_a_folder(own: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert banks.find("team") == own / "team"
    assert banks.find(str(elsewhere)) == elsewhere
    assert banks.find("./team") == Path("./team")


def test_a_folder_here_that_is_a_bank_goes_before_an_own_one_and_another_does_not(
    own: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    (here / "team").mkdir()
    assert banks.find("team") == own / "team"
    (here / "team" / "rounds").mkdir()
    assert banks.find("team") == Path("team")


@pytest.mark.parametrize("wanted", ["nix", "empty", "notes.txt", ""])
def test_an_unknown_name_lists_the_ones_there_are(own: Path, wanted: str) -> None:
    with pytest.raises(UsageError) as caught:
        banks.find(wanted)
    assert str(caught.value).startswith(f"no bank `{wanted}`: your own are mine, team; ")
