"""What is wrong in a bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.check import check
from tests.fakes import make_question, make_round, write_bank


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [make_round("r1", ["alpha"])], [make_question("alpha", topic="letters")])


def test_a_sound_bank_has_no_findings(root: Path) -> None:
    result = check(root, root / "personas")
    assert (result.findings, result.unreadable) == ((), 0)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (r'"\e]0;owned\a": 1', "r1.yaml:8: ]0;owned: is not a known field; check its spelling"),
        (r'"x\n-- forged": 1', "r1.yaml:8: x -- forged: is not a known field; check its spelling"),
    ],
)
def test_a_finding_is_one_printable_line(root: Path, line: str, shown: str) -> None:
    with (root / "rounds" / "r1.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    (finding,) = check(root, root / "personas").findings
    assert str(finding) == f"{root / 'rounds'}/{shown}"
