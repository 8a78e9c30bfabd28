"""The shapes of bank and persona files. Every model is frozen and refuses fields that it does not know."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from interviewer.text import one_line


def _one_line(text: str) -> str:
    if text != one_line(text):
        raise ValueError("must be one line without control characters; write it so")
    return text


class Contradiction(ValueError):
    """Two parts of a file that don't fit together; `loc` leads to the one that is to be mended."""

    def __init__(self, message: str, *loc: int | str) -> None:
        super().__init__(message)
        self.loc = loc


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8_000)]
Text = Annotated[Words, Field(min_length=1)]
Line = Annotated[Text, AfterValidator(_one_line)]


class Kind(StrEnum):
    """What sort of question it is; decides competency, timing and how it is graded."""

    INTRO = "intro"
    EXPERIENCE = "experience"
    CONCEPT = "concept"
    CODING = "coding"
    SYSTEM_DESIGN = "system_design"
    BEHAVIOURAL = "behavioural"


class Status(StrEnum):
    """How far a question is written: asked only, proposed by a model, or accepted by a person."""

    SKELETON = "skeleton"
    DRAFT = "draft"
    ACCEPTED = "accepted"


class Verdict(StrEnum):
    """How far an answer covers one rubric point."""

    MET = "met"
    PARTIAL = "partial"
    MISSED = "missed"
    CANNOT_ASSESS = "cannot_assess"


class Model(BaseModel):
    """Base of all content: immutable, strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RubricPoint(Model):
    """One observable thing that a good answer says.

    `weight` is its share of the score relative to the other points (1-5). An `essential` point that is
    missed keeps the answer below level 3. `terms` are words and phrases by which people express the
    point. `probe` is what the interviewer asks when the point is missing. `part` names the required
    follow-up that the point belongs to; none means the main question.
    """

    id: Id
    point: Text
    weight: Annotated[int, Field(ge=1, le=5)] = 1
    essential: bool = False
    terms: Annotated[tuple[Text, ...], Field(min_length=1)]
    probe: Text
    part: Id | None = None


class RedFlag(Model):
    """A wrong claim that people really make, with what is right instead."""

    claim: Text
    correction: Text


class Clarification(Model):
    """A fact the interviewer gives when the candidate asks about it.

    `about` lists the words by which a question about it is recognised.
    """

    about: Annotated[tuple[Text, ...], Field(min_length=1)]
    fact: Text


class FollowUp(Model):
    """A follow-up that is always asked, after the main question's own thread."""

    id: Id
    asks: Annotated[tuple[Text, ...], Field(min_length=1)]


class Sample(Model):
    """An answer with its labels: level 1-4 and a verdict per rubric point. What the graders are tested on."""

    answer: Text
    level: Annotated[int, Field(ge=1, le=4)]
    points: dict[Id, Verdict]


class Problem(Model):
    """A coding question in writing. `time` and `space` are the complexities that a good solution reaches."""

    statement: Text
    examples: tuple[Text, ...] = ()
    constraints: tuple[Text, ...] = ()
    time: Text
    space: Text

    @property
    def sheet(self) -> str:
        """What the candidate gets in writing: everything but the targets, which are for them to find."""
        lists = (("For example", self.examples), ("Constraints", self.constraints))
        listed = ("\n".join([f"{name}:", *(f"- {line}" for line in lines)]) for name, lines in lists if lines)
        return "\n\n".join([self.statement, *listed])


class Levels(Model):
    """What an answer of each level looks like for this question (1 strong no hire … 4 strong hire)."""

    one: Text = Field(alias="1")
    two: Text = Field(alias="2")
    three: Text = Field(alias="3")
    four: Text = Field(alias="4")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Question(Model):
    """One question of the bank; its topic is the folder that holds its file.

    A question that no person has accepted yet may lack intent, rubric and model answer; without a rubric it is asked,
    but answers to it cannot be assessed.
    """

    id: Id
    topic: Id
    status: Status = Status.ACCEPTED
    kind: Kind
    asks: Annotated[tuple[Text, ...], Field(min_length=1)]
    intent: Annotated[Words, Field(validate_default=True)] = ""
    minutes: Annotated[float, Field(gt=0, le=120)]
    rubric: Annotated[tuple[RubricPoint, ...], Field(max_length=12, validate_default=True)] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    levels: Levels | None = None
    samples: tuple[Sample, ...] = ()
    hints: tuple[Text, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    model_answer: Annotated[Words, Field(validate_default=True)] = ""
    study: tuple[Text, ...] = ()
    problem: Problem | None = None

    @property
    def unwritten(self) -> tuple[str, ...]:
        """The fields that still have to be written before a person can accept the question."""
        wanted = ["intent", "rubric", "levels", "samples", "hints", "model_answer"]
        if self.kind is Kind.CODING:
            wanted.append("problem")
        return tuple(name for name in wanted if not getattr(self, name))

    @field_validator("intent", "rubric", "model_answer")
    @classmethod
    def _written(cls, value: object, info: ValidationInfo) -> object:
        if not value and info.data.get("status") is Status.ACCEPTED:
            raise ValueError("is missing; add it")
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Question:
        points = [p.id for p in self.rubric]
        parts = {f.id for f in self.follow_ups}
        for number, point in enumerate(self.rubric):
            if point.id in points[:number]:
                raise Contradiction(f"`{point.id}` is used twice; give each point its own id", "rubric", number, "id")
            if point.part and point.part not in parts:
                message = f"no follow-up `{point.part}`; add it to follow_ups or remove this line"
                raise Contradiction(message, "rubric", number, "part")
        for number, sample in enumerate(self.samples):
            if wrong := set(sample.points) ^ set(points):
                message = f"must label each rubric point once; check {', '.join(sorted(wrong))}"
                raise Contradiction(message, "samples", number, "points")
        return self


class RoundQuestion(Model):
    """A question's place in a round. `asks` replaces the bank's phrasings where this round words it otherwise.

    `persona` is the panel member who asks it; without it the round's interviewers take turns.
    """

    id: Id
    asks: tuple[Text, ...] = ()
    persona: Id | None = None
    listens_for: Text | None = None


class Round(Model):
    """One interview round: who asks what, in which order."""

    id: Id
    kind: Literal["hard", "soft"]
    title: Line
    minutes: Annotated[int, Field(ge=1, le=480)]
    personas: Annotated[tuple[Id, ...], Field(min_length=1)]
    questions: Annotated[tuple[RoundQuestion, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _plain_ids(cls, data: object) -> object:
        """A question that needs no more than its id may be written as just that."""
        if isinstance(data, dict) and isinstance(data.get("questions"), list):
            entries = [{"id": q} if isinstance(q, str) else q for q in data["questions"]]
            return {**data, "questions": entries}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Round:
        ids = [q.id for q in self.questions]
        for number, entry in enumerate(self.questions):
            if entry.id in ids[:number]:
                raise Contradiction(f"`{entry.id}` is asked twice; remove one of them", "questions", number)
            if entry.persona and entry.persona not in self.personas:
                message = f"`{entry.persona}` is not in the round; add them to personas or remove this line"
                raise Contradiction(message, "questions", number, "persona")
        return self


class Voice(Model):
    """The sentences a persona has ready, by occasion; the scripted interviewer takes them in turn.

    Placeholders: `{name}` the persona's own name, `{role}` their role, `{minutes}` a number of minutes,
    `{count}` the number of questions, `{panel}` the other interviewers of a panel.
    """

    greeting: Annotated[tuple[Text, ...], Field(min_length=1)]
    introduction: Annotated[tuple[Text, ...], Field(min_length=1)]
    transition: Annotated[tuple[Text, ...], Field(min_length=1)]
    probe: Annotated[tuple[Text, ...], Field(min_length=1)]
    unknown: Annotated[tuple[Text, ...], Field(min_length=1)]
    hint: Annotated[tuple[Text, ...], Field(min_length=1)]
    no_hint: Annotated[tuple[Text, ...], Field(min_length=1)]
    repeat: Annotated[tuple[Text, ...], Field(min_length=1)]
    clarification: Annotated[tuple[Text, ...], Field(min_length=1)]
    no_clarification: Annotated[tuple[Text, ...], Field(min_length=1)]
    skip: Annotated[tuple[Text, ...], Field(min_length=1)]
    time_warning: Annotated[tuple[Text, ...], Field(min_length=1)]
    time_up: Annotated[tuple[Text, ...], Field(min_length=1)]
    welcome_back: Annotated[tuple[Text, ...], Field(min_length=1)]
    closing: Annotated[tuple[Text, ...], Field(min_length=1)]
    early_closing: Annotated[tuple[Text, ...], Field(min_length=1)]


class Persona(Model):
    """Who interviews. Tone is theirs, the bar is not: nothing here reaches a grader."""

    id: Id
    name: Line
    role: Line
    description: Line
    manner: Text
    probing: Text
    max_follow_ups: Annotated[int, Field(ge=0, le=5)]
    voice: Voice
