"""Failed attempts, counted where every process of the service sees them.

An attempt is counted before it is looked at, and forgotten if it succeeds: a
hundred at once are a hundred, not one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, select, update

from service.store.database import Store, insert_new
from service.store.people.tables import failures
from service.store.records import now

# Whoever has not failed for this long starts anew.
FORGOTTEN = timedelta(hours=1)
FIRST_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often one may fail: `free` times at once, then after waits that double to `longest`."""

    free: int
    longest: timedelta


def attempt(store: Store, subject: str, allowance: Allowance) -> float:
    """Count an attempt; the seconds to wait where it may not be made, 0 where it may.

    One that may not be made is not counted.
    """
    key, at = _hash(subject), now()
    with store.writing() as connection:
        connection.execute(delete(failures).where(failures.c.latest < at - FORGOTTEN))
        connection.execute(
            insert_new(connection, failures).values(subject=key, failed=0, latest=at, until=at)
        )
        row = connection.execute(
            select(failures).where(failures.c.subject == key).with_for_update()
        ).one()
        if row.until > at:
            return float((row.until - at).total_seconds())
        _count(connection, key, row.failed + 1, at, allowance)
    return 0.0


def succeed(store: Store, subject: str) -> None:
    """Forget every failure of a subject."""
    with store.writing() as connection:
        connection.execute(delete(failures).where(failures.c.subject == _hash(subject)))


def uncount(store: Store, subject: str) -> None:
    """Take back the last attempt of a subject, and the wait after it: it was no failure."""
    mine = failures.c.subject == _hash(subject)
    with store.writing() as connection:
        connection.execute(
            update(failures)
            .where(mine)
            .values(failed=failures.c.failed - 1, until=failures.c.latest)
        )


def _count(
    connection: Connection, key: str, count: int, at: datetime, allowance: Allowance
) -> None:
    over = count - allowance.free
    # A shift that large would be no date any more.
    wait = min(FIRST_WAIT * 2 ** min(over, 20), allowance.longest) if over >= 0 else timedelta()
    connection.execute(
        update(failures)
        .where(failures.c.subject == key)
        .values(failed=count, latest=at, until=at + wait)
    )


def _hash(subject: str) -> str:
    return sha256(subject.encode("utf-8", "backslashreplace")).hexdigest()
