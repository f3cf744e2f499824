"""How many jobs, articles and chunks there are, for somebody who watches over the service.

It is asked every few seconds, so articles are counted of jobs alone that still
go on: they may be many, those of all jobs that ever were are many more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from service.store.database import Store
from service.store.jobs.planning import WAITING
from service.store.jobs.records import ITEM_STATES, JOB_STATES
from service.store.jobs.rows import LIVELY
from service.store.jobs.tables import articles, chunks, deliveries, jobs
from service.store.jobs.webhooks import TRYING

ENDED = ("done", "cancelled")


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers by state; every state is there. `articles` are those of jobs not at an end."""

    jobs: Mapping[str, int]
    articles: Mapping[str, int]
    chunks_waiting: int
    reports_owed: int


def tally(store: Store) -> Tally:
    """Count. Raises a StoreError."""
    with store.reading() as connection:
        by_state = select(jobs.c.state, func.count()).group_by(jobs.c.state)
        found = connection.execute(by_state).all()
        going_on = select(jobs.c.key).where(jobs.c.state.not_in(ENDED))
        of_articles = (
            select(articles.c.state, func.count())
            .where(articles.c.job.in_(going_on))
            .group_by(articles.c.state)
        )
        items = connection.execute(of_articles).all()
        ready = (
            select(func.count())
            .select_from(chunks.join(jobs))
            .where(chunks.c.state == WAITING, jobs.c.state.in_(LIVELY))
        )
        waiting = connection.execute(ready).scalar_one()
        reports = select(func.count()).select_from(deliveries).where(deliveries.c.state == TRYING)
        owed = connection.execute(reports).scalar_one()
    return Tally(
        jobs={**dict.fromkeys(JOB_STATES, 0), **{row[0]: row[1] for row in found}},
        articles={**dict.fromkeys(ITEM_STATES, 0), **{row[0]: row[1] for row in items}},
        chunks_waiting=waiting,
        reports_owed=owed,
    )
