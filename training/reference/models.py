"""The two regressions and how the rows are weighed for them."""

from __future__ import annotations

import numpy as np

from interviewer.grading.reading import Floats
from interviewer.grading.reference import defended
from interviewer.grading.regression import Regression
from training.reference.attacks import HONEST
from training.reference.data import SETS
from training.reference.kernel import Recipe, fit
from training.reference.table import GENUINE, Table, texts

COURSE = Recipe(ridge=1.0, width=1.0)
"""For questions of a course of which other answers were scored."""
ANYWHERE = Recipe(ridge=40.0, width=2.0, landmarks=1_000)
"""For subjects never seen: smoother, because what is particular to the sets does not carry over."""
SUSPICION = Recipe(ridge=7.0, width=1.0)
ROWS_PER_SET = 2_000.0
STRAY_WEIGHT = 0.02
REFERENCE_WEIGHT = 0.15
ATTACK_WEIGHT = 0.5
GOOD_WEIGHT, POOR_WEIGHT = 4.0, 0.5
REPEATED = ("reference", "reference reordered")
STRAYS = ("off topic", "other question")
LEFT_TO_OTHERS = ("empty", "don't know", "injection alone", "keyword salad", "keywords in order", "other question")
"""Attacks that gates see; and good answers to another question, which look too much like poor ones to this."""


def score_model(rows: Table, recipe: Recipe) -> Regression:
    """Score as people give it: each set counts alike and around its own mean; strays pull towards nothing."""
    rows = rows.where(~rows.nothing & np.isin(rows.kinds, (GENUINE, *REPEATED, *STRAYS)))
    genuine = rows.kinds == GENUINE
    present = [s for s in SETS if (rows.datasets == s).any()]
    weights = np.where(genuine, 1.0, np.where(np.isin(rows.kinds, REPEATED), REFERENCE_WEIGHT, STRAY_WEIGHT))
    means = {s: float(rows.scores[genuine & (rows.datasets == s)].mean()) for s in present}
    if len(present) > 1:
        sizes = {s: (genuine & (rows.datasets == s)).sum() for s in present}
        weights = weights * np.array([ROWS_PER_SET / sizes[str(s)] for s in rows.datasets])
    centred = rows.scores - np.array([means[str(s)] for s in rows.datasets])
    intercept = float(np.mean(list(means.values())))
    return fit(rows.names, rows.values, centred, weights, intercept, recipe)


def suspicion_model(rows: Table) -> Regression:
    """Attack (1) or genuine (0). Good genuine answers weigh most: they must not be taken for attacks."""
    rows = rows.where(~rows.nothing & ~np.isin(rows.kinds, LEFT_TO_OTHERS))
    honest = np.isin(rows.kinds, (GENUINE, *HONEST))
    weights = np.where(honest, np.where(rows.scores >= 0.5, GOOD_WEIGHT, POOR_WEIGHT), ATTACK_WEIGHT)
    targets = (~honest).astype("float32")
    mean = float(np.average(targets, weights=weights))
    return fit(rows.names, rows.values, targets - mean, weights, mean, SUSPICION)


def predicted(rows: Table, scores: Floats, suspicions: Floats | None) -> Floats:
    """What the grader would say, with its defences; without them where suspicions are None."""
    said = []
    for i, row in enumerate(rows.rows):
        _, reference, answer = texts(row)
        if suspicions is None:
            said.append(min(1.0, max(0.0, float(scores[i]))))
        elif rows.nothing[i]:
            said.append(0.0)
        else:
            said.append(defended(float(scores[i]), float(suspicions[i]), reference, answer))
    return np.array(said, dtype="float32")
