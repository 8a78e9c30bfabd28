"""What is wrong in a bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.check import check
from interviewer.content.models import Question
from tests.fakes import make_question, make_round, make_skeleton, write_bank


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [make_round("r1", ["alpha"])], [make_question("alpha", topic="letters")])


def test_a_sound_bank_has_no_findings(root: Path) -> None:
    result = check(root, root / "personas")
    assert (result.findings, result.unreadable) == ((), 0)


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        (
            make_skeleton("alpha", topic="letters"),
            "a skeleton: write intent, rubric, levels, samples, hints, model_answer; then remove this line",
        ),
        (
            make_question("alpha", topic="letters", status="draft"),
            "a draft: write levels, samples; then remove this line",
        ),
        (
            make_skeleton("alpha", topic="letters", kind="coding", intent="To see.", hints=("Look.",)),
            "a skeleton: write rubric, levels, samples, model_answer, problem; then remove this line",
        ),
    ],
    ids=["skeleton", "draft", "coding"],
)
def test_what_a_person_still_has_to_write_is_named(tmp_path: Path, question: Question, finding: str) -> None:
    root = write_bank(tmp_path, [make_round("r1", ["alpha"])], [question])
    path = root / "questions" / "letters" / "alpha.yaml"
    result = check(root, root / "personas")
    line = path.read_text(encoding="utf-8").splitlines().index(f"status: {question.status}") + 1
    assert [str(f) for f in result.findings] == [f"{path}:{line}: {finding}"]
    assert result.unreadable == 0


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
