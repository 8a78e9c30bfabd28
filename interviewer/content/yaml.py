"""YAML files to models. Every error names file, line and the mend.

Parsing is the slow part of loading a bank, so parsed documents are kept in a cache keyed by the parser and the hash
of the file's bytes; validation always runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.content.cache import Cache
from interviewer.errors import UsageError

PARSER = 1
"""Counts up when `parse` makes other data of the same bytes: what the older one left in a cache is not used."""
MAX_BYTES = 2_000_000
MAX_DEPTH = 100
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
        _refuse_traps(text, path)
        node = yaml.compose(text, Loader=_loader())
        return None if node is None else _build(node, path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise UsageError(f"{path}:{line}: not valid YAML: {problem}; check indentation and quotes") from None


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_traps(text: str, path: Path) -> None:
    """Refuse aliases, which hide a small file that unfolds into a huge one, and bottomless nesting.

    Composing recurses in C, where a file of nothing but brackets would take the process down.
    """
    import yaml

    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_loader()):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise UsageError(f"{path}:{line}: aliases (*name) are not used here; write it out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise UsageError(f"{path}:{line}: nested too deeply; flatten it")


def _build(node: Any, path: Path) -> Any:
    """Data from a node tree."""
    if node.id == "sequence":
        return [_build(child, path) for child in node.value]
    if node.id == "mapping":
        mapping: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                line = key_node.start_mark.line + 1
                raise UsageError(f"{path}:{line}: `{key}` is given twice; keep one of them")
            mapping[key] = _build(value_node, path)
        return mapping
    return _scalar(node)


def _scalar(node: Any) -> Any:
    """Only true/false and null are not text: a date, a version or a bare `no` stays what the author typed.

    A number is text here too; the model makes a number of it where it wants one.
    """
    tag, value = node.tag, node.value
    if tag == "tag:yaml.org,2002:null":
        return None
    if tag == "tag:yaml.org,2002:bool" and value.lower() in {"true", "false"}:
        return value.lower() == "true"
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
