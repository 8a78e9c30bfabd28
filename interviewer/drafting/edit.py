"""Fields added to a question's file. All that stands in it stays as a person wrote it, comments and layout included."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from interviewer.content import yaml
from interviewer.content.dump import as_yaml
from interviewer.content.models import Status
from interviewer.errors import InterviewerError

_STATUS = re.compile(r"^(status[ \t]*:[ \t]*)([\"']?)skeleton\2(?=[ \t]*(?:#.*)?\r?$)", re.MULTILINE)


def add_fields(path: Path, before: bytes, fields: dict[str, Any]) -> None:
    """Append the fields to the file and mark it as a draft; `before` are the bytes that they were proposed for.

    Raises:
        InterviewerError: somebody changed the file meanwhile, nothing can be appended to its layout, or it cannot be
            written. The file is as it was then.
    """
    old = yaml.parse(before, path)
    raw = before.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in raw else "\n"
    marked = _STATUS.sub(rf"\g<1>{Status.DRAFT}", raw, count=1)
    added = as_yaml(fields).replace("\n", end)
    text = f"{marked}{'' if marked.endswith(chr(10)) else end}{added}"
    if not _says(text, {**old, "status": Status.DRAFT.value}, fields, path):
        mend = f"write `status: {Status.DRAFT}` and each field on a line of its own"
        raise InterviewerError(f"{path}: nothing can be appended to this layout; {mend}")
    if yaml.read_bytes(path) != before:
        raise InterviewerError(f"{path}: was changed meanwhile, nothing is written; draft it once more")
    _replace(path, text)


def _says(text: str, old: dict[str, Any], fields: dict[str, Any], path: Path) -> bool:
    """The new text says what the old one did, and the fields."""
    try:
        found = yaml.parse(text.encode(), path)
        wanted = yaml.parse(as_yaml(fields).encode(), path)
    except yaml.FileError:
        return False
    return bool(found == {**old, **wanted})


def _replace(path: Path, text: str) -> None:
    """All or nothing, also when the machine stops halfway."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8", newline=""
        ) as file:
            file.write(text)
        Path(file.name).chmod(path.stat().st_mode)
        os.replace(file.name, path)  # noqa: PTH105
    except OSError as error:
        raise InterviewerError(f"{path}: cannot be written ({error.strerror}); check the folder's rights") from None
