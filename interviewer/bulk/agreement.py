"""How far predictions agree with the scores that people gave. One pass; memory grows with questions only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any, BinaryIO

from pydantic import BaseModel, ConfigDict, Field

from interviewer.bulk.lines import Label, LineError, decode, numbered, validate
from interviewer.bulk.meter import Meter
from interviewer.grade import LEVELS
from interviewer.grading.score import LEVEL_FROM, level_of

Unit = Annotated[float, Field(ge=0, le=1)]
LEVEL_STARTS = {1: 0.0, **dict(reversed(LEVEL_FROM))}
BLANKS = {"not answered", "no answer"}


class Graded(BaseModel):
    """What agreement is measured on: a graded line, of which everything may be missing."""

    model_config = ConfigDict(strict=True, frozen=True)

    answer: str | None = None
    score: Unit | None = None
    predicted: Unit | None = None
    dataset: str | None = None
    question_id: Label | None = None
    question: str | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing was answered: no letter and no digit, or the words by which data sets mark that."""
        if self.answer is None:
            return False
        return not any(c.isalnum() for c in self.answer) or self.answer.strip(" .-").casefold() in BLANKS


@dataclass(frozen=True, slots=True)
class Figures:
    """Agreement over `n` answers; None is a figure that they do not determine.

    `pearson` is the correlation of predictions and scores, `qwk` the quadratically weighted kappa of their levels,
    `rmse`, `mae` and `mean_error` those of prediction less score, on the scale 0-1.
    """

    n: int
    pearson: float | None
    qwk: float | None
    rmse: float | None
    mae: float | None
    mean_error: float | None


@dataclass(slots=True)
class Tally:
    """Running sums over pairs of score and prediction; `levels` counts them by level, people's first."""

    n: int = 0
    levels: list[list[int]] = field(default_factory=lambda: [[0] * len(LEVELS) for _ in LEVELS])
    _means: tuple[float, float] = (0.0, 0.0)
    _moments: tuple[float, float, float] = (0.0, 0.0, 0.0)
    _errors: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def add(self, score: float, predicted: float) -> None:
        """One more pair, both 0-1. Welford's recurrence keeps the moments exact over any number of them."""
        self.n += 1
        (mean_s, mean_p), (ss, pp, sp) = self._means, self._moments
        from_s, from_p = score - mean_s, predicted - mean_p
        mean_s, mean_p = mean_s + from_s / self.n, mean_p + from_p / self.n
        self._means = mean_s, mean_p
        to_p = predicted - mean_p
        self._moments = ss + from_s * (score - mean_s), pp + from_p * to_p, sp + from_s * to_p
        error, (total, absolute, squared) = predicted - score, self._errors
        self._errors = total + error, absolute + abs(error), squared + error * error
        self.levels[level_of(score) - 1][level_of(predicted) - 1] += 1

    def figures(self) -> Figures:
        """The agreement so far."""
        if not self.n:
            return Figures(0, None, None, None, None, None)
        total, absolute, squared = (sum_ / self.n for sum_ in self._errors)
        return Figures(self.n, self._pearson(), quadratic_kappa(self.levels), math.sqrt(squared), absolute, total)

    def _pearson(self) -> float | None:
        ss, pp, sp = self._moments
        spread = math.sqrt(ss) * math.sqrt(pp)
        return max(-1.0, min(1.0, sp / spread)) if spread else None


@dataclass(slots=True)
class Group:
    """Pairs that belong together, and those of them that are no blank answers."""

    every: Tally = field(default_factory=Tally)
    answered: Tally = field(default_factory=Tally)

    def add(self, score: float, predicted: float, is_blank: bool) -> None:
        """One more pair."""
        self.every.add(score, predicted)
        if not is_blank:
            self.answered.add(score, predicted)

    @property
    def blank(self) -> int:
        """How many blank answers there are."""
        return self.every.n - self.answered.n


@dataclass(slots=True)
class Agreement:
    """All of a file, by data set, and by (data set, question)."""

    whole: Group = field(default_factory=Group)
    datasets: dict[str, Group] = field(default_factory=dict)
    questions: dict[tuple[str | None, str], Tally] = field(default_factory=dict)
    without_score: int = 0
    without_prediction: int = 0

    def add(self, line: Graded) -> None:
        """One more line; without score or prediction it is only counted."""
        if line.score is None or line.predicted is None:
            self.without_score += line.score is None
            self.without_prediction += line.predicted is None
            return
        self.whole.add(line.score, line.predicted, line.is_blank)
        if line.dataset is not None:
            self.datasets.setdefault(line.dataset, Group()).add(line.score, line.predicted, line.is_blank)
        question = line.question if line.question_id is None else str(line.question_id)
        if question is not None:
            self.questions.setdefault((line.dataset, question), Tally()).add(line.score, line.predicted)

    def ranked(self) -> list[tuple[str | None, str, Figures]]:
        """Data set, question and figures, the largest root mean square error first."""
        found = [(dataset, question, tally.figures()) for (dataset, question), tally in self.questions.items()]
        return sorted(found, key=lambda row: (-(row[2].rmse or 0.0), -row[2].n, row[1]))


def quadratic_kappa(counts: list[list[int]]) -> float | None:
    """Cohen's kappa with quadratic weights of a square table; None where chance alone would agree in full."""
    size = range(len(counts))
    rows = [sum(row) for row in counts]
    columns = [sum(row[j] for row in counts) for j in size]
    seen = sum((i - j) ** 2 * counts[i][j] for i in size for j in size)
    by_chance = sum((i - j) ** 2 * rows[i] * columns[j] for i in size for j in size)
    return 1 - seen * sum(rows) / by_chance if by_chance else None


def graded(source: BinaryIO, meter: Meter) -> Iterator[Graded]:
    """The lines of a graded file; those that cannot be read are reported and left out."""
    for number, line in numbered(source):
        try:
            yield validate(Graded, decode(line))
            meter.advance()
        except LineError as error:
            meter.leave_out(number, error)


def agreement_of(lines: Iterable[Graded]) -> Agreement:
    """The agreement of a whole file."""
    found = Agreement()
    for line in lines:
        found.add(line)
    return found


def as_json(found: Agreement) -> dict[str, Any]:
    """The figures to six digits, with the counts by level: people's level down, the predicted one across."""
    return {
        **_group(found.whole),
        "datasets": {name: _group(group) for name, group in found.datasets.items()},
        "questions": [{"dataset": d, "question": q, **_figures(f)} for d, q, f in found.ranked()],
        "without_score": found.without_score,
        "without_prediction": found.without_prediction,
        "level_from": {str(level): start for level, start in LEVEL_STARTS.items()},
        "confusion": found.whole.every.levels,
    }


def _group(group: Group) -> dict[str, Any]:
    without = _figures(group.answered.figures())
    return {**_figures(group.every.figures()), "blank": group.blank, "without_blank": without}


def _figures(figures: Figures) -> dict[str, Any]:
    return {name: value if value is None else round(value, 6) for name, value in asdict(figures).items()}
