"""A job comes in: articles by the hundred, planned into chunks as they come.

Every hundred or two are a transaction, so that others can write in between.
Nobody works on a job, and none counts as received, before `end_intake`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from service.store.database import Store, insert_new
from service.store.errors import Unstorable
from service.store.identifiers import new_id
from service.store.jobs.errors import JobRejected, KeyReused, WrongJobState
from service.store.jobs.planning import close, place
from service.store.jobs.records import Job, JobOptions, NewArticle
from service.store.jobs.rows import (
    count_articles,
    find_job,
    finish_if_done,
    job_of,
    job_state,
    tell_progress,
)
from service.store.jobs.tables import articles, jobs, moment, texts
from service.store.records import REFUSED, canonical, check_storable
from service.store.tables import AnyRow

# Articles in a transaction.
BATCH = 200
RECEIVING = "receiving"
INSTEAD = "\ufffd"
# Seconds without a new article after which nobody is taken to send any more.
PATIENCE = 3600


def begin_job(
    store: Store,
    options: JobOptions,
    title: str = "",
    priority: int = 0,
    by: str = "",
    webhook: str = "",
    secret: str = "",
    key: str = "",
) -> str:
    """Begin to receive a job, and give its id; nobody works on it before `end_intake`.

    `key` is the idempotency key, one for each `by`. `secret` is what the
    webhook's reports are signed with; it is kept in clear. Raises KeyReused
    where a job that was received whole has the key, and Unstorable.
    """
    given = {"title": title, "by": by, "webhook": webhook, "secret": secret, "request": key}
    for field, value in given.items():
        check_storable(field, value)
    job_id = new_id()
    row: dict[str, Any] = given | {
        "id": job_id,
        "state": RECEIVING,
        "priority": priority,
        "source_language": options.languages.source,
        "target_language": options.languages.target,
        "quality": options.quality,
        "ignored": canonical(sorted(set(options.ignored))),
        "chunk_characters": 0,
        "request": key or None,
        "fingerprint": "",
        "before": 0,
    }
    with store.writing() as connection:
        same = (jobs.c.by == by, jobs.c.request == key, jobs.c.state == RECEIVING)
        connection.execute(delete(jobs).where(*same))
        row |= {"created": moment(connection), "touched": moment(connection)}
        added = insert_new(connection, jobs).values(row).returning(jobs.c.key)
        if connection.execute(added).scalar() is None:
            raise KeyReused(key)
    return job_id


def add_articles(
    store: Store, job_id: str, new: Sequence[NewArticle], chunk_characters: int
) -> None:
    """Add articles to a job that is being received; `chunk_characters` fit into a chunk.

    An article that no database takes (half a surrogate pair, NUL) fails like
    one that was refused. Raises NoSuchJob and WrongJobState.
    """
    for start in range(0, len(new), BATCH):
        with store.writing() as connection:
            job = _received(connection, job_id)
            _add(connection, job.key, new[start : start + BATCH], chunk_characters)
            connection.execute(
                update(jobs)
                .where(jobs.c.key == job.key)
                .values(touched=moment(connection), chunk_characters=chunk_characters)
            )


def end_intake(store: Store, job_id: str, fingerprint: str = "") -> Job:
    """All articles are in: the job is queued, or done where every one of them was refused.

    `fingerprint` tells requests apart that carry the same idempotency key.
    Raises NoSuchJob, WrongJobState, and JobRejected (the job is gone then) without any article.
    """
    with store.writing() as connection:
        job = _received(connection, job_id)
        if not count_articles(connection, [job.key])[job.key].counts.articles:
            connection.execute(delete(jobs).where(jobs.c.key == job.key))
            ended = None
        else:
            close(connection, job.key, job.chunk_characters)
            connection.execute(
                update(jobs)
                .where(jobs.c.key == job.key)
                .values(state="queued", fingerprint=fingerprint)
            )
            tell_progress(connection, job_id, "created", job.by)
            finish_if_done(connection, job.key)
            ended = job_state(connection, job_id)
    if ended is None:
        raise JobRejected("articles", 0, "a job needs at least one article")
    return ended


def abandon_intake(store: Store, job_id: str) -> None:
    """Forget a job that is still being received; nothing where there is none."""
    with store.writing() as connection:
        connection.execute(delete(jobs).where(jobs.c.id == job_id, jobs.c.state == RECEIVING))


def forget_stale_intakes(store: Store) -> None:
    """Forget jobs whose sender has not been heard of for an hour: killed, most likely."""
    with store.reading() as connection:
        stale = (jobs.c.state == RECEIVING, jobs.c.touched < moment(connection, -PATIENCE))
        found = connection.execute(select(jobs.c.id).where(*stale)).scalars().all()
    for job_id in found:
        abandon_intake(store, job_id)


def find_by_key(store: Store, key: str, by: str = "") -> tuple[Job, str] | None:
    """The job of an idempotency key, and its fingerprint.

    One that is still "receiving" is not found: it is abandoned.
    """
    same = (jobs.c.by == by, jobs.c.request == key)
    with store.reading() as connection:
        row = connection.execute(
            select(jobs, moment(connection).label("clock")).where(*same)
        ).one_or_none()
        if row is not None and row.state != RECEIVING:
            return job_of(row, count_articles(connection, [row.key])[row.key]), row.fingerprint
    if row is not None:
        abandon_intake(store, row.id)
    return None


def _received(connection: Connection, job_id: str) -> AnyRow:
    """The locked row of a job that takes articles."""
    job = find_job(connection, job_id, lock=True)
    if job.state != RECEIVING:
        raise WrongJobState(job_id, job.state, "sent articles")
    return job


def _add(connection: Connection, job: int, new: Sequence[NewArticle], limit: int) -> None:
    last = select(func.coalesce(func.max(articles.c.number), 0)).where(articles.c.job == job)
    first = connection.execute(last).scalar_one() + 1
    rows = [_row(job, number, article) for number, article in enumerate(new, first)]
    wanted = [row for row in rows if not row["reason"]]
    lengths = [row["characters"] for row in wanted]
    for row, chunk in zip(wanted, place(connection, job, lengths, limit), strict=True):
        row["chunk"] = chunk
    keys = connection.execute(
        insert(articles).returning(articles.c.key, sort_by_parameter_order=True), rows
    ).scalars()
    kept = [
        _text(key, article)
        for key, row, article in zip(keys, rows, new, strict=True)
        if not row["reason"]
    ]
    if kept:
        connection.execute(insert(texts), kept)


def _row(job: int, number: int, article: NewArticle) -> dict[str, Any]:
    reason = article.reason or _fault(article)
    return {
        "job": job,
        "number": number,
        "chunk": None,
        "name": REFUSED.sub(INSTEAD, article.name),
        "title": REFUSED.sub(INSTEAD, article.title),
        "state": "failed" if reason else "queued",
        "reason": REFUSED.sub(INSTEAD, reason),
        "characters": len(article.text),
        "sentences": 0,
        "tokens": 0,
        "attempts": 0,
    }


def _fault(article: NewArticle) -> str:
    """Why no database takes an article; nothing where one does."""
    try:
        check_storable("text", article.text)
    except Unstorable as error:
        return str(error)
    return ""


def _text(key: int, article: NewArticle) -> dict[str, Any]:
    return {
        "article": key,
        "text": article.text,
        "paragraphs": None if article.paragraphs is None else json.dumps(article.paragraphs),
        "media_type": REFUSED.sub(INSTEAD, article.origin.media_type),
        "filename": REFUSED.sub(INSTEAD, article.origin.filename),
        "content": article.origin.content,
    }
