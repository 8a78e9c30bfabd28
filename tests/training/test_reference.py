"""The attacks are what they are called, the fit fits, and nothing is measured without data."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from training.reference import agreement
from training.reference.attacks import HONEST, KINDS, exchanged, generate, negated, swapped
from training.reference.data import SETS, Row, load
from training.reference.kernel import Recipe, fit

ROWS = [
    Row("a", str(i), question, reference, reference, 1.0, str(i))
    for i, (question, reference) in enumerate(
        [
            (
                "What is a stack?",
                "A stack is a list that is last in, first out. Elements are pushed and popped on top.",
            ),
            ("What is a queue?", "A queue is a list that is first in, first out. Elements leave it in their order."),
        ]
    )
]
OTHERS = [
    Row("b", "9", "What is a gap?", "A gap is an open place in a path.", "The path is open at the gap.", 1.0, "9")
]


def test_every_kind_is_made_and_deserves_what_it_should() -> None:
    made = generate(ROWS, OTHERS, per_kind=4)
    assert {a.kind for a in made} >= set(KINDS) - {"good against good", "reference exchanged"}
    assert {a.row.score for a in made if a.kind in HONEST} == {1.0}
    assert {a.row.score for a in made if a.kind not in HONEST} == {0.0}
    assert made == generate(ROWS, OTHERS, per_kind=4)


def test_reversals_change_the_text() -> None:
    dice = random.Random(1)
    assert negated("It can be read.", dice) in {"It can not be read.", "It can never be read."}
    assert negated("A private member cannot be read.", dice) == "A private member can be read."
    assert swapped("It is fast.", dice) in {"It is slow.", "It is slower.", "It is slowly."}
    assert exchanged("Stacks are LIFO; queues are FIFO.") == "queues are LIFO; stacks are FIFO."
    assert negated("Push.", dice) is None


def test_a_fit_follows_what_it_saw() -> None:
    dice = np.random.default_rng(3)
    rows = dice.normal(size=(300, 4)).astype("float32")
    targets = np.tanh(rows[:, 0]).astype("float32")
    model = fit("abcd", rows, targets, np.ones(300, "float32"), 0.5, Recipe(ridge=0.1, width=2.0, landmarks=200))
    assert np.corrcoef(model.outputs(rows), targets)[0, 1] > 0.95
    assert model.predict(dict(zip("abcd", rows[0].tolist(), strict=True))) == pytest.approx(
        float(model.outputs(rows[:1])[0]), abs=1e-5
    )


def test_without_data_it_says_how_to_point_at_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert agreement.main(tmp_path) == 0
    said = capsys.readouterr().out
    assert "DATA=" in said
    assert all(name in said for name in SETS)


def test_rows_of_an_assignment_share_a_fold(tmp_path: Path) -> None:
    line = '{"dataset": "%s", "question_id": "1.2", "question": "q", "reference": "r", "answer": "a", "score": 1%s}\n'
    for name in SETS:
        (tmp_path / f"{name}.jsonl").write_text(line % (name, ', "group": "1.2"' if name == "mohler" else ""), "utf-8")
    assert [row.fold for row in load(tmp_path)] == ["1", "1.2", "1.2"]
