"""How the program and what it is measured against are started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

BARE = (sys.executable, "-c", "pass")
HERE = Path(__file__).parent
MINIMAL_APP = (sys.executable, str(HERE / "minimal_app.py"))
MINIMAL_TEXT = "The smallest app"
BARE_EDITOR = (sys.executable, str(HERE / "bare_editor.py"))
BARE_EDITOR_TEXT = "Nothing but an editor"


def interviewer(*arguments: str) -> tuple[str, ...]:
    """The installed console script, or the module where there is none beside this interpreter."""
    script = Path(sys.executable).with_name("interviewer")
    start = (str(script),) if script.exists() else (sys.executable, "-m", "interviewer")
    return (*start, *arguments)


def app_on_bank(bank: Path) -> tuple[str, ...]:
    """The app's home screen on a bank of one's choice, which no option of the command line opens."""
    code = "import sys, pathlib; from interviewer.tui.app import InterviewApp; "
    return (sys.executable, "-c", f"{code}InterviewApp(bank_dir=pathlib.Path(sys.argv[1])).run()", str(bank))


def environment(home: Path) -> dict[str, str]:
    """This process's variables with a home folder of its own and none of the person's settings."""
    ours = ("INTERVIEWER_", "TEXTUAL", "NO_COLOR")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return {**kept, "INTERVIEWER_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
