"""Reports that are owed to other services, written down with what they report.

A job with a webhook owes one report when it is finished or cancelled, in the
same transaction: it is neither forgotten nor made up. Its secret is kept in
clear, for the report is signed with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, update

from service.store.database import Store
from service.store.jobs.rows import find_job
from service.store.jobs.tables import deliveries, jobs, moment

ReportState = Literal["waiting", "trying", "sent", "given_up"]
TRYING: ReportState = "trying"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the report that a job owes: "waiting" as long as the job goes on."""

    state: ReportState
    attempts: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A report that is owed: of the event numbered `event`, for the `attempt`th time, from 1."""

    key: int
    job: str
    url: str
    secret: str
    event: int
    attempt: int


def due_deliveries(store: Store, limit: int = 10, lease_seconds: int = 60) -> tuple[Delivery, ...]:
    """Reports whose time has come; nobody else is given them for so many seconds."""
    with store.reading() as connection:
        due = (deliveries.c.state == TRYING, deliveries.c.due <= moment(connection))
        if connection.execute(select(deliveries.c.key).where(*due).limit(1)).first() is None:
            return ()
    with store.writing() as connection:
        wanted = (
            select(deliveries, jobs.c.id, jobs.c.webhook, jobs.c.secret)
            .join(jobs)
            .where(deliveries.c.state == TRYING, deliveries.c.due <= moment(connection))
            .order_by(deliveries.c.due, deliveries.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
        )
        rows = connection.execute(wanted).all()
        connection.execute(
            update(deliveries)
            .where(deliveries.c.key.in_([row.key for row in rows]))
            .values(due=moment(connection, lease_seconds), attempts=deliveries.c.attempts + 1)
        )
    return tuple(
        Delivery(row.key, row.id, row.webhook, row.secret, row.event, row.attempts + 1)
        for row in rows
    )


def delivered(store: Store, delivery: Delivery) -> None:
    """It arrived: nothing is owed any more."""
    _write(store, delivery, "sent")


def put_off(store: Store, delivery: Delivery, seconds: float | None, reason: str = "") -> None:
    """It is tried again after so many seconds; None gives it up. `reason` is shown in the job."""
    if seconds is None:
        _write(store, delivery, "given_up", reason=reason)
    else:
        _write(store, delivery, TRYING, seconds, reason)


def report_of(store: Store, job_id: str) -> Report | None:
    """The last report of a job; None for a job without a webhook. Raises NoSuchJob."""
    last = select(deliveries).order_by(deliveries.c.key.desc()).limit(1)
    with store.reading() as connection:
        job = find_job(connection, job_id)
        row = connection.execute(last.where(deliveries.c.job == job.key)).one_or_none()
    if not job.webhook:
        return None
    if row is None or job.state not in ("done", "cancelled"):
        return Report("waiting")
    return Report(row.state, row.attempts, row.reason)


def _write(
    store: Store, delivery: Delivery, state: ReportState, seconds: float = 0, reason: str = ""
) -> None:
    with store.writing() as connection:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.key == delivery.key)
            .values(state=state, due=moment(connection, seconds), reason=reason)
        )
