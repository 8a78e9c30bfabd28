"""What the front ends share: the person's bank, database and sessions, each opened on first use."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import paths
from interviewer.content import banks
from interviewer.content.bank import Bank
from interviewer.content.cache import Cache
from interviewer.engine import commands as cmd
from interviewer.engine.state import Phase, State
from interviewer.errors import UsageError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interviewer.config import Role, Settings
    from interviewer.grading.judge import Judge
    from interviewer.grading.offline import OfflineGrader
    from interviewer.llm.budget import Budget
    from interviewer.llm.gateway import Gateway
    from interviewer.llm.target import Target
    from interviewer.report.model import Report
    from interviewer.session import Session
    from interviewer.store.journal import Journal, SessionSummary
    from interviewer.store.lock import SessionLock

ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(slots=True)
class OpenSession:
    """A session that this process holds, and the command that sets it going."""

    id: str
    session: Session
    lock: SessionLock
    first: cmd.Command


class Workspace:
    """One person's data. `bank_dir` replaces the shipped bank, `model` and `fallback` the configured ones."""

    def __init__(
        self,
        bank_dir: Path | None = None,
        model: str | None = None,
        clock: Callable[[], float] = time.time,
        fallback: Sequence[str] = (),
        judge_samples: int | None = None,
    ) -> None:
        self._bank_dir = bank_dir
        self._model_name = model
        self._fallback = tuple(fallback)
        self._clock = clock
        self._judge_samples = judge_samples

    @cached_property
    def settings(self) -> Settings:
        """The settings in force."""
        from interviewer.config import load_settings

        return load_settings()

    @cached_property
    def bank(self) -> Bank:
        """The bank; its files are read when they are asked for."""
        return _open_bank(self._bank_dir or paths.shipped("question_bank"))

    def own_bank(self, name: str) -> Bank:
        """One of the person's own banks.

        Raises:
            UsageError: there is none of that name.
        """
        return _open_bank(banks.find_own(name))

    @cached_property
    def database(self) -> sa.Engine:
        """The sessions' database."""
        from interviewer.store.database import open_database

        return open_database(self.settings.database)

    def targets(self, role: Role) -> list[Target]:
        """Where a role's models are reached, the preferred one first; empty where none is asked for or configured.

        Raises:
            UsageError: a model's name is none, or there is nothing to stand in for.
        """
        from interviewer.llm.target import find_targets

        chosen = self.settings.of(role)
        model = (self._model_name or chosen.model or "").strip()
        if self._fallback and not model:
            raise UsageError("--fallback stands in for a model; name that one with --model or INTERVIEWER_MODEL")
        return find_targets(model, self._fallback or chosen.fallback or (), chosen.api_base) if model else []

    def gateway(self, role: Role, budget: Budget | None = None) -> Gateway | None:
        """The way to a role's models, within a budget that several may share; None where no model is set.

        Raises:
            UsageError: a model's name is none, or a budget in dollars is set and a price is not known.
        """
        from interviewer.llm.deadline import TALKING, WORKING
        from interviewer.llm.gateway import Gateway, open_adapter
        from interviewer.llm.prices import find_price

        targets = self.targets(role)
        unknown = [t.name for t in targets if self.settings.budget_usd and find_price(t) is None]
        if unknown:
            raise UsageError(f"budget_usd: the price of {unknown[0]} is not known; set budget_tokens in its place")
        patience = TALKING if role == "interviewer" else WORKING
        return Gateway([open_adapter(t) for t in targets], budget or self.budget(), patience) if targets else None

    def budget(self, state: State | None = None) -> Budget:
        """What models may still take, in all roles together; a session's `state` says what is spent already."""
        from interviewer.llm.budget import Budget

        spent = state or State()
        tokens = spent.prompt_tokens + spent.completion_tokens
        return Budget(self.settings.budget_usd, self.settings.budget_tokens, spent.cost_usd or 0.0, tokens)

    def judge(self, budget: Budget | None = None) -> Judge | None:
        """Who grades with a model; None where none is set, and the offline grader grades.

        Raises:
            UsageError: see `gateway`.
        """
        gateway = self.gateway("judge", budget)
        if gateway is None:
            return None
        from interviewer.grading.judge import Judge

        return Judge(gateway, self._judge_samples or self.settings.judge.samples)

    def sessions(self, limit: int | None = None) -> list[SessionSummary]:
        """Sessions, last used first."""
        from interviewer.store.journal import list_sessions

        return list_sessions(self.database, limit)

    def start(self, round_id: str, persona: str | None = None, own_bank: str | None = None) -> OpenSession:
        """A new session of a round, of an own bank where one is named; nothing is written before its first command.

        Each further session of a round gets the next seed, so that it sounds different.
        """
        from interviewer.plan import make_plan
        from interviewer.store.journal import Journal

        bank = self.own_bank(own_bank) if own_bank else self.bank
        bank.round(round_id)
        earlier = sum(s.round == round_id for s in self.sessions())
        plan = make_plan(bank, round_id, persona, seed=earlier)
        session_id = self._new_id(round_id)
        targets = self.targets("interviewer")
        journal = Journal.create(self.database, session_id, targets[0].name if targets else None)
        session = self._session(journal)
        return OpenSession(session_id, session, self._lock(session_id), cmd.Start(plan))

    def resume(self, wanted: str | None = None) -> OpenSession:
        """An unfinished session, taken up where its journal ends.

        Raises:
            UsageError: there is none, it is over, or another process has it open.
        """
        from interviewer.store.journal import Journal, find_session

        found = find_session(self.database, wanted, unfinished=True)
        if found.status == Phase.ENDED:
            raise UsageError(f"session {found.id} is over; `interviewer report {found.id}` shows its report")
        lock = self._lock(found.id)
        try:
            journal, state = Journal.open(self.database, found.id)
            return OpenSession(found.id, self._session(journal, state), lock, cmd.Resume())
        except BaseException:
            lock.release()
            raise

    def report(self, wanted: str | None = None, *, offline: bool = False) -> Report:
        """The report of a session (the last used one by default).

        What is not graded yet is graded now and kept: by the judge where a model is set, unless `offline` asks for the
        offline grader. What the judge cannot grade now stays ungraded, and the report says why.

        Raises:
            UsageError: there is no such session.
        """
        from interviewer.engine.state import replay
        from interviewer.grading.agreement import agreement
        from interviewer.report import build
        from interviewer.store.journal import find_session, load_events

        found = find_session(self.database, wanted)
        notes = self._grade_the_rest(found.id, offline)
        state = replay(load_events(self.database, found.id))
        measured = agreement(t.grade.grader for t in state.threads if t.grade)
        return build(found.id, state, model=", ".join(state.models) or None, agreement=measured, notes=notes)

    def _grade_the_rest(self, session_id: str, offline: bool) -> list[str]:
        """What could not be graded, and why. A session that is open elsewhere is graded there."""
        import asyncio

        from interviewer.engine import machine
        from interviewer.llm.scripted import ScriptedInterviewer
        from interviewer.session import Notice, Session, Update
        from interviewer.store.journal import Journal

        notes: list[str] = []

        def listen(update: Update) -> None:
            if isinstance(update, Notice):
                notes.append(update.text)

        journal, state = Journal.open(self.database, session_id)
        grader, judge = self._graders(self.budget(state), offline=offline)
        if not machine.effects(state) and not (judge and machine.wants_debrief(state)):
            return []
        try:
            lock = self._lock(session_id)
        except UsageError as error:
            return [str(error)]
        with lock:
            session = Session(
                journal, ScriptedInterviewer(), grader, judge=judge, state=state, clock=lambda: state.last_at
            )
            session.listener = listen
            asyncio.run(session.settle())
        return notes

    def _session(self, journal: Journal, state: State | None = None) -> Session:
        from interviewer.llm.scripted import ScriptedInterviewer
        from interviewer.session import Session

        budget = self.budget(state)
        speaker = self.gateway("interviewer", budget) or ScriptedInterviewer()
        grader, judge = self._graders(budget)
        return Session(journal, speaker, grader, judge=judge, state=state, clock=self._clock)

    def _graders(self, budget: Budget, *, offline: bool = False) -> tuple[OfflineGrader, Judge | None]:
        """Who grades. A judge that lacks its key is none; the offline grader's grades say so."""
        from interviewer.grading.offline import OfflineGrader

        if offline:
            return OfflineGrader(("Graded without a model, as asked.",)), None
        judge = self.judge(budget)
        if judge is not None and judge.lack:
            return OfflineGrader((f"{judge.lack} So the offline grader graded this.",)), None
        return OfflineGrader(), judge

    def _lock(self, session_id: str) -> SessionLock:
        from interviewer.store.lock import SessionLock

        return SessionLock(paths.data_dir() / "locks", session_id)

    def _new_id(self, round_id: str) -> str:
        day = time.strftime("%Y%m%d", time.localtime(self._clock()))
        return f"{round_id}-{day}-{''.join(secrets.choice(ID_ALPHABET) for _ in range(4))}"


def _open_bank(root: Path) -> Bank:
    return Bank(root, paths.shipped("personas"), Cache(paths.cache_dir() / "parsed.sqlite3"))
