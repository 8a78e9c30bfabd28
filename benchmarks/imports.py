"""What a start pulls in: the libraries that talk to models take a second and are not needed for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.painting import HOME_TEXTS
from benchmarks.programs import environment
from benchmarks.table import Row
from benchmarks.terminal import Terminal

HEAVY = ("litellm", "openai")
_CODE = """
import atexit, pathlib, sys
note = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: note.write_text("\\n".join(sys.modules)))
from interviewer.__main__ import main
main()
"""


def rows(work: Path) -> Iterator[Row]:
    """`--help`, `rounds`, and the app up to its first screen."""
    for arguments in (["--help"], ["rounds"], []):
        loaded = modules(arguments, work)
        heavy = sorted(loaded.intersection(HEAVY))
        name = f"no model library after {' '.join(['interviewer', *arguments])}"
        yield Row(name, f"{len(loaded)} modules, {', '.join(heavy) or 'none of them'}", "none", not heavy)


def modules(arguments: Sequence[str], work: Path) -> set[str]:
    """The names in `sys.modules` when the program leaves; without arguments the app is opened and left at once."""
    note, variables = work / "modules.txt", environment(work / "imports")
    note.unlink(missing_ok=True)
    command = [sys.executable, "-c", _CODE, str(note), *arguments]
    if arguments:
        subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=True)
    else:
        with Terminal(command, variables) as terminal:
            terminal.wait_for(*HOME_TEXTS)
            terminal.send("q")
            terminal.wait()
    return set(note.read_text().split())
