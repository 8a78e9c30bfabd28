"""The installed program in a real terminal, from the first key to the written report."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import make_persona, make_question, make_round, write_bank

PROGRAM = Path(sys.executable).parent / "interviewer"
PATIENCE = 30.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
    pytest.mark.skipif(not PROGRAM.exists(), reason=f"{PROGRAM} is not installed"),
]


class Terminal:
    """A terminal of 80 by 24 in which one command after the other runs."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.runs = 0
        self._tmux("new-session", "-d", "-x", "80", "-y", "24", "cat")
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def run(self, *arguments: str) -> None:
        """Start the program anew; what `stty` says before and after is kept."""
        self.runs += 1
        command = shlex.join([str(PROGRAM), *arguments])
        kept = {
            name: shlex.quote(str(self.folder / f"{name}-{self.runs}")) for name in ("before", "pid", "after", "status")
        }
        script = self.folder / f"run-{self.runs}.sh"
        script.write_text(
            f"stty -g >{kept['before']}; echo $$ >{kept['pid']}\n{command}\n"
            f"echo $? >{kept['status']}; stty -g >{kept['after']}; echo; echo finished {self.runs}; sleep 60\n"
        )
        settings = [f"INTERVIEWER_HOME={self.home}", "PYTHONUTF8=1"]
        cleared = [f"--unset={name}" for name in os.environ if name.startswith("INTERVIEWER_")]
        self._tmux("respawn-pane", "-k", shlex.join(["env", *cleared, *settings, "sh", str(script)]))

    def key(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def paste(self, raw: bytes) -> None:
        subprocess.run([*self._command, "load-buffer", "-"], input=raw, check=True, timeout=20)
        self._tmux("paste-buffer", "-p")

    def shows(self, *texts: str) -> str:
        end = time.monotonic() + PATIENCE
        while not all(text in (screen := self._tmux("capture-pane", "-p")) for text in texts):
            assert time.monotonic() < end, f"never: {texts}\n{screen}"
            time.sleep(0.05)
        return screen

    def kill(self, number: int) -> None:
        """Send the program a signal."""
        shell = (self.folder / f"pid-{self.runs}").read_text().strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True, timeout=20)
        os.kill(int(found.stdout.split()[0]), number)

    def finished(self) -> int:
        """The exit status, once the program is gone and has left the terminal as it was."""
        self.shows(f"finished {self.runs}")
        assert (self.folder / f"after-{self.runs}").read_text() == (self.folder / f"before-{self.runs}").read_text()
        state = self._tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{wrap_flag}")
        assert state.split() == ["0", "1", "0", "1"], "alternate screen, cursor, mouse, line wrap"
        return int((self.folder / f"status-{self.runs}").read_text())

    def close(self) -> None:
        self._tmux("kill-server")

    @property
    def _command(self) -> list[str]:
        return ["tmux", "-S", str(self.folder / "tmux"), "-f", os.devnull]

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run([*self._command, *arguments], capture_output=True, text=True, check=True, timeout=20)
        return done.stdout


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    questions = [
        make_question("queues", asks=["What is a queue for?"]),
        make_question("locks", asks=["When do you lock?"]),
    ]
    rounds = [make_round("hard-01", ["queues", "locks"])]
    return write_bank(tmp_path / "bank", rounds, questions, [make_persona(max_follow_ups=0)])


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path_factory.mktemp("t"), home / "home")
    yield terminal
    terminal.close()


def test_a_round_from_the_first_key_to_the_report(terminal: Terminal, bank: Path) -> None:
    terminal.run("start", "hard-01", "--bank", str(bank))
    terminal.shows("What is a queue for?", "0:0", "f9 Pause")
    terminal.type("It [red]decouples[/].")
    terminal.key("Enter")
    terminal.shows("When do you lock?", "It [red]decouples[/].")
    terminal.paste(b"half\nan \x9b31m \xff answer")
    terminal.shows("half", "5 words")
    time.sleep(1)  # the promise under test: a draft is on disk within a second
    terminal.kill(signal.SIGKILL)
    terminal.shows("finished 1")

    terminal.run("resume")
    terminal.shows("It [red]decouples[/].", "When do you lock?", "5 words")
    terminal.key("C-q")
    screen = terminal.shows("Kept. Go on with: interviewer resume hard-01-")
    assert terminal.finished() == 0
    session = screen.split("interviewer resume ")[1].split()[0]

    terminal.run("resume", session)
    terminal.shows("5 words")
    terminal.key("C-c")
    terminal.shows("Press ctrl+q to quit the app")
    terminal.kill(signal.SIGTERM)
    assert terminal.finished() == 0

    terminal.run("resume", session)
    terminal.shows("5 words")
    terminal.key("F8")
    terminal.shows("End the interview?")
    terminal.key("Right", "Enter")
    terminal.shows("Press Enter to read your report.")
    terminal.key("Enter")
    terminal.shows("Overview", "Save Markdown")
    terminal.key("m")
    report = terminal.home / "reports" / f"{session}.md"
    terminal.shows("Written to")
    assert "decouples" in report.read_text(encoding="utf-8")
    terminal.key("q")
    assert terminal.finished() == 0
    assert "Kept" not in terminal.shows("finished 4")
