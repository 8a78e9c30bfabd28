"""A fitted kernel regression: landmarks, an exponential kernel, coefficients. Needs numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from interviewer.grading.reading import Floats

CLIP = 3.0
"""Standard deviations beyond which a feature says no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """`landmarks` are standardized feature rows; the output is `intercept` + kernel to the landmarks @ `coefficients`.

    `width` divides distances. Outputs are about 0-1 and not clipped.
    """

    names: tuple[str, ...]
    means: Floats
    deviations: Floats
    landmarks: Floats
    coefficients: Floats
    width: float
    intercept: float

    def predict(self, values: Mapping[str, float]) -> float:
        """The output for one answer's features."""
        return float(self.outputs(np.array([[values[name] for name in self.names]], dtype="float32"))[0])

    def outputs(self, rows: Floats) -> Floats:
        """The output of every feature row."""
        kernel = similarity(standardized(rows, self.means, self.deviations), self.landmarks, self.width)
        return np.asarray(kernel @ self.coefficients + self.intercept, dtype="float32")


def standardized(rows: Floats, means: Floats, deviations: Floats) -> Floats:
    """Rows in standard deviations from the mean, clipped."""
    return np.asarray(np.clip((rows - means) / deviations, -CLIP, CLIP), dtype="float32")


def similarity(rows: Floats, others: Floats, width: float) -> Floats:
    """Exponential kernel of every row with every other: 1 where equal, towards 0 with the distance."""
    squares = (rows**2).sum(axis=1)[:, None] + (others**2).sum(axis=1) - 2 * rows @ others.T
    return np.asarray(np.exp(-np.sqrt(np.maximum(squares, 0)) / width), dtype="float32")


@cache
def shipped(name: str) -> Regression:
    """Weights that come with the program: "score" as people give it, or "suspicion" that an answer is made to fool."""
    stored = np.load(BytesIO(files("interviewer.grading").joinpath(f"weights/{name}.npz").read_bytes()))
    arrays = {f: stored[f].astype("float32") for f in ("means", "deviations", "landmarks", "coefficients")}
    names = tuple(str(n) for n in stored["names"])
    return Regression(names, **arrays, width=float(stored["width"]), intercept=float(stored["intercept"]))
