"""`python -m training.reference.fit DATA`: fits what ships, on all three sets, and writes it to the package."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from interviewer.grading.regression import Regression
from training.reference.attacks import generate
from training.reference.data import SETS, Row, load, missing
from training.reference.models import ANYWHERE, score_model, suspicion_model
from training.reference.table import GENUINE, Table, table

WEIGHTS = Path(__file__).parents[2] / "interviewer" / "grading" / "weights"


def measured(rows: Sequence[Row]) -> Table:
    """Genuine answers of all sets and the attacks on each."""
    made = [
        attack
        for name in SETS
        for attack in generate([r for r in rows if r.dataset == name], [r for r in rows if r.dataset != name])
    ]
    return table([*rows, *(a.row for a in made)], [GENUINE] * len(rows) + [a.kind for a in made])


def save(model: Regression, path: Path) -> None:
    """Write a model in half precision: it makes no difference to two digits."""
    arrays = {f: getattr(model, f).astype("float16") for f in ("landmarks",)}
    arrays |= {f: getattr(model, f).astype("float32") for f in ("means", "deviations", "coefficients")}
    np.savez_compressed(
        path, allow_pickle=False, names=np.array(model.names), width=model.width, intercept=model.intercept, **arrays
    )


def main(folder: Path) -> int:
    """0, or 1 where data is missing."""
    if gone := missing(folder):
        print(f"missing: {', '.join(map(str, gone))}; give the folder that holds them", file=sys.stderr)
        return 1
    rows = measured(load(folder))
    save(score_model(rows, ANYWHERE), WEIGHTS / "score.npz")
    save(suspicion_model(rows), WEIGHTS / "suspicion.npz")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
