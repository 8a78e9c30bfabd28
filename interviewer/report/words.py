"""How the report's numbers and keywords read to people."""

from __future__ import annotations

from datetime import datetime

from interviewer.content.models import Verdict
from interviewer.engine.cues import Occasion
from interviewer.engine.events import Outcome, Reading
from interviewer.grade import LEVELS, RULE
from interviewer.report.model import Line, PointResult, QuestionReport, Report
from interviewer.report.signal import COMPETENCIES

VERDICTS = {
    Verdict.MET: ("✓", "met"),
    Verdict.PARTIAL: ("◐", "partly met"),
    Verdict.MISSED: ("✗", "missed"),
    Verdict.CANNOT_ASSESS: ("?", "could not be assessed"),
}
_OCCASIONS: dict[str, str] = {
    Occasion.FOLLOW_UP: "follow-up",
    Occasion.REQUIRED_FOLLOW_UP: "second part",
    Occasion.HINT: "hint",
    Occasion.REPEAT: "repeated",
    Occasion.CLARIFICATION: "clarification",
    Occasion.TIME_WARNING: "time",
    Occasion.TIME_UP: "time",
}
_READINGS: dict[str, str] = {
    Reading.UNKNOWN: "not known",
    Reading.CLARIFICATION: "question back",
    Reading.ASKS_HINT: "asks for a hint",
    Reading.MOVES_ON: "moves on",
}
_CLOSINGS = {Occasion.CLOSING, Occasion.EARLY_CLOSING}
CELLS = 12
NOT_GRADED = "no grader: there was no answer to grade."
NO_RUBRIC = "This question has no rubric yet, so nobody can say what an answer to it is worth."


def level_name(level: int | None) -> str:
    """`3, hire`; a dash where there is no level."""
    return "–" if level is None else f"{level}, {LEVELS[level]}"


def certainty(question: QuestionReport) -> str:
    """How sure the grader is, in words: `quite sure`, or between which levels the answer probably lies."""
    if question.range is None or question.level is None:
        return ""
    low, high = question.range
    if low == high:
        return "the grader is quite sure"
    return f"probably between {low} and {high}"


def result(question: QuestionReport) -> str:
    """What became of a question, in a word or two."""
    if question.outcome is Outcome.ANSWERED and not question.graded:
        return "still open" if question.open else "not graded yet"
    if question.outcome is Outcome.ANSWERED and question.level is None:
        return "could not be assessed"
    if question.outcome is Outcome.NOT_REACHED:
        return "asked, then left" if question.thread else "not reached"
    return str(question.outcome)


def graded_by(question: QuestionReport) -> str:
    """Who scored, where somebody did."""
    if question.grader == RULE:
        return "rule: skipped" if question.outcome is Outcome.SKIPPED else "rule: nothing said"
    return question.grader or ""


def competency(question: QuestionReport) -> str:
    """The kind of the question as people call it."""
    return COMPETENCIES[question.kind]


def verdict_symbol(verdict: Verdict) -> str:
    """A sign for the verdict; never shown without its word."""
    return VERDICTS[verdict][0]


def verdict_word(verdict: Verdict) -> str:
    """The verdict in words."""
    return VERDICTS[verdict][1]


def groups(question: QuestionReport) -> list[tuple[str, list[tuple[int, PointResult]]]]:
    """The rubric as people ask about it: what was covered, what was missing (the gravest first), what is unknown.

    Each point comes with its number in the rubric, from 1.
    """
    numbers = {point.id: number for number, point in enumerate(question.criteria, 1)}
    found = (
        ("What you covered", [c for c in question.criteria if c.verdict is Verdict.MET]),
        ("What was missing", question.missing),
        ("What could not be assessed", [c for c in question.criteria if c.verdict is Verdict.CANNOT_ASSESS]),
    )
    return [(title, [(numbers[c.id], c) for c in points]) for title, points in found if points]


def occasion(line: Line) -> str:
    """A word on why a line was said; empty where that goes without saying."""
    labels = _OCCASIONS if line.speaker == "interviewer" else _READINGS
    return labels.get(line.kind, "")


def speaker(line: Line, report: Report) -> str:
    """The interviewer's name, or `You`."""
    if line.speaker == "candidate":
        return "You"
    return next((i.name for i in report.interviewers if i.id == line.persona), "Interviewer")


def opening(report: Report) -> list[Line]:
    """What was said before the first question."""
    return [line for line in report.frame if line.kind not in _CLOSINGS]


def closing(report: Report) -> list[Line]:
    """What was said after the last question."""
    return [line for line in report.frame if line.kind in _CLOSINGS]


def duration(seconds: float) -> str:
    """`45 s`, `4 min 10 s`, `1 h 5 min`; seconds are left out from an hour on."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [(hours, "h"), (minutes, "min"), (0 if hours else rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def moment(utc: str) -> str:
    """`3 March 2026, 14:05 UTC`."""
    at = datetime.fromisoformat(utc)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def text_bar(level: float) -> str:
    """A level from 1 to 4 as a bar of block characters."""
    filled = round(level / 4 * CELLS)
    return "█" * filled + "░" * (CELLS - filled)
