"""The hire signal of a whole interview, from the levels of its questions. The only place where they are combined.

1. Every question that was answered or skipped counts; a skipped one is level 1. What was not reached does not count.
2. The mean level, each question weighted by its planned minutes, rounded to two decimals, gives a level: 4 from 3.5,
   3 from 2.5, 2 from 1.75.
3. More than a third of these questions at level 1: no higher than 2, however good the rest.
4. An essential point missed in any of them: no higher than 3.

While an answer is ungraded there is no level. An answer that could not be assessed does not count. Fewer than half of
the planned questions to judge by, or an interview that may still go on, makes a signal provisional.
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
    unknown = [q for q in closed if q.graded and q.level is None]
    few = 2 * (len(reached) - len(unknown)) < len(questions)
    reasons = [_reached(len(reached), len(questions))]
    if unknown:
        reasons.append(f"Could not be assessed, and so not counted: {_named(unknown)}.")
    level = None
    if waiting:
        reasons.append(f"Not graded yet, so there is no signal so far: {_named(waiting)}.")
    elif assessed := [q for q in closed if q.level is not None]:
        level, why = _level(assessed)
        reasons += ["That is fewer than half, so the signal is provisional.", *why] if few else why
    if not ended:
        reasons.append("The interview is not over; what follows can still change this.")
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
        name: round(sum(levels[kind]) / len(levels[kind]), 2) for kind, name in COMPETENCIES.items() if kind in levels
    }


def level_for(mean: float) -> int:
    """The level that a mean level gives before any cap."""
    return next((level for level, start in LEVEL_FROM if mean >= start), 1)


def _level(closed: Sequence[QuestionReport]) -> tuple[int, list[str]]:
    minutes = sum(q.minutes for q in closed)
    mean = round(sum((q.level or 1) * q.minutes for q in closed) / minutes, 2)
    level = level_for(mean)
    reasons = [_mean(mean, level, len(closed))]
    if skipped := [q for q in closed if q.outcome is Outcome.SKIPPED]:
        reasons.append(f"Skipped, and so at level 1: {_named(skipped)}.")
    lowest = [q for q in closed if q.level == 1]
    if len(lowest) > MAX_SHARE_AT_1 * len(closed):
        level, effect = _cap(level, 2)
        if effect:
            reasons.append(f"More than a third, {len(lowest)} of {len(closed)}, are at level 1{effect}.")
    if gaps := [q for q in closed if q.misses_essential]:
        level, effect = _cap(level, 3)
        reasons.append(f"An essential point is missing in {_named(gaps)}{effect}.")
    return level, reasons


def _cap(level: int, most: int) -> tuple[int, str]:
    return (most, f", which lowers the signal to {LEVELS[most]}") if level > most else (level, "")


def _reached(reached: int, planned: int) -> str:
    if reached == planned > 1:
        return f"All {planned} planned questions were reached."
    noun, verb = "question" if planned == 1 else "questions", "was" if reached < 2 else "were"
    return f"{reached or 'None'} of {planned} planned {noun} {verb} reached."


def _mean(mean: float, level: int, count: int) -> str:
    start = dict(LEVEL_FROM).get(level)
    where = f"from {start:g} on" if start else f"below {LEVEL_FROM[-1][1]:g}"
    what = "level of the one question"
    if count > 1:
        what = f"mean level of {count} questions, weighted by their planned minutes,"
    return f"The {what} is {mean:.2f}; {where} that is {LEVELS[level]}."


def _named(questions: Sequence[QuestionReport]) -> str:
    *head, last = (str(q.position) for q in questions)
    return f"questions {', '.join(head)} and {last}" if head else f"question {last}"
