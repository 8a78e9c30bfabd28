"""Human-scored answers from JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETS = ("mohler", "beetle", "nn_exam")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `score` is 0-1. Answers of one `fold` (assignment or question) are never on both sides of a split."""

    dataset: str
    question_id: str
    question: str
    reference: str
    answer: str
    score: float
    fold: str


def missing(folder: Path) -> list[Path]:
    """Files that the measurements need and that are not there."""
    return [path for name in SETS if not (path := folder / f"{name}.jsonl").is_file()]


def load(folder: Path) -> list[Row]:
    """All sets, in order."""
    return [row for name in SETS for row in _rows(folder / f"{name}.jsonl")]


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        assignment = str(raw.get("group", "")).partition(".")[0]
        texts = (raw["question_id"], raw["question"], raw["reference"], raw["answer"])
        yield Row(raw["dataset"], *texts, float(raw["score"]), assignment or raw["question_id"])
