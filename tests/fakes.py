"""Stand-ins for the outside world, and builders for content that lives in memory."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from interviewer.content.models import Clarification, FollowUp, Question, Round, RoundQuestion, RubricPoint, Verdict
from interviewer.content.personas import Persona, Voice
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.cues import Cue, Occasion
from interviewer.engine.state import State, apply
from interviewer.grade import Criterion, Grade
from interviewer.grading import score
from interviewer.llm.model import Chunk, Prompt, Usage
from interviewer.llm.target import Target
from interviewer.plan import InterviewPlan, PlannedQuestion

START = 1_700_000_000.0
OCCASIONS = tuple(Voice.model_fields)


class FakeClock:
    """Moves only when told."""

    def __init__(self, now: float = START) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float = 0.0, *, minutes: float = 0.0) -> None:
        self.now += seconds + 60 * minutes


class MemoryLog:
    """A journal in memory. With `fault` set, the next append raises it and keeps nothing."""

    def __init__(self) -> None:
        self.events: list[ev.Event] = []
        self.kept_draft = ""
        self.fault: Exception | None = None

    def append(self, new: Sequence[ev.Event], state: State, *, clears_draft: bool = False) -> None:
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        self.events.extend(new)
        if clears_draft:
            self.kept_draft = ""

    def save_draft(self, text: str, at: float) -> None:
        self.kept_draft = text

    def draft(self) -> str:
        return self.kept_draft


@dataclass(frozen=True)
class Play:
    """One reply of a `StubModel`: its pieces, then the usage, then perhaps a fault."""

    pieces: tuple[str, ...] = ()
    usage: Usage | None = None
    fault: BaseException | None = None


class StubModel:
    """Plays scripted replies in turn, and `fallback` once they are used up."""

    def __init__(self, *plays: Play, fallback: str = "As the model says it.", name: str = "stub") -> None:
        self.name = name
        self.lack: str | None = None
        self.target = Target(name, "stub", name, None, own_base=True)
        self.prompts: list[Prompt] = []
        self._plays = list(plays)
        self._fallback = Play((fallback,))

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        self.prompts.append(prompt)
        play = self._plays.pop(0) if self._plays else self._fallback
        for piece in play.pieces:
            yield Chunk(piece)
        if play.usage is not None:
            yield Chunk(usage=play.usage)
        if play.fault is not None:
            raise play.fault


class StubGrader:
    """Assesses by looking the text up; grades every rubric point as met."""

    def __init__(self, verdicts: Mapping[str, dict[str, Verdict]] | None = None) -> None:
        self.verdicts = dict(verdicts or {})
        self.graded: list[tuple[str, tuple[str, ...], int]] = []

    def assess(self, question: Question, ask: str, text: str) -> dict[str, Verdict]:
        return self.verdicts.get(text, {})

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int) -> Grade:
        self.graded.append((question.id, tuple(answers), hints))
        return make_grade(question, hints=hints)


class Performer:
    """Drives the engine without I/O: journals into a list, and performs effects with given words and verdicts."""

    def __init__(self, plan: InterviewPlan, *, start: bool = True) -> None:
        self.plan = plan
        self.clock = FakeClock()
        self.state = State()
        self.events: list[ev.Event] = []
        if start:
            self.do(cmd.Start(plan))

    def decide(self, command: cmd.Command) -> list[ev.Event]:
        """One command, its effects left unperformed."""
        new = list(machine.decide(self.state, command, self.clock()))
        for event in new:
            self.state = apply(self.state, event)
        self.events += new
        return new

    def do(self, command: cmd.Command, verdicts: Mapping[str, Verdict] | None = None) -> list[Cue]:
        """One command with all that follows, until it is the candidate's turn. Gives the cues that were spoken."""
        new = self.decide(command)
        while waiting := [e for e in machine.effects(self.state) if not isinstance(e, machine.Grade)]:
            if isinstance(waiting[0], machine.Speak):
                new += self.decide(cmd.Spoken(f"<{waiting[0].cue.occasion}>", "scripted"))
            else:
                new += self.decide(cmd.Assessed(dict(verdicts or {})))
        return [event.cue for event in new if isinstance(event, ev.LineCued)]

    def say(self, text: str = "Some words.", /, **verdicts: Verdict | str) -> list[Cue]:
        """Submit a text that is assessed as told (a dash in a point's id is written `_`)."""
        return self.do(cmd.Submit(text), {k.replace("_", "-"): Verdict(v) for k, v in verdicts.items()})

    def skip_to_end(self) -> None:
        while self.state.thread is not None:
            self.do(cmd.Skip())

    def seen(self, kind: type[ev.Event]) -> list[ev.Event]:
        return [event for event in self.events if isinstance(event, kind)]


def occasions(cues: Sequence[Cue]) -> list[Occasion]:
    return [cue.occasion for cue in cues]


def make_point(
    point_id: str = "point",
    *,
    weight: int = 1,
    essential: bool = False,
    part: str | None = None,
    terms: Sequence[str] = (),
    point: str | None = None,
) -> RubricPoint:
    return RubricPoint(
        id=point_id,
        point=point or f"Says the {point_id}.",
        weight=weight,
        essential=essential,
        terms=tuple(terms) or (f"term of {point_id}",),
        probe=f"Probe for {point_id}?",
        part=part,
    )


def make_question(
    question_id: str = "question",
    *,
    rubric: Sequence[RubricPoint] = (),
    parts: Sequence[str] = (),
    hints: Sequence[str] = ("First hint.", "Second hint."),
    clarifications: Mapping[str, str] | None = None,
    minutes: float = 5,
    asks: Sequence[str] = (),
    **more: object,
) -> Question:
    """A question; `parts` are required follow-ups, `clarifications` maps what is asked about to the fact."""
    return Question.model_validate(
        {
            "id": question_id,
            "topic": "testing",
            "kind": "concept",
            "asks": tuple(asks) or (f"Ask of {question_id}?",),
            "intent": "To test the interviewer.",
            "minutes": minutes,
            "rubric": tuple(rubric) or (make_point("one", weight=2), make_point("two")),
            "follow_ups": tuple(FollowUp(id=p, asks=(f"Follow-up {p}?",)) for p in parts),
            "hints": tuple(hints),
            "clarifications": tuple(Clarification(about=(a,), fact=f) for a, f in (clarifications or {}).items()),
            "model_answer": "All of it.",
            **more,
        }
    )


PROBLEM: dict[str, object] = {
    "statement": "Feed <k> lions.",
    "examples": ["k = 2 feeds two"],
    "constraints": ["k >= 0"],
    "time": "O(k)",
    "space": "O(1)",
}


def make_skeleton(question_id: str = "skeleton", **more: object) -> Question:
    """A question that is nothing but asked."""
    fields: dict[str, object] = {
        "topic": "testing",
        "kind": "concept",
        "asks": (f"Ask of {question_id}?",),
        "minutes": 5,
    }
    return Question.model_validate({"id": question_id, "status": "skeleton", **fields, **more})


def make_persona(persona_id: str = "ann", *, max_follow_ups: int = 2, **phrases: Sequence[str]) -> Persona:
    """A persona who says `<occasion>-<number>` unless `phrases` give other words for an occasion."""
    voice = {name: (f"{name}-1", f"{name}-2") for name in OCCASIONS} | {k: tuple(v) for k, v in phrases.items()}
    return Persona(
        id=persona_id,
        name=persona_id.title(),
        role=f"{persona_id} role",
        description="Somebody.",
        manner="Plain.",
        probing="Once.",
        max_follow_ups=max_follow_ups,
        voice=Voice.model_validate(voice),
    )


def make_plan(
    *questions: Question,
    personas: Sequence[Persona] = (),
    askers: Sequence[str] = (),
    minutes: int = 60,
    seed: int = 0,
) -> InterviewPlan:
    """A plan; without `askers` the personas take turns."""
    people = tuple(personas) or (make_persona(),)
    asked = questions or (make_question(),)
    turns = tuple(askers) or tuple(people[i % len(people)].id for i in range(len(asked)))
    planned = tuple(PlannedQuestion(q, q.asks[0], who) for q, who in zip(asked, turns, strict=True))
    return InterviewPlan("test-round", "hard", "Test round", minutes, people, planned, seed)


def make_round(
    round_id: str, questions: Sequence[str | RoundQuestion], personas: Sequence[str] = ("ann",), minutes: int = 60
) -> Round:
    return Round.model_validate(
        {
            "id": round_id,
            "kind": "hard",
            "title": f"Title of {round_id}",
            "minutes": minutes,
            "personas": tuple(personas),
            "questions": list(questions),
        }
    )


def make_grade(question: Question, verdict: Verdict = Verdict.MET, hints: int = 0) -> Grade:
    criteria = [
        Criterion(p.id, p.point, p.weight, verdict, ("Some words.",) if verdict is Verdict.MET else (), p.essential)
        for p in question.rubric
    ]
    return score.grade(criteria, "stub", hints)


def write_bank(
    root: Path, rounds: Sequence[Round], questions: Sequence[Question], personas: Sequence[Persona] = ()
) -> Path:
    """Content as the YAML files of a bank folder."""
    for item in rounds:
        write_yaml(root / "rounds" / f"{item.id}.yaml", item)
    for item in personas or [make_persona()]:
        write_yaml(root / "personas" / f"{item.id}.yaml", item)
    for item in questions:
        write_yaml(root / "questions" / item.topic / f"{item.id}.yaml", item)
    return root


def write_yaml(path: Path, item: Round | Question | Persona) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = item.model_dump(mode="json", exclude={"id", "topic"}, exclude_defaults=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
