"""Reads every file of a bank and holds it against the rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from interviewer.content import yaml
from interviewer.content.bank import Bank, question_id
from interviewer.content.check import complete, duplicates, leaks, rounds, rubric, samples, wording
from interviewer.content.check.files import Files
from interviewer.content.check.findings import Finding, Flaw, Result
from interviewer.content.models import Question, Round, Status
from interviewer.content.personas import Persona

M = TypeVar("M", bound=BaseModel)
MOST_OF_A_FILE = 50
"""Findings shown of a file that doesn't fit its model: a slip in a list gives one for each entry."""


def check(root: Path, personas: Path) -> Result:
    """All that is to mend in a bank; `personas` are those that ship.

    Raises:
        UsageError: `root` is no bank at all.
    """
    return _Walk(Bank(root, personas), Files(root, personas)).run()


def question_flaws(question: Question) -> Iterable[Flaw]:
    """All that the rules have against one question by itself."""
    if question.status is Status.ACCEPTED:
        yield from complete.flaws(question)
        yield from samples.missing(question)
    else:
        yield complete.to_write(question)
    for rule in (wording.flaws, rubric.flaws, leaks.flaws, samples.flaws):
        yield from rule(question)


class _Walk:
    def __init__(self, bank: Bank, files: Files) -> None:
        self._root = bank.root
        self._files = files
        self._findings = list(files.stray)
        self._unreadable = 0

    def run(self) -> Result:
        for path in self._files.personas:
            if persona := self._read(path, Persona, id=path.stem):
                self._add(path, rounds.persona_flaws(persona))
        places = self._questions()
        asked = self._rounds(places)
        size = f"{_count(len(asked), 'round')}, {_count(sum(asked), 'question')} from {_count(len(places), 'file')}"
        ordered = sorted(self._findings, key=lambda f: (f.path, f.line))
        return Result(tuple(ordered), self._unreadable, f"{size}: nothing to mend")

    def _questions(self) -> dict[str, Path]:
        """Where each question lies, the broken ones included."""
        places: dict[str, Path] = {}
        sound: dict[str, Question] = {}
        for path in self._files.questions:
            name = question_id(path)
            topic = path.relative_to(self._root / "questions").parts[0]
            question = self._read(path, Question, id=name, topic=topic)
            if (first := places.setdefault(name, path)) != path:
                self._say(path, f"question `{name}` exists already in {first}; rename one of them")
            elif question:
                sound[name] = question
            if question:
                self._add(path, question_flaws(question))
        for name, flaw in duplicates.flaws(sound):
            self._add(places[name], [flaw])
        return places

    def _rounds(self, places: dict[str, Path]) -> list[int]:
        """How many questions each round asks."""
        people = {p.stem for p in self._files.personas}
        asked: list[set[str]] = []
        for path in self._files.rounds:
            if found := self._read(path, Round, id=path.stem):
                self._add(path, [*rounds.flaws(found, places, people), *wording.round_flaws(found)])
                asked.append({entry.id for entry in found.questions})
        if len(asked) == len(self._files.rounds):
            for name in sorted(places.keys() - set().union(*asked)):
                self._say(places[name], "no round asks this question; list its id in rounds/<id>.yaml")
        return [len(ids) for ids in asked]

    def _read(self, path: Path, model: type[M], **given: Any) -> M | None:
        try:
            return yaml.read(path, model, **given)
        except yaml.FileError as error:
            self._findings += [Finding(path, line, text) for line, text in error.problems[:MOST_OF_A_FILE]]
            if (more := len(error.problems) - MOST_OF_A_FILE) > 0:
                self._say(path, f"{more} more are not shown; mend these first")
            self._unreadable += 1
            return None

    def _say(self, path: Path, text: str) -> None:
        """About a file as a whole, which need not be readable."""
        self._findings.append(Finding(path, 1, text))

    def _add(self, path: Path, flaws: Iterable[Flaw]) -> None:
        if listed := list(flaws):
            lines = yaml.Lines(yaml.read_bytes(path))
            self._findings += [Finding(path, lines.of(flaw.loc), flaw.text) for flaw in listed]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
