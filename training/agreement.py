"""How far two raters agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from interviewer.bulk.agreement import quadratic_kappa


def qwk(true: Sequence[int], found: Sequence[int]) -> float:
    """Cohen's kappa of levels 1-4 with quadratic weights: 1 full agreement, 0 as much as chance."""
    counts = [[0] * 4 for _ in range(4)]
    for one, other in zip(true, found, strict=True):
        counts[one - 1][other - 1] += 1
    return quadratic_kappa(counts) or 0.0


def macro_f1(true: ArrayLike, found: ArrayLike) -> float:
    """The mean over classes of the harmonic mean of precision and recall."""
    t, f = np.asarray(true), np.asarray(found)
    each = [2 * np.sum((t == c) & (f == c)) / max(1, np.sum(t == c) + np.sum(f == c)) for c in np.unique(t)]
    return float(np.mean(each))
