"""Chunks of work, leased to whoever works on them.

A lease has an owner's token, new with every claim. Whatever is done to an
article names it, and is refused once somebody else has the lease: so a worker
that was taken for dead changes nothing any more. Leases run out by the
database's own clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, or_, select, update

from service.store.database import Store
from service.store.jobs.intake import forget_stale_intakes
from service.store.jobs.leases import close_chunk, fail, lose, put_back
from service.store.jobs.planning import LEASED, WAITING
from service.store.jobs.records import Chunk
from service.store.jobs.rows import LIVELY, find_job, tell_progress
from service.store.jobs.tables import articles, chunks, jobs, moment, texts
from service.store.jobs.turns import job_of_chunk, lease, next_chunk
from service.store.records import REFUSED
from service.store.tables import AnyRow, documents

LEASE_SECONDS = 60
# How often a claim is tried where others claim at the same time.
TRIES = 5
# In code points.
LONGEST_REASON = 300


def claim_chunk(
    store: Store, owner: str, lease_seconds: int = LEASE_SECONDS, delivery: str = ""
) -> Chunk | None:
    """Lease the chunk whose turn it is; None where nothing waits.

    The highest priority first, then the job served longest ago, then chunks
    that cost no worker yet, then the shortest articles. `owner` names who
    works, in the lease's token. A `delivery`, a broker's message, that has a
    leased chunk already takes it over: its worker is gone.
    """
    mine = _lose_delivery(store, delivery) if delivery else None
    for _ in range(TRIES):
        if not _something_waits(store):
            return None
        with store.writing() as connection:
            chunk = next_chunk(connection, mine)
            if chunk is not None:
                leased = lease(connection, chunk, owner, lease_seconds, delivery)
                if leased.articles:
                    return leased
                close_chunk(connection, chunk)
        mine = None
    return None


def renew(store: Store, chunk: Chunk, lease_seconds: int = LEASE_SECONDS) -> bool:
    """Keep the lease for so many seconds more; False where it is lost, and work has to stop.

    It is lost as soon as its job is cancelled, paused or deleted, too.
    """
    with store.writing() as connection:
        kept = connection.execute(
            update(chunks).where(*_held(chunk)).values(until=moment(connection, lease_seconds))
        )
        return kept.rowcount == 1


def finish_article(
    store: Store, chunk: Chunk, number: int, document_id: str, sentences: int, tokens: int
) -> bool:
    """The article is done, and this is its document; False where the lease is lost."""
    made = select(documents.c.key).where(documents.c.id == document_id).scalar_subquery()
    with store.writing() as connection:
        article = _article(connection, chunk, number)
        if article is None:
            return False
        connection.execute(
            update(articles)
            .where(articles.c.key == article.key)
            .values(state="done", document=made, sentences=sentences, tokens=tokens, chunk=None)
        )
        connection.execute(delete(texts).where(texts.c.article == article.key))
        return True


def fail_article(store: Store, chunk: Chunk, number: int, reason: str) -> bool:
    """The article can't be done; `reason` may not hold its text. False where the lease is lost."""
    with store.writing() as connection:
        job = job_of_chunk(connection, chunk.key)
        article = _article(connection, chunk, number) if job else None
        if job is None or article is None:
            return False
        said = REFUSED.sub("\ufffd", reason)[:LONGEST_REASON]
        fail(connection, job.key, article, said)
        return True


def end_chunk(store: Store, chunk: Chunk) -> None:
    """Let go of a chunk; what is not done of it is queued again. Nothing if the lease is lost."""
    with store.writing() as connection:
        job = job_of_chunk(connection, chunk.key)
        row = connection.execute(_locked(*_held(chunk))).one_or_none()
        if job is None or row is None:
            return
        put_back(connection, row)
        connection.execute(
            update(jobs).where(jobs.c.key == job.key).values(served=moment(connection))
        )
        if find_job(connection, job.id).state in LIVELY:
            tell_progress(connection, job.id, "progress")


def lose_chunk(store: Store, chunk: Chunk) -> None:
    """Queue again what is not done of a chunk that its worker broke off, as `sweep` does."""
    with store.writing() as connection:
        job = job_of_chunk(connection, chunk.key)
        row = connection.execute(_locked(*_held(chunk))).one_or_none()
        if job is not None and row is not None:
            lose(connection, row)


def sweep(store: Store) -> int:
    """Queue chunks again whose lease ran out, and give how many there were.

    One that lost its worker twice is split into single articles; a single
    article that lost it three times fails. Jobs that nobody sends any more
    are forgotten.
    """
    forget_stale_intakes(store)
    with store.reading() as connection:
        ran_out = select(chunks.c.key).where(
            chunks.c.state == LEASED, chunks.c.until < moment(connection)
        )
        keys = connection.execute(ran_out).scalars().all()
    return sum(_lost(store, key) for key in keys)


def release(store: Store, owner: str, lost: bool) -> int:
    """Queue everything again that was leased to `owner`, and give how many chunks there were.

    `lost` counts it against a chunk that its worker is gone.
    """
    his = (chunks.c.state == LEASED, chunks.c.owner.startswith(f"{owner}:", autoescape=True))
    with store.reading() as connection:
        found = connection.execute(select(chunks.c.key).where(*his)).scalars().all()
    for key in found:
        with store.writing() as connection:
            job = job_of_chunk(connection, key)
            row = connection.execute(_locked(chunks.c.key == key, *his)).one_or_none()
            if job is not None and row is not None:
                (lose if lost else put_back)(connection, row)
    return len(found)


def unannounced(
    store: Store, limit: int = 100, again_after: float | None = None
) -> tuple[int, ...]:
    """Keys of waiting chunks that no broker was told of.

    With `again_after`, also of those it was told of so many seconds ago or more.
    """
    with store.reading() as connection:
        told: ColumnElement[bool] = chunks.c.announced.is_(None)
        if again_after is not None:
            told = or_(told, chunks.c.announced < moment(connection, -again_after))
        statement = _waiting(chunks.c.key).where(told).order_by(chunks.c.key).limit(limit)
        return tuple(connection.execute(statement).scalars())


def mark_announced(store: Store, keys: Sequence[int]) -> None:
    """A broker was told of these chunks."""
    with store.writing() as connection:
        connection.execute(
            update(chunks)
            .where(chunks.c.key.in_(keys), chunks.c.state == WAITING)
            .values(announced=moment(connection))
        )


def waiting(store: Store) -> int:
    """How many chunks wait for somebody to work on them."""
    with store.reading() as connection:
        number: int = connection.execute(_waiting(func.count())).scalar_one()
    return number


def _something_waits(store: Store) -> bool:
    """Asked before every claim, so that an idle worker writes nothing."""
    with store.reading() as connection:
        return connection.execute(_waiting(chunks.c.key).limit(1)).first() is not None


def _waiting(what: Any) -> Select[Any]:
    return (
        select(what)
        .select_from(chunks.join(jobs))
        .where(chunks.c.state == WAITING, jobs.c.state.in_(LIVELY))
    )


def _locked(*which: ColumnElement[bool]) -> Select[Any]:
    """A chunk's row, which nobody renews or finishes an article of before the commit."""
    return select(chunks).where(*which).with_for_update(key_share=True)


def _held(chunk: Chunk) -> tuple[ColumnElement[bool], ...]:
    """That the lease of a chunk is its owner's still."""
    return (chunks.c.key == chunk.key, chunks.c.owner == chunk.owner, chunks.c.state == LEASED)


def _article(connection: Connection, chunk: Chunk, number: int) -> AnyRow | None:
    """An article that is leased to this owner; nobody takes the lease before the commit."""
    wanted = (
        select(articles)
        .join(chunks, articles.c.chunk == chunks.c.key)
        .where(*_held(chunk), articles.c.number == number, articles.c.state == LEASED)
        .with_for_update(key_share=True, of=chunks)
    )
    return connection.execute(wanted).one_or_none()


def _lose_delivery(store: Store, delivery: str) -> int | None:
    """The key of the chunk that this delivery has leased, which is queued again."""
    his = (chunks.c.delivery == delivery, chunks.c.state == LEASED)
    with store.reading() as connection:
        key: int | None = connection.execute(select(chunks.c.key).where(*his)).scalar()
    if key is not None:
        _lost(store, key, only_late=False)
    return key


def _lost(store: Store, key: int, only_late: bool = True) -> bool:
    """Queue a leased chunk again, if its lease has run out; whether it had."""
    with store.writing() as connection:
        still: list[ColumnElement[bool]] = [chunks.c.key == key, chunks.c.state == LEASED]
        if only_late:
            still.append(chunks.c.until < moment(connection))
        job = job_of_chunk(connection, key)
        row = connection.execute(_locked(*still)).one_or_none()
        if job is None or row is None:
            return False
        lose(connection, row)
        return True
