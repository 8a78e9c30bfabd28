"""YAML files to models. Every error names file, line and the mend.

Parsing is the slow part of loading a bank, so parsed documents are kept in a cache keyed by the parser and the hash
of the file's bytes; validation always runs.
"""

from __future__ import annotations

import hashlib
import json
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
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
M = TypeVar("M", bound=BaseModel)


def read(path: Path, model: type[M], cache: Cache | None = None, **given: Any) -> M:
    """The object that a file describes; `given` are fields that come from the file's place, not its text.

    Raises:
        UsageError: the file cannot be read, is not YAML, or does not fit the model.
    """
    raw = read_bytes(path)
    data = _cached_parse(raw, path, cache)
    if not isinstance(data, dict):
        raise UsageError(f"{path}:1: expected `field: value` lines; see docs/write-a-question.md")
    for field in given.keys() & data.keys():
        line = line_of(raw, (field,))
        raise UsageError(f"{path}:{line}: `{field}` comes from the file's place; remove this line")
    try:
        return model.model_validate({**data, **given})
    except ValidationError as error:
        raise UsageError(_explain(path, raw, error)) from None


def read_bytes(path: Path) -> bytes:
    """The file's bytes, refused above `MAX_BYTES`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check that it exists") from None
    if len(raw) > MAX_BYTES:
        raise UsageError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; split it into smaller files")
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
        UsageError: not UTF-8, not YAML, nested too deeply, a key used twice, or an alias.
    """
    import yaml

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from None
    try:
        return _Events(text, path).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise UsageError(f"{path}:{line}: not valid YAML: {problem}; check indentation and quotes") from None


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

    def _error(self, event: Any, text: str) -> UsageError:
        return UsageError(f"{self._path}:{event.start_mark.line + 1}: {text}")


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


def _explain(path: Path, raw: bytes, error: ValidationError) -> str:
    """The first problem in one line, with the line of the field it is about."""
    first = error.errors()[0]
    loc = tuple(part for part in first["loc"] if not (isinstance(part, str) and part.startswith("function-")))
    where = ".".join(str(part) for part in loc) or "file"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{path}:{line_of(raw, loc)}: {where}: {_mend(first)}{more}"


def _mend(error: Any) -> str:
    kind, message = error["type"], error["msg"].removeprefix("Value error, ")
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return "is not a known field; check its spelling"
    if kind == "string_pattern_mismatch":
        return "must be lower-case words joined by hyphens, such as `hard-05`"
    return f"{message[0].lower()}{message[1:]}"


def line_of(raw: bytes, loc: tuple[int | str, ...]) -> int:
    """The 1-based line of the deepest part of `loc` that the YAML text has."""
    import yaml

    if not loc:
        return 1
    node: Any = yaml.compose(raw.decode("utf-8-sig"), Loader=_loader())
    line: int = node.start_mark.line + 1
    for part in loc:
        if node.id == "mapping":
            found = [(k, v) for k, v in node.value if str(k.value) == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif node.id == "sequence" and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
