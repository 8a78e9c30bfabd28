"""The hire signal of a whole interview, from the levels of its questions. The only place where they are combined.

1. Every question that was answered or skipped counts; a skipped one is level 1. What was not reached does not count.
2. The mean level, each question weighted by its planned minutes, gives a level: 4 from 3.5, 3 from 2.5, 2 from 1.75.
3. More than a third of these questions at level 1: no higher than 2, however good the rest.
4. An essential point missed in any of them: no higher than 3.

While an answer is ungraded there is no level. Fewer than half of the planned questions reached, or an interview that
may still go on, makes a signal provisional.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.content.models import Kind
from interviewer.engine.events import Outcome
from interviewer.grade import LEVELS
from interviewer.report.model import Overall, QuestionReport

LEVEL_FROM = ((4, 3.5), (3, 2.5), (2, 1.75))
MAX_SHARE_AT_1 = 1 / 3
COMPETENCIES = {
    Kind.INTRO: "introduction",
    Kind.EXPERIENCE: "experience",
    Kind.CONCEPT: "concepts",
    Kind.CODING: "coding",
    Kind.SYSTEM_DESIGN: "system design",
    Kind.BEHAVIOURAL: "behavioural",
}


def overall(questions: Sequence[QuestionReport], *, ended: bool) -> Overall:
    """The signal and the sentences that explain it. `ended` says that no more questions can follow."""
    reached = [q for q in questions if q.reached]
    closed = [q for q in reached if not q.open]
    waiting = [q for q in closed if not q.graded]
    few = 2 * len(reached) < len(questions)
    reasons = [_reached(len(reached), len(questions))]
    level = None
    if waiting:
        reasons.append(f"{_questions(waiting)} not graded yet, so there is no signal so far.")
    elif closed:
        level, why = _level(closed)
        reasons += why
    if not ended:
        reasons.append("The interview is not over; what follows can still change this.")
    if few and level is not None:
        reasons.append("That is fewer than half of the plan, so this signal is provisional.")
    return Overall(
        level=level,
        signal="incomplete" if waiting else LEVELS[level] if level else "no signal",
        provisional=few or not ended or level is None,
        reasons=reasons,
        by_competency=by_competency(questions),
    )


def by_competency(questions: Sequence[QuestionReport]) -> dict[str, float]:
    """The mean level of each kind of question that was graded, in the order of `COMPETENCIES`."""
    levels: dict[Kind, list[int]] = {}
    for q in questions:
        if q.level is not None:
            levels.setdefault(q.kind, []).append(q.level)
    return {
        name: round(sum(levels[kind]) / len(levels[kind]), 2)
        for kind, name in COMPETENCIES.items()
        if kind in levels
    }


def level_for(mean: float) -> int:
    """The level that a mean level gives before any cap."""
    return next((level for level, start in LEVEL_FROM if mean >= start), 1)


def _level(closed: Sequence[QuestionReport]) -> tuple[int, list[str]]:
    minutes = sum(q.minutes for q in closed)
    mean = round(sum((q.level or 1) * q.minutes for q in closed) / minutes, 4)
    level = level_for(mean)
    reasons = [_mean(mean, level, len(closed))]
    if skipped := [q for q in closed if q.outcome is Outcome.SKIPPED]:
        reasons.append(f"{_questions(skipped)} skipped and {_counts(skipped)} as level 1.")
    lowest = [q for q in closed if q.level == 1]
    if len(lowest) > MAX_SHARE_AT_1 * len(closed):
        level, effect = _cap(level, 2)
        reasons.append(f"More than a third, {len(lowest)} of {len(closed)}, are at level 1{effect}.")
    if gaps := [q for q in closed if q.misses_essential]:
        level, effect = _cap(level, 3)
        where = f"question{'s' if len(gaps) > 1 else ''} {_list(q.position for q in gaps)}"
        reasons.append(f"An essential point is missing in {where}{effect}.")
    return level, reasons


def _cap(level: int, most: int) -> tuple[int, str]:
    return (most, f", which lowers the signal to {LEVELS[most]}") if level > most else (level, "")


def _reached(reached: int, planned: int) -> str:
    if reached == 0:
        return f"None of the {planned} planned questions was reached." if planned > 1 else "No question was reached."
    if reached == planned:
        return f"All {planned} planned questions were reached." if planned > 1 else "The one question was reached."
    return f"{reached} of {planned} planned questions {'was' if reached == 1 else 'were'} reached."


def _mean(mean: float, level: int, count: int) -> str:
    start = dict(LEVEL_FROM).get(level)
    meaning = f"from {start:g} on that is {LEVELS[level]}" if start else f"below 1.75 that is {LEVELS[1]}"
    if count == 1:
        return f"The question is at level {mean:g}; {meaning}."
    return f"The mean level of {count} questions, weighted by their planned minutes, is {mean:.2f}; {meaning}."


def _questions(questions: Sequence[QuestionReport]) -> str:
    if len(questions) == 1:
        return f"Question {questions[0].position} was" if questions[0].graded else f"Question {questions[0].position} is"
    verb = "were" if questions[0].graded else "are"
    return f"Questions {_list(q.position for q in questions)} {verb}"


def _counts(questions: Sequence[QuestionReport]) -> str:
    return "counts" if len(questions) == 1 else "count"


def _list(numbers: object) -> str:
    *head, last = [str(n) for n in numbers]  # type: ignore[attr-defined]
    return f"{', '.join(head)} and {last}" if head else last
