"""The figures that the report cites are those that the bank gives, and the attacks on it fail."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from importlib.resources import files
from statistics import mean

import pytest

from interviewer.grading import offline
from interviewer.grading.agreement import NOT_MEASURED, agreement
from training.agreement import macro_f1, qwk
from training.rubric.attacks import attacks
from training.rubric.bank import attacked, samples
from training.rubric.samples import held_out, measured, questions

MOST = {
    "empty": 0.1,
    "don't know": 0.1,
    "echo": 0.1,
    "salad": 0.25,
    "off-topic": 0.2,
    "other answer": 0.2,
    "injection": 0.2,
    "reversed": 0.45,
}


def test_the_shipped_figures_are_what_the_held_out_samples_give() -> None:
    found = samples(questions())
    stored = json.loads(files("interviewer.grading").joinpath("weights", "figures.json").read_text("utf-8"))
    shipped = stored[offline.GRADER]
    labels, verdicts, _ = zip(*found.verdicts, strict=True)
    assert shipped["n"] == len(found.true) > 200
    assert qwk(found.true, found.levels) == pytest.approx(shipped["qwk"], abs=0.02)
    assert macro_f1(labels, verdicts) == pytest.approx(shipped["macro_f1"], abs=0.02)


def test_a_third_is_held_out_and_never_an_exemplar() -> None:
    asked = questions()
    everything = [(q, s) for q in asked for s in q.samples]
    share = mean(held_out(q, s) for q, s in everything)
    assert 0.2 < share < 0.4
    for held in (True, False):
        for one in measured(asked[:10], held=held):
            assert one.number in one.hidden
            assert all(n in one.hidden for n, s in enumerate(one.question.samples) if held_out(one.question, s))


def test_attacks_fail_and_the_model_answer_does_not() -> None:
    found = attacked(questions()[::3])
    assert set(found) == {*MOST, "model answer"}
    assert sum(map(len, found.values())) > 200
    worst = {kind: mean(scores) for kind, scores in found.items()}
    assert {kind: score for kind, score in worst.items() if score > MOST.get(kind, 1)} == {}
    assert worst["model answer"] >= 0.9


def test_attacks_differ_from_what_they_are_made_of() -> None:
    asked = questions()
    made: dict[str, set[str]] = defaultdict(set)
    for kind, text in attacks(asked[0], asked[40:], random.Random(1)):
        made[kind].add(text)
    assert asked[0].model_answer not in made["reversed"]
    assert len(made["reversed"]) == 3


def test_the_sentence_gives_the_figures_of_the_graders_that_were_measured() -> None:
    assert agreement([]) == agreement(["somebody"]) == NOT_MEASURED
    said = agreement([offline.GRADER, "somebody", offline.GRADER])
    assert said.count("On ") == 1
    assert "answers that it was not fitted on" in said
