"""Who is signed in: a row for each session, so that it ends the moment the row is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from service.store.database import Store
from service.store.people.records import Account, account_of
from service.store.people.tables import people, sessions
from service.store.records import now

# How stale "last seen" may become; a write for each request would cost more than it tells.
STALE = timedelta(minutes=1)


def begin_session(store: Store, account_id: str, sha256: str, lasts: timedelta) -> None:
    """A session under the hash of its token, which ends at the latest after `lasts`.

    Sessions that are over are swept away.
    """
    at = now()
    person = select(people.c.key).where(people.c.id == account_id).scalar_subquery()
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.ends < at))
        connection.execute(
            insert(sessions).values(
                sha256=sha256, person=person, created=at, seen=at, ends=at + lasts
            )
        )


def find_session(store: Store, sha256: str, idle: timedelta) -> Account | None:
    """Whose session this is; None for one that is over, unused for `idle`, or of a disabled one."""
    at = now()
    found = (
        select(people, sessions.c.seen)
        .join(sessions, sessions.c.person == people.c.key)
        .where(
            sessions.c.sha256 == sha256,
            sessions.c.ends > at,
            sessions.c.seen > at - idle,
            people.c.disabled.is_(None),
        )
    )
    with store.reading() as connection:
        row = connection.execute(found).first()
    if row is None:
        return None
    if row.seen < at - STALE:
        _see(store, sha256, at)
    return account_of(row)


def end_session(store: Store, sha256: str) -> None:
    """Forget a session, if there is one."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.sha256 == sha256))


def count_sessions(store: Store, account_id: str) -> int:
    """In how many places somebody is signed in."""
    found = (
        select(sessions.c.sha256)
        .join(people, sessions.c.person == people.c.key)
        .where(people.c.id == account_id, sessions.c.ends > now())
    )
    with store.reading() as connection:
        return len(connection.execute(found).all())


def _see(store: Store, sha256: str, at: datetime) -> None:
    with store.writing() as connection:
        connection.execute(update(sessions).where(sessions.c.sha256 == sha256).values(seen=at))
