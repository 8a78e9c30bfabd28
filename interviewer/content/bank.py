"""A bank on disk: rounds, questions and personas, each file read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from interviewer.content import yaml
from interviewer.content.cache import Cache
from interviewer.content.models import Question, Round
from interviewer.content.personas import Persona
from interviewer.errors import UsageError


class Bank:
    """The content of one bank folder (`rounds/`, `questions/<topic>/`, and optionally `personas/`).

    Personas that the folder does not bring come from `personas`, the ones that ship with the program.
    Reading is lazy: opening a round of a bank of ten thousand questions reads that round's files only.
    """

    def __init__(self, root: Path, personas: Path, cache: Cache | None = None) -> None:
        self.root = root
        self._persona_dirs = [d for d in (root / "personas", personas) if d.is_dir()]
        self._cache = cache
        self._questions: dict[str, Question] = {}
        if not (root / "rounds").is_dir():
            raise UsageError(f"{root}: not a question bank (no rounds/ folder); give a folder that has one")

    @cached_property
    def rounds(self) -> dict[str, Round]:
        """Rounds by id, in the order of their file names."""
        found = {p.stem: yaml.read(p, Round, self._cache, id=p.stem) for p in _files(self.root / "rounds")}
        self._flush()
        return found

    @cached_property
    def personas(self) -> dict[str, Persona]:
        """Personas by id; the bank's own come before the ones that ship."""
        files = {p.stem: p for d in reversed(self._persona_dirs) for p in _files(d)}
        found = {name: yaml.read(files[name], Persona, self._cache, id=name) for name in sorted(files)}
        self._flush()
        return found

    def round(self, round_id: str) -> Round:
        """One round.

        Raises:
            UsageError: there is no such round; the message lists the ones there are.
        """
        if round_id not in self.rounds:
            raise UsageError(f"no round `{round_id}`; there are {', '.join(self.rounds) or 'none'}")
        return self.rounds[round_id]

    def persona(self, persona_id: str) -> Persona:
        """One persona.

        Raises:
            UsageError: there is no such persona; the message lists the ones there are.
        """
        if persona_id not in self.personas:
            raise UsageError(f"no persona `{persona_id}`; there are {', '.join(self.personas) or 'none'}")
        return self.personas[persona_id]

    def question(self, question_id: str) -> Question:
        """One question, read on first use.

        Raises:
            UsageError: no file `questions/*/<id>.yaml`, or a broken one.
        """
        if question_id not in self._questions:
            path = self.question_file(question_id)
            self._questions[question_id] = self._read_question(path)
        return self._questions[question_id]

    def asked(self, round_id: str) -> list[Question]:
        """The questions of a round, in its order.

        Raises:
            UsageError: there is no such round, or a question is missing or broken.
        """
        found = [self.question(entry.id) for entry in self.round(round_id).questions]
        self._flush()
        return found

    def questions(self) -> list[Question]:
        """Every question of the bank, by topic and id. Reads all files."""
        for path in self.question_files():
            name = question_id(path)
            if name not in self._questions:
                self._questions[name] = self._read_question(path)
        self._flush()
        return sorted(self._questions.values(), key=lambda q: (q.topic, q.id))

    def question_files(self) -> list[Path]:
        """Paths of all question files: `<topic>/<id>.yaml`, or `<topic>/<id>/question.yaml` where it brings code."""
        topics = sorted(d for d in (self.root / "questions").glob("*") if d.is_dir())
        return [p for d in topics for p in [*_files(d), *sorted(d.glob("*/question.yaml"))]]

    def question_file(self, question_id: str) -> Path:
        """Where a question lies.

        Raises:
            UsageError: no file `questions/*/<id>.yaml`.
        """
        for topic in sorted((self.root / "questions").glob("*/")):
            for path in (topic / f"{question_id}.yaml", topic / question_id / "question.yaml"):
                if path.is_file():
                    return path
        raise UsageError(f"{self.root}: no question `{question_id}`; add questions/<topic>/{question_id}.yaml")

    def _read_question(self, path: Path) -> Question:
        topic = path.relative_to(self.root / "questions").parts[0]
        return yaml.read(path, Question, self._cache, id=question_id(path), topic=topic)

    def _flush(self) -> None:
        if self._cache:
            self._cache.flush()


def question_id(path: Path) -> str:
    """The id that a question file's place gives."""
    return path.parent.name if path.name == "question.yaml" else path.stem


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*.yaml") if p.is_file())
