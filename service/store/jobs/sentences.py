"""Sentences that were translated before: a bounded memory, where the oldest used go first.

What is remembered is a cache: nothing is lost with it, and it is the same for
all jobs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.store.database import Store
from service.store.jobs.tables import moment, sentences

# Keys that the database is asked for at a time.
BATCH = 500
# Seconds after which it is written down that a sentence was asked for again.
STALE = 3600


def recall(store: Store, keys: Collection[str]) -> dict[str, bytes]:
    """What is remembered under these keys, of those that are."""
    found: dict[str, bytes] = {}
    with store.reading() as connection:
        long_ago = moment(connection, -STALE)
        wanted = select(
            sentences.c.key,
            sentences.c.translation,
            (sentences.c.used < long_ago).label("stale"),
        )
        stale = []
        for some in _batches(keys):
            for row in connection.execute(wanted.where(sentences.c.key.in_(some))):
                found[row.key] = row.translation
                stale += [row.key] if row.stale else []
    if stale:
        _touch(store, stale)
    return found


def remember(store: Store, entries: Mapping[str, bytes], limit: int) -> None:
    """Remember these under their keys, and forget the oldest used beyond `limit` of them."""
    if not limit:
        return
    with store.writing() as connection:
        used = moment(connection)
        for key in sorted(entries):
            row = {"key": key, "used": used, "translation": entries[key]}
            changed = {"used": used, "translation": entries[key]}
            connection.execute(
                _insert(connection)
                .values(row)
                .on_conflict_do_update(index_elements=["key"], set_=changed)
            )
        _forget(connection, limit)


def _insert(connection: Connection) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(sentences)
    return postgresql.insert(sentences)


def _touch(store: Store, keys: Collection[str]) -> None:
    with store.writing() as connection:
        for some in _batches(keys):
            connection.execute(
                update(sentences).where(sentences.c.key.in_(some)).values(used=moment(connection))
            )


def _forget(connection: Connection, limit: int) -> None:
    there = connection.execute(select(func.count(sentences.c.used))).scalar_one()
    if there > limit:
        oldest = (
            select(sentences.c.key)
            .order_by(sentences.c.used, sentences.c.key)
            .limit(there - limit)
            .with_for_update(skip_locked=True)
        )
        connection.execute(delete(sentences).where(sentences.c.key.in_(oldest)))


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    # In one order for everybody, so that two writers can't wait for each other.
    ordered = sorted(keys)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))
