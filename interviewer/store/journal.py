"""The append-only journal of one session, and the list of all sessions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import ValidationError

from interviewer.engine import events as ev
from interviewer.engine.state import Phase, State, replay
from interviewer.errors import InterviewerError, UsageError
from interviewer.store.codec import decode, encode
from interviewer.store.database import transaction
from interviewer.store.schema import drafts, events, sessions


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One line of the sessions list. `position` is the number of questions reached, times are epoch seconds."""

    id: str
    round: str
    title: str
    personas: tuple[str, ...]
    questions: int
    position: int
    status: str
    model: str | None
    started_at: float
    updated_at: float


class Journal:
    """Writes one session. An event is on disk when `append` returns."""

    def __init__(self, engine: sa.Engine, session: str, length: int = 0) -> None:
        self.session = session
        self._engine = engine
        self._length = length

    @classmethod
    def create(cls, engine: sa.Engine, session: str, model: str | None = None) -> Journal:
        """A journal whose first event brings the session into being."""
        journal = cls(engine, session)
        journal._model = model
        return journal

    _model: str | None = None

    @classmethod
    def open(cls, engine: sa.Engine, session: str) -> tuple[Journal, State]:
        """The journal of an existing session, and the state that its events lead to.

        Raises:
            InterviewerError: the database or the journal cannot be read.
        """
        log, state = _load(engine, session)
        return cls(engine, session, len(log)), state

    def append(self, new: Sequence[ev.Event], state: State, *, clears_draft: bool = False) -> None:
        """Write events and the summary of the state that they lead to, in one transaction.

        Raises:
            UsageError: another process wrote to the session meanwhile.
            InterviewerError: the database cannot be written.
        """
        rows = [
            {"session": self.session, "seq": seq, "type": e.type, "at": e.at, "body": encode(e)}
            for seq, e in enumerate(new, self._length)
        ]
        with self._writing() as db:
            try:
                if self._length == 0:
                    db.execute(sessions.insert(), self._first_row(state))
                else:
                    db.execute(sessions.update().where(sessions.c.id == self.session), _progress(state))
                db.execute(events.insert(), rows)
            except sa.exc.IntegrityError:
                raise UsageError(
                    f"session {self.session} was continued elsewhere meanwhile; `interviewer resume` takes it up there"
                ) from None
            if clears_draft:
                db.execute(drafts.delete().where(drafts.c.session == self.session))
        self._length += len(rows)

    def save_draft(self, text: str, at: float) -> None:
        """Keep what is typed but not sent; an empty text forgets it.

        Raises:
            InterviewerError: the database cannot be written.
        """
        mine = drafts.c.session == self.session
        with self._writing() as db:
            db.execute(drafts.delete().where(mine))
            if text:
                db.execute(drafts.insert(), {"session": self.session, "text": text, "at": at})

    def draft(self) -> str:
        """What was typed but not sent.

        Raises:
            InterviewerError: the database cannot be read.
        """
        with transaction(self._engine, "read") as db:
            return db.scalar(sa.select(drafts.c.text).where(drafts.c.session == self.session)) or ""

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return transaction(self._engine, "written", f"`interviewer resume {self.session}` goes on")

    def _first_row(self, state: State) -> dict[str, object]:
        assert state.plan is not None
        return {
            "id": self.session,
            "round": state.plan.round,
            "title": state.plan.title,
            "personas": [p.id for p in state.plan.personas],
            "questions": len(state.plan.questions),
            "model": self._model,
            "started_at": state.started_at,
            **_progress(state),
        }


def _progress(state: State) -> dict[str, object]:
    status = state.phase if state.phase in {Phase.PAUSED, Phase.ENDED} else "open"
    return {"position": len(state.threads), "status": str(status), "updated_at": state.last_at}


def load_events(engine: sa.Engine, session: str) -> list[ev.Event]:
    """All events of a session, oldest first, in an order that `replay` takes.

    Raises:
        InterviewerError: the database or the journal cannot be read.
    """
    return _load(engine, session)[0]


def _load(engine: sa.Engine, session: str) -> tuple[list[ev.Event], State]:
    query = sa.select(events.c.body).where(events.c.session == session).order_by(events.c.seq)
    with transaction(engine, "read") as db:
        bodies = db.scalars(query).all()
    try:
        log = [decode(body) for body in bodies]
        return log, replay(log)
    except ValidationError as error:
        what = error.errors()[0]["msg"]
    except IndexError:
        what = "it does not fit the ones before it"
    raise InterviewerError(
        f"session {session}: the journal holds an event that this version cannot read ({what}); "
        "open it with the version that wrote it"
    )


def list_sessions(engine: sa.Engine, limit: int | None = None) -> list[SessionSummary]:
    """Sessions, last used first.

    Raises:
        InterviewerError: the database cannot be read.
    """
    query = sa.select(sessions).order_by(sessions.c.updated_at.desc(), sessions.c.id)
    with transaction(engine, "read") as db:
        return [_summary(row) for row in db.execute(query.limit(limit))]


def find_session(engine: sa.Engine, wanted: str | None, *, unfinished: bool = False) -> SessionSummary:
    """The session with that id or the only one whose id starts so; without an id the last used one.

    Raises:
        UsageError: there is none, or several.
        InterviewerError: the database cannot be read.
    """
    found = list_sessions(engine)
    if wanted is None:
        found = [s for s in found if not (unfinished and s.status == Phase.ENDED)]
        if not found:
            kind = "unfinished session" if unfinished else "session"
            raise UsageError(f"there is no {kind} yet; begin one with `interviewer start ROUND`")
        return found[0]
    matches = [s for s in found if s.id == wanted] or [s for s in found if s.id.startswith(wanted)]
    if not matches:
        raise UsageError(f"no session `{wanted}`; `interviewer sessions` lists them")
    if len(matches) > 1:
        raise UsageError(f"`{wanted}` fits {len(matches)} sessions; give more of the id")
    return matches[0]


def _summary(row: sa.Row[tuple[object, ...]]) -> SessionSummary:
    values = dict(row._mapping)
    return SessionSummary(**{**values, "personas": tuple(values["personas"])})
