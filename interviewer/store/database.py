"""Opens the database, creates it where there is none, and brings an old one up to date."""

from __future__ import annotations

import re
import sqlite3
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from interviewer.errors import InterviewerError, UsageError
from interviewer.store.schema import REVISION

BUSY_MS = 5_000
RETRY_SECONDS = 0.02
PACKAGES = {"psycopg": '"psycopg[binary]"', "mysqldb": "mysqlclient"}
"""What to install for a driver, where the package is called otherwise."""


def open_database(place: str | Path) -> sa.Engine:
    """An engine on a database whose tables are those of this version; `place` is a URL or the path of an SQLite file.

    SQLite runs in WAL mode with full synchronisation: what was committed survives the process and the machine.

    Raises:
        UsageError: the database cannot be opened, is damaged, or was written by a newer version.
    """
    engine = _engine(place)
    try:
        _upgrade(engine)
    except sa.exc.DBAPIError as error:
        raise UsageError(_trouble(engine.url, error, "used", "then try again")) from None
    except ValueError as error:
        raise UsageError(_bad_url(error)) from None
    return engine


@contextmanager
def transaction(engine: sa.Engine, doing: str, then: str = "then try again") -> Iterator[sa.Connection]:
    """A transaction; all use of an open database goes through here. `doing` is `read` or `written`.

    Raises:
        InterviewerError: the disk is full, the file is locked or damaged, the server is gone …; `then` ends the mend.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (sa.exc.DBAPIError, ValueError) as error:
        raise InterviewerError(_trouble(engine.url, error, doing, then)) from None


def _engine(place: str | Path) -> sa.Engine:
    try:
        url = sa.URL.create("sqlite", database=str(place)) if isinstance(place, Path) else sa.make_url(place)
        if _is_sqlite(url) and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url)
    except ImportError as error:
        driver = url.get_driver_name()
        package = PACKAGES.get(driver, driver)
        raise UsageError(f"database URL: {_one_line(error)}; `pip install {package}` brings the driver") from None
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ValueError) as error:
        raise UsageError(_bad_url(error)) from None
    except OSError as error:
        where = error.filename or place
        raise UsageError(
            f"{where}: cannot be written ({error.strerror}); set INTERVIEWER_HOME to a folder that can"
        ) from None
    if _is_sqlite(url):
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    _write_ahead(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Of all statements this one does not wait for another first start that is at it; the timeout is for the others."""
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_SECONDS)
        else:
            return


def _upgrade(engine: sa.Engine) -> None:
    """On a server that cannot be locked as a whole another first start may be quicker; then its tables are there."""
    try:
        _migrate(engine)
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
        _migrate(engine)


def _migrate(engine: sa.Engine) -> None:
    """Alembic is imported only where something has to be migrated: it costs half a second."""
    with engine.connect() as connection:
        present = sa.inspect(connection).has_table("alembic_version")
        version = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if present else None
    if version == REVISION:
        return
    from alembic import command, util
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except util.CommandError:
        raise UsageError(
            f"{_where(engine.url)}: written by a newer version (revision {version}, this one knows {REVISION}); "
            "upgrade mock-interviewer"
        ) from None


def _trouble(url: sa.URL, error: Exception, doing: str, then: str) -> str:
    """One line: the place, the cause and the mend that fits both."""
    cause = _one_line(getattr(error, "orig", None) or error)
    if not _is_sqlite(url):
        mend = f"check the server and INTERVIEWER_DATABASE_URL; {then}"
    elif re.match("database .*is (locked|full)|disk I/O error", cause):
        mend = f"free the disk or the database; {then}"
    elif re.match("unable to open|attempt to write a readonly", cause):
        doing, mend = "written", "set INTERVIEWER_HOME to a folder that can"
    else:
        mend = "move the file away or set INTERVIEWER_HOME"
    return f"{_where(url)}: cannot be {doing} ({cause}); {mend}"


def _bad_url(error: Exception) -> str:
    return f"database URL: {_one_line(error)}; check INTERVIEWER_DATABASE_URL"


def _where(url: sa.URL) -> str:
    return (url.database if _is_sqlite(url) else None) or url.render_as_string(hide_password=True)


def _is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _one_line(error: BaseException) -> str:
    """Short, too: some drivers quote the whole text that they could not take."""
    return textwrap.shorten(str(error), 240, placeholder=" …") or type(error).__name__
