"""An outline to the contents of a bank: what each file holds, not yet where it is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from interviewer.content.models import Kind, Status
from interviewer.content.personas import Persona
from interviewer.importing.names import Names, fold, slug
from interviewer.importing.outline import Asked, Leftover, Outline, OutlineRound, Person, Source
from interviewer.importing.roles import matching

MINUTES = {
    Kind.INTRO: 3,
    Kind.EXPERIENCE: 6,
    Kind.CONCEPT: 5,
    Kind.CODING: 15,
    Kind.SYSTEM_DESIGN: 20,
    Kind.BEHAVIOURAL: 4,
}
"""What a good answer of each kind takes; close to the medians of the bank that ships."""

ROUND_STEP, MAX_ROUND = 15, 480
ROUND_ID = 40
"""Characters of a round's id, which people type."""
MAX_TEXT = 8_000
MAX_TITLE = 200
UNNAMED = "Interviewer"
"""What somebody is called of whom the post gives only the role."""
NOBODY = Person("Role not named")
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file to be: its folder in the bank, its id, what it says, and the line of the post at which that begins."""

    folder: str
    id: str
    fields: Fields
    line: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The files of a bank, what they name before what names them, and what of the post has no place in them.

    `personas` have only name and role, of somebody whom no known persona plays; `played` are the known ones that do.
    """

    questions: tuple[File, ...]
    personas: tuple[File, ...]
    rounds: tuple[File, ...]
    played: tuple[str, ...]
    leftovers: tuple[Leftover, ...]


@dataclass(slots=True)
class _Question:
    """One question with all that the rounds of the post say of it."""

    first: Asked
    intent: str = ""
    follow_ups: dict[str, str] = field(default_factory=dict)
    sources: dict[Source, None] = field(default_factory=dict)


def build(outline: Outline, known: Mapping[str, Persona]) -> Skeleton:
    """The skeleton of a bank; `known` are the personas that need no file."""
    return _Builder(known).run(outline)


class _Builder:
    def __init__(self, known: Mapping[str, Persona]) -> None:
        self._known = known
        self._names = Names()
        self._ids: dict[str, str] = {}
        self._questions: dict[str, _Question] = {}
        self._personas: dict[str, File] = {}
        self._played: dict[str, None] = {}
        self._left: list[Leftover] = []

    def run(self, outline: Outline) -> Skeleton:
        ids = _round_ids([r.title for r in outline.rounds])
        rounds = [File("rounds", i, self._round(r), r.line) for i, r in zip(ids, outline.rounds, strict=True)]
        return Skeleton(
            questions=tuple(_file(i, q) for i, q in self._questions.items()),
            personas=tuple(self._personas.values()),
            rounds=tuple(rounds),
            played=tuple(self._played),
            leftovers=tuple(sorted([*outline.leftovers, *self._left], key=lambda left: left.line)),
        )

    def _round(self, found: OutlineRound) -> Fields:
        entries: dict[str, Fields] = {}
        for asked in found.questions:
            question_id, here = self._asked(asked)
            if question_id in entries:
                self._left.append(Leftover(asked.line, f"asked twice in this round: {asked.text}"))
            else:
                entries[question_id] = {"id": question_id} | ({"listens_for": here} if here else {})
        used = sum(MINUTES[self._questions[i].first.kind] for i in entries)
        return {
            "kind": found.kind,
            "title": found.title[:MAX_TITLE].strip(),
            "minutes": found.minutes or min(MAX_ROUND, -(-used // ROUND_STEP) * ROUND_STEP),
            "personas": list(dict.fromkeys(self._persona(p, found.line) for p in found.people or (NOBODY,))),
            "questions": [entry if len(entry) > 1 else entry["id"] for entry in entries.values()],
        }

    def _asked(self, asked: Asked) -> tuple[str, str]:
        """The question's id, and what only this round says of it; the same words make the same question."""
        folded = fold(asked.text)
        if folded not in self._ids:
            self._ids[folded] = self._names.new(slug(asked.text, "question"))
            self._questions[self._ids[folded]] = _Question(asked)
        question = self._questions[self._ids[folded]]
        remarks = self._fitting(asked)
        here = "" if remarks == question.intent or not question.intent else remarks
        question.intent = question.intent or remarks
        for text in asked.follow_ups:
            question.follow_ups.setdefault(fold(text), text)
        question.sources |= dict.fromkeys(asked.sources)
        return self._ids[folded], here

    def _fitting(self, asked: Asked) -> str:
        """The remarks as one text, as many as a field holds."""
        text = ""
        for remark in asked.remarks:
            longer = f"{text} {_sentence(remark)}".strip()
            if len(longer) > MAX_TEXT:
                self._left.append(Leftover(asked.line, remark))
            else:
                text = longer
        return text

    def _persona(self, person: Person, line: int) -> str:
        """The id of who plays this person; somebody whom nobody plays gets a file."""
        if playing := matching(person, self._known.values()):
            self._played[playing.id] = None
            return playing.id
        role = person.role[:MAX_TITLE].strip()
        persona_id = slug(UNNAMED if person is NOBODY else f"{role} {person.name or ''}", "interviewer")
        fields = {"name": (person.name or UNNAMED)[:MAX_TITLE].strip(), "role": role}
        self._personas.setdefault(persona_id, File("personas", persona_id, fields, line))
        return persona_id


def _file(question_id: str, question: _Question) -> File:
    """A question's file, without what the post does not tell. Where that names no topic, the kind is one."""
    names = Names()
    kind = question.first.kind
    follow_ups = [(names.new(slug(text, "follow-up")), text) for text in question.follow_ups.values()]
    fields: Fields = {
        "status": Status.SKELETON.value,
        "kind": kind.value,
        "asks": [question.first.text],
        "intent": question.intent,
        "minutes": MINUTES[kind],
        "follow_ups": [{"id": i, "asks": [text]} for i, text in follow_ups],
        "study": [f"{s.label}: {s.url}" if s.label else s.url for s in question.sources],
    }
    written = {name: value for name, value in fields.items() if value}
    topic = slug(question.first.topic, "topic") if question.first.topic else kind.replace("_", "-")
    return File(f"questions/{topic}", question_id, written, question.first.line)


def _round_ids(titles: Iterable[str]) -> list[str]:
    """Slugs of the titles, numbered where they would not sort in the order of the post: a bank lists rounds by name."""
    ids = [slug(title, "round", ROUND_ID) for title in titles]
    files = [f"{name}.yaml" for name in ids]
    if len(set(files)) == len(files) and files == sorted(files):
        return ids
    width = max(2, len(str(len(ids))))
    return [f"{number:0{width}}-{name}" for number, name in enumerate(ids, 1)]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."
