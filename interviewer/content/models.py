"""The shapes of bank files. Every model is frozen and refuses fields that it does not know.

The strings below fields are what editors show of them; see `schema.py`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
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
    """One observable thing that a good answer says."""

    id: Id
    """Short name of the point within the question."""
    point: Text
    """What can be heard in an answer: "Says that …", "Gives a number for …", "Names an example of …"."""
    weight: Annotated[int, Field(ge=1, le=5)] = 1
    """Share of the score relative to the other points."""
    essential: bool = False
    """Nobody who misses the point gets above level 2."""
    terms: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Words and short phrases by which people express this point and no other, lower case; any inflection is found."""
    probe: Text
    """What the interviewer asks when the point is missing; gives nothing of it away."""
    part: Id | None = None
    """The follow-up that the point answers; without it, the main question."""


class RedFlag(Model):
    """A wrong claim that people really make, with what is right instead."""

    claim: Text
    """What they say."""
    correction: Text
    """What is right."""


class Clarification(Model):
    """A fact the interviewer gives when the candidate asks about it."""

    about: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Words by which a question about it is recognised."""
    fact: Text
    """The reply."""


class FollowUp(Model):
    """A follow-up that is always asked, after the main question's own thread."""

    id: Id
    """Short name, which rubric points give as their `part`."""
    asks: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Two or three phrasings, each of which is the follow-up by itself."""


class Sample(Model):
    """An answer with its labels. What the graders are tested on."""

    answer: Text
    """As somebody would speak it."""
    level: Annotated[int, Field(ge=1, le=4)]
    """1 strong no hire, 2 no hire, 3 hire, 4 strong hire."""
    points: dict[Id, Verdict]
    """A verdict for every rubric point: met, partial or missed."""


class Problem(Model):
    """The statement of a coding question."""

    statement: Text
    """What the program is to do, with its input and output."""
    examples: tuple[Text, ...] = ()
    """Inputs with their outputs."""
    constraints: tuple[Text, ...] = ()
    """Sizes and ranges of the input."""
    time: Text
    """The running time that a good solution reaches."""
    space: Text
    """The memory that a good solution takes."""

    @property
    def sheet(self) -> str:
        """What the candidate gets in writing: everything but the targets, which are for them to find."""
        lists = (("For example", self.examples), ("Constraints", self.constraints))
        listed = ("\n".join([f"{name}:", *(f"- {line}" for line in lines)]) for name, lines in lists if lines)
        return "\n\n".join([self.statement, *listed])


class Levels(Model):
    """What an answer of each level looks like for this question (1 strong no hire … 4 strong hire)."""

    one: Text = Field(alias="1")
    """Strong no hire: wrong or empty."""
    two: Text = Field(alias="2")
    """No hire: the words without the substance."""
    three: Text = Field(alias="3")
    """Hire: all essential points and most of the others."""
    four: Text = Field(alias="4")
    """Strong hire: what very good people add."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Question(Model):
    """One question of the bank; its topic is the folder that holds its file.

    A question that no person has accepted yet may lack intent, rubric and model answer; without a rubric it is asked,
    but answers to it cannot be assessed.
    """

    id: Id
    topic: Id
    status: Status = Status.ACCEPTED
    """Given only while no person has accepted the question."""
    kind: Kind
    """What sort of question it is."""
    asks: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Two or three phrasings, at most 60 spoken words each, of which each is the question by itself."""
    intent: Annotated[Words, Field(validate_default=True)] = ""
    """What the question tells the interviewer."""
    minutes: Annotated[float, Field(gt=0, le=120)]
    """What a good answer takes, follow-ups included."""
    rubric: Annotated[tuple[RubricPoint, ...], Field(max_length=12, validate_default=True)] = ()
    """Four to eight points, one to three of them essential."""
    follow_ups: tuple[FollowUp, ...] = ()
    """What is always asked after the main question."""
    red_flags: tuple[RedFlag, ...] = ()
    """Two to four wrong claims that people really make."""
    levels: Levels | None = None
    """What an answer of each level looks like here."""
    samples: tuple[Sample, ...] = ()
    """At least six labelled answers by different people, one or more of every level."""
    hints: tuple[Text, ...] = ()
    """Three rungs, from a nudge to almost there."""
    clarifications: tuple[Clarification, ...] = ()
    """Facts to give when the candidate asks, so that nothing is invented."""
    model_answer: Annotated[Words, Field(validate_default=True)] = ""
    """A level 4 answer in 120 to 250 spoken words."""
    study: tuple[Text, ...] = ()
    """Two or three things to read next, by title and section, without links."""
    problem: Problem | None = None
    """Coding questions only."""

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
    """A question's place in a round."""

    id: Id
    """The question's file name without `.yaml`."""
    asks: tuple[Text, ...] = ()
    """Phrasings of this round, which replace the question's own."""
    persona: Id | None = None
    """The panel member who asks it; without one the round's interviewers take turns."""
    listens_for: Text | None = None
    """What this round's interviewer wants to hear in the answer."""


def _entry(data: object) -> object:
    """A question that needs no more than its id may be written as just that."""
    return {"id": data} if isinstance(data, str) else data


class Round(Model):
    """One interview round: who asks what, in which order."""

    id: Id
    kind: Literal["hard", "soft"]
    """Technical, or about the person."""
    title: Line
    """What the round is about, as lists show it."""
    minutes: Annotated[int, Field(ge=1, le=480)]
    """How long the round takes."""
    personas: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Who interviews; several make a panel."""
    questions: Annotated[
        tuple[Annotated[RoundQuestion, BeforeValidator(_entry, json_schema_input_type=Id | RoundQuestion)], ...],
        Field(min_length=1),
    ]
    """Question ids in the order in which they are asked."""

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
