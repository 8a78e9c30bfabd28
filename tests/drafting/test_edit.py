"""A file gets fields and keeps all that a person wrote into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content import yaml
from interviewer.drafting.edit import add_fields
from interviewer.errors import InterviewerError
from tests.drafting.stage import SKELETON

FIELDS = {"intent": "To see.", "hints": ["One: two", "# three"], "levels": {"1": "Bad."}}
ADDED = "intent: To see.\nhints:\n  - 'One: two'\n  - '# three'\nlevels:\n  '1': Bad.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "grows.yaml"


def added(file: Path, text: str) -> str:
    file.write_bytes(text.encode())
    add_fields(file, text.encode(), FIELDS)
    return file.read_bytes().decode()


def test_comments_and_layout_stay(file: Path) -> None:
    assert added(file, SKELETON) == SKELETON.replace("status: skeleton", "status: draft") + ADDED


@pytest.mark.parametrize(
    "text",
    [
        "status: draft\nkind: concept\n",
        "status: 'skeleton'\nkind: concept\n",
        "kind: concept\nstatus : skeleton",
        "status: skeleton\r\nkind: concept\r\n",
        "\ufeffstatus: skeleton\nkind: concept\n",
        "status: skeleton\nasks:\n  - |\n    status: skeleton\n",
        "---\nstatus: skeleton\nkind: concept\n",
    ],
)
def test_layouts(file: Path, text: str) -> None:
    before = yaml.parse(text.encode(), file)
    found = yaml.parse(added(file, text).encode(), file)
    assert found == {**before, "status": "draft", **FIELDS}


def test_line_ends_stay_those_of_the_file(file: Path) -> None:
    text = added(file, SKELETON.replace("\n", "\r\n"))
    assert text.count("\n") == text.count("\r\n") > 10


@pytest.mark.parametrize(
    "text",
    [
        "{status: skeleton, kind: concept}\n",
        "status: skeleton\nkind: concept\n...\n",
        "status:\n  skeleton\nkind: concept\n",
        "kind: concept\n",
        "status: skeleton\nintent: mine\n",
        "  status: skeleton\n  kind: concept\n",
    ],
)
def test_what_cannot_be_appended_to_is_left_as_it_is(file: Path, text: str) -> None:
    with pytest.raises(InterviewerError, match="nothing can be appended to this layout"):
        added(file, text)
    assert file.read_text() == text
    assert [p.name for p in file.parent.iterdir()] == ["grows.yaml"]


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(file: Path) -> None:
    file.write_text(SKELETON + "intent: mine\n")
    with pytest.raises(InterviewerError, match="was changed meanwhile, nothing is written; draft it once more"):
        add_fields(file, SKELETON.encode(), FIELDS)
    assert file.read_text() == SKELETON + "intent: mine\n"


def test_the_files_rights_stay(file: Path) -> None:
    file.write_text(SKELETON)
    file.chmod(0o640)
    add_fields(file, SKELETON.encode(), FIELDS)
    assert file.stat().st_mode & 0o777 == 0o640
