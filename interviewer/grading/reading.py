"""A text as the features see it: its content words once each, with stems, vectors and weights. Needs numpy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from interviewer.grading import vectors
from interviewer.language import FUNCTION_WORDS, stem, words

Floats = NDArray[np.float32]

MAX_WORDS = 2_000
"""Words read of one text: keeps a pasted file from costing more than a long answer."""
DEMOTED = 0.3
"""What a word that stands in the question already weighs, against 1."""
SLIP = 0.8
"""Spelling similarity (0-1) from which two longer words count as one written wrongly."""
MIN_SLIP_LENGTH = 4


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """`words` all, `stems` of the content words in order; `unique` stems once, with `surface`, `vectors`, `weights`;
    `places` says where in `unique` a stem stands.

    A weight is the length of the word's vector: the vectors were trained so that words that say little are short.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    unique: tuple[str, ...]
    places: dict[str, int]
    surface: tuple[str, ...]
    vectors: Floats
    weights: Floats

    def rows(self, part: Reading) -> list[int]:
        """Where in `unique` the words of a part of this text stand."""
        return [self.places[s] for s in part.unique if s in self.places]

    def demoted(self, known: Collection[str]) -> Floats:
        """The weights, less for stems that are known already."""
        factors = np.array([DEMOTED if s in known else 1.0 for s in self.unique], dtype="float32")
        return np.asarray(self.weights * factors, dtype="float32")

    def meaning(self, known: Collection[str] = ()) -> Floats:
        """The weighted sum of the vectors; all zero where there are none."""
        return np.asarray(self.vectors.T @ self.demoted(known), dtype="float32")


@lru_cache(maxsize=2_048)
def read(text: str) -> Reading:
    """Read a text of any length."""
    said = tuple(words(text)[:MAX_WORDS])
    content = [w for w in said if w not in FUNCTION_WORDS]
    stems = tuple(stem(w) for w in content)
    first = dict(zip(reversed(stems), reversed(content), strict=True))
    unique = tuple(dict.fromkeys(stems))
    surface = tuple(first[s] for s in unique)
    raw = [vectors.raw(w) for w in surface]
    rows = np.array([np.zeros(vectors.SIZE) if v is None else v for v in raw], dtype="float32")
    rows = rows.reshape(-1, vectors.SIZE)
    lengths = np.linalg.norm(rows, axis=1)
    places = {s: i for i, s in enumerate(unique)}
    return Reading(said, stems, unique, places, surface, rows / np.maximum(lengths, 1e-9)[:, None], lengths)


def likeness(one: Reading, other: Reading) -> Floats:
    """How far each unique word of one (rows) is each of the other (columns): 1 same stem, else meaning or spelling."""
    if not one.unique or not other.unique:
        return np.zeros((len(one.unique), len(other.unique)), dtype="float32")
    alike = np.clip(one.vectors @ other.vectors.T, 0.0, 1.0)
    spelled = process.cdist(one.unique, other.unique, scorer=fuzz.ratio, dtype=np.float32) / 100
    long = np.minimum.outer(_lengths(one.unique), _lengths(other.unique)) >= MIN_SLIP_LENGTH
    alike = np.maximum(alike, np.where(long & (spelled >= SLIP), spelled, 0.0))
    for stem_ in one.places.keys() & other.places.keys():
        alike[one.places[stem_], other.places[stem_]] = 1.0
    return np.asarray(alike, dtype="float32")


def cosine(one: Floats, other: Floats) -> float:
    """Cosine of two vectors; 0 where one is all zero."""
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / size if size else 0.0


def share(values: Floats, weights: Floats) -> float:
    """Weighted mean; 0 where nothing has weight."""
    total = float(weights.sum())
    return float(values @ weights) / total if total else 0.0


def _lengths(texts: Sequence[str]) -> NDArray[np.int64]:
    return np.array([len(t) for t in texts])
