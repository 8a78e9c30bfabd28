"""Word vectors that ship in a wheel: read from disk on first use, no network, nothing heavy imported before."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from interviewer.errors import InterviewerError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

SIZE = 256
_PACKAGE = "wordllama"
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"


class _Table(NamedTuple):
    tokenizer: Any
    rows: NDArray[np.float16]


@lru_cache(maxsize=20_000)
def raw(text: str) -> Vector | None:
    """The vector of a lower-case word (the mean of its pieces); its length says how much the word carries."""
    import numpy as np

    table = _table()
    rows = table.rows[table.tokenizer.encode(text, add_special_tokens=False).ids].astype("float32")
    return np.asarray(rows.mean(axis=0), dtype="float32") if len(rows) else None


def word(text: str) -> Vector | None:
    """`raw` at unit length, or None where the text has no vector.

    Raises InterviewerError when the vectors' files are not installed.
    """
    vector = raw(text)
    return None if vector is None else _unit(vector[None])


def sentence(weighted: Mapping[str, float]) -> Vector | None:
    """The unit vector of words with weights, or None where none of them has a vector."""
    import numpy as np

    known = [(vector, weight) for text, weight in weighted.items() if (vector := word(text)) is not None]
    return _unit(np.array([vector * weight for vector, weight in known], dtype="float32")) if known else None


def _unit(rows: Vector) -> Vector | None:
    import numpy as np

    mean = rows.mean(axis=0) if len(rows) else rows
    length = float(np.linalg.norm(mean))
    return np.asarray(mean / length, dtype="float32") if length else None


@cache
def _table() -> _Table:
    """The package is read as data: importing it would bring three times as much and its downloader."""
    from safetensors import safe_open
    from tokenizers import Tokenizer

    spec = importlib.util.find_spec(_PACKAGE)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / _WEIGHTS).is_file():
        raise InterviewerError(f"{_PACKAGE}: word vectors not found; install the program again with its dependencies")
    with safe_open(folder / _WEIGHTS, framework="np") as stored:
        (name,) = stored.keys()
        rows = stored.get_tensor(name)
    return _Table(Tokenizer.from_file(str(folder / _TOKENIZER)), rows)
