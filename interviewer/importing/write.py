"""A skeleton to files in a folder. A file that is there already is never touched."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from interviewer.content import schema
from interviewer.content.bank import Bank
from interviewer.content.dump import as_yaml
from interviewer.errors import UsageError
from interviewer.importing.skeleton import File, Skeleton


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files: `new` were written, `kept` were there before."""

    new: tuple[Path, ...]
    kept: tuple[Path, ...]


def open_bank(root: Path, shipped: Path) -> Bank:
    """The bank in a folder, begun where there is none; nothing is mixed into a folder that is something else.

    Raises:
        UsageError: the folder holds files, but no bank, or cannot be written.
    """
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root}: is a file; give a folder with -o")
    try:
        holds_files = root.is_dir() and any(not p.name.startswith(".") for p in root.iterdir())
        if holds_files and not (root / "rounds").is_dir():
            raise UsageError(f"{root}: holds files, but no bank; give a new folder with -o, or a bank to add to")
        (root / "rounds").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(root, error) from None
    return Bank(root, shipped)


def write(skeleton: Skeleton, bank: Bank) -> Written:
    """Write the files of a skeleton that are not there yet, the rounds last, so that what they name exists.

    The schemas that the files name for editors come along and are not counted.

    Raises:
        UsageError: the bank's folder cannot be written.
    """
    new: list[Path] = []
    kept: list[Path] = []
    try:
        there = {p.parent.name if p.name == "question.yaml" else p.stem: p for p in bank.question_files()}
        for kind in schema.KINDS:
            _write_new(bank.root / "schema" / f"{kind}.json", schema.text(kind))
        for file in (*skeleton.questions, *skeleton.personas, *skeleton.rounds):
            path = bank.root / file.folder / f"{file.id}.yaml"
            if file.folder.startswith("questions/") and file.id in there:
                kept.append(there[file.id])
            elif _write_new(path, _text(file)):
                new.append(path)
            else:
                kept.append(path)
    except OSError as error:
        raise _unwritable(bank.root, error) from None
    return Written(tuple(new), tuple(kept))


def _unwritable(root: Path, error: OSError) -> UsageError:
    return UsageError(f"{error.filename or root}: cannot be written ({error.strerror}); choose another folder with -o")


def _text(file: File) -> str:
    """A line for editors, where in the post it comes from, and the fields; a persona gets a neutral voice."""
    kind = file.folder.partition("/")[0].removesuffix("s")
    up = "../" * (file.folder.count("/") + 1)
    voice = (files(__package__) / "persona.yaml").read_text(encoding="utf-8") if kind == "persona" else ""
    head = f"# yaml-language-server: $schema={up}schema/{kind}.json\n# Line {file.line} of the post.\n"
    return f"{head}{as_yaml(file.fields)}{voice}"


def _write_new(path: Path, text: str) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
