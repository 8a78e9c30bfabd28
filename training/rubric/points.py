"""Fits `weights/points.json`: boosted trees that read a rubric point's verdict off its features.

    python -m training.rubric.points

Learns from the samples that are not held out, each seen by the grader as if it did not know that sample, and from
attacks at verdict missed. Prints what grouped folds (by question) say.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from interviewer.content.models import Question, Verdict
from interviewer.grade import Criterion
from interviewer.grading import points, score
from interviewer.grading.claims import claims
from interviewer.grading.prepared import Exemplars, Prepared, prepare
from training.agreement import macro_f1, qwk
from training.rubric.attacks import attacks
from training.rubric.rarity import WEIGHTS
from training.rubric.samples import held_out, measured, questions

SEED = 20
FOLDS = 6
COVERAGE = 0.85
ATTACK_WEIGHT = 0.1
CLASS = {v: i for i, v in enumerate(points.VERDICTS)}
TREES: dict[str, Any] = {
    "max_iter": 200,
    "learning_rate": 0.05,
    "max_leaf_nodes": 10,
    "max_features": 0.4,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "random_state": SEED,
}


@dataclass(frozen=True)
class Table:
    """A row for each point of each text: features, class, weight, question; and which text it belongs to."""

    rows: NDArray[np.float32]
    verdicts: NDArray[np.int64]
    weights: NDArray[np.float64]
    groups: NDArray[np.int64]
    texts: list[tuple[int, int]]


def features_of(
    question: Question, prepared: Prepared, exemplars: Exemplars, answer: str
) -> NDArray[np.float32] | None:
    """What the grader sees, or None where nothing counts."""
    said = points.compare(
        prepared, exemplars, [c.text for c in claims(question, question.asks[0], [answer]) if not c.code]
    )
    return points.features(prepared, exemplars, said) if said.rows else None


def table() -> Table:
    """Samples and attacks of all questions."""
    asked = questions()
    dice = random.Random(SEED)
    rows, verdicts, weights, groups, texts = [], [], [], [], []

    def add(number: int, text: int, found: NDArray[np.float32] | None, labels: list[int], weight: float) -> None:
        if found is None:
            return
        rows.append(found)
        verdicts.extend(labels)
        weights.extend([weight] * len(labels))
        groups.extend([number] * len(labels))
        texts.extend([(number, text)] * len(labels))

    for number, question in enumerate(asked):
        prepared = prepare(question, question.asks[0])
        for one in measured([question], held=False):
            labels = [CLASS.get(one.sample.points[p.id], 0) for p in question.rubric]
            known = prepared.exemplars.without(one.hidden)
            add(number, one.number, features_of(question, prepared, known, one.sample.answer), labels, 1.0)
        out = [n for n, s in enumerate(question.samples) if held_out(question, s)]
        others = [o for o in asked if o.topic != question.topic]
        for _, text in attacks(question, others, dice):
            found = features_of(question, prepared, prepared.exemplars.without(out), text)
            add(number, -1, found, [0] * len(question.rubric), ATTACK_WEIGHT)
        full = features_of(question, prepared, prepared.exemplars.without(out), question.model_answer)
        add(number, -2, full, [CLASS[Verdict.MET]] * len(question.rubric), ATTACK_WEIGHT)
    return Table(np.concatenate(rows), np.array(verdicts), np.array(weights), np.array(groups), texts)


def folds(data: Table) -> NDArray[np.float64]:
    """Raw scores of each row by trees that never saw its question."""
    raw = np.zeros((len(data.verdicts), len(points.VERDICTS)))
    for train, test in GroupKFold(FOLDS).split(data.rows, data.verdicts, data.groups):
        trees = HistGradientBoostingClassifier(**TREES)
        trees.fit(data.rows[train], data.verdicts[train], sample_weight=data.weights[train])
        raw[test] = trees.decision_function(data.rows[test])
    return raw


def temperature(raw: NDArray[np.float64], verdicts: NDArray[np.int64]) -> float:
    """What the raw scores are divided by so that their chances come true: the least log loss."""

    def loss(t: float) -> float:
        odds = raw / t
        odds = (
            odds - np.log(np.exp(odds - odds.max(1, keepdims=True)).sum(1, keepdims=True)) - odds.max(1, keepdims=True)
        )
        return float(-odds[np.arange(len(verdicts)), verdicts].mean())

    return float(min(np.arange(0.6, 2.5, 0.05), key=loss))


def export(trees: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as flat lists; a leaf has no left child and holds its value in `value`."""
    feature: list[int] = []
    value: list[float] = []
    left: list[int] = []
    right: list[int] = []
    roots: list[int] = []
    depth = 0
    for stage in trees._predictors:
        for tree in stage:
            start = len(feature)
            roots.append(start)
            for node in tree.nodes:
                leaf = bool(node["is_leaf"])
                feature.append(0 if leaf else int(node["feature_idx"]))
                value.append(round(float(node["value"] if leaf else node["num_threshold"]), 5))
                left.append(-1 if leaf else start + int(node["left"]))
                right.append(-1 if leaf else start + int(node["right"]))
                depth = max(depth, int(node["depth"]) + 1)
    start_at = [round(float(v), 5) for v in trees._baseline_prediction.ravel()]
    return {
        "depth": depth,
        "start": start_at,
        "roots": roots,
        "feature": feature,
        "value": value,
        "left": left,
        "right": right,
    }


def chances_by_terms(rows: NDArray[np.float32], verdicts: NDArray[np.int64]) -> dict[str, list[float]]:
    """How often a point is missed, partial or met where a term of it was said, most of its words, or neither."""
    term = rows[:, points.FEATURES.index("terms")] > 0
    words = ~term & (rows[:, points.FEATURES.index("cover")] >= points.PARTIAL_COVER)
    found = {"term": term, "words": words, "nothing": ~term & ~words}
    return {name: [round(float((verdicts[at] == c).mean()), 3) for c in range(3)] for name, at in found.items()}


def probabilities(raw: NDArray[np.float64], heat: float) -> NDArray[np.float64]:
    """The chances that raw scores stand for."""
    odds = np.exp((raw - raw.max(axis=1, keepdims=True)) / heat)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def by_text(data: Table) -> list[tuple[Question, int, list[int]]]:
    """Each labelled sample with the numbers of its rows, which are in the order of its question's points."""
    rows: dict[tuple[int, int], list[int]] = {}
    for row, key in enumerate(data.texts):
        if key[1] >= 0:
            rows.setdefault(key, []).append(row)
    asked = questions()
    return [(asked[number], sample, its) for (number, sample), its in rows.items()]


def levels(data: Table, picks: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The labelled levels of the samples, and those that follow from the verdicts picked for each row."""
    true, found = [], []
    for question, sample, rows in by_text(data):
        criteria = [
            Criterion(p.id, p.point, p.weight, points.VERDICTS[picks[row]], essential=p.essential)
            for p, row in zip(question.rubric, rows, strict=True)
        ]
        found.append(score.grade(criteria, "").level or 1)
        true.append(question.samples[sample].level)
    return true, found


def fit_bias(data: Table, chances: NDArray[np.float64], real: NDArray[np.bool_]) -> list[float]:
    """What the chances are multiplied with before the largest wins; without it hardly anything would be partial."""

    def worth(bias: list[float]) -> float:
        picks = (chances * bias).argmax(axis=1)
        return macro_f1(data.verdicts[real], picks[real]) + qwk(*levels(data, picks))

    tries = [[1.0, p, m] for p in (1.0, 1.3, 1.6, 2.0, 2.5, 3.0) for m in (0.7, 0.85, 1.0, 1.25, 1.5)]
    return max(tries, key=worth)


def fit_likely(data: Table, chances: NDArray[np.float64], picks: NDArray[np.int64]) -> float:
    """The least share of the chances whose range of levels holds the labelled one in `COVERAGE` of the samples."""
    cases = [
        score.level_chances([(p.weight, p.essential, chances[r].tolist()) for p, r in zip(q.rubric, rows, strict=True)])
        for q, _, rows in by_text(data)
    ]
    true, found = levels(data, picks)
    for share in np.arange(0.3, 0.99, 0.02):
        held = 0
        for case, level, label in zip(cases, found, true, strict=True):
            low, high = score.likely_levels(case, level, float(share))
            held += low <= label <= high
        if held >= COVERAGE * len(true):
            return round(float(share), 2)
    return 0.99


def main() -> None:
    """Fit, print, write."""
    data = table()
    raw = folds(data)
    real = np.array([text >= 0 for _, text in data.texts])
    heat = temperature(raw[real], data.verdicts[real])
    chances = probabilities(raw, heat)
    bias = fit_bias(data, chances, real)
    picks = (chances * bias).argmax(axis=1)
    likely = fit_likely(data, chances, picks)
    print(f"{real.sum()} labelled points, {(~real).sum()} of attacks and model answers; by grouped folds:")
    print(f"macro-F1 {macro_f1(data.verdicts[real], picks[real]):.3f}, QWK of level {qwk(*levels(data, picks)):.3f}")
    print(f"temperature {heat:.2f}, bias {bias}, likely {likely}")
    trees = HistGradientBoostingClassifier(**TREES)
    trees.fit(data.rows, data.verdicts, sample_weight=data.weights)
    fitted = {
        "features": list(points.FEATURES),
        "by_terms": chances_by_terms(data.rows[real], data.verdicts[real]),
        "temperature": round(heat, 3),
        "bias": bias,
        "likely": likely,
        **export(trees),
    }
    (WEIGHTS / "points.json").write_text(json.dumps(fitted) + "\n", "utf-8")


if __name__ == "__main__":
    main()
