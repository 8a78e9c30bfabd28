"""How far the offline grader agrees with the labels of the bank's held-out samples, and what attacks get from it.

    python -m training.rubric.bank

Prints the figures that docs/what-the-grader-can-judge.md gives. Held-out samples were never tuned on; each is graded
with the samples that are not held out as the only exemplars.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from interviewer.content.models import Question, Verdict
from interviewer.grade import Grade
from interviewer.grading import offline
from training.agreement import macro_f1, qwk
from training.noise import NOISES
from training.rubric.attacks import attacks
from training.rubric.rarity import WEIGHTS
from training.rubric.samples import held_out, measured, questions

SEED = 7
CLASS = {Verdict.MISSED: 0, Verdict.PARTIAL: 1, Verdict.MET: 2}


@dataclass
class Found:
    """What the held-out samples gave."""

    true: list[int] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    verdicts: list[tuple[int, int, float]] = field(default_factory=list)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    scores: list[tuple[float, float, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    flags: Counter[int] = field(default_factory=Counter)


def samples(asked: Sequence[Question]) -> Found:
    """Grade every held-out sample."""
    found = Found()
    for one in measured(list(asked), held=True):
        question, sample = one.question, one.sample
        offline.grade(question, question.asks[0], [sample.answer])
        before = time.process_time()
        offline.grade(question, question.asks[0], [sample.answer])
        found.seconds.append(time.process_time() - before)
        grade = offline.grade_without(one.hidden, question, question.asks[0], [sample.answer])
        assert grade.level is not None and grade.score is not None and grade.range is not None
        found.true.append(sample.level)
        found.levels.append(grade.level)
        found.covered.append(grade.range[0] <= sample.level <= grade.range[1])
        found.sure.append((grade.confidence or 0.0, grade.level == sample.level))
        found.flags[sample.level] += bool(grade.red_flags)
        truth = sum(c.weight * CLASS.get(sample.points[c.id], 0) / 2 for c in grade.criteria)
        found.scores.append((truth / sum(c.weight for c in grade.criteria), grade.score, len(sample.answer.split())))
        for c in grade.criteria:
            label = sample.points[c.id]
            if label in CLASS and c.verdict in CLASS:
                found.verdicts.append((CLASS[label], CLASS[c.verdict], c.confidence or 0.0))
    return found


def attacked(asked: Sequence[Question]) -> dict[str, list[float]]:
    """The score that each attack on each question got, by kind; the model answer itself should get it all."""
    dice = random.Random(SEED)
    found: dict[str, list[float]] = defaultdict(list)
    for question in asked:
        out = hidden(question)
        others = [o for o in asked if o.topic != question.topic]
        for kind, text in [*attacks(question, others, dice), ("model answer", question.model_answer)]:
            found[kind].append(score_of(question, text, out))
    return found


def noisy(asked: Sequence[Question]) -> dict[str, list[float]]:
    """How the score of each held-out sample moves when it is said otherwise, by kind."""
    dice = random.Random(SEED)
    found: dict[str, list[float]] = defaultdict(list)
    for one in measured(list(asked), held=True):
        plain = score_of(one.question, one.sample.answer, one.hidden)
        for kind, noise in NOISES.items():
            moved = score_of(one.question, noise(one.sample.answer, dice), one.hidden)
            found[kind].append(moved - plain)
    return found


def hidden(question: Question) -> frozenset[int]:
    """The samples that nobody may learn from."""
    return frozenset(n for n, s in enumerate(question.samples) if held_out(question, s))


def score_of(question: Question, text: str, out: frozenset[int]) -> float:
    """The score of one text, 0-1."""
    made: Grade = offline.grade_without(out, question, question.asks[0], [text])
    return made.score or 0.0


def lines(asked: Sequence[Question], found: Found) -> Iterator[str]:
    """The table."""
    verdicts = np.array(found.verdicts)
    true, levels = np.array(found.true), np.array(found.levels)
    yield f"held-out samples                {len(true)} with {len(verdicts)} labelled points"
    yield f"QWK of level                    {qwk(found.true, found.levels):.3f}"
    yield f"exact level / within one        {np.mean(true == levels):.2f} / {np.mean(abs(true - levels) <= 1):.2f}"
    yield f"macro-F1 of point verdicts      {macro_f1(verdicts[:, 0], verdicts[:, 1]):.3f}"
    for name, c in (("missed", 0), ("partial", 1), ("met", 2)):
        both = np.sum((verdicts[:, 0] == c) & (verdicts[:, 1] == c))
        f1 = 2 * both / (np.sum(verdicts[:, 0] == c) + np.sum(verdicts[:, 1] == c))
        yield f"  F1 of {name:<24}{f1:.3f}"
    yield f"level-1 samples scored 3 or 4   {np.sum((true == 1) & (levels >= 3))} of {np.sum(true == 1)}"
    yield f"range holds the label           {np.mean(found.covered):.2f} of samples"
    yield f"partial r of score and length   {follows_length(found):.2f} given the labelled score"
    shares = ", ".join(f"{n}: {found.flags[n] / max(1, np.sum(true == n)):.2f}" for n in (1, 2, 3, 4))
    yield f"red flags found, by level       {shares} of samples"
    median, high = 1000 * np.quantile(found.seconds, (0.5, 0.95))
    yield f"CPU an answer, median / p95     {median:.1f} / {high:.1f} ms"
    yield "confidence of verdicts          right in"
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01)):
        at = (verdicts[:, 2] >= low) & (verdicts[:, 2] < high)
        if at.any():
            right = np.mean(verdicts[at, 0] == verdicts[at, 1])
            yield f"  {low:.2f}-{min(high, 1):.2f} (mean {verdicts[at, 2].mean():.2f})        {right:.2f} of {at.sum()}"
    for kind, got in attacked(asked).items():
        yield f"{kind:<32}{np.mean(got):.2f} mean, {max(got):.2f} highest of {len(got)}"
    for kind, moved in noisy(asked).items():
        yield f"{kind:<32}{np.mean(moved):+.3f} mean move, {np.mean(np.abs(moved)):.3f} mean size"


def follows_length(found: Found) -> float:
    """The correlation of score and logarithm of length that is left once the labelled score is known."""
    truth, score, words = np.array(found.scores).T
    base = np.stack([np.ones_like(truth), truth], axis=1)

    def rest(values: np.ndarray) -> np.ndarray:
        return values - base @ np.linalg.lstsq(base, values, rcond=None)[0]

    return float(np.corrcoef(rest(score), rest(np.log(words)))[0, 1])


def keep(found: Found) -> None:
    """Write what the report says of the grader's agreement."""
    path = WEIGHTS / "figures.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    apart = np.abs(np.array(found.true) - np.array(found.levels))
    verdicts = np.array(found.verdicts)
    known[offline.GRADER] = {
        "n": len(found.true),
        "qwk": round(qwk(found.true, found.levels), 3),
        "within_one": round(float(np.mean(apart <= 1)), 3),
        "macro_f1": round(macro_f1(verdicts[:, 0], verdicts[:, 1]), 3),
    }
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    """Print the table and keep its main figures."""
    asked = questions()
    found = samples(asked)
    for line in lines(asked, found):
        print(line, flush=True)
    keep(found)


if __name__ == "__main__":
    main()
