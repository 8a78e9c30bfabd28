"""Plain mode: what is typed, what is heard, and what is kept when either side goes away."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

from interviewer.engine import events as ev
from interviewer.engine.state import Phase, State, replay
from interviewer.errors import InterviewerError
from interviewer.plain import hold
from interviewer.store.journal import load_events
from interviewer.workspace import OpenSession, Workspace
from tests.fakes import PROBLEM, make_persona, make_question, make_round, write_bank

ASK = "Ask of first?"
PATIENCE = 60.0


class Typist(io.StringIO):
    """A terminal at which somebody types; a line may also be something that happens instead."""

    def __init__(self, *lines: str | BaseException, tty: bool = True) -> None:
        super().__init__()
        self._coming = list(lines)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        line = self._coming.pop(0) if self._coming else ""
        if isinstance(line, BaseException):
            raise line
        return line


class Deaf(io.StringIO):
    """Takes some lines, then the reader is gone."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._left = lines

    def write(self, text: str, /) -> int:
        self._left -= 1
        if self._left < 0:
            raise BrokenPipeError
        return super().write(text)


@dataclass
class Room:
    """A home and a bank of two questions, asked by somebody who never follows up."""

    bank: Path

    def workspace(self) -> Workspace:
        return Workspace(self.bank)

    def start(self, typed: str | io.StringIO, sink: io.StringIO | None = None) -> str:
        """A new session held with this input; all that was said."""
        return self._hold(self.workspace().start("test-round"), typed, sink)

    def resume(self, typed: str | io.StringIO) -> str:
        return self._hold(self.workspace().resume(), typed)

    def state(self) -> State:
        """What the journal of the only session says."""
        workspace = self.workspace()
        (session,) = workspace.sessions()
        return replay(load_events(workspace.database, session.id))

    def answers(self) -> list[str]:
        return [t.text for t in self.state().turns if t.speaker == "candidate"]

    def _hold(self, opened: OpenSession, typed: str | io.StringIO, sink: io.StringIO | None = None) -> str:
        sink = sink or io.StringIO()
        source = typed if isinstance(typed, io.StringIO) else io.StringIO(typed)
        assert hold(opened, source, sink) == 0
        return sink.getvalue()


@pytest.fixture
def room(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(furnish(tmp_path_factory.mktemp("bank")))


def furnish(place: Path, ask: str = ASK) -> Path:
    questions = [make_question("first", asks=(ask,)), make_question("second")]
    people = [make_persona(max_follow_ups=0)]
    return write_bank(place, [make_round("test-round", ["first", "second"])], questions, people)


def test_each_line_names_its_speaker(room: Room) -> None:
    assert room.start("").splitlines()[1:3] == ["Ann (ann role): greeting-1", f"Ann (ann role): {ASK}"]


def test_a_coding_problem_is_handed_out_in_writing(home: Path, tmp_path: Path) -> None:
    question = make_question("first", kind="coding", problem=PROBLEM)
    people = [make_persona(max_follow_ups=0)]
    room = Room(write_bank(tmp_path / "coding", [make_round("test-round", ["first"])], [question], people))
    handed = ["    Feed <k> lions.", "", "    For example:", "    - k = 2 feeds two"]
    lines = room.start("/repeat\n").splitlines()
    asked = [number for number, line in enumerate(lines) if line.endswith(ASK)]
    assert len(asked) == 2
    assert all(lines[number + 1 : number + 5] == handed for number in asked)


def test_a_blank_line_ends_an_answer(room: Room) -> None:
    said = room.start("One line.\nAnother line.\n\nThe second answer.\n\n")
    assert room.answers() == ["One line.\nAnother line.", "The second answer."]
    assert "Ann (ann role): transition-1 Ask of second?" in said
    (session,) = room.workspace().sessions()
    assert said.endswith(f"-- The interview is over. Your report: interviewer report {session.id}\n")


@pytest.mark.parametrize("blank", ["\n", "   \n", "\t\n", "\r\n"])
def test_blank_lines_before_an_answer_send_nothing(room: Room, blank: str) -> None:
    room.start(f"{blank}{blank}An answer.\n{blank}{blank}")
    assert room.answers() == ["An answer."]


def test_carriage_returns_are_no_part_of_an_answer(room: Room) -> None:
    room.start("One line.\r\nAnother line.\r\n\r\n/end\r\n")
    assert room.answers() == ["One line.\nAnother line."]
    assert room.state().ended


def test_code_between_fences_may_hold_blank_lines_and_slashes(room: Room) -> None:
    code = "Like this:\n```c\nint a;\n\n/end of it/\nint b;\n```\nThat is all."
    room.start(f"{code}\n\n")
    assert room.answers() == [code]


@pytest.mark.parametrize("line", ["```ls -l``` does it.", "I like ``` a lot.", "  ```x``` and ```y```"])
def test_a_fence_that_closes_on_its_own_line_does_not_swallow_the_blank_one(room: Room, line: str) -> None:
    room.start(f"{line}\n\nThe next answer.\n\n")
    assert room.answers() == [line, "The next answer."]


def test_hint(room: Room) -> None:
    assert "Ann (ann role): hint-1 First hint." in room.start("/hint\n")
    assert room.state().threads[0].hints == 1


def test_repeat(room: Room) -> None:
    assert f"Ann (ann role): repeat-1 {ASK}" in room.start("/repeat\n")


def test_skip(room: Room) -> None:
    assert "Ann (ann role): skip-1 Ask of second?" in room.start("/skip\n")
    assert [t.outcome for t in room.state().threads] == [ev.Outcome.SKIPPED, None]


def test_pause_says_how_to_go_on(room: Room) -> None:
    said = room.start("/pause\nThis is never read.\n\n")
    (session,) = room.workspace().sessions()
    assert said.endswith(f"-- Paused. Go on with: interviewer resume {session.id} --plain\n")
    assert (session.status, room.answers()) == ("paused", [])


def test_end(room: Room) -> None:
    assert "Ann (ann role): early_closing-1" in room.start("/end\nThis is never read.\n\n")
    assert (room.state().ended_early, room.answers()) == (True, [])


def test_help_lists_every_command(room: Room) -> None:
    said = room.start("/help\n")
    for name in ("/hint", "/repeat", "/skip", "/pause", "/end", "/help"):
        assert re.search(rf"^--   {name} ", said, re.MULTILINE)


@pytest.mark.parametrize("typed", ["/HINT\n", "/Hint  \n"])
def test_commands_are_known_in_any_case(room: Room, typed: str) -> None:
    assert "First hint." in room.start(typed)


def test_an_unknown_command_is_told_and_not_sent(room: Room) -> None:
    said = room.start("/hnit\n")
    assert "-- /hnit is not a command; /help lists them. Nothing was sent." in said
    assert room.answers() == []


@pytest.mark.parametrize("command", ["/hint", "/repeat", "/help", "/hnit"])
def test_a_command_within_an_answer_leaves_what_was_typed(room: Room, command: str) -> None:
    room.start(f"The beginning\n{command}\nand the end.\n\n")
    assert room.answers() == ["The beginning\nand the end."]


def test_what_was_typed_for_a_skipped_question_does_not_answer_the_next(room: Room) -> None:
    said = room.start("Something about the first.\n/skip\n/skip\nThe second answer.\n\n")
    assert room.answers() == ["The second answer."]
    assert "/skip once more drops it" in said


def test_the_end_of_input_pauses(room: Room) -> None:
    said = room.start("An answer.\n\n")
    (session,) = room.workspace().sessions()
    assert f"interviewer resume {session.id} --plain" in said.splitlines()[-1]
    assert room.state().phase is Phase.PAUSED


@pytest.mark.parametrize("ending", ["", "\n"])
def test_the_last_answer_of_a_pipe_needs_no_blank_line(room: Room, ending: str) -> None:
    room.start(f"An answer.{ending}")
    assert room.answers() == ["An answer."]


def test_what_stands_typed_in_a_terminal_stays_a_draft(room: Room) -> None:
    room.start(Typist("The beginning\n", "goes on\n"))
    assert room.answers() == []
    said = room.resume("and ends.\n\n")
    kept = said[said.index("-- Your unfinished answer is kept") :].splitlines()
    assert kept[1:3] == ["The beginning", "goes on"]
    assert room.answers() == ["The beginning\ngoes on\nand ends."]


def test_a_draft_within_a_fence_is_still_within_it(room: Room) -> None:
    room.start(Typist("```\n", "int a;\n"))
    room.resume("\nint b;\n```\n\n")
    assert room.answers() == ["```\nint a;\n\nint b;\n```"]


def test_a_sent_answer_leaves_no_draft(room: Room) -> None:
    room.start("An answer.\n\n")
    assert "unfinished" not in room.resume("")


def test_ctrl_c_pauses_with_the_draft_kept(room: Room) -> None:
    said = room.start(Typist("The beginning\n", KeyboardInterrupt()))
    assert said.splitlines()[-1].startswith("-- Paused.")
    assert "The beginning" in room.resume("")


def test_after_a_pause_one_is_welcomed_back(room: Room) -> None:
    room.start("/pause\n")
    assert f"Ann (ann role): welcome_back-1 {ASK}" in room.resume("")


def test_after_a_crash_the_last_line_is_shown_again(room: Room) -> None:
    opened = room.workspace().start("test-round")
    asyncio.run(opened.session.handle(opened.first))
    opened.lock.release()
    said = room.resume("")
    assert said.splitlines()[0] == f"Ann (ann role): {ASK}"
    assert "welcome_back" not in said


@pytest.mark.parametrize(("heard", "kept"), [(0, []), (1, []), (2, []), (3, ["An answer."])])
def test_a_reader_that_goes_away_costs_nothing(room: Room, heard: int, kept: list[str]) -> None:
    with pytest.raises(InterviewerError, match="interviewer resume"):
        room.start("An answer.\n\n/help\n", Deaf(heard))
    assert (room.state().phase, room.answers()) == (Phase.PAUSED, kept)
    said = room.resume("The next.\n\nAnd one more.\n\n")
    assert said.splitlines()[-1].startswith("-- The interview is over.")
    assert room.answers() == [*kept, "The next.", "And one more."][:2]


@pytest.mark.parametrize("trick", ["\x1b[2J\x1b[31m", "\x1b]0;owned\x07", "\x9b31m", "\u202e", "\x08\x08", "\x00"])
def test_what_a_bank_brings_does_not_steer_the_terminal(
    home: Path, tmp_path_factory: pytest.TempPathFactory, trick: str
) -> None:
    room = Room(furnish(tmp_path_factory.mktemp("bank"), ask=f"Before{trick}after?"))
    said = room.start("/repeat\n")
    assert trick not in said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", said)


def test_what_was_typed_does_not_steer_the_terminal_when_it_is_shown_again(room: Room) -> None:
    trick = "\x1b]52;c;AAAA\x07text\x1b[2J"
    room.start(Typist(f"{trick}\n"))
    said = room.resume("more\n\n")
    assert "]52;c;AAAAtext[2J" in said
    assert "\x1b" not in said
    assert room.answers() == [f"{trick}\nmore"]


class Program:
    """Plain mode as a process; killed when it outstays the test's patience."""

    def __init__(self, arguments: Sequence[str], stdout: int = subprocess.PIPE) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "interviewer", *arguments],
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
        )
        self.watchdog = Timer(PATIENCE, self.process.kill)
        self.watchdog.start()

    def until(self, text: str) -> str:
        """Read on to the line that has this text."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if text in line.decode():
                return line.decode()
        raise AssertionError(f"never said {text!r}: {self.close()}")

    def type(self, typed: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(typed)
        self.process.stdin.flush()

    def close(self) -> tuple[int, str, str]:
        """Close its input and wait: exit status, what else it said, what it complained of."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, (out or b"").decode(), err.decode()


@pytest.fixture
def program(room: Room) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start(stdout: int = subprocess.PIPE) -> Program:
        started.append(Program(["start", "test-round", "--plain", "--bank", str(room.bank)], stdout))
        return started[-1]

    yield start
    for one in started:
        one.watchdog.cancel()
        one.process.kill()
        one.process.communicate()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_pauses(room: Room, program: Callable[..., Program], name: str) -> None:
    running = program()
    running.until(ASK)
    running.type(b"The beginning\n/hint\n")
    running.until("First hint.")
    running.process.send_signal(getattr(signal, name))
    running.until("-- Paused.")
    assert running.close() == (0, "", "")
    assert room.state().phase is Phase.PAUSED
    assert "The beginning" in room.resume("")


def test_a_terminal_that_goes_away_keeps_what_was_typed(room: Room) -> None:
    mine, its = os.openpty()
    command = [sys.executable, "-m", "interviewer", "start", "test-round", "--plain", "--bank", str(room.bank)]
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=subprocess.PIPE) as process:
        watchdog = Timer(PATIENCE, process.kill)
        watchdog.start()
        os.close(its)
        with os.fdopen(mine, "r+b", buffering=0) as terminal:
            heard = b""
            while b"First hint." not in heard:
                if ASK.encode() in heard and b"/hint" not in heard:
                    terminal.write(b"The beginning\n/hint\n")
                    heard += b"/hint"
                heard += terminal.read(4096)
        process.wait()
        watchdog.cancel()
    assert (room.state().phase, room.answers()) == (Phase.PAUSED, [])
    assert "The beginning" in room.resume("")


def test_a_closed_pipe_ends_the_program_in_one_line(room: Room, program: Callable[..., Program]) -> None:
    reading, writing = os.pipe()
    running = program(stdout=writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as heard:
        assert any(ASK in line for line in heard)
    running.type(b"An answer.\n\nAnother.\n\n")
    status, _, complaint = running.close()
    assert (status, complaint.count("\n")) == (1, 1)
    assert "interviewer resume" in complaint
    assert room.answers() == ["An answer."]
    assert room.state().phase is Phase.PAUSED


def test_bytes_that_are_no_utf8_are_replaced_not_refused(room: Room, program: Callable[..., Program]) -> None:
    running = program()
    running.type(b"caf\xe9 \xff and \xc5\xbc\xf0\x9f\x98\x80\n\n")
    status, _, complaint = running.close()
    assert (status, complaint) == (0, "")
    assert room.answers() == ["caf\ufffd \ufffd and ż😀"]


def test_a_closed_input_is_an_empty_one(room: Room) -> None:
    program = f"'{sys.executable}' -m interviewer start test-round --plain --bank '{room.bank}' <&-"
    done = subprocess.run(["/bin/sh", "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout.splitlines()[-1].startswith("-- Paused.")


def test_a_session_held_line_by_line_has_a_report(room: Room) -> None:
    room.start("One.\n\nTwo.\n\n")
    report = json.loads(room.workspace().report().model_dump_json())
    assert [q["outcome"] for q in report["questions"]] == ["answered", "answered"]


@pytest.mark.parametrize("line", ["/hint", "/hint please", " /hint", "/hint!", "/HINT"])
def test_a_command_is_heard_with_words_around_it(room: Room, line: str) -> None:
    room.start(f"{line}\n")
    assert room.answers() == []


@pytest.mark.parametrize("line", ["/etc/hosts maps names.", "/usr holds programs.", "/proc/self/ns shows them"])
def test_a_path_is_no_command(room: Room, line: str) -> None:
    room.start(f"{line}\n\n")
    assert room.answers() == [line]


def test_an_open_code_block_is_said_to_be_open_and_commands_still_work(room: Room) -> None:
    said = room.start("```\nint a;\n\n/help\n/pause\n")
    assert "The code block is still open" in said
    assert "-- Paused." in said


def test_the_end_takes_along_what_was_typed(room: Room) -> None:
    room.start("Almost done.\n/end\n")
    assert room.answers() == ["Almost done."]
