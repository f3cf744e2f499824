"""A job's row, its counts and its events, within a transaction.

Counts are counted, from an index that has all it takes, and never kept: what
is not written down can't drift. Whoever changes a job's state or adds to its
events holds the lock of its row, and takes it before any other: then two
can't wait for each other, and events come to light in the order of their
numbers.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection, exists, func, insert, select, update

from alignment.document import Languages
from service.store.jobs.errors import NoSuchJob
from service.store.jobs.records import Counts, EventKind, Job, JobOptions, JobState
from service.store.jobs.tables import articles, chunks, deliveries, events, jobs, moment
from service.store.records import Json, canonical
from service.store.tables import AnyRow

# Jobs that somebody may work on.
LIVELY: tuple[JobState, ...] = ("queued", "running")


def find_job(connection: Connection, job_id: str, lock: bool = False) -> AnyRow:
    """A job's row, and as `clock` this moment; `lock` keeps others off it. Raises NoSuchJob."""
    statement = select(jobs, moment(connection).label("clock")).where(jobs.c.id == job_id)
    if lock:
        statement = statement.with_for_update(key_share=True, of=jobs)
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchJob(job_id)
    return row


def job_state(connection: Connection, job_id: str) -> Job:
    """A job as it stands. Raises NoSuchJob."""
    row = find_job(connection, job_id)
    return job_of(row, count_articles(connection, [row.key])[row.key])


class Tally(NamedTuple):
    """The counts of a job, and code points of its articles that are still to be worked on."""

    counts: Counts
    characters_left: int


def count_articles(connection: Connection, keys: Collection[int]) -> dict[int, Tally]:
    """The counts of jobs, by their keys."""
    there = articles.c
    statement = (
        select(
            there.job,
            there.state,
            func.count().label("number"),
            func.sum(there.characters).label("characters"),
            func.sum(there.sentences).label("sentences"),
            func.sum(there.tokens).label("tokens"),
        )
        .where(there.job.in_(keys))
        .group_by(there.job, there.state)
    )
    by_job: dict[int, dict[str, AnyRow]] = {key: {} for key in keys}
    for row in connection.execute(statement):
        by_job[row.job][row.state] = row
    return {key: _tally(by_state) for key, by_state in by_job.items()}


def job_of(row: AnyRow, tally: Tally) -> Job:
    """The job of a row of `find_job`."""
    return Job(
        id=row.id,
        title=row.title,
        by=row.by,
        state=row.state,
        priority=row.priority,
        options=options_of(row),
        webhook=row.webhook,
        created=row.created,
        started=row.started,
        finished=row.finished,
        counts=tally.counts,
        seconds_left=_seconds_left(row, tally),
    )


def options_of(row: AnyRow) -> JobOptions:
    """What is asked of the articles of a job's row."""
    return JobOptions(
        Languages(row.source_language, row.target_language),
        row.quality,
        tuple(json.loads(row.ignored)),
    )


def tell(connection: Connection, job: int, kind: EventKind, data: Json) -> None:
    """Add to a job's events; the end of it is owed to its webhook, too. Its row is locked."""
    added = insert(events).values(job=job, at=moment(connection), kind=kind, data=canonical(data))
    event = connection.execute(added.returning(events.c.key)).scalar_one()
    if kind in ("finished", "cancelled"):
        owed = select(jobs.c.key).where(jobs.c.key == job, jobs.c.webhook != "")
        if connection.execute(owed).first():
            connection.execute(
                insert(deliveries).values(
                    job=job,
                    event=event,
                    state="trying",
                    due=moment(connection),
                    attempts=0,
                    reason="",
                )
            )


def tell_progress(connection: Connection, job_id: str, kind: EventKind, by: str = "") -> Job:
    """Tell how far a job is, and who had a hand in it; its row is locked. Gives the job."""
    job = job_state(connection, job_id)
    data: Json = {"state": job.state, **asdict(job.counts), "seconds_left": job.seconds_left}
    if by:
        data["by"] = by
    key = connection.execute(select(jobs.c.key).where(jobs.c.id == job_id)).scalar_one()
    tell(connection, key, kind, data)
    return job


def finish_if_done(connection: Connection, job: int) -> bool:
    """Whether nothing of a job is left to do, which it is told then; its row is locked."""
    if connection.execute(select(exists().where(chunks.c.job == job))).scalar_one():
        return False
    finished = (
        update(jobs)
        .where(jobs.c.key == job, jobs.c.state.in_((*LIVELY, "paused")))
        .values(state="done", finished=moment(connection))
        .returning(jobs.c.id)
    )
    job_id = connection.execute(finished).scalar()
    if job_id is not None:
        tell_progress(connection, job_id, "finished")
    return True


def _tally(by_state: dict[str, AnyRow]) -> Tally:
    numbers = {state: row.number for state, row in by_state.items()}
    characters = {state: row.characters for state, row in by_state.items()}
    done = by_state.get("done")
    counts = Counts(
        articles=sum(numbers.values()),
        **numbers,
        sentences=done.sentences if done else 0,
        characters=sum(characters.values()),
        characters_done=characters.get("done", 0),
        tokens=done.tokens if done else 0,
    )
    return Tally(counts, characters.get("queued", 0) + characters.get("leased", 0))


def _seconds_left(row: AnyRow, tally: Tally) -> float | None:
    """From what was done since the job last began to run."""
    done: int = tally.counts.characters_done - row.before
    if row.state != "running" or row.since is None or done <= 0:
        return None
    elapsed: timedelta = row.clock - row.since
    return max(0.0, elapsed.total_seconds()) * tally.characters_left / done
