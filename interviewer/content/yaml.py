"""YAML files to models. Every error names file, line and the mend.

Parsing is the slow part of loading a bank, so parsed documents are kept in a cache keyed by the parser and the hash
of the file's bytes; validation always runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.content.cache import Cache
from interviewer.errors import UsageError

PARSER = 2
"""Counts up when `parse` makes other data of the same bytes: what the older one left in a cache is not used."""
MAX_BYTES = 2_000_000
MAX_DEPTH = 100
LONGEST = 400
LONGEST_NAME = 80
"""Characters that are shown of a problem and of a field's name, which may be a whole file."""
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
M = TypeVar("M", bound=BaseModel)


class FileError(UsageError):
    """A file that cannot be used; `problems` are all that is wrong with it, each with its line (from 1)."""

    def __init__(self, path: Path, *problems: tuple[int, str]) -> None:
        self.problems = tuple((line, text if len(text) < LONGEST else f"{text[:LONGEST]} …") for line, text in problems)
        line, text = self.problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{path}:{line}: {text}{more}")


def read(path: Path, model: type[M], cache: Cache | None = None, **given: Any) -> M:
    """The object that a file describes; `given` are fields that come from the file's place, not its text.

    Raises:
        FileError: the file cannot be read, is not YAML, or does not fit the model.
    """
    raw = read_bytes(path)
    data = _cached_parse(raw, path, cache)
    if not isinstance(data, dict):
        raise FileError(path, (1, "expected `field: value` lines; see docs/write-a-question.md"))
    for field in sorted(given.keys() & data.keys()):
        raise FileError(path, (Lines(raw).of((field,)), f"`{field}` comes from the file's place; remove this line"))
    try:
        return model.model_validate({**data, **given})
    except ValidationError as error:
        raise FileError(path, *_problems(raw, error)) from None


def read_bytes(path: Path) -> bytes:
    """The file's bytes, refused above `MAX_BYTES`."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileError(path, (1, f"cannot be read ({error.strerror}); check that it exists")) from None
    if len(raw) > MAX_BYTES:
        raise FileError(path, (1, f"larger than {MAX_BYTES // 1_000_000} MB; split it into smaller files"))
    return raw


def _cached_parse(raw: bytes, path: Path, cache: Cache | None) -> Any:
    if cache is None:
        return parse(raw, path)
    key = f"{PARSER}-{hashlib.sha256(raw).hexdigest()}"
    with suppress(ValueError, RecursionError):
        kept = json.loads(cache.get(key) or "")
        if isinstance(kept, dict):
            return kept
    data = parse(raw, path)
    cache.put(key, json.dumps(data))
    return data


def parse(raw: bytes, path: Path) -> Any:
    """Plain data (dicts with string keys, lists, scalars) from YAML bytes.

    Raises:
        FileError: not UTF-8, not YAML, nested too deeply, a key used twice, or an alias.
    """
    import yaml

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileError(path, (line, "not UTF-8 text; save the file as UTF-8")) from None
    try:
        return _Events(text, path).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise FileError(path, (line, f"not valid YAML: {problem}; check indentation and quotes")) from None


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Events:
    """The parser's events of a file, and the data that they make.

    PyYAML's own tree costs more than everything else about loading a bank. It also recurses in C, where a file of
    nothing but brackets takes the process down, and follows aliases, by which a small file unfolds into a huge one.
    """

    def __init__(self, text: str, path: Path) -> None:
        import yaml

        self._kinds = yaml.events
        self._next = _loader()(text).get_event
        self._path = path

    def document(self) -> Any:
        """The data of the only document, or None where there is none."""
        self._next()
        if type(self._next()) is self._kinds.StreamEndEvent:
            return None
        data = self._value(self._next(), MAX_DEPTH)
        self._next()
        more = self._next()
        if type(more) is not self._kinds.StreamEndEvent:
            raise self._error(more, "a second document begins here; keep one a file")
        return data

    def _value(self, event: Any, depth: int) -> Any:
        """What begins with `event`; takes the events that belong to it. `depth` levels more may be nested in it."""
        kind = type(event)
        if event.anchor is not None:
            raise self._error(event, "anchors (&name) and aliases (*name) are not used here; write it out")
        if kind is self._kinds.ScalarEvent:
            return _scalar(event)
        if not depth:
            raise self._error(event, "nested too deeply; flatten it")
        return self._mapping(depth - 1) if kind is self._kinds.MappingStartEvent else self._sequence(depth - 1)

    def _sequence(self, depth: int) -> list[Any]:
        items = []
        while type(event := self._next()) is not self._kinds.SequenceEndEvent:
            items.append(self._value(event, depth))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while type(key := self._next()) is not self._kinds.MappingEndEvent:
            if type(key) is not self._kinds.ScalarEvent:
                raise self._error(key, "a field's name must be a word; check brackets and braces")
            if key.value in mapping:
                raise self._error(key, f"`{key.value}` is given twice; keep one of them")
            mapping[key.value] = self._value(self._next(), depth)
        return mapping

    def _error(self, event: Any, text: str) -> FileError:
        return FileError(self._path, (event.start_mark.line + 1, text))


def _scalar(event: Any) -> Any:
    """Only true/false and null are not text: a date, a version or a bare `no` stays what the author typed.

    A number is text here too; the model makes a number of it where it wants one.
    """
    value, plain = event.value, event.implicit[0]
    if (plain and value in NULLS) or event.tag == "tag:yaml.org,2002:null":
        return None
    if (plain or event.tag == "tag:yaml.org,2002:bool") and value in BOOLEANS:
        return BOOLEANS[value]
    return value


def _problems(raw: bytes, error: ValidationError) -> Iterator[tuple[int, str]]:
    """Each with the line of the field it is about."""
    lines = Lines(raw)
    for found in error.errors(include_url=False, include_input=False):
        given = (*found["loc"], *getattr(found.get("ctx", {}).get("error"), "loc", ()))
        loc = tuple(part for part in given if not (isinstance(part, str) and part.startswith("function-")))
        where = ".".join(str(part)[:LONGEST_NAME] for part in loc) or "file"
        yield lines.of(loc), f"{where}: {_mend(found)}"


MENDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a known field; check its spelling",
    "string_pattern_mismatch": "must be lower-case words joined by hyphens, such as `hard-05`",
    "string_type": "must be text; put quotes around it if there is a colon in it",
    "tuple_type": "must be a list; begin each entry with `- `",
    "dict_type": "must be `field: value` lines",
    "model_type": "must be `field: value` lines",
}


def _mend(error: Any) -> str:
    message = error["msg"].removeprefix("Value error, ")
    return MENDS.get(error["type"]) or f"{message[0].lower()}{message[1:]}"


class Lines:
    """Where the parts of a YAML text stand."""

    def __init__(self, raw: bytes) -> None:
        import yaml

        self._root: Any = yaml.compose(raw.decode("utf-8-sig"), Loader=_loader())

    def of(self, loc: tuple[int | str, ...]) -> int:
        """The 1-based line of the deepest part of `loc` that the text has."""
        if not loc:
            return 1
        node, line = self._root, 1
        for part in loc:
            if node.id == "mapping":
                found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            elif node.id == "sequence" and isinstance(part, int) and part < len(node.value):
                found = (node.value[part], node.value[part])
            else:
                found = None
            if found is None:
                break
            line, node = int(found[0].start_mark.line) + 1, found[1]
        return line
