"""What is set up and what is missing, each with the mend."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from interviewer import __version__, paths
from interviewer.config import Role, unknown_settings
from interviewer.errors import InterviewerError
from interviewer.workspace import Workspace

if TYPE_CHECKING:
    from interviewer.llm.target import Target


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's findings. `ok` is None for what is good to know but needs no mend."""

    name: str
    ok: bool | None
    text: str

    def __str__(self) -> str:
        mark = {True: "ok", False: "MISSING", None: "note"}[self.ok]
        return f"{mark:8}{self.name:14}{self.text}"


def examine(workspace: Workspace | None = None) -> list[Check]:
    """Look at everything that an interview needs."""
    workspace = workspace or Workspace()
    checks = [
        Check("version", True, f"{__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"),
        Check("data", None, str(paths.data_dir())),
        Check("settings", None, f"{paths.config_file()}{'' if paths.config_file().exists() else ' (not there yet)'}"),
        *(Check("settings", None, line) for line in unknown_settings()),
    ]
    for name, look in (("sessions", _sessions), ("bank", _bank), ("interviewers", _personas), ("model", _models)):
        checks += _try(name, lambda look=look: look(workspace))  # type: ignore[misc]
    return [*checks, _terminal()]


def _try(name: str, look: Callable[[], Check | list[Check]]) -> list[Check]:
    try:
        found = look()
    except InterviewerError as error:
        return [Check(name, False, str(error))]
    return found if isinstance(found, list) else [found]


def _sessions(workspace: Workspace) -> Check:
    found = workspace.sessions()
    url = workspace.database.url.render_as_string(hide_password=True)
    return Check("sessions", True, f"{len(found)} in {url}")


def _bank(workspace: Workspace) -> Check:
    rounds = workspace.bank.rounds.values()
    asked = sum(len(r.questions) for r in rounds)
    return Check("bank", True, f"{len(rounds)} rounds, {asked} questions in {workspace.bank.root}")


def _personas(workspace: Workspace) -> Check:
    return Check("interviewers", True, f"{len(workspace.bank.personas)}")


def _models(workspace: Workspace) -> list[Check]:
    """Every model that is set, whatever it is set for; each takes two small calls."""
    targets: list[Target] = []
    for role in get_args(Role):
        workspace.gateway(role)  # says what does not fit together
        targets += workspace.targets(role)
    if not targets:
        return [Check("model", None, "none set; the scripted interviewer speaks. To change that set INTERVIEWER_MODEL")]
    return [check for target in dict.fromkeys(targets) for check in _model(target)]


def _model(target: Target) -> list[Check]:
    if target.lack:
        return [Check("key", False, target.lack)]
    import asyncio

    from interviewer.llm.probe import PARTS, probe

    found = asyncio.run(probe(target))
    well = {
        "endpoint": "answers",
        "key": "is let in",
        "model": "is there",
        "streaming": "streams its replies",
        "structured": f"answers in a given shape ({found.form.replace('_', ' ')})",
    }
    checks = [Check(part, True, f"{target.name} {well[part]}") for part in PARTS if found.works(part)]
    if found.failed == "structured":
        return [*checks, Check("structured", None, f"{found.error} Interviewers do without, judges and drafts do not")]
    return [*checks, *([Check(found.failed, False, str(found.error))] if found.failed else [])]


def _terminal() -> Check:
    if not sys.stdout.isatty():
        return Check("terminal", None, "none; use --plain")
    import shutil

    size = shutil.get_terminal_size()
    small = size.columns < 60 or size.lines < 20
    mend = "; the app wants 60x20 at least" if small else ""
    return Check("terminal", None if small else True, f"{size.columns}x{size.lines}{mend}")
