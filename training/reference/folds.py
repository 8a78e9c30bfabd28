"""Predictions for rows that the predicting model was not fitted on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from interviewer.grading.reading import Floats
from training.reference.data import SETS
from training.reference.models import ANYWHERE, COURSE, score_model, suspicion_model
from training.reference.table import GENUINE, Table

POOLS = 6


def suspicions(rows: Table, learn: NDArray[np.bool_]) -> Floats:
    """Suspicion of every row, fitted on the other folds of all sets; `learn` marks rows that may be learned from."""
    out, pools = np.zeros(len(rows.scores), dtype="float32"), _pools(rows)
    for pool in range(POOLS):
        here = pools == pool
        out[here] = suspicion_model(rows.where(learn & ~here)).outputs(rows.values[here])
    return out


def by_course(rows: Table, learn: NDArray[np.bool_]) -> Floats:
    """Score of every row, fitted on the other folds of its own set."""
    out = np.zeros(len(rows.scores), dtype="float32")
    for fold in np.unique(rows.folds):
        here = rows.folds == fold
        own = rows.datasets == str(fold).partition(":")[0]
        out[here] = score_model(rows.where(learn & own & ~here), COURSE).outputs(rows.values[here])
    return out


def by_all(rows: Table, learn: NDArray[np.bool_]) -> Floats:
    """Score as the shipped model would give it: the other folds of all sets, each set then put at its own mean."""
    out, pools = np.zeros(len(rows.scores), dtype="float32"), _pools(rows)
    for pool in range(POOLS):
        here = pools == pool
        model = score_model(rows.where(learn & ~here), ANYWHERE)
        out[here] = model.outputs(rows.values[here]) - model.intercept
        for name in SETS:
            own = rows.datasets == name
            out[here & own] += float(rows.scores[own & ~here & (rows.kinds == GENUINE)].mean())
    return out


def by_others(rows: Table, learn: NDArray[np.bool_]) -> Floats:
    """Score fitted on the two other sets, not calibrated."""
    out = np.zeros(len(rows.scores), dtype="float32")
    for name in SETS:
        own = rows.datasets == name
        out[own] = score_model(rows.where(learn & ~own), ANYWHERE).outputs(rows.values[own])
    return out


def _pools(rows: Table) -> NDArray[np.int64]:
    where = {fold: i % POOLS for i, fold in enumerate(np.unique(rows.folds))}
    return np.array([where[f] for f in rows.folds])
