"""JSON Lines from anybody: one object a line, read with bounded memory, every fault named by its line."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

MAX_LINE = 1 << 20
_PIECE = 1 << 16
_HALF = re.compile("[\ud800-\udfff]")
_Model = TypeVar("_Model", bound=BaseModel)
_MENDS = {
    "missing": "is missing; add it",
    "string_type": "must be text",
    "string_pattern_mismatch": "is no question id (small letters, digits, dashes); `interviewer questions` lists them",
    "string_too_long": "is no question id (too long); `interviewer questions` lists them",
    "float_type": "must be a number",
    "list_type": "must be a list of texts",
    "greater_than_equal": "is below 0; scores go from 0 to 1",
    "less_than_equal": "is above 1; scores go from 0 to 1",
}


class LineError(Exception):
    """What is wrong with one line and how to mend it, without its place."""


def numbered(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, counted from 1; of a line longer than `MAX_LINE` bytes only the beginning."""
    number = 0
    while line := source.readline(MAX_LINE + 1):
        number += 1
        if not line.endswith(b"\n"):
            skip_line(source)
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield number, line


def skip_line(source: BinaryIO) -> bool:
    """Read past the end of the line, piece by piece; False where the source ends before it."""
    while piece := source.readline(_PIECE):
        if piece.endswith(b"\n"):
            return True
    return False


def decode(line: bytes) -> dict[str, Any]:
    """The object on the line.

    Raises:
        LineError: it is too long, or not UTF-8, or not one JSON object with finite numbers and different keys.
    """
    if len(line) > MAX_LINE:
        raise LineError(f"longer than {MAX_LINE:,} bytes; shorten it")
    try:
        found = json.loads(
            line.decode("utf-8"), object_pairs_hook=_object, parse_float=_float, parse_constant=_constant
        )
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 (byte {error.start + 1}); save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise LineError(f"not valid JSON ({error.msg}, column {error.colno}); write one JSON object a line") from None
    except RecursionError:
        raise LineError("nested too deeply; flatten it") from None
    except ValueError:
        raise LineError("a whole number with thousands of digits; write it as text") from None
    if not isinstance(found, dict):
        raise LineError("not a JSON object; write {...} with the answer's fields")
    return found


def validate(model: type[_Model], fields: dict[str, Any]) -> _Model:
    """The fields as the model sees them.

    Raises:
        LineError: names the first field that does not fit.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LineError(f"{where}: {_MENDS.get(first['type']) or first['msg']}") from None


def _label(value: object) -> str | int:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("label", "must be text or a whole number")


def _whole(text: str) -> str:
    if _HALF.search(text):
        raise PydanticCustomError("half", "holds half of a character (a lone surrogate); write the whole one")
    return text


Label = Annotated[str | int, PlainValidator(_label)]
Text = Annotated[str, AfterValidator(_whole)]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LineError(f"`{twice[:80]}` is given twice; keep one of them")
    return found


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise LineError(f"{text[:20]} is too large a number; write it as text")
    return number


def _constant(text: str) -> NoReturn:
    raise LineError(f"{text} is no JSON number; write null or leave the field out")
