"""Plain mode: what is typed, what is heard, and what is kept when either side goes away."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest

from interviewer.engine import events as ev
from interviewer.engine.state import Phase
from interviewer.errors import InterviewerError
from tests.fakes import PROBLEM, make_persona, make_question, make_round, write_bank
from tests.rooms import ASK, Deaf, Room, Typist, furnish


@pytest.fixture
def room(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(furnish(tmp_path_factory.mktemp("bank")))


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
