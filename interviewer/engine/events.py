"""Every fact of an interview. A session is the fold of its events; nothing else is state.

`at` is in seconds since the Unix epoch, from the injected clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from interviewer.content.models import Verdict
from interviewer.debrief import Debrief
from interviewer.engine.cues import Cue
from interviewer.grade import Grade
from interviewer.plan import InterviewPlan


class Outcome(StrEnum):
    """How a question's thread ended."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    NOT_REACHED = "not_reached"


class Reading(StrEnum):
    """What the candidate's words were taken as."""

    ANSWER = "answer"
    UNKNOWN = "unknown"
    CLARIFICATION = "clarification"
    ASKS_HINT = "asks_hint"
    ASKS_REPEAT = "asks_repeat"
    SKIPS = "skips"
    MOVES_ON = "moves_on"


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The interview begins; its plan never changes afterwards."""

    plan: InterviewPlan
    at: float
    type: Literal["session_started"] = "session_started"


@dataclass(frozen=True, slots=True)
class QuestionOpened:
    """The interview turned to a question."""

    index: int
    at: float
    type: Literal["question_opened"] = "question_opened"


@dataclass(frozen=True, slots=True)
class LineCued:
    """It was decided what an interviewer says next."""

    cue: Cue
    at: float
    type: Literal["line_cued"] = "line_cued"


@dataclass(frozen=True, slots=True)
class LineSpoken:
    """The oldest cue was put into words. `speaker` names the model that did, or `scripted`.

    `cost_usd` is None where the price of the model's tokens is not known.
    """

    text: str
    speaker: str
    at: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    type: Literal["line_spoken"] = "line_spoken"


@dataclass(frozen=True, slots=True)
class FollowUpDeclined:
    """The oldest cue, a follow-up, is not said: `speaker`, a model, holds that the answer covers its target already.

    `cost_usd` is None where the price of the model's tokens is not known.
    """

    speaker: str
    at: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    type: Literal["follow_up_declined"] = "follow_up_declined"


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """The candidate said something."""

    text: str
    at: float
    type: Literal["answer_given"] = "answer_given"


@dataclass(frozen=True, slots=True)
class AnswerAssessed:
    """What the last words were taken as, and how far they cover each rubric point."""

    reading: Reading
    verdicts: dict[str, Verdict]
    at: float
    type: Literal["answer_assessed"] = "answer_assessed"


@dataclass(frozen=True, slots=True)
class HintTaken:
    """The candidate asked for a hint; `number` counts from 1."""

    number: int
    at: float
    type: Literal["hint_taken"] = "hint_taken"


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """A question's thread is over."""

    index: int
    outcome: Outcome
    at: float
    type: Literal["question_closed"] = "question_closed"


@dataclass(frozen=True, slots=True)
class QuestionGraded:
    """A closed thread was graded. A later grading of the same question replaces it.

    Tokens and cost are those of a model that graded; `cost_usd` is None where their price is not known.
    """

    index: int
    grade: Grade
    at: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    type: Literal["question_graded"] = "question_graded"


@dataclass(frozen=True, slots=True)
class DebriefWritten:
    """A model wrote the debrief of an interview that is over. Tokens and cost as with `QuestionGraded`."""

    debrief: Debrief
    at: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    type: Literal["debrief_written"] = "debrief_written"


@dataclass(frozen=True, slots=True)
class TimeWarned:
    """The candidate was told how many minutes are left; 0 says that time is up."""

    minutes: int
    at: float
    type: Literal["time_warned"] = "time_warned"


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands still."""

    at: float
    type: Literal["paused"] = "paused"


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock runs again; time since the last event does not count."""

    at: float
    type: Literal["resumed"] = "resumed"


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The interview is over. `early` says that the candidate ended it."""

    early: bool
    at: float
    type: Literal["session_ended"] = "session_ended"


Event = (
    SessionStarted
    | QuestionOpened
    | LineCued
    | LineSpoken
    | FollowUpDeclined
    | AnswerGiven
    | AnswerAssessed
    | HintTaken
    | QuestionClosed
    | QuestionGraded
    | DebriefWritten
    | TimeWarned
    | Paused
    | Resumed
    | SessionEnded
)
