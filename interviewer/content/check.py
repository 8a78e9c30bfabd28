"""What is wrong in a bank, every finding with file, line and mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from interviewer.content import yaml
from interviewer.content.bank import Bank
from interviewer.content.models import Persona, Question, Round, Status
from interviewer.errors import UsageError
from interviewer.text import one_line

PLACEHOLDERS = {"name", "role", "minutes", "count", "panel"}
MAX_ASK_WORDS = 60
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}: {self.text}")


@dataclass(frozen=True, slots=True)
class Result:
    """All findings of a bank; `unreadable` counts the files that could not be used at all."""

    findings: tuple[Finding, ...]
    unreadable: int
    summary: str


class _Checker:
    def __init__(self, bank: Bank, personas: Path) -> None:
        self._bank = bank
        self._persona_dirs = [personas, bank.root / "personas"]
        self.findings: list[Finding] = []
        self.broken: list[str] = []

    def run(self) -> Result:
        for path in (p for d in self._persona_dirs if d.is_dir() for p in sorted(d.glob("*.yaml"))):
            if (persona := self._read(path, Persona, id=path.stem)) is not None:
                self._persona(path, persona)
        known = self._questions()
        asked = self._rounds(known)
        summary = f"{len(asked)} rounds, {sum(asked)} questions from {len(known)} files: nothing to mend"
        unreadable = len(self.broken)
        return Result(tuple(self.findings), unreadable, summary)

    def _read(self, path: Path, model: type[M], **given: Any) -> M | None:
        try:
            return yaml.read(path, model, **given)
        except UsageError as error:
            where, _, text = str(error).partition(": ")
            line = re.search(r":(\d+)$", where)
            self.findings.append(Finding(path, int(line[1]) if line else 1, text))
            self.broken.append(str(path))
            return None

    def _persona(self, path: Path, persona: Persona) -> None:
        for occasion, phrases in persona.voice:
            for number, phrase in enumerate(phrases):
                if unknown := set(re.findall(r"\{(\w*)\}", phrase)) - PLACEHOLDERS:
                    names = ", ".join(sorted(unknown))
                    self._add(path, ("voice", occasion, number), f"unknown placeholder {names}; see docs/persona.md")

    def _questions(self) -> dict[str, Path]:
        known: dict[str, Path] = {}
        for path in self._bank.question_files():
            name = path.parent.name if path.name == "question.yaml" else path.stem
            topic = path.relative_to(self._bank.root / "questions").parts[0]
            if name in known:
                self._add(path, (), f"question `{name}` exists already in {known[name]}; rename one of them")
            known.setdefault(name, path)
            question = self._read(path, Question, id=name, topic=topic)
            if question is not None:
                self._question(path, question)
        return known

    def _question(self, path: Path, question: Question) -> None:
        if question.status is not Status.ACCEPTED:
            self._add(path, ("status",), _still_to_do(question))
        for number, ask in enumerate(question.asks):
            if len(ask.split()) > MAX_ASK_WORDS:
                self._add(path, ("asks", number), f"longer than {MAX_ASK_WORDS} words; nobody keeps that in mind")
        for number, point in enumerate(question.rubric):
            for term in point.terms:
                if re.search(rf"(?<!\w){re.escape(term.lower())}(?!\w)", point.probe.lower()):
                    loc = ("rubric", number, "probe")
                    self._add(path, loc, f"the probe gives away `{term}`; ask without it")

    def _rounds(self, known: dict[str, Path]) -> list[int]:
        people = {p.stem for d in self._persona_dirs if d.is_dir() for p in d.glob("*.yaml")}
        asked = []
        for path in sorted((self._bank.root / "rounds").glob("*.yaml")):
            found = self._read(path, Round, id=path.stem)
            if found is None:
                continue
            asked.append(len(found.questions))
            for number, entry in enumerate(found.questions):
                if entry.id not in known:
                    mend = f"no question `{entry.id}`; add questions/<topic>/{entry.id}.yaml or mend the id"
                    self._add(path, ("questions", number), mend)
            for number, persona in enumerate(found.personas):
                if persona not in people:
                    self._add(
                        path, ("personas", number), f"no persona `{persona}`; there are {', '.join(sorted(people))}"
                    )
        return asked

    def _add(self, path: Path, loc: tuple[int | str, ...], text: str) -> None:
        self.findings.append(Finding(path, yaml.line_of(path.read_bytes(), loc), text))


def _still_to_do(question: Question) -> str:
    """What a person does before the question counts as written."""
    missing = question.unwritten
    write = f"write {', '.join(missing)}" if missing else "read it and mend what is wrong"
    return f"a {question.status}: {write}; then remove this line"


def check(root: Path, personas: Path) -> Result:
    """Read every file of a bank and look for what a reader would trip over.

    Raises:
        UsageError: `root` is no bank at all.
    """
    return _Checker(Bank(root, personas), personas).run()
