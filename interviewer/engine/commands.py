"""Every intent of the candidate, and the results that come back from the outside world."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.content.models import Verdict
from interviewer.debrief import Debrief
from interviewer.grade import Grade
from interviewer.plan import InterviewPlan


@dataclass(frozen=True, slots=True)
class Start:
    """Begin the interview that `plan` describes."""

    plan: InterviewPlan


@dataclass(frozen=True, slots=True)
class Submit:
    """Say something: an answer, a question back, or that one doesn't know."""

    text: str


@dataclass(frozen=True, slots=True)
class AskHint:
    """Ask for the next hint."""


@dataclass(frozen=True, slots=True)
class AskRepeat:
    """Ask to hear the question again."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave this question."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause, or after the process was gone."""


@dataclass(frozen=True, slots=True)
class End:
    """End the interview now."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Result of Speak: the words that were said."""

    text: str
    speaker: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """Result of Speak: a model holds that the answer covers already what the follow-up is after."""

    speaker: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """Result of Assess: how far the last words cover each rubric point."""

    verdicts: dict[str, Verdict]


@dataclass(frozen=True, slots=True)
class Graded:
    """Result of Grade."""

    index: int
    grade: Grade
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Debriefed:
    """A model has written the debrief."""

    debrief: Debrief
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None


Command = (
    Start
    | Submit
    | AskHint
    | AskRepeat
    | Skip
    | Pause
    | Resume
    | End
    | Tick
    | Spoken
    | Declined
    | Assessed
    | Graded
    | Debriefed
)
