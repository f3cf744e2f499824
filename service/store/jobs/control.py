"""What people do to a job: cancel, pause, resume, try again, delete."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select, update

from service.store.database import Store
from service.store.jobs.errors import WrongJobState
from service.store.jobs.leases import put_back
from service.store.jobs.planning import LEASED, close, place
from service.store.jobs.records import Job, JobState
from service.store.jobs.rows import (
    LIVELY,
    find_job,
    finish_if_done,
    job_state,
    tell_progress,
)
from service.store.jobs.tables import articles, chunks, jobs, moment, texts
from service.store.tables import AnyRow

# Articles that are queued again at a time.
BATCH = 500


def cancel_job(store: Store, job_id: str, by: str = "") -> Job:
    """Give up what is not done; what is done stays. Raises NoSuchJob and WrongJobState."""
    with store.writing() as connection:
        job = _job(connection, job_id, (*LIVELY, "paused"), "cancelled")
        # The chunks before their articles, as everywhere.
        connection.execute(delete(chunks).where(chunks.c.job == job.key))
        connection.execute(
            update(articles)
            .where(articles.c.job == job.key, articles.c.state.in_(("queued", "leased")))
            .values(state="cancelled")
        )
        _change(connection, job, "cancelled")
        connection.execute(
            update(jobs).where(jobs.c.key == job.key).values(finished=moment(connection))
        )
        return tell_progress(connection, job_id, "cancelled", by)


def pause_job(store: Store, job_id: str, by: str = "") -> Job:
    """Let nobody work on it until it is resumed. Raises NoSuchJob and WrongJobState.

    Who works on it loses the lease at once; what was translated of an article
    that is not done is among the sentences that are remembered.
    """
    with store.writing() as connection:
        job = _job(connection, job_id, LIVELY, "paused")
        leased = select(chunks).where(chunks.c.job == job.key, chunks.c.state == LEASED)
        for chunk in connection.execute(leased.with_for_update()).all():
            put_back(connection, chunk)
        if finish_if_done(connection, job.key):
            return job_state(connection, job_id)
        _change(connection, job, "paused")
        return tell_progress(connection, job_id, "paused", by)


def resume_job(store: Store, job_id: str, by: str = "") -> Job:
    """Queue a paused job again. Raises NoSuchJob and WrongJobState."""
    with store.writing() as connection:
        job = _job(connection, job_id, ("paused",), "resumed")
        _change(connection, job, "queued")
        connection.execute(update(chunks).where(chunks.c.job == job.key).values(announced=None))
        return tell_progress(connection, job_id, "resumed", by)


def retry_failed(store: Store, job_id: str, by: str = "") -> Job:
    """Queue failed and cancelled articles again, but for those refused when they came in.

    Where there are none, nothing changes. Raises NoSuchJob and WrongJobState.
    """
    with store.writing() as connection:
        states: tuple[JobState, ...] = (*LIVELY, "paused", "done", "cancelled")
        job = _job(connection, job_id, states, "tried again")
        if not _queue_again(connection, job):
            return job_state(connection, job_id)
        if job.state not in (*LIVELY, "paused"):
            _change(connection, job, "queued")
        return tell_progress(connection, job_id, "retried", by)


def delete_job(store: Store, job_id: str, by: str = "") -> None:
    """Forget a job, its articles and events; the documents made of them stay. Raises NoSuchJob."""
    with store.writing() as connection:
        job = find_job(connection, job_id, lock=True)
        for table in (chunks, articles, jobs):
            column = table.c.key if table is jobs else table.c.job
            connection.execute(delete(table).where(column == job.key))
    store.empty_log()


def _job(connection: Connection, job_id: str, states: tuple[JobState, ...], wish: str) -> AnyRow:
    """The locked row of a job that is in one of these states."""
    job = find_job(connection, job_id, lock=True)
    if job.state not in states:
        raise WrongJobState(job_id, job.state, wish)
    return job


def _change(connection: Connection, job: AnyRow, state: JobState) -> None:
    """Another state; what is left to do is reckoned anew."""
    connection.execute(
        update(jobs).where(jobs.c.key == job.key).values(state=state, since=None, finished=None)
    )


def _queue_again(connection: Connection, job: AnyRow) -> int:
    """Plan what failed or was cancelled anew, and give how many articles that is."""
    there = articles.c
    wanted = (
        select(there.key, there.characters)
        .where(
            there.job == job.key,
            there.state.in_(("failed", "cancelled")),
            exists().where(texts.c.article == there.key),
        )
        .order_by(there.number)
    )
    rows = connection.execute(wanted).all()
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        lengths = [row.characters for row in some]
        placed = place(connection, job.key, lengths, job.chunk_characters)
        for chunk in sorted(set(placed)):
            keys = [row.key for row, key in zip(some, placed, strict=True) if key == chunk]
            connection.execute(
                update(articles)
                .where(there.key.in_(keys))
                .values(state="queued", reason="", chunk=chunk)
            )
    close(connection, job.key, job.chunk_characters)
    return len(rows)
