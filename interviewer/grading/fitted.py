"""The numbers that `training/` fitted: how rare words are in the bank, and the forest that reads a point's features."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@cache
def rarity() -> dict[str, float]:
    """Inverse document frequency of the bank's stems (nats); a stem that is not listed is as rare as `UNSEEN`."""
    return {stem: float(value) for stem, value in _read("rarity.json")["stems"].items()}


@cache
def unseen() -> float:
    """The rarity of a stem that the bank does not know."""
    return float(_read("rarity.json")["unseen"])


@cache
def common() -> Array:
    """What the vectors of the bank's words have in common."""
    return np.array(_read("rarity.json")["common"], np.float32)


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees for three classes (missed, partial, met), flattened.

    From node `i` it goes to `children[2 * i]` where the feature is at most the threshold, else to the one after it.
    A leaf leads to itself and holds a value.
    """

    features: tuple[str, ...]
    feature: NDArray[np.intp]
    threshold: Array
    children: NDArray[np.intp]
    value: Array
    roots: NDArray[np.intp]
    start: Array
    depth: int
    temperature: float
    bias: Array
    likely: float
    """The share of the chances that a range of levels holds: as much as makes it hold the true level often enough."""

    def probabilities(self, rows: Array) -> Array:
        """Calibrated probabilities of missed, partial and met, a row for each row of features."""
        count, width = rows.shape
        at = np.tile(self.roots, (count, 1))
        line = np.arange(count)[:, None] * width
        flat = rows.ravel()
        for _ in range(self.depth):
            further = flat.take(line + self.feature.take(at)) > self.threshold.take(at)
            at = self.children.take(2 * at + further)
        raw = (self.start + self.value.take(at).reshape(count, -1, 3).sum(axis=1)) / self.temperature
        odds = np.exp(raw - raw.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


@cache
def by_terms() -> dict[str, tuple[float, float, float]]:
    """The chances of missed, partial and met where a `term` was said, many of the point's `words`, or `nothing`."""
    return {found: (c[0], c[1], c[2]) for found, c in _read("points.json")["by_terms"].items()}


@cache
def forest() -> Forest:
    """The shipped forest."""
    stored = _read("points.json")
    left = np.array(stored["left"], np.intp)
    right = np.array(stored["right"], np.intp)
    value = np.array(stored["value"], np.float32)
    leaf = left < 0
    itself = np.arange(len(left))
    return Forest(
        features=tuple(stored["features"]),
        feature=np.array(stored["feature"], np.intp),
        threshold=np.where(leaf, np.float32(np.inf), value),
        children=np.stack([np.where(leaf, itself, left), np.where(leaf, itself, right)], axis=1).ravel(),
        value=value,
        roots=np.array(stored["roots"], np.intp),
        start=np.array(stored["start"], np.float32),
        depth=int(stored["depth"]),
        temperature=float(stored["temperature"]),
        bias=np.array(stored["bias"], np.float32),
        likely=float(stored["likely"]),
    )


def _read(name: str) -> Any:
    return json.loads(files("interviewer.grading").joinpath("weights", name).read_text("utf-8"))
