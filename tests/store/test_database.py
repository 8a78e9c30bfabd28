"""Opening, creating and migrating the database; what cannot be opened is said in one line."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from interviewer.errors import UsageError
from interviewer.store import database, schema
from interviewer.store.database import open_database


def complaint(place: str | Path) -> str:
    with pytest.raises(UsageError) as caught:
        open_database(place)
    message = str(caught.value)
    assert message.count("\n") == 0
    return message


def shape(engine: sa.Engine) -> dict[str, Any]:
    """Tables with columns, keys and indexes, as the database itself describes them."""
    look = sa.inspect(engine)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in look.get_columns(table)],
            "primary key": look.get_pk_constraint(table)["constrained_columns"],
            "foreign keys": [
                (k["constrained_columns"], k["referred_table"], k["referred_columns"], k["options"])
                for k in look.get_foreign_keys(table)
            ],
            "indexes": [(i["name"], i["column_names"], i["unique"]) for i in look.get_indexes(table)],
        }
        for table in sorted(look.get_table_names())
        if table != "alembic_version"
    }


def test_the_migrations_lead_to_the_tables_of_this_version(engine: sa.Engine) -> None:
    fresh = sa.create_engine("sqlite://")
    schema.metadata.create_all(fresh)
    assert shape(engine) == shape(fresh)
    assert list(shape(engine)) == ["drafts", "events", "sessions"]


def test_the_revision_is_the_head_of_the_migrations(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.REVISION]
    with engine.connect() as db:
        assert db.scalar(sa.text("SELECT version_num FROM alembic_version")) == schema.REVISION


def test_opening_again_keeps_what_is_there(url: str, engine: sa.Engine) -> None:
    before = shape(engine)
    again = open_database(url)
    assert shape(again) == before
    again.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5_000)]
)
def test_sqlite_runs_in_the_safe_mode(engine: sa.Engine, pragma: str, value: object) -> None:
    with engine.connect() as db:
        assert db.scalar(sa.text(f"PRAGMA {pragma}")) == value


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    place = tmp_path / "not" / "there yet" / "100% mine.db"
    open_database(f"sqlite:///{place}").dispose()
    assert place.is_file()


@pytest.mark.parametrize("folder", ["what?mode=memory", "100% mine#1", "file:x", "é ü"])
def test_a_path_is_taken_as_it_is(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "interviews.db"
    engine = open_database(place)
    with closing(sqlite3.connect(place)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.REVISION,)]
    assert [p.name for p in tmp_path.iterdir()] == [folder]
    engine.dispose()


def test_a_session_of_the_longest_round_fits() -> None:
    for column in (schema.sessions.c.id, schema.events.c.session, schema.drafts.c.session):
        assert column.type.length >= len(f"{'r' * 80}-20260131-abcd")


def test_several_windows_may_create_it_at_once(url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        engines = list(pool.map(open_database, [url] * 6))
    assert len({str(shape(e)) for e in engines}) == 1
    for engine in engines:
        engine.dispose()


class Quicker:
    """Migrating, in the eyes of a process whose first tries meet another one's new tables."""

    def __init__(self, error: type[sa.exc.DBAPIError], fails: int) -> None:
        self._error = error
        self._fails = fails
        self._real = database._migrate

    def __call__(self, engine: sa.Engine) -> None:
        if self._fails:
            self._fails -= 1
            raise self._error("CREATE TABLE", {}, Exception("relation exists already"))
        self._real(engine)


@pytest.mark.parametrize("error", [sa.exc.IntegrityError, sa.exc.ProgrammingError])
def test_another_first_start_may_be_quicker(
    url: str, monkeypatch: pytest.MonkeyPatch, error: type[sa.exc.DBAPIError]
) -> None:
    monkeypatch.setattr(database, "_migrate", Quicker(error, 1))
    engine = open_database(url)
    assert list(shape(engine)) == ["drafts", "events", "sessions"]
    engine.dispose()
    monkeypatch.setattr(database, "_migrate", Quicker(error, 2))
    assert "cannot be used (relation exists already)" in complaint(url)


# --- what cannot be opened ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not a url",
        "foo://somewhere/db",
        "postgresql://host:port/db",
        "postgresql+nodriver://host/db",
        "sqlite:////tmp/nul\0byte/x.db",
        "sqlite:////tmp/x.db?timeout=soon",
    ],
)
def test_a_garbage_url(url: str) -> None:
    message = complaint(url)
    assert message.startswith("database URL: ")
    assert message.endswith("; check INTERVIEWER_DATABASE_URL")


def test_a_url_that_fails_does_not_show_its_password() -> None:
    assert "hunter2" not in complaint("postgresql+nodriver://me:hunter2@host/db")


def write_newer(path: Path) -> None:
    open_database(f"sqlite:///{path}").dispose()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")


def write_garbage(path: Path) -> None:
    path.write_bytes(b"this is no database, whatever it is called. " * 200)


def damage_header(path: Path) -> None:
    open_database(f"sqlite:///{path}").dispose()
    raw = path.read_bytes()
    path.write_bytes(b"\xff" * 100 + raw[100:])


def make_folder(path: Path) -> None:
    path.mkdir()


def write_foreign_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE sessions (something TEXT)")


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        (write_newer, "written by a newer version (revision 9999, this one knows 0001); upgrade mock-interviewer"),
        (write_garbage, "cannot be used (file is not a database); move the file away or set INTERVIEWER_HOME"),
        (damage_header, "cannot be used (file is not a database); move the file away or set INTERVIEWER_HOME"),
        (make_folder, "cannot be written (unable to open database file); set INTERVIEWER_HOME to a folder that can"),
        (write_foreign_tables, "cannot be used (table sessions already exists); move the file away or set"),
    ],
)
def test_a_file_that_is_no_database_of_ours(tmp_path: Path, prepare: Callable[[Path], None], expected: str) -> None:
    path = tmp_path / "interviews.db"
    prepare(path)
    message = complaint(f"sqlite:///{path}")
    assert str(path) in message
    assert expected in message


def test_a_newer_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "interviews.db"
    write_newer(path)
    complaint(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    message = complaint(f"sqlite:///{tmp_path / 'home' / 'interviews.db'}")
    assert message == f"{tmp_path / 'home'}: cannot be written (File exists); set INTERVIEWER_HOME to a folder that can"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    assert "cannot be written" in complaint(f"sqlite:///{tmp_path / 'home' / 'interviews.db'}")


@pytest.mark.parametrize(
    ("url", "module", "mend"),
    [
        ("postgresql+psycopg://me:hunter2@host/db", "psycopg", '`pip install "psycopg[binary]"` brings the driver'),
        ("postgresql+pg8000://me:hunter2@host/db", "pg8000", "`pip install pg8000` brings the driver"),
    ],
)
def test_a_driver_that_is_missing(monkeypatch: pytest.MonkeyPatch, url: str, module: str, mend: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    message = complaint(url)
    assert message.startswith("database URL: ")
    assert message.endswith(mend)
    assert "hunter2" not in message


def test_a_server_that_does_not_answer_is_no_file_to_move(monkeypatch: pytest.MonkeyPatch) -> None:
    url = sa.make_url("postgresql://me:hunter2@host/db")
    refused = sa.exc.OperationalError("SELECT 1", {}, Exception("connection refused\n\tIs the server running?"))

    def migrate(_: object) -> None:
        raise refused

    monkeypatch.setattr(database, "_engine", lambda _: SimpleNamespace(url=url))
    monkeypatch.setattr(database, "_migrate", migrate)
    assert complaint("postgresql://me:hunter2@host/db") == (
        "postgresql://me:***@host/db: cannot be used (connection refused Is the server running?); "
        "check the server and INTERVIEWER_DATABASE_URL; then try again"
    )
