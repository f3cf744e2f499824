"""Opening a store: made if it is not there, brought up to date if it is older."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from service.store.database import PATIENCE, Store, connect, database_url, named_errors
from service.store.errors import StoreTooNew, StoreUnusable

MIGRATIONS = "service.store:migrations"
HEAD = "head"
# Any number that nobody else locks in the same database.
MIGRATING = 0x5649_5341
# Seconds between two tries at a lock that SQLite does not wait for by itself.
PAUSE = 0.05


def open_store(place: str | Path, revision: str = HEAD) -> Store:
    """Open the store at a file's path or a database's URL, at the newest revision.

    Several processes may do so at once: one migrates, the others wait for it.
    An earlier `revision` is for trying the migrations out.
    Raises StoreTooNew, naming the revision, for a store of a newer version,
    and StoreUnusable for one that can't be opened.
    """
    url = database_url(place)
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        _make_file(path)
        with named_errors(str(path)):
            _log_ahead(path)
    store = Store(connect(url))
    try:
        with named_errors(store.place), store.engine.connect():
            pass
        _migrate(store, revision)
    except BaseException:
        store.close()
        raise
    return store


def revisions() -> tuple[str, ...]:
    """Every revision of the tables that there has been, the first one first."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def _make_file(path: Path) -> None:
    """The file, readable by its owner alone: it will hold articles that are not published yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be written to: {error.strerror}") from None


def _log_ahead(path: Path) -> None:
    """Have SQLite write ahead; it asks for a lock that its own patience does not cover."""
    deadline = time.monotonic() + PATIENCE
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        while True:
            try:
                (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE)
    if mode != "wal":
        raise StoreUnusable(f"{path}: no write-ahead log can be kept there")


def _migrate(store: Store, revision: str) -> None:
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    wanted = scripts.get_current_head() if revision == HEAD else revision
    with store.reading() as connection:
        if _revision(connection) == wanted:
            return
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            # Whoever comes second waits for as long as the first one takes.
            for limit in ("lock_timeout", "idle_in_transaction_session_timeout"):
                connection.execute(text(f"SET LOCAL {limit} = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        there = _revision(connection)
        known = [script.revision for script in scripts.walk_revisions()]
        if there is not None and there not in known:
            raise StoreTooNew(there, known[0])
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
