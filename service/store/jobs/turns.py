"""Whose turn it is: the next chunk, and its lease."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, exists, func, select, update

from alignment.span import Span
from service.store.identifiers import new_id
from service.store.jobs.planning import LEASED, WAITING
from service.store.jobs.records import Chunk, LeasedArticle
from service.store.jobs.rows import LIVELY, options_of, tell_progress
from service.store.jobs.tables import articles, chunks, jobs, moment, texts
from service.store.records import Origin
from service.store.tables import AnyRow

# After so long without a turn, what is left of a job is reckoned anew.
LULL = timedelta(minutes=5)


def job_of_chunk(connection: Connection, key: int) -> AnyRow | None:
    """The locked row of a chunk's job."""
    wanted = (
        select(jobs)
        .where(jobs.c.key == select(chunks.c.job).where(chunks.c.key == key).scalar_subquery())
        .with_for_update(key_share=True)
    )
    return connection.execute(wanted).one_or_none()


def next_chunk(connection: Connection, mine: int | None) -> AnyRow | None:
    """The chunk whose turn it is, `mine` if it still waits; its job's row is locked."""
    if mine is not None and job_of_chunk(connection, mine) is not None:
        wanted = select(chunks).where(chunks.c.key == mine, chunks.c.state == WAITING)
        found = connection.execute(wanted).one_or_none()
        if found is not None:
            return found
    waits = exists().where(chunks.c.job == jobs.c.key, chunks.c.state == WAITING)
    turn = (
        select(jobs.c.key)
        .where(jobs.c.state.in_(LIVELY), waits)
        .order_by(jobs.c.priority.desc(), jobs.c.served.asc().nulls_first(), jobs.c.key)
        .limit(1)
        .with_for_update(key_share=True, of=jobs)
    )
    job = connection.execute(turn).scalar()
    first = (
        select(chunks)
        .where(chunks.c.job == job, chunks.c.state == WAITING)
        .order_by(chunks.c.lost, chunks.c.size, chunks.c.key)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(first).one_or_none() if job is not None else None


def lease(
    connection: Connection, chunk: AnyRow, owner: str, lease_seconds: int, delivery: str
) -> Chunk:
    """Lease a waiting chunk of a job whose row is locked; its token begins with the owner."""
    token = f"{owner}:{new_id()}"
    connection.execute(
        update(chunks)
        .where(chunks.c.key == chunk.key)
        .values(
            state=LEASED,
            owner=token,
            delivery=delivery,
            until=moment(connection, lease_seconds),
            claims=chunk.claims + 1,
        )
    )
    connection.execute(
        update(articles)
        .where(articles.c.chunk == chunk.key, articles.c.state == WAITING)
        .values(state=LEASED, attempts=articles.c.attempts + 1)
    )
    wanted = select(jobs, moment(connection).label("clock")).where(jobs.c.key == chunk.job)
    job = connection.execute(wanted).one()
    _serve(connection, job)
    return Chunk(
        key=chunk.key,
        job=job.id,
        options=options_of(job),
        articles=_leased_articles(connection, chunk.key),
        attempt=chunk.claims + 1,
        owner=token,
        by=job.by,
    )


def _serve(connection: Connection, job: AnyRow) -> None:
    """It is the job's turn."""
    changes: dict[str, Any] = {"state": "running", "served": moment(connection)}
    if job.since is None or job.served is None or job.clock - job.served > LULL:
        there = articles.c
        done = select(func.coalesce(func.sum(there.characters), 0)).where(
            there.job == job.key, there.state == "done"
        )
        changes |= {"since": moment(connection), "before": done.scalar_subquery()}
    if job.started is None:
        changes["started"] = moment(connection)
    connection.execute(update(jobs).where(jobs.c.key == job.key).values(changes))
    if job.started is None:
        tell_progress(connection, job.id, "started")


def _leased_articles(connection: Connection, chunk: int) -> tuple[LeasedArticle, ...]:
    wanted = (
        select(articles.c.number, articles.c.name, articles.c.title, texts)
        .join(texts, texts.c.article == articles.c.key)
        .where(articles.c.chunk == chunk, articles.c.state == LEASED)
        .order_by(articles.c.number)
    )
    return tuple(
        LeasedArticle(
            number=row.number,
            name=row.name,
            text=row.text,
            title=row.title,
            paragraphs=_spans(row.paragraphs),
            origin=Origin(row.media_type, row.filename, row.content),
        )
        for row in connection.execute(wanted)
    )


def _spans(given: str | None) -> tuple[Span, ...] | None:
    return None if given is None else tuple(Span(*pair) for pair in json.loads(given))
