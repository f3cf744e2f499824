"""Jobs, their articles and their events, as they stand."""

from __future__ import annotations

import json

from sqlalchemy import select

from service.store.cursors import cursor_of, numbers_of
from service.store.database import Store
from service.store.jobs.records import Event, Item, ItemState, Job, JobPage
from service.store.jobs.rows import count_articles, find_job, job_of, job_state
from service.store.jobs.tables import articles, events, jobs, moment
from service.store.tables import documents


def read_job(store: Store, job_id: str) -> Job:
    """A job and how far it is. Raises NoSuchJob."""
    with store.reading() as connection:
        return job_state(connection, job_id)


def list_jobs(store: Store, cursor: str | None = None, limit: int = 20) -> JobPage:
    """The jobs there are, the newest first, a page at a time. Raises BadCursor."""
    with store.reading() as connection:
        statement = select(jobs, moment(connection).label("clock"))
        if cursor is not None:
            (last,) = numbers_of(cursor, 1)
            statement = statement.where(jobs.c.key < last)
        statement = statement.order_by(jobs.c.key.desc()).limit(limit + 1)
        rows = connection.execute(statement).all()
        shown = rows[:limit]
        counts = count_articles(connection, [row.key for row in shown])
    after = cursor_of(shown[-1].key) if len(rows) > limit else None
    return JobPage(tuple(job_of(row, counts[row.key]) for row in shown), after)


def list_items(
    store: Store, job_id: str, state: ItemState | None = None, after: int = 0, limit: int = 100
) -> tuple[Item, ...]:
    """Articles of a job by number, those after the number `after`. Raises NoSuchJob."""
    statement = (
        select(articles, documents.c.id.label("made"))
        .select_from(articles.outerjoin(documents))
        .where(articles.c.number > after)
        .order_by(articles.c.number)
        .limit(limit)
    )
    if state is not None:
        statement = statement.where(articles.c.state == state)
    with store.reading() as connection:
        job = find_job(connection, job_id)
        rows = connection.execute(statement.where(articles.c.job == job.key)).all()
    return tuple(
        Item(
            number=row.number,
            name=row.name,
            title=row.title,
            state=row.state,
            reason=row.reason,
            document=row.made,
            characters=row.characters,
            sentences=row.sentences,
            tokens=row.tokens,
            attempts=row.attempts,
        )
        for row in rows
    )


def events_after(store: Store, job_id: str, after: int = 0, limit: int = 100) -> tuple[Event, ...]:
    """Events of a job, those after the number `after`, the first one first. Raises NoSuchJob."""
    with store.reading() as connection:
        job = find_job(connection, job_id)
        statement = (
            select(events)
            .where(events.c.job == job.key, events.c.key > after)
            .order_by(events.c.key)
            .limit(limit)
        )
        rows = connection.execute(statement).all()
    return tuple(Event(row.key, row.at, row.kind, json.loads(row.data)) for row in rows)
