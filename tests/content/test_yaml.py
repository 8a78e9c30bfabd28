"""YAML files to models: whatever is wrong with a file is said in one line with file, line and the mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.content import yaml
from interviewer.content.models import Question, Round
from interviewer.content.personas import Persona
from interviewer.errors import UsageError
from tests.fakes import make_persona, make_question, make_round, write_yaml

ROUND = """\
kind: hard
title: A round
minutes: 45
personas:
  - ann
questions:
  - first
  - id: second
    persona: ann
"""
QUESTION = """\
kind: concept
asks: [What is it?]
intent: To see.
minutes: 5
rubric:
  - id: one
    point: Says one.
    weight: 2
    terms: [one]
    probe: And?
samples:
  - answer: One.
    level: 3
    points: {one: met}
model_answer: One.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "it.yaml"


def read_round(file: Path, text: str | bytes) -> Round:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yaml.read(file, Round, id="it")


def complaint(file: Path, text: str | bytes, model: type = Round) -> str:
    """The error in one line, without the folder."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    given = {"id": "it"} | ({"topic": "testing"} if model is Question else {})
    with pytest.raises(UsageError) as caught:
        yaml.read(file, model, **given)
    message = str(caught.value)
    assert message.count("\n") == 0
    assert message.startswith(f"{file}:")
    return message.replace(str(file), "it.yaml")


# --- what can be read --------------------------------------------------------------------------------

EXPECTED = make_round("it", ["first", {"id": "second", "persona": "ann"}], minutes=45)  # type: ignore[list-item]


@pytest.mark.parametrize(
    "raw",
    [
        ROUND.encode(),
        b"\xef\xbb\xbf" + ROUND.encode(),
        ROUND.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + ROUND.replace("\n", "\r\n").encode(),
        ROUND.replace("45", "'45'").encode(),
        ROUND.replace("45", "45.0").encode(),
        f"# a comment\n\n---\n{ROUND}...\n".encode(),
    ],
    ids=["plain", "BOM", "CRLF", "BOM and CRLF", "quoted number", "float", "markers"],
)
def test_ways_to_write_the_same_round(file: Path, raw: bytes) -> None:
    read = read_round(file, raw)
    assert read.model_copy(update={"title": "Title of it"}) == EXPECTED
    assert read.title == "A round"


@pytest.mark.parametrize("text", ["no", "2024-01-31", "3.10", "1_000", "0x1F", "~ tilde", "on", "1e3"])
def test_text_stays_what_the_author_typed(file: Path, text: str) -> None:
    assert read_round(file, ROUND.replace("A round", text)).title == text


@pytest.mark.parametrize("item", [make_question(), make_round("it", ["a"]), make_persona()])
def test_what_is_written_is_read(file: Path, item: Question | Round | Persona) -> None:
    write_yaml(file, item)
    given = {"id": item.id} | ({"topic": item.topic} if isinstance(item, Question) else {})
    assert yaml.read(file, type(item), **given) == item


# --- what cannot -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: hard\n  title: x\n", "it.yaml:2: not valid YAML: mapping values are not allowed"),
        ("kind: [hard\n", "it.yaml:2: not valid YAML: "),
        ("kind: 'hard\n", "it.yaml:2: not valid YAML: found unexpected end of stream"),
        ("kind: hard\ntitle:\n\t- x\n", "it.yaml:3: not valid YAML: found character that cannot start any token"),
        (f"{ROUND}---\n{ROUND}", "it.yaml:10: a second document begins here; keep one a file"),
        ("a\x00b", "it.yaml:1: not valid YAML: unacceptable character #x0000"),
        (f"{ROUND}title: Again\n", "it.yaml:10: `title` is given twice; keep one of them"),
        (
            ROUND.replace("ann\n", "&a ann\n", 1) + "other: *a\n",
            "it.yaml:5: anchors (&name) and aliases (*name) are not used",
        ),
        ("kind: *nowhere\n", "it.yaml:1: anchors (&name) and aliases (*name) are not used here; write it out"),
        (ROUND.encode() + b"# \xff\n", "it.yaml:10: not UTF-8 text; save the file as UTF-8"),
        (ROUND.encode("utf-16"), "it.yaml:1: not UTF-8 text; save the file as UTF-8"),
        ("", "it.yaml:1: expected `field: value` lines; see docs/write-a-question.md"),
        ("# only a comment\n", "it.yaml:1: expected `field: value` lines"),
        ("- kind: hard\n", "it.yaml:1: expected `field: value` lines"),
        ("hard\n", "it.yaml:1: expected `field: value` lines"),
        ("[" * 200_000, "it.yaml:1: nested too deeply; flatten it"),
        ("- " * 200_000, "it.yaml:1: nested too deeply; flatten it"),
        ("? " * 200_000, "it.yaml:1: a field's name must be a word; check brackets and braces"),
        ("kind: hard\ntitle: " + "{a: " * 200, "it.yaml:2: nested too deeply; flatten it"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_what_is_no_usable_yaml(file: Path, text: str | bytes, expected: str) -> None:
    assert complaint(file, text).startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("minutes: 45\n", "", "it.yaml:1: minutes: is missing; add it"),
        ("kind: hard", "kind: medium", "it.yaml:1: kind: input should be 'hard' or 'soft'"),
        ("minutes: 45", "minutes: long", "it.yaml:3: minutes: input should be a valid integer"),
        ("minutes: 45", "minutes: 0", "it.yaml:3: minutes: input should be greater than or equal to 1"),
        ("title: A round", "title: ''", "it.yaml:2: title: string should have at least 1 character"),
        ("title: A round", "title: [A]", "it.yaml:2: title: must be text; put quotes around it"),
        ("title: A round", "title:", "it.yaml:2: title: must be text; put quotes around it"),
        ("title: A round", "titel: A round", "it.yaml:1: title: is missing; add it (and 1 more)"),
        ("  - first", "  - First!", "it.yaml:7: questions.0.id: must be lower-case words joined by hyphens, such as"),
        (
            "  - ann",
            '  - "ann\\n"',
            "it.yaml:5: personas.0: must be lower-case words joined by hyphens, such as `hard-05`",
        ),
        ("    persona: ann", "    person: ann", "it.yaml:9: questions.1.person: is not a known field; check its"),
        (
            "    persona: ann",
            "    persona: bob",
            "it.yaml:9: questions.1.persona: `bob` is not in the round; add them to personas or remove this line",
        ),
        ("id: second", "id: first", "it.yaml:8: questions.1: `first` is asked twice; remove one of them"),
        ("  - ann\n", "", "it.yaml:4: personas: must be a list; begin each entry with `- `"),
    ],
)
def test_what_does_not_fit_a_round(file: Path, old: str, new: str, expected: str) -> None:
    assert old in ROUND
    assert complaint(file, ROUND.replace(old, new, 1)).startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    probe: And?\n", "", "it.yaml:6: rubric.0.probe: is missing; add it"),
        ("weight: 2", "weight: 9", "it.yaml:8: rubric.0.weight: input should be less than or equal to 5"),
        (
            "weight: 2",
            "part: later",
            "it.yaml:8: rubric.0.part: no follow-up `later`; add it to follow_ups or remove this line",
        ),
        ("{one: met}", "{one: good}", "it.yaml:14: samples.0.points.one: input should be 'met', 'partial'"),
        ("{one: met}", "{two: met}", "it.yaml:14: samples.0.points: must label each rubric point once; check one, two"),
        ("model_answer: One.\n", "extra: 1\n", "it.yaml:1: model_answer: is missing; add it (and 1 more)"),
    ],
)
def test_what_does_not_fit_a_question(file: Path, old: str, new: str, expected: str) -> None:
    assert old in QUESTION
    assert complaint(file, QUESTION.replace(old, new, 1), Question).startswith(expected)


@pytest.mark.parametrize("field", ["intent", "rubric", "model_answer"])
@pytest.mark.parametrize("status", ["skeleton", "draft", "accepted", None])
def test_only_an_accepted_question_needs_all_fields(file: Path, field: str, status: str | None) -> None:
    text = re.sub(rf"(?ms)^(?:samples|{field}):.*?(?=^\w|\Z)", "", QUESTION)
    text = f"{text}status: {status}\n" if status else text
    if status in {"skeleton", "draft"}:
        file.write_text(text, encoding="utf-8")
        assert field in yaml.read(file, Question, id="it", topic="t").unwritten
    else:
        assert complaint(file, text, Question) == f"it.yaml:1: {field}: is missing; add it"


@pytest.mark.parametrize("odd", ["A\\n-- ended", "A\\tB", "A\\e[2J", "A\\0", "A\\u2028B", "A\\u202eB"])
@pytest.mark.parametrize(
    ("model", "field"), [(Round, "title"), *((Persona, f) for f in ("name", "role", "description"))]
)
def test_what_stands_in_one_line_cannot_forge_another(file: Path, model: type, field: str, odd: str) -> None:
    write_yaml(file, make_round("it", ["first"]) if model is Round else make_persona("it"))
    text = re.sub(f"(?m)^{field}: .*$", lambda _: f'{field}: "{odd}"', file.read_text())
    assert complaint(file, text, model).endswith(f": {field}: must be one line without control characters; write it so")


def test_an_unknown_field_is_said_with_its_line(file: Path) -> None:
    assert complaint(file, f"{ROUND}colour: red\n") == ("it.yaml:10: colour: is not a known field; check its spelling")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.yaml:1: cannot be read \(No such file or directory\); check that it"):
        yaml.read(tmp_path / "gone.yaml", Round)


@pytest.mark.parametrize(("size", "fits"), [(yaml.MAX_BYTES, True), (yaml.MAX_BYTES + 1, False)])
def test_files_end_at_two_megabytes(file: Path, size: int, fits: bool) -> None:
    text = ROUND + "#"
    file.write_text(text + "x" * (size - len(text)))
    if fits:
        assert yaml.read(file, Round, id="it").title == "A round"
    else:
        with pytest.raises(UsageError, match="larger than 2 MB; split it into smaller files"):
            yaml.read(file, Round, id="it")


# --- anything at all ---------------------------------------------------------------------------------

SNIPPETS = st.sampled_from(
    [*"a[]{},'\"|>#\t\n\x00\ufeffé", ": ", "- ", "? ", "  ", "&x", "*x", "!!int ", "!!map ", "---\n", "%YAML 1.1\n"]
)
NEARLY_YAML = st.lists(SNIPPETS, max_size=40).map(lambda parts: "".join(parts).encode())


def outcome(raw: bytes, folder: Path) -> Round | None:
    path = folder / "it.yaml"
    path.write_bytes(raw)
    try:
        return yaml.read(path, Round, id="it")
    except UsageError as error:
        assert str(path) in str(error)
        return None


@given(raw=st.one_of(st.binary(max_size=300), NEARLY_YAML))
@example(raw=b"? [a, b]\n: 1")
@example(raw=b'"\\e[31m": 1')
@example(raw=b"%")
@example(raw=b"!!python/object:os.system x")
@example(raw=b"a: 1.0e+999")
@example(raw=b"9" * 5_000 + b": " + b"9" * 5_000)
def test_arbitrary_bytes_are_refused_politely(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert outcome(raw, tmp_path_factory.mktemp("yaml")) is None


@given(cut=st.integers(0, len(ROUND)), junk=NEARLY_YAML)
def test_a_damaged_file_is_read_or_refused_politely(
    cut: int, junk: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = ROUND.encode()[:cut] + junk + ROUND.encode()[cut:]
    found = outcome(raw, tmp_path_factory.mktemp("yaml"))
    assert found is None or found.id == "it"


def test_a_field_that_the_file_s_place_decides_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "hard-99.yaml"
    file.write_text("kind: hard\nid: other\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"hard-99\.yaml:2: `id` comes from the file's place; remove"):
        yaml.read(file, Round, id="hard-99")
