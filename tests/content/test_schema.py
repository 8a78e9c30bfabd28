"""The schema that editors use says what the reader says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from interviewer import paths
from interviewer.content.schema import KINDS, schema, text
from tests.content.whole import whole_question
from tests.fakes import make_persona, make_round, make_skeleton, write_yaml

BANK = paths.shipped("question_bank")
FILES = {
    "question": [*BANK.glob("questions/*/*.yaml"), *BANK.glob("questions/*/*/question.yaml")],
    "round": [*BANK.glob("rounds/*.yaml")],
    "persona": [*paths.shipped("personas").glob("*.yaml")],
}
EVERY_FILE = [(kind, file) for kind, files in FILES.items() for file in files]


class _Loader(yaml.SafeLoader):
    """YAML as an editor reads it: every key of a mapping is text."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}  # type: ignore[no-untyped-call]


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def complaints(kind: str, file: Path) -> list[str]:
    """What an editor underlines in the file."""
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    validator = jsonschema.Draft7Validator(schema(kind))
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(data)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_and_the_one_that_is_committed(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema(kind))
    committed = (BANK / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert committed == text(kind), f"renew it: interviewer bank schema {kind} > question_bank/schema/{kind}.json"


def test_it_was_looked_at_every_file() -> None:
    assert {kind: len(files) for kind, files in FILES.items()} == {"question": 91, "round": 13, "persona": 10}


@pytest.mark.parametrize(("kind", "file"), EVERY_FILE, ids=lambda v: v if isinstance(v, str) else v.stem)
def test_editors_have_nothing_against_a_shipped_file(kind: str, file: Path) -> None:
    assert complaints(kind, file) == []
    first = file.read_text(encoding="utf-8").splitlines()[0]
    line = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert line, first
    if (BANK.parent / "pyproject.toml").exists():
        assert (file.parent / line[1]).resolve() == BANK / "schema" / f"{kind}.json"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_is_written_is_explained(kind: str) -> None:
    found = schema(kind)
    parts = {name: part for name, part in found["$defs"].items() if "properties" in part} | {kind: found}
    silent = [
        f"{n}.{f}" for n, part in parts.items() for f, shape in part["properties"].items() if "description" not in shape
    ]
    assert silent == []
    assert found["title"] == kind.title()
    assert not {"id", "topic"} & (found["properties"].keys() | set(found["required"]))


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("question", whole_question()),
        ("question", make_skeleton("alpha")),
        ("round", make_round("r", ["a"])),
        ("persona", make_persona()),
    ],
)
def test_what_the_reader_takes_and_refuses(tmp_path: Path, kind: str, item: Any) -> None:
    file = tmp_path / "it.yaml"
    write_yaml(file, item)
    assert complaints(kind, file) == []
    written = file.read_text(encoding="utf-8")
    file.write_text(f"{written}colour: red\n", encoding="utf-8")
    assert complaints(kind, file) == [": Additional properties are not allowed ('colour' was unexpected)"]
    file.write_text("{}", encoding="utf-8")
    assert len(complaints(kind, file)) >= 4


def test_a_round_may_list_plain_ids(tmp_path: Path) -> None:
    file = tmp_path / "it.yaml"
    file.write_text("{kind: hard, title: T, minutes: 5, personas: [ann], questions: [a, {id: b, persona: ann}, 'No!']}")
    assert [c.partition(":")[0] for c in complaints("round", file)] == ["questions.2"]


@pytest.mark.parametrize("field", ["intent", "rubric", "model_answer"])
def test_only_an_accepted_question_has_to_be_complete(tmp_path: Path, field: str) -> None:
    data = json.loads(whole_question().model_dump_json(exclude={"id", "topic", field}, exclude_defaults=True))
    file = tmp_path / "it.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    assert complaints("question", file) == [f": '{field}' is a required property"]
    file.write_text(yaml.safe_dump({**data, "status": "draft"}), encoding="utf-8")
    assert complaints("question", file) == []
