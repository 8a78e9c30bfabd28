"""`python -m training.reference.agreement [DATA]`: all figures of the grader against a reference, on held-out folds."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interviewer.bulk.agreement import Figures, Tally
from interviewer.grading.reading import Floats
from training.noise import NOISES
from training.reference import folds
from training.reference.attacks import HONEST, KINDS, generate
from training.reference.data import SETS, Row, load, missing
from training.reference.models import predicted
from training.reference.table import GENUINE, Table, table

DEFAULT = "../shared/data"
SEED = 5
NOISY_PER_SET = 200
GOOD, CAPPED = 0.5, 0.5


def noisy(rows: Sequence[Row]) -> list[tuple[str, Row, Row]]:
    """Some answers of every set said otherwise: the noise, the answer with it, the answer without."""
    dice = random.Random(SEED)
    found = []
    for name in SETS:
        spoken = [r for r in rows if r.dataset == name and len(r.answer.split()) > 3]
        for row in dice.sample(spoken, NOISY_PER_SET):
            found += [(kind, replace(row, answer=make(row.answer, dice)), row) for kind, make in NOISES.items()]
    return found


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The printed table, section by section."""
    attacks = [
        a for s in SETS for a in generate([r for r in rows if r.dataset == s], [r for r in rows if r.dataset != s])
    ]
    noise = noisy(rows)
    kinds = [GENUINE] * len(rows) + [a.kind for a in attacks] + [f"{k} +" for k, _, _ in noise] + ["plain"] * len(noise)
    every = table([*rows, *(a.row for a in attacks), *(n for _, n, _ in noise), *(p for _, _, p in noise)], kinds)
    learn = np.isin(every.kinds, (GENUINE, *KINDS))
    suspicion = folds.suspicions(every, learn)
    course = folds.by_course(every, learn)
    yield "Fitted on the other assignments (mohler) or questions of the same set"
    yield from _agreement(every, course, suspicion)
    yield "Fitted as what ships: one model for all sets, folds held out, put at each set's mean"
    yield from _agreement(every, folds.by_all(every, learn), suspicion)
    yield "Fitted on the two other sets alone, not calibrated"
    yield from _agreement(every, folds.by_others(every, learn), suspicion)
    defended, plain = predicted(every, course, suspicion), predicted(every, course, None)
    yield from _attacks(every, plain, defended)
    yield from _fairness(every, defended)


def _agreement(every: Table, scores: Floats, suspicion: Floats) -> Iterator[str]:
    defended, plain = predicted(every, scores, suspicion), predicted(every, scores, None)
    yield _line("", "n", "Pearson", "QWK", "RMSE", "mean error", "no blanks", "undefended", "capped")
    for name in SETS:
        own = (every.datasets == name) & (every.kinds == GENUINE)
        said = own & np.array([bool(r.answer.strip()) for r in every.rows])
        all_, spoken = _figures(every, defended, own), _figures(every, defended, said)
        raw = _figures(every, np.where(every.nothing, 0, plain).astype("float32"), own)
        capped = float(((defended < CAPPED * plain) & (every.scores >= GOOD))[own].mean())
        yield _line(
            name,
            str(all_.n),
            *(f"{f:.3f}" for f in (all_.pearson, all_.qwk, all_.rmse, all_.mean_error) if f is not None),
            f"{spoken.pearson:.3f}",
            f"{raw.pearson:.3f}",
            f"{capped:.2%}",
        )


def _attacks(every: Table, plain: Floats, defended: Floats) -> Iterator[str]:
    yield "Mean score of what is no answer, and (last) of what is right, on held-out questions: defended (undefended)"
    yield _line("", *SETS, width=16)
    for kind in [*(k for k in KINDS if k not in HONEST), *HONEST]:
        here = [(every.kinds == kind) & (every.datasets == name) for name in SETS]
        yield _line(kind, *(f"{defended[h].mean():.2f} ({plain[h].mean():.2f})" for h in here), width=16)


def _fairness(every: Table, defended: Floats) -> Iterator[str]:
    yield "Fairness"
    own = (every.datasets == "mohler") & (every.kinds == GENUINE)
    counts = np.array([len(r.answer.split()) for r in every.rows], dtype="float32")
    partial = _partial(defended[own], counts[own], every.scores[own])
    yield f"  partial correlation of score and word count, given people's score (mohler): {partial:.3f}"
    before = defended[every.kinds == "plain"].reshape(-1, len(NOISES))
    for place, kind in enumerate(NOISES):
        shift = defended[every.kinds == f"{kind} +"] - before[:, place]
        yield f"  {kind}: mean shift {shift.mean():+.3f}, in size {np.abs(shift).mean():.3f}"


def _figures(every: Table, said: Floats, mask: NDArray[np.bool_]) -> Figures:
    tally = Tally()
    for score, prediction in zip(every.scores[mask], said[mask], strict=True):
        tally.add(float(score), float(prediction))
    return tally.figures()


def _partial(one: Floats, other: Floats, given: Floats) -> float:
    """Correlation of two columns less what a line through the third explains of each."""
    left, right = (c - np.polyval(np.polyfit(given, c, 1), given) for c in (one, other))
    return float(np.corrcoef(left, right)[0, 1])


def _line(name: str, *cells: str, width: int = 11) -> str:
    return f"  {name:<20}" + "".join(f"{c:>{width}}" for c in cells)


def main(folder: Path) -> int:
    """Always 0: where data is missing, that is said, and what else is measured goes on."""
    if gone := missing(folder):
        print(f"not measured: {', '.join(map(str, gone))} missing; say where the data is: make agreement DATA=FOLDER")
        return 0
    for line in lines(load(folder)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DATA", DEFAULT))))
