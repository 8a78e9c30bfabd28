from __future__ import annotations

import os
from pathlib import Path

import pytest

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.errors import UsageError
from interviewer.tui import catalogue
from interviewer.tui.catalogue import Catalogue, PersonaRow, RoundRow
from tests.tui.conftest import TITLES


@pytest.fixture
def bank(content: Path) -> Bank:
    return Bank(paths.shipped("question_bank"), paths.shipped("personas"))


def kept(bank: Bank) -> Catalogue | None:
    return catalogue.kept(bank.root, paths.shipped("personas"))


def test_what_is_read_is_kept_for_the_next_start(bank: Bank) -> None:
    assert kept(bank) is None
    found = catalogue.read(bank, paths.shipped("personas"))
    assert kept(bank) == found
    assert found.rounds[0] == RoundRow("hard-01", TITLES["hard-01"], "hard", 60, 2, ("ann",))
    assert [p.id for p in found.personas] == ["ann", "bob", "cid", "dee"]
    assert found.persona("bob") == PersonaRow("bob", "Bob", "bob role", "Somebody.")
    assert [[r.id for r in found.rounds_of(p.id)] for p in found.personas] == [
        ["hard-01", "hard-02"],
        ["hard-02"],
        ["hard-02"],
        ["soft-01"],
    ]


def grow(file: Path) -> None:
    file.write_text(file.read_text() + "\n# more\n")


def touch(file: Path) -> None:
    stat = file.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))


def copy(file: Path) -> None:
    file.with_name("new.yaml").write_text(file.read_text())


@pytest.mark.parametrize("change", [grow, touch, copy, Path.unlink])
@pytest.mark.parametrize(
    "file", ["question_bank/rounds/soft-01.yaml", "question_bank/personas/ann.yaml", "personas/dee.yaml"]
)
def test_a_changed_file_is_read_again(bank: Bank, content: Path, file: str, change: object) -> None:
    catalogue.read(bank, paths.shipped("personas"))
    change(content / file)  # type: ignore[operator]
    assert kept(bank) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"rounds": [{}], "personas": []}', '{"rounds": 3, "personas": []}', "\xff"]
)
def test_a_damaged_file_is_as_good_as_none(bank: Bank, text: str) -> None:
    catalogue.read(bank, paths.shipped("personas"))
    for file in paths.cache_dir().glob("catalogue-*.json"):
        file.write_text(text, encoding="latin-1")
    assert kept(bank) is None


def test_a_cache_that_cannot_be_written_costs_only_time(bank: Bank, home: Path) -> None:
    (home / "cache").write_text("a file where a folder should be")
    assert len(catalogue.read(bank, paths.shipped("personas")).rounds) == 3
    assert kept(bank) is None


def test_a_round_of_nobody_known_is_refused_before_it_is_listed(bank: Bank, content: Path) -> None:
    file = content / "question_bank" / "rounds" / "soft-01.yaml"
    file.write_text(file.read_text().replace("- dee", "- zed"))
    with pytest.raises(UsageError, match="no persona `zed`"):
        catalogue.read(bank, paths.shipped("personas"))
