"""Fits `weights/rarity.json`: how rare each stem is in the bank, and what its words have in common as vectors."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import numpy as np

import interviewer.grading
from interviewer.grading import vectors
from interviewer.language import all_stems, words
from training.rubric.samples import held_out, questions

WEIGHTS = Path(interviewer.grading.__file__).parent / "weights"


def main() -> None:
    """Read the bank without the held-out samples and write the file."""
    texts = []
    for question in questions():
        texts += [f"{p.point} {' '.join(p.terms)}" for p in question.rubric]
        texts += [question.model_answer, *(s.answer for s in question.samples if not held_out(question, s))]
    seen = Counter(stem for text in texts for stem in set(all_stems(text)))
    stems = {s: round(math.log((len(texts) + 1) / (n + 1)), 2) for s, n in sorted(seen.items()) if n > 1}
    known = [
        v for w in sorted({w for q in questions() for w in words(q.model_answer)}) if (v := vectors.word(w)) is not None
    ]
    common = np.round(np.mean(known, axis=0), 4).tolist()
    unseen = round(math.log((len(texts) + 1) / 2), 2)
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / "rarity.json").write_text(
        json.dumps({"unseen": unseen, "common": common, "stems": stems}) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
