"""What the tests of the commands share: a command's result, and a session that was held."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.workspace import Workspace


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


def held(run: Run, bank: Path, typed: str = "A walrus.\n\nA pelican.\n\n", round_id: str = "hard-01") -> str:
    """A session held in plain mode; its id."""
    assert run("start", round_id, "--plain", "--bank", bank, typed=typed).status == 0
    return Workspace().sessions()[0].id


def one_line(result: Result) -> None:
    """Something went wrong, and exactly one line on stderr says what."""
    assert result.status in {1, 2}
    assert result.err.startswith("interviewer: ")
    assert result.err.count("\n") == 1
    assert result.err.endswith("\n")
    assert "Traceback" not in result.out + result.err
