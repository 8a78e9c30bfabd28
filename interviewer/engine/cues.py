"""What an interviewer is to say next, before anybody has put it into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Occasion(StrEnum):
    """Why the interviewer speaks."""

    GREETING = "greeting"
    INTRODUCTION = "introduction"
    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    REQUIRED_FOLLOW_UP = "required_follow_up"
    UNKNOWN = "unknown"
    HINT = "hint"
    NO_HINT = "no_hint"
    REPEAT = "repeat"
    CLARIFICATION = "clarification"
    NO_CLARIFICATION = "no_clarification"
    TIME_WARNING = "time_warning"
    TIME_UP = "time_up"
    WELCOME_BACK = "welcome_back"
    CLOSING = "closing"
    EARLY_CLOSING = "early_closing"


@dataclass(frozen=True, slots=True)
class Cue:
    """One line to be spoken.

    `question` is the index of the question it belongs to (None for greeting and closing), `part` the required
    follow-up under way, `target` the rubric point that a follow-up is after, `item` the number of the hint or
    clarification, or the minutes left. `lead` names the occasion of the sentence that goes before the ask, and
    `variant` which of the persona's phrasings is due.
    """

    occasion: Occasion
    persona: str
    question: int | None = None
    part: str | None = None
    target: str | None = None
    item: int | None = None
    lead: str | None = None
    variant: int = 0
