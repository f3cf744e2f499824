"""A connection to the database, and what its errors mean to a caller.

SQLite: write-ahead log, foreign keys, every commit on the disk before it is
acknowledged, freed pages overwritten, and the write lock taken at the
beginning of a writing transaction: one that first reads can't be refused it
half-way. This is SQLAlchemy's recipe for sqlite3 before Python 3.12 ("Using
SQLAlchemy to emit BEGIN"). PostgreSQL does all of this by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, TimeoutError
from sqlalchemy.schema import Table

from service.store.errors import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreUnusable

# Seconds that a writer waits for the others.
PATIENCE = 30
# Seconds that the emptying of the log waits for readers; it is no loss if it is not done.
BRIEF_PATIENCE = 1
BEGIN = "visavis_begin"
PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "cache_size = -16000")

UNREACHABLE = "08"
# By the first letters of SQLite's names, and by PostgreSQL's codes.
MEANINGS: dict[str, tuple[type[StoreError], str]] = {
    "SQLITE_BUSY": (StoreBusy, "others have been writing for too long"),
    "SQLITE_LOCKED": (StoreBusy, "others have been writing for too long"),
    "SQLITE_FULL": (StoreFull, "there is no room left"),
    "SQLITE_CORRUPT": (StoreDamaged, "the file is damaged"),
    "SQLITE_NOTADB": (StoreUnusable, "the file is no SQLite database"),
    "SQLITE_CANTOPEN": (StoreUnusable, "the file cannot be opened"),
    "SQLITE_READONLY": (StoreUnusable, "the file cannot be written to"),
    "SQLITE_IOERR": (StoreUnusable, "the file cannot be read or written"),
    "53100": (StoreFull, "there is no room left"),
    "53300": (StoreBusy, "too many are connected"),
    "40001": (StoreBusy, "others have changed the same"),
    "40P01": (StoreBusy, "others have changed the same"),
    "55P03": (StoreBusy, "others have been writing for too long"),
    "25P03": (StoreUnusable, "the database broke off"),
    "57P": (StoreUnusable, "the database is shutting down"),
    UNREACHABLE: (StoreUnusable, "the database does not answer"),
}


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Safe to use from several threads; not to be taken across a fork."""

    engine: Engine

    @property
    def place(self) -> str:
        """Where it is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of everything, whatever is written meanwhile."""
        with named_errors(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is on the disk afterwards, or nothing. Raises a StoreError."""
        with named_errors(), self.engine.connect() as connection:
            connection.execution_options(**{BEGIN: "IMMEDIATE"})
            with connection.begin():
                yield connection

    def empty_log(self) -> None:
        """Write SQLite's log into its file and cut it off, where nobody is reading just now.

        What was deleted is in the log as it was.
        """
        if self.engine.dialect.name != "sqlite":
            return
        with named_errors():
            connection = self.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(f"PRAGMA busy_timeout = {BRIEF_PATIENCE * 1000}")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
                cursor.close()
            finally:
                connection.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def database_url(place: str | Path) -> URL:
    """The address of a store: that of a PostgreSQL database, or a file for SQLite.

    Raises StoreUnusable for any other kind of database.
    """
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(place))
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise StoreUnusable(f"this is no address of a database: {error}") from None
    kind = url.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise StoreUnusable(f"{kind} is neither sqlite nor postgresql")
    if not url.database or url.database == ":memory:":
        raise StoreUnusable("a store in memory would forget everything: give a file")
    return url


def connect(url: URL) -> Engine:
    """Something that makes connections; raises StoreUnusable where the driver is missing."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args=_patience(url))
    except ModuleNotFoundError:
        raise StoreUnusable(
            "PostgreSQL needs a driver: pip install 'vis-a-vis[postgres]'"
        ) from None


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves alone what is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


@contextmanager
def named_errors(place: str = "") -> Iterator[None]:
    """What the database says, as a StoreError; what means nothing to a caller stays as it is.

    With a `place`, the error is for the operator: it names that and quotes the database.
    """
    try:
        yield
    except TimeoutError:
        raise StoreBusy("all connections to the store are in use") from None
    except DBAPIError as error:
        raise _named(error.orig, place) or error from error.orig
    except sqlite3.Error as error:
        raise _named(error, place) or error from error


def _named(error: BaseException | None, place: str) -> StoreError | None:
    """By SQLite's or PostgreSQL's code; an error of a connection that never was has none."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    if code is None and type(error).__name__ == "OperationalError":
        code = UNREACHABLE
    for start, (kind, meaning) in MEANINGS.items():
        if str(code).startswith(start):
            quoted = f"{place}: {meaning} ({str(error).strip()})"
            return kind(quoted if place else f"the store: {meaning}")
    return None


def _patience(url: URL) -> dict[str, Any]:
    """How a connection to PostgreSQL is held; what a URL says of its own options stands."""
    given = {
        # A prepared statement may get a plan that ignores which words are searched for.
        "prepare_threshold": None,
        "connect_timeout": 10,
        # A machine that is cut off notices within half a minute.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 1000 * PATIENCE,
        # Who was stopped in the middle of a transaction must not keep its locks for good.
        "options": f"-c idle_in_transaction_session_timeout=60s -c lock_timeout={PATIENCE}s",
    }
    return {name: value for name, value in given.items() if name not in url.query}


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get(BEGIN, "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
