"""A whole bank: every file is read, and each finding has file, line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer import paths
from interviewer.content.check import check
from tests.content.whole import whole_question
from tests.fakes import make_persona, make_round, make_skeleton, write_bank, write_yaml


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [make_round("r1", ["alpha"])], [whole_question()])


def findings(root: Path) -> list[str]:
    """What is found, without the folder."""
    return [str(f).removeprefix(f"{root}/") for f in check(root, root / "personas").findings]


def test_a_sound_bank_has_no_findings(root: Path) -> None:
    result = check(root, root / "personas")
    assert (result.findings, result.unreadable) == ((), 0)
    assert result.summary == "1 round, 1 question from 1 file: nothing to mend"


def test_the_shipped_bank_has_none() -> None:
    result = check(paths.shipped("question_bank"), paths.shipped("personas"))
    assert [str(f) for f in result.findings] == []
    assert result.summary == "13 rounds, 107 questions from 91 files: nothing to mend"


def test_findings_come_by_file_and_line(root: Path) -> None:
    path = root / "questions" / "letters" / "alpha.yaml"
    text = path.read_text(encoding="utf-8").replace("What is the use of alpha?", "What? And why?", 1)
    path.write_text(text.replace("Another book", "https://example.org"), encoding="utf-8")
    write_yaml(root / "rounds" / "r0.yaml", make_round("r0", ["nix"], personas=["nobody"]))
    lines = path.read_text(encoding="utf-8").splitlines()
    asked, study = lines.index("- What? And why?") + 1, lines.index("- https://example.org") + 1
    assert findings(root) == [
        f"questions/letters/alpha.yaml:{asked}: two questions at once; ask one, and make the other a follow-up or a"
        " rubric point",
        f"questions/letters/alpha.yaml:{study}: links go stale; give the title, author, chapter or section",
        "rounds/r0.yaml:5: no persona `nobody`; there are ann",
        "rounds/r0.yaml:7: no question `nix`; add questions/<topic>/nix.yaml or mend the id",
    ]


def test_all_that_is_wrong_with_a_broken_file_is_said(root: Path) -> None:
    (root / "rounds" / "r1.yaml").write_text("kind: firm\ntitle: T\nminutes: 5\npersonas: [ann]\n", encoding="utf-8")
    result = check(root, root / "personas")
    assert result.unreadable == 1
    assert [f.line for f in result.findings] == [1, 1]
    assert findings(root)[0] == "rounds/r1.yaml:1: kind: input should be 'hard' or 'soft'"
    assert findings(root)[1] == "rounds/r1.yaml:1: questions: is missing; add it"


def test_a_skeleton_is_one_finding(root: Path) -> None:
    write_yaml(root / "questions" / "letters" / "alpha.yaml", make_skeleton("alpha"))
    missing = "`intent`, `rubric`, `levels`, `samples`, `hints`, `model_answer`"
    assert findings(root) == [
        f"questions/letters/alpha.yaml:1: still a skeleton: write {missing}, then remove this line"
    ]


def test_a_question_that_no_round_asks(root: Path) -> None:
    write_yaml(root / "questions" / "letters" / "beta.yaml", whole_question("beta"))
    assert findings(root) == [
        "questions/letters/beta.yaml:1: no round asks this question; list its id in rounds/<id>.yaml"
    ]


def test_the_same_id_twice_and_the_same_ask_twice(root: Path) -> None:
    write_yaml(root / "questions" / "other" / "alpha.yaml", whole_question())
    write_yaml(root / "questions" / "other" / "beta.yaml", whole_question())
    write_yaml(root / "rounds" / "r2.yaml", make_round("r2", ["beta"]))
    first = root / "questions" / "letters" / "alpha.yaml"
    assert findings(root) == [
        f"questions/other/alpha.yaml:1: question `alpha` exists already in {first}; rename one of them",
        "questions/other/beta.yaml:3: `alpha` asks the same; keep one of the two questions",
        "questions/other/beta.yaml:4: `alpha` asks the same; keep one of the two questions",
    ]


def test_a_persona_with_an_unknown_placeholder(root: Path) -> None:
    write_yaml(root / "personas" / "ann.yaml", make_persona("ann", greeting=["Hello {name}.", "I am {nmae}."]))
    (found,) = findings(root)
    assert found.endswith(": unknown placeholder nmae; see docs/persona.md")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("rounds/r2.yml", "is not read; rename it to end in .yaml"),
        ("questions/letters/beta.yml", "is not read; rename it to end in .yaml"),
        ("questions/beta.yaml", "lies in no topic's folder; move it to questions/<topic>/"),
        ("personas/bob.yml", "is not read; rename it to end in .yaml"),
    ],
)
def test_a_file_that_is_never_read(root: Path, path: str, text: str) -> None:
    (root / path).write_text("kind: hard\n", encoding="utf-8")
    assert findings(root) == [f"{path}:1: {text}"]


@pytest.mark.parametrize("name", ["README.md", ".hidden.yml", ".git/config.yaml"])
def test_what_else_lies_there_is_none_of_our_business(root: Path, name: str) -> None:
    for folder in ("rounds", "questions", "questions/letters"):
        path = root / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert findings(root) == []


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (r'"\e]0;owned\a": 1', "rounds/r1.yaml:8: ]0;owned: is not a known field; check its spelling"),
        (r'"x\n-- forged": 1', "rounds/r1.yaml:8: x -- forged: is not a known field; check its spelling"),
    ],
)
def test_a_finding_is_one_printable_line(root: Path, line: str, shown: str) -> None:
    with (root / "rounds" / "r1.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert findings(root) == [shown]
