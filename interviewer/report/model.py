"""The report: everything that is said about one interview, in the shape in which it is written as JSON.

Fields may be added, never renamed. Times are ISO 8601 in UTC, levels are 1-4, `null` where there is none.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from interviewer.content.models import Kind, Verdict
from interviewer.engine.events import Outcome


class Part(BaseModel):
    """Base of all parts of a report: immutable once built."""

    model_config = ConfigDict(frozen=True)


class Interviewer(Part):
    """Who interviewed."""

    id: str
    name: str
    role: str


class Line(Part):
    """One line of the conversation, verbatim.

    `kind` says on what occasion an interviewer spoke, or what a candidate's words were taken as.
    """

    speaker: Literal["interviewer", "candidate"]
    persona: str | None
    kind: str
    text: str
    at: str


class PointResult(Part):
    """One rubric point and what became of it; `evidence` are the candidate's own words.

    `confidence` is how sure the grader is of the verdict (0-1), null where it cannot tell.
    """

    id: str
    point: str
    weight: int
    essential: bool
    verdict: Verdict
    evidence: list[str]
    confidence: float | None = None


class Misconception(Part):
    """A wrong claim that people often make about a question. It is no finding about this candidate."""

    claim: str
    correction: str


class FoundMisconception(Misconception):
    """A wrong claim that the candidate did make, in their own words."""

    evidence: list[str]
    confidence: float | None = None


class QuestionReport(Part):
    """One planned question: what was said, what it was worth, and what would have been worth more.

    `level`, `score` and `grader` are null and `criteria` is empty while nothing was graded; with a grader but without a
    level the answer could not be assessed. `open` says that the
    interview stopped at this question and may go on with it. `seconds` and `minutes` are the time used and planned.
    `confidence` is how sure the grader is of the level (0-1), `range` between which levels the answer probably lies,
    both null where it cannot tell. `red_flags` are often said about the question, `found_red_flags` were said here.
    `problem` is what was handed out in writing, `target` the complexity that a good solution reaches; null where the
    question asks for no program. `remarks` say how the grade came about, where that needs saying.
    """

    id: str
    position: int
    kind: Kind
    topic: str
    ask: str
    intent: str
    outcome: Outcome
    open: bool
    thread: list[Line]
    level: int | None
    score: float | None
    grader: str | None
    capped: str | None
    remarks: list[str] = Field(default_factory=list)
    hints: int
    seconds: float
    minutes: float
    criteria: list[PointResult]
    red_flags: list[Misconception]
    found_red_flags: list[FoundMisconception] = []
    confidence: float | None = None
    range: tuple[int, int] | None = None
    levels: dict[str, str] | None
    model_answer: str
    study: list[str]
    problem: str | None = None
    target: str | None = None

    @property
    def graded(self) -> bool:
        """A grader has spoken, if only to say that the answer cannot be assessed."""
        return self.grader is not None

    @property
    def unassessable(self) -> bool:
        """There is nothing to hold an answer against: the question has no rubric yet."""
        return self.graded and not self.criteria

    @property
    def reached(self) -> bool:
        """The candidate answered or passed."""
        return self.outcome is not Outcome.NOT_REACHED

    @property
    def missing(self) -> list[PointResult]:
        """Points that were not fully met, the ones that matter most first."""
        open_points = [c for c in self.criteria if c.verdict in {Verdict.MISSED, Verdict.PARTIAL}]
        return sorted(open_points, key=lambda c: (not c.essential, -c.weight, c.verdict is Verdict.PARTIAL))

    @property
    def misses_essential(self) -> bool:
        """At least one essential point was missed."""
        return any(c.essential and c.verdict is Verdict.MISSED for c in self.criteria)


class Overall(Part):
    """The hire signal. `level` is null, and `signal` says so, as long as there is nothing or not all to judge by.

    `reasons` are sentences that lead from the questions to the signal. `provisional` marks a signal that rests on
    too little. `by_competency` is the mean level of each kind of question.
    """

    level: int | None
    signal: str
    provisional: bool
    reasons: list[str]
    by_competency: dict[str, float]


class DebriefClaim(Part):
    """A sentence of the debrief; it rests on the verdict on `point`, an id of the rubric, of the question there."""

    text: str
    kind: Literal["strength", "gap"]
    question: int
    point: str


class DebriefReport(Part):
    """What a model says about the whole, from the verdicts alone."""

    author: str
    claims: list[DebriefClaim]


class Usage(Part):
    """What the models took; the cost is null where nobody knows the price."""

    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None


class Report(Part):
    """The feedback on one interview.

    `model` names who phrased the interviewers' lines (null: the scripted interviewer), `grader` who scored, and
    `agreement` how far that grader agrees with people; `notes` say why a grade or the debrief is missing. `minutes` is
    the planned length, `seconds` the time used.
    `frame` holds the lines that belong to no question: greeting and goodbye.
    """

    session: str
    round: str
    kind: str
    title: str
    personas: list[str]
    interviewers: list[Interviewer]
    model: str | None
    grader: str | None
    agreement: str
    notes: list[str] = Field(default_factory=list)
    started: str
    ended: str | None
    status: Literal["open", "paused", "ended"]
    ended_early: bool
    seconds: float
    minutes: int
    questions: list[QuestionReport]
    frame: list[Line] = Field(default_factory=list)
    overall: Overall
    debrief: DebriefReport | None = None
    usage: Usage

    @property
    def focus(self) -> list[QuestionReport]:
        """At most three reached questions that fell short of level 3, weakest first, then the longest."""
        weak = [q for q in self.questions if q.level is not None and q.level < 3]
        return sorted(weak, key=lambda q: (q.level, -q.minutes))[:3]
