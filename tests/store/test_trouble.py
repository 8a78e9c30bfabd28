"""A database in trouble: damaged, full, from another version. Every use of it says so in one line with the mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import replay
from interviewer.errors import InterviewerError
from interviewer.session import Session
from interviewer.store import schema
from interviewer.store.codec import encode
from interviewer.store.journal import Journal, find_session, list_sessions, load_events
from tests.fakes import START, FakeClock, StubGrader, StubModel
from tests.store.test_journal import EVENTS, PLAN, write

PAGE = 4096
USES: dict[str, Callable[[sa.Engine], object]] = {
    "list": list_sessions,
    "find": lambda engine: find_session(engine, "s"),
    "load": lambda engine: load_events(engine, "s"),
    "open": lambda engine: Journal.open(engine, "s"),
    "draft": lambda engine: Journal(engine, "s").draft(),
    "save draft": lambda engine: Journal(engine, "s").save_draft("half a", START),
    "append": lambda engine: Journal(engine, "s", len(EVENTS)).append(EVENTS[-1:], replay(EVENTS)),
}


@pytest.fixture(params=USES)
def use(request: pytest.FixtureRequest) -> Callable[[sa.Engine], object]:
    return USES[request.param]


def complaint(engine: sa.Engine, use: Callable[[sa.Engine], object]) -> str:
    with pytest.raises(InterviewerError) as raised:
        use(engine)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_overwritten_pages_are_one_line_with_a_mend(
    engine: sa.Engine, tmp_path: Path, use: Callable[[sa.Engine], object]
) -> None:
    write(engine, "s").save_draft("half a", START)
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    file = tmp_path / "interviews.db"
    raw = file.read_bytes()
    file.write_bytes(raw[:PAGE] + b"\xff" * (len(raw) - PAGE))
    message = complaint(engine, use)
    assert message.startswith(f"{file}: cannot be ")
    assert message.endswith("(database disk image is malformed); move the file away or set INTERVIEWER_HOME")


@pytest.mark.parametrize("table", ["sessions", "events"])
def test_text_that_is_none_is_one_short_line(engine: sa.Engine, table: str) -> None:
    """SQLite's complaint quotes all of the text; a candidate's words in it must not choose the mend."""
    write(engine, "s")
    column = {"sessions": "title", "events": "body"}[table]
    with engine.begin() as db:
        db.exec_driver_sql(f"UPDATE {table} SET {column} = CAST(x'ff' || 'database is full ' AS TEXT) || {column}")
    message = complaint(engine, USES["list" if table == "sessions" else "load"])
    assert "Could not decode" in message
    assert message.endswith("; move the file away or set INTERVIEWER_HOME")
    assert len(message) < 500


def test_a_list_that_is_no_json_is_one_line(engine: sa.Engine) -> None:
    write(engine, "s")
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE sessions SET personas = '[\"ann'")
    assert "cannot be read" in complaint(engine, list_sessions)


def test_a_full_disk_is_named_with_the_way_back(engine: sa.Engine) -> None:
    write(engine, "s")
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA max_page_count = 1")
    message = complaint(engine, lambda e: Journal(e, "s").save_draft("long " * 9_000, START))
    assert message.endswith(
        "interviews.db: cannot be written (database or disk is full); "
        "free the disk or the database; `interviewer resume s` goes on"
    )


def test_a_value_that_does_not_fit_is_one_line(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PostgreSQL refuses some that SQLite takes."""

    def refuse(*_: object) -> None:
        raise sa.exc.DataError("INSERT", {}, Exception("value too long"))

    monkeypatch.setattr(sa.Connection, "execute", refuse)
    assert "cannot be written (value too long)" in complaint(engine, USES["save draft"])


def test_events_of_another_version_are_refused_with_a_mend(engine: sa.Engine) -> None:
    write(engine, "s")
    with engine.begin() as db:
        db.execute(schema.events.update().where(schema.events.c.seq == 1).values(body='{"type": "teleported"}'))
    with pytest.raises(InterviewerError, match=r"session s: .* open it with the version that wrote it"):
        Journal.open(engine, "s")


def test_events_in_an_order_that_cannot_be_are_refused_with_a_mend(engine: sa.Engine) -> None:
    write(engine, "s")
    stray = encode(ev.QuestionClosed(7, ev.Outcome.SKIPPED, START))
    with engine.begin() as db:
        db.execute(schema.events.update().where(schema.events.c.seq == 1).values(body=stray))
    for read in (load_events, Journal.open):
        with pytest.raises(InterviewerError, match=r"session s: .* open it with the version that wrote it"):
            read(engine, "s")


def test_a_database_that_cannot_be_written_is_one_line(engine: sa.Engine) -> None:
    journal = Journal.create(engine, "s-1")
    with engine.begin() as db:
        db.exec_driver_sql("DROP TABLE drafts")
    with pytest.raises(InterviewerError, match="cannot be written") as raised:
        journal.save_draft("half a", 1.0)
    assert "\n" not in str(raised.value)


async def test_a_nul_reaches_no_database(engine: sa.Engine) -> None:
    session = Session(Journal.create(engine, "s"), StubModel(), StubGrader(), clock=FakeClock())
    await session.handle(cmd.Start(PLAN))
    session.save_draft("one\0 two")
    assert session.draft() == "one two"
    await session.handle(cmd.Submit("one\0 two"))
    assert [e.text for e in load_events(engine, "s") if isinstance(e, ev.AnswerGiven)] == ["one two"]
