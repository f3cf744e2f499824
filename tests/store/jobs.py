"""Jobs for tests, and somebody who works them off without a model."""

from __future__ import annotations

from itertools import count

from sqlalchemy import text

from service.store.documents import save_document
from service.store.jobs.chunks import claim_chunk, end_chunk, finish_article
from service.store.jobs.intake import add_articles, begin_job, end_intake
from service.store.jobs.reading import events_after
from service.store.jobs.records import JobOptions, NewArticle
from tests.store.articles import article

JOB_TABLES = (
    "jobs",
    "job_articles",
    "job_texts",
    "job_chunks",
    "job_events",
    "job_deliveries",
)


def received(store, *parts, chunk_characters=1000, **asked):
    """A job of the texts of some parts, each sent by itself."""
    job_id = begin_job(store, JobOptions(), **asked)
    numbers = count(1)
    for part in parts:
        new = [NewArticle(f"{next(numbers)}.txt", each) for each in part]
        add_articles(store, job_id, new, chunk_characters)
    return end_intake(store, job_id)


def work_off(store, chunks=1_000):
    """Finish so many chunks, each article with the same document; gives how many there were."""
    for number in range(chunks):
        chunk = claim_chunk(store, "worker")
        if chunk is None:
            return number
        saved = save_document(store, article())
        for each in chunk.articles:
            assert finish_article(store, chunk, each.number, saved, 3, 12)
        end_chunk(store, chunk)
    return chunks


def kinds(store, job_id):
    """What happened to a job."""
    return [event.kind for event in events_after(store, job_id)]


def numbers_left(store, table):
    """How many rows a table has."""
    with store.reading() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
