"""Every `$ interviewer …` line of the documentation runs, and every link leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@dataclass(frozen=True)
class Step:
    """A command with the output that is shown for it, or a file to write (its name and text)."""

    command: str = ""
    shown: str = ""
    file: tuple[str, str] | None = None

    @property
    def fails(self) -> bool:
        return "\ninterviewer: " in f"\n{self.shown}"


def steps(page: Path) -> Iterator[Step]:
    """What a reader types, in the page's order. A YAML block is a file if its first line is a comment with the name."""
    for language, block in re.findall(r"```(console|yaml)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        if language == "console":
            for typed in re.split(r"(?m)^\$ ", block)[1:]:
                command, _, shown = typed.partition("\n")
                yield Step(command, shown)
        elif name := re.match(r"# (\S+\.yaml)\n", block):
            yield Step(file=(name[1], block))


@pytest.mark.parametrize("page", [p for p in PAGES if any(steps(p))], ids=lambda p: p.name)
def test_what_a_page_has_one_type_works(page: Path, tmp_path: Path) -> None:
    shim = tmp_path / "bin" / "interviewer"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m interviewer "$@"\n')
    shim.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("INTERVIEWER_")}
    environment = {**kept, "INTERVIEWER_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    environment["PATH"] = f"{shim.parent}:{environment['PATH']}"
    talk = "printf 'I build pipelines.\\n\\n/end\\n' | interviewer start soft-01 --plain"
    for step in [Step(talk), *steps(page)]:
        if step.file:
            (tmp_path / step.file[0]).write_text(step.file[1], encoding="utf-8")
            continue
        done = subprocess.run(
            ["sh", "-c", step.command],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert (done.returncode != 0) == step.fails, f"{step.command}: {done.stdout}"
        if step.shown:
            assert done.stdout == step.shown
