"""Only one process runs the jobs of a store by itself.

It holds a lock that the system takes from it when it dies, however it dies:
on SQLite a lock of a file beside the database's, on PostgreSQL an advisory
lock of a session that is kept for it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from service.store.database import Store, named_errors
from service.store.errors import StoreUnusable
from service.store.jobs.errors import RunnerElsewhere

# Any number that nobody else locks in the same database; see `opening.MIGRATING`.
RUNNING = 0x5649_534A
SUFFIX = ".runner"
HOLDER = """
    SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objid = :key AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass(slots=True)
class RunnerLock:
    """What the one runner holds; a database that starts anew forgets its locks."""

    store: Store
    connection: Connection | None = None
    file: IO[str] | None = field(default=None, repr=False)

    def hold(self) -> None:
        """See to it that the lock is held still. Raises RunnerElsewhere where others have it."""
        if self.connection is not None:
            try:
                self.connection.execute(text("SELECT 1"))
                return
            except DBAPIError:
                self.let_go()
        elif self.file is not None:
            return
        if self.store.engine.dialect.name == "sqlite":
            self.file = _locked_file(self.store)
        else:
            self.connection = _locked_session(self.store)

    def let_go(self) -> None:
        """Leave the lock to others."""
        if self.file is not None:
            self.file.close()
        if self.connection is not None:
            # Not given back to the pool, where it would keep the lock.
            with suppress(DBAPIError):
                self.connection.invalidate()
            self.connection.close()
        self.file = self.connection = None


@contextmanager
def runner_lock(store: Store) -> Iterator[RunnerLock]:
    """The right to run the jobs of a store. Raises RunnerElsewhere, naming who has it if known."""
    lock = RunnerLock(store)
    lock.hold()
    try:
        yield lock
    finally:
        lock.let_go()


def _myself() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


def _locked_file(store: Store) -> IO[str]:
    # Windows has none.
    import fcntl

    path = Path(f"{store.engine.url.database}{SUFFIX}")
    try:
        file = path.open("a+", encoding="utf-8")
        path.chmod(0o600)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be written to: {error.strerror}") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise RunnerElsewhere(store.place, holder) from None
    file.truncate(0)
    file.write(_myself())
    file.flush()
    return file


def _locked_session(store: Store) -> Connection:
    with named_errors():
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            name = text("SELECT set_config('application_name', :name, false)")
            connection.execute(name, {"name": f"visavis, {_myself()}"[:63]})
            mine = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": RUNNING})
            if mine.scalar_one():
                return connection
            holder = connection.execute(text(HOLDER), {"key": RUNNING}).scalar()
        except BaseException:
            connection.close()
            raise
    connection.close()
    raise RunnerElsewhere(store.place, holder or "")
