"""Opens the database, creates it where there is none, and brings an old one up to date."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from interviewer.errors import UsageError
from interviewer.store.schema import REVISION

BUSY_MS = 5_000


def open_database(url: str) -> sa.Engine:
    """An engine on a database whose tables are those of this version.

    SQLite runs in WAL mode with full synchronisation: what was committed survives the process and the machine.

    Raises:
        UsageError: the database cannot be opened, is damaged, or was written by a newer version.
    """
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(parsed)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise UsageError(f"database URL: {_first_line(error)}; check INTERVIEWER_DATABASE_URL") from None
    except OSError as error:
        raise UsageError(_unwritable(url, error)) from None
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        _upgrade(engine, parsed)
    except sa.exc.DatabaseError as error:
        raise UsageError(_broken(parsed, error)) from None
    except ValueError as error:
        raise UsageError(f"database URL: {_first_line(error)}; check INTERVIEWER_DATABASE_URL") from None
    return engine


def _prepare_sqlite(connection: object, _: object) -> None:
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _upgrade(engine: sa.Engine, url: sa.URL) -> None:
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
        where = url.render_as_string(hide_password=True)
        raise UsageError(
            f"{where}: written by a newer version (revision {version}, this one knows {REVISION}); "
            "upgrade mock-interviewer"
        ) from None


def _broken(url: sa.URL, error: sa.exc.DatabaseError) -> str:
    where = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    cause = _first_line(error.orig or error)
    if "unable to open" in cause or "readonly" in cause:
        return f"{where}: cannot be written ({cause}); set INTERVIEWER_HOME to a folder that can"
    return f"{where}: cannot be used ({cause}); move the file away or set INTERVIEWER_HOME"


def _unwritable(url: str, error: OSError) -> str:
    place = error.filename or url
    return f"{place}: cannot be written ({error.strerror}); set INTERVIEWER_HOME to a folder that can"


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
