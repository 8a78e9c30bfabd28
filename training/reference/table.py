"""Rows of text as rows of features, the same way in which the grader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.grading.features import features, pair
from interviewer.grading.reading import Floats
from interviewer.grading.reference import claims_of, points_of
from training.reference.data import Row

GENUINE = "genuine"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length. `kinds` is "genuine" or the attack's; of `nothing` answers no claim is left."""

    rows: tuple[Row, ...]
    names: tuple[str, ...]
    values: Floats
    scores: Floats
    kinds: NDArray[np.str_]
    datasets: NDArray[np.str_]
    folds: NDArray[np.str_]
    nothing: NDArray[np.bool_]

    def where(self, mask: NDArray[np.bool_]) -> Table:
        """The rows that the mask keeps."""
        rows = tuple(r for r, kept in zip(self.rows, mask, strict=True) if kept)
        columns = (self.values, self.scores, self.kinds, self.datasets, self.folds, self.nothing)
        return Table(rows, self.names, *(c[mask] for c in columns))


def texts(row: Row) -> tuple[str, str, str]:
    """Question, reference and answer as the regression gets them."""
    points = points_of(row.reference, ())
    return row.question, "\n".join(points), "\n".join(claims_of(row.question, row.answer, points))


def table(rows: Sequence[Row], kinds: Sequence[str]) -> Table:
    """Features of all rows; equal texts are read once."""
    seen: dict[tuple[str, str, str], dict[str, float]] = {}
    prepared = [texts(r) for r in rows]
    for question, reference, answer in prepared:
        if (question, reference, answer) not in seen:
            seen[question, reference, answer] = features(pair(question, reference, answer), question, answer)
    values = [seen[p] for p in prepared]
    return Table(
        tuple(rows),
        tuple(values[0]),
        np.array([list(v.values()) for v in values], dtype="float32"),
        np.array([r.score for r in rows], dtype="float32"),
        np.array(kinds),
        np.array([r.dataset for r in rows]),
        np.array([f"{r.dataset}:{r.fold}" for r in rows]),
        np.array([not answer for _, _, answer in prepared]),
    )
