"""Whatever lies in a bank's folder: findings with file and line, never a traceback."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer import paths
from interviewer.content.check import check
from tests.content.whole import whole_question
from tests.fakes import make_round, write_bank

FINDING = re.compile(r".+:[1-9]\d*: \S.*")
SHIPPED = paths.shipped("question_bank")
QUESTION = (SHIPPED / "questions" / "networking" / "tcp-vs-udp.yaml").read_bytes()
ROUND = (SHIPPED / "rounds" / "hard-05.yaml").read_bytes()
PERSONA = (paths.shipped("personas") / "cto.yaml").read_bytes()
JUNK = [
    *b"\x00\t\n\r:-?!&*[]{}#|>'\"%@`,~\xff\xfe\xc3\xe2",
    *(b": ", b"\n- ", b"\n  ", b"&a ", b"*a", b"<<: *a\n", b"!!python/name:os.system ", b"\n---\n", b"\xef\xbb\xbf"),
]
PIECES = st.sampled_from([bytes([j]) if isinstance(j, int) else j for j in JUNK])


def checked(root: Path) -> list[str]:
    """The findings, each a line of the promised form."""
    shown = [str(f) for f in check(root, root / "personas").findings]
    for line in shown:
        assert FINDING.fullmatch(line), line
        assert len(line) < 2_000
    return shown


def bank_of(root: Path, question: bytes = QUESTION, found: bytes = ROUND, persona: bytes = PERSONA) -> Path:
    """A bank of one round, one question and one persona, byte by byte."""
    for path, raw in (
        ("questions/net/tcp-vs-udp.yaml", question),
        ("rounds/hard-05.yaml", found),
        ("personas/cto.yaml", persona),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    return root


@given(data=st.data(), which=st.sampled_from([QUESTION, ROUND, PERSONA]))
def test_a_real_file_with_bytes_cut_out_and_put_in(
    data: st.DataObject, which: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = which
    for _ in range(data.draw(st.integers(1, 4))):
        spot = data.draw(st.integers(0, len(raw)))
        raw = raw[:spot] + data.draw(PIECES) + raw[spot + data.draw(st.integers(0, 40)) :]
    files = {QUESTION: "question", ROUND: "found", PERSONA: "persona"}
    checked(bank_of(tmp_path_factory.mktemp("bank"), **{files[which]: raw}))


@given(seed=st.integers(0, 1_000_000))
def test_a_real_file_with_lines_moved_about(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    lines = QUESTION.splitlines(keepends=True)
    for _ in range(3):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    checked(bank_of(tmp_path_factory.mktemp("bank"), question=b"".join(lines)))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", "expected `field: value` lines"),
        (b"\n\n# nothing\n", "expected `field: value` lines"),
        (QUESTION.decode().encode("utf-16"), "not UTF-8 text"),
        (QUESTION.decode().encode("utf-16-le"), "not valid YAML"),
        (QUESTION.replace(b"handshake", "händeschütteln".encode("latin-1"), 1), "not UTF-8 text"),
        (QUESTION.replace(b"handshake", b"hand\x00shake", 1), "not valid YAML"),
        (QUESTION.replace(b"minutes: 6", b"minutes:\t6\n\tx: 1"), "not valid YAML"),
        (QUESTION + b"minutes: 7\n", "`minutes` is given twice"),
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors (&name) and aliases (*name) are not used"),
        (b"[" * 100_000, "nested too deeply"),
        (b"{a: " * 100_000, "nested too deeply"),
        (b"- " * 100_000 + b"x", "nested too deeply"),
        (b"? " * 100_000 + b"x", "must be a word"),
        (b"x" * 3_000_000, "larger than 2 MB"),
        (b"k" * 1_900_000 + b": 1\n", "not valid YAML"),
        (b"'" + b"k " * 900_000 + b"': 1\n", "not valid YAML"),
        (b"? " + b"k" * 1_900_000 + b"\n: 1\n", "is not a known field"),
        (QUESTION + b"study2: [" + b"{}," * 50_000 + b"]\n", "study2: is not a known field"),
        (QUESTION.replace(b"asks:\n", b"asks:\n" + b"  - []\n" * 50_000, 1), "asks.0: must be text"),
    ],
    ids=range(19),
)
def test_files_that_are_no_question(tmp_path: Path, raw: bytes, text: str) -> None:
    shown = checked(bank_of(tmp_path, question=raw))
    assert any("tcp-vs-udp.yaml:" in line and text in line for line in shown), shown[:3]


def test_a_mark_at_the_beginning_and_windows_line_ends_are_welcome(tmp_path: Path) -> None:
    plain = checked(bank_of(tmp_path / "one"))
    marked = b"\xef\xbb\xbf" + QUESTION.replace(b"\n", b"\r\n")
    other = checked(bank_of(tmp_path / "two", question=marked))
    assert plain
    assert [line.replace("/one/", "/two/") for line in plain] == other


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [make_round("r1", ["alpha"])], [whole_question()])


@pytest.mark.parametrize("folder", ["rounds", "questions/letters", "personas"])
def test_what_is_called_a_file_and_is_none(root: Path, folder: str) -> None:
    (root / folder / "folder.yaml").mkdir()
    (root / folder / "loop.yaml").symlink_to("loop.yaml")
    (root / folder / "gone.yaml").symlink_to("nowhere.yaml")
    os.mkfifo(root / folder / "pipe.yaml")
    names = {line.rpartition("/")[2] for line in checked(root)}
    assert names == {f"{n}.yaml:1: is not a file; remove or rename it" for n in ("folder", "loop", "gone", "pipe")}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(root: Path) -> None:
    (root / "rounds" / "r1.yaml").chmod(0)
    (root / "questions" / "letters").chmod(0)
    shown = checked(root)
    assert any("r1.yaml:1: cannot be read (Permission denied)" in line for line in shown)
    assert any("letters:1: cannot be read (Permission denied)" in line for line in shown)
    (root / "questions" / "letters").chmod(0o700)


def test_folders_that_lead_into_themselves(root: Path) -> None:
    (root / "questions" / "again").symlink_to(root / "questions", target_is_directory=True)
    (root / "questions" / "letters" / "self").symlink_to(root, target_is_directory=True)
    assert checked(root) == []


def test_names_that_are_no_ids(root: Path) -> None:
    (root / "rounds" / "Ünd so\x1b[31m\n.yaml").write_bytes(ROUND)
    (root / "questions" / "Topic!").mkdir()
    (root / "questions" / "Topic!" / "x.yaml").write_bytes(QUESTION)
    shown = checked(root)
    assert any("id: must be lower-case words" in line for line in shown)
    assert any("topic: must be lower-case words" in line for line in shown)


def test_thousands_of_files(tmp_path: Path) -> None:
    root = write_bank(tmp_path / "bank", [make_round("r1", ["q-0"])], [])
    folder = root / "questions" / "many"
    folder.mkdir(parents=True)
    for number in range(3_000):
        asks = f"asks: ['{number} {number * 7} {number * 11}']"
        (folder / f"q-{number}.yaml").write_text(f"status: skeleton\nkind: concept\nminutes: 5\n{asks}\n")
    shown = checked(root)
    assert len([line for line in shown if "still a skeleton" in line]) == 3_000
    assert len([line for line in shown if "no round asks" in line]) == 2_999
