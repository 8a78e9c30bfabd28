"""The files of a bank folder, and what lies where it is never read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from interviewer.content.check.findings import Finding


class Files:
    """Paths by what they hold; `stray` says what is wrong with those that hold nothing."""

    def __init__(self, root: Path, personas: Path) -> None:
        self.stray: list[Finding] = []
        self.personas = [p for d in dict.fromkeys((personas, root / "personas")) for p in self._yaml(d)]
        self.rounds = self._yaml(root / "rounds")
        self.questions = [p for topic in self._topics(root / "questions") for p in self._questions(topic)]

    def _topics(self, folder: Path) -> Iterator[Path]:
        for path in self._entries(folder):
            if path.is_dir():
                yield path
            elif path.suffix in {".yaml", ".yml"}:
                self._stray(path, "lies in no topic's folder; move it to questions/<topic>/")

    def _questions(self, topic: Path) -> list[Path]:
        with_code = (p / "question.yaml" for p in self._entries(topic))
        return [*self._yaml(topic), *(p for p in with_code if p.is_file())]

    def _yaml(self, folder: Path) -> list[Path]:
        found = []
        for path in self._entries(folder):
            if path.suffix == ".yml":
                self._stray(path, "is not read; rename it to end in .yaml")
            elif path.suffix == ".yaml" and not path.is_file():
                self._stray(path, "is not a file; remove or rename it")
            elif path.suffix == ".yaml":
                found.append(path)
        return found

    def _entries(self, folder: Path) -> list[Path]:
        """Sorted, without hidden ones."""
        try:
            return sorted(p for p in folder.iterdir() if not p.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self._stray(folder, f"cannot be read ({error.strerror}); change its permissions")
            return []

    def _stray(self, path: Path, text: str) -> None:
        self.stray.append(Finding(path, 1, text))
