"""Fits what `interviewer.grading.regression` evaluates: kernel ridge regression on random landmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.grading.reading import Floats
from interviewer.grading.regression import Regression, similarity, standardized

SEED = 11
ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """`ridge` shrinks, the more the fewer rows there are: it holds for ROWS of them. `width` smooths, in roots of the
    number of features; `landmarks` is how many rows are kept."""

    ridge: float
    width: float
    landmarks: int = 1_500


def fit(
    names: Sequence[str], rows: Floats, targets: Floats, weights: Floats, intercept: float, recipe: Recipe
) -> Regression:
    """The weighted ridge solution for centred targets; rows of no weight become no landmarks."""
    means = rows.mean(axis=0)
    deviations = rows.std(axis=0) + 1e-6
    standard = standardized(rows, means, deviations)
    chance = np.random.default_rng(SEED)
    usable = int((weights > 0).sum())
    some = chance.choice(len(rows), min(recipe.landmarks, usable), replace=False, p=weights / weights.sum())
    landmarks = standard[np.sort(some)]
    width = recipe.width * float(np.sqrt(rows.shape[1]))
    ridge = recipe.ridge * ROWS / len(rows)
    kernel = similarity(standard, landmarks, width).astype("float64")
    within = similarity(landmarks, landmarks, width).astype("float64")
    matrix = kernel.T @ (kernel * weights[:, None]) + ridge * within + 1e-6 * np.eye(len(landmarks))
    solution: NDArray[np.float64] = np.linalg.solve(matrix, kernel.T @ (weights * targets))
    return Regression(tuple(names), means, deviations, landmarks, solution.astype("float32"), width, intercept)
