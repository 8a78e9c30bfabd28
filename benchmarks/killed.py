"""A scripted candidate whose program is killed at random moments: nothing that was sent may be lost.

The candidate is a process of its own and knows only what it reads. An answer counts as sent once the interviewer's next
line has come back; after a kill the candidate resumes the session, looks at what the last line and the kept draft are,
and sends only what is missing.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any, NoReturn

from benchmarks.programs import environment, interviewer
from benchmarks.table import Row
from benchmarks.worlds import frozen_bank
from interviewer.engine.events import AnswerGiven
from interviewer.store.codec import decode

KILLS = 100
ROUNDS = ("hard-05", "hard-07", "soft-01")
SEED = 20260101
PATIENCE = 60.0
WHILE_STARTING = 0.25
TIMES = {"at", "started", "ended", "seconds", "session"}
_LINE = re.compile(r"[^-/(][^(]* \([^)]+\): ")
_DRAFT = "-- Your unfinished answer is kept"
_OVER = "-- The interview is over."
_FIRST_OF_HELP = "-- A blank line sends your answer; code"
_LAST_OF_HELP = "--   /help "
_SAYINGS = (
    "I measured it first and changed one thing at a time.",
    "Two threads wait for each other, so we take the locks in one order.",
    "We rolled it out to five percent and watched the error rate.",
    "A retry with backoff and an idempotency key.",
    "Zażółć gęślą jaźń, naïve café, 模型 – it keeps what I type.",
    "I led the team for three years and ran the cluster of 400 GPUs.",
    "It depends on what fails at three in the morning.",
)


@dataclass
class Tally:
    """What came of it. `problems` has a line for every answer lost, doubled or out of order, and every other report."""

    kills: int = 0
    sessions: int = 0
    answers: int = 0
    reports: int = 0
    problems: list[str] = field(default_factory=list)


class Gone(Exception):
    """The program was killed."""


class _Over(Exception):
    """The interview is over."""


def rows(work: Path) -> Iterator[Row]:
    """The row of the table."""
    tally = kill_again_and_again(work, KILLS, SEED)
    figure = (
        f"{len(tally.problems)} lost or changed  ({tally.answers} answers, {tally.sessions} sessions, "
        f"{tally.reports} reports identical)"
    )
    yield Row(f"{tally.kills} random kills", figure, "0", not tally.problems)
    for problem in tally.problems:
        yield Row("", problem, "", None)


def kill_again_and_again(work: Path, kills: int, seed: int, rounds: Sequence[str] = ROUNDS) -> Tally:
    """Hold interviews until that many kills have happened and the last interview has ended all the same."""
    bank, dice, tally = frozen_bank(work / "bank"), random.Random(seed), Tally()
    while tally.kills < kills:
        number = tally.sessions
        round_id = rounds[number % len(rounds)]
        killed = Candidate(work / f"killed-{number}", bank, round_id, number)
        tally.kills += killed.hold(dice, kills - tally.kills)
        calm = Candidate(work / f"calm-{number}", bank, round_id, number)
        calm.hold(dice, 0)
        compare(killed, calm, tally)
        tally.sessions += 1
        tally.answers += len(killed.sent)
    return tally


def compare(killed: Candidate, calm: Candidate, tally: Tally) -> None:
    """Note what a killed interview lost, and where its report differs from that of an undisturbed one."""
    where = f"{killed.round_id} ({killed.home.name})"
    kept = killed.journaled()
    tally.problems += [
        f"{where}: kept {kept.count(a)} times: {a[:40]!r}" for a in dict.fromkeys(killed.sent) if kept.count(a) != 1
    ]
    if kept != killed.sent:
        tally.problems.append(f"{where}: the journal holds {len(kept)} answers, {len(killed.sent)} were sent")
    if killed.report() == calm.report():
        tally.reports += 1
    else:
        tally.problems.append(f"{where}: the report differs from that of an undisturbed interview")


class Candidate:
    """One interview in a home of its own, from the first line to the last, over as many processes as it takes."""

    def __init__(self, home: Path, bank: Path, round_id: str, voice: int) -> None:
        self.home = home
        self.round_id = round_id
        self.sent: list[str] = []
        self._bank = bank
        self._voice = voice
        self._heard = ""
        self._waiting = False
        home.mkdir(parents=True)

    def hold(self, dice: random.Random, kills: int) -> int:
        """Go through the interview; the program is killed at most so many times. Gives how often it was."""
        happened = 0
        while True:
            with _Process(self._command(), self.home) as process:
                try:
                    self._sit_through(process, dice if happened < kills else None)
                except Gone:
                    happened += 1
                except _Over:
                    return happened

    def journaled(self) -> list[str]:
        """The answers that stand in the journal."""
        query = "SELECT body FROM events WHERE type = 'answer_given' ORDER BY seq"
        with closing(sqlite3.connect(self.home / "interviews.db")) as database:
            found = [decode(body) for (body,) in database.execute(query)]
        return [event.text for event in found if isinstance(event, AnswerGiven)]

    def report(self) -> object:
        """The JSON report without its times and the session's name."""
        command = interviewer("report", "--format", "json")
        done = subprocess.run(command, env=environment(self.home), stdout=subprocess.PIPE, check=True)
        return _timeless(json.loads(done.stdout))

    def _command(self) -> tuple[str, ...]:
        session = self._session()
        if session is None:
            return interviewer("start", self.round_id, "--plain", "--bank", str(self._bank))
        return interviewer("resume", session, "--plain")

    def _session(self) -> str | None:
        """The session's id, once anything of it was kept."""
        if not (self.home / "interviews.db").exists():
            return None
        with closing(sqlite3.connect(self.home / "interviews.db")) as database:
            try:
                row = database.execute("SELECT id FROM sessions").fetchone()
            except sqlite3.OperationalError:  # killed before the tables were there
                return None
        return None if row is None else str(row[0])

    def _sit_through(self, process: _Process, dice: random.Random | None) -> None:
        """Answer until the interview is over or the program is killed: while it starts, or some answers later."""
        calm_answers = 0
        if dice is not None and dice.random() < WHILE_STARTING:
            process.light_fuse(dice.uniform(0.0, 1.0))
        elif dice is not None:
            calm_answers = dice.randrange(5)
        draft = self._take_stock(process)
        while True:
            if dice is not None and calm_answers == 0:
                process.light_fuse(dice.expovariate(1 / 0.015))
            calm_answers -= 1
            self._answer(process, draft)
            draft = ()

    def _take_stock(self, process: _Process) -> tuple[str, ...]:
        """Where the interview stands after a start or a resume; the lines of the answer that are kept already."""
        lines: list[str] = []
        try:
            process.until_help(lines)
        except _Over:
            self._counts()
            raise
        spoken = [n for n, line in enumerate(lines) if _LINE.match(line)]
        marks = [n for n, line in enumerate(lines) if line.startswith(_DRAFT)]
        if not spoken:
            raise AssertionError(f"nobody spoke: {lines}")
        line = lines[spoken[-1]]
        if self._waiting and line != self._heard:
            self._counts()
        self._heard = line
        draft = tuple(lines[marks[0] + 1 :]) if marks else ()
        if draft != self._answer_lines()[: len(draft)]:
            raise AssertionError(f"the kept draft is not what was typed: {draft}")
        return draft

    def _answer(self, process: _Process, draft: tuple[str, ...]) -> None:
        """Send the next answer, what is missing of it, and hear the reply."""
        self._waiting = True
        lines: list[str] = []
        try:
            process.type([*self._answer_lines()[len(draft) :], ""])
            process.until_help(lines)
        finally:
            if spoken := [line for line in lines if _LINE.match(line)]:
                self._counts()
                self._heard = spoken[-1]
        if self._waiting:
            raise AssertionError("an answer was met with silence")

    def _counts(self) -> None:
        """The answer under way has been heard."""
        if self._waiting:
            self.sent.append("\n".join(self._answer_lines()))
        self._waiting = False

    def _answer_lines(self) -> tuple[str, ...]:
        """The next answer: the same for every candidate with this voice."""
        number = len(self.sent)
        dice = random.Random(self._voice * 1_000 + number)
        if dice.random() < 0.15:
            return (f"I don't know number {number}",)
        return (f"Answer {number}.", *dice.sample(_SAYINGS, dice.randint(1, 3)))


class _Process:
    """The program behind two pipes, killed in the end whatever happens."""

    def __init__(self, command: tuple[str, ...], home: Path) -> None:
        self._process = subprocess.Popen(
            list(command),
            env={**environment(home), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self._fuse: Timer | None = None
        self._watchdog = Timer(PATIENCE, self._process.terminate)
        self._watchdog.daemon = True
        self._watchdog.start()

    def light_fuse(self, seconds: float) -> None:
        """Kill the program that many seconds from now."""
        if self._fuse is None:
            self._fuse = Timer(seconds, self._process.kill)
            self._fuse.daemon = True
            self._fuse.start()

    def type(self, lines: list[str]) -> None:
        """Type lines one by one.

        Raises:
            Gone: the program was killed.
        """
        assert self._process.stdin is not None
        try:
            for line in lines:
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()
        except BrokenPipeError:
            self._ended()

    def until_help(self, lines: list[str]) -> None:
        """Ask for /help and collect what comes before it: then the program is surely waiting for an answer.

        Raises:
            Gone: the program was killed.
            _Over: the interview has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write("/help\n")
            self._process.stdin.flush()
        in_help = False
        for line in self._process.stdout:
            if line.startswith(_OVER):
                raise _Over
            if line.startswith(_LAST_OF_HELP):
                return
            in_help = in_help or line.startswith(_FIRST_OF_HELP)
            if line.endswith("\n") and not in_help:
                lines.append(line.rstrip("\n"))
        self._ended()

    def _ended(self) -> NoReturn:
        """Say why the program is gone."""
        assert self._process.stderr is not None
        status, complaint = self._process.wait(), self._process.stderr.read()
        if status == -9:
            raise Gone
        if status == 2 and "is over" in complaint:
            raise _Over
        raise AssertionError(f"the program left with {status}: {complaint}")

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        for timer in (self._fuse, self._watchdog):
            if timer is not None:
                timer.cancel()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()


def _timeless(value: Any) -> Any:
    """The value without whatever differs between two interviews with the same words."""
    if isinstance(value, dict):
        return {k: _timeless(v) for k, v in value.items() if k not in TIMES}
    if isinstance(value, list):
        return [_timeless(v) for v in value]
    return value
