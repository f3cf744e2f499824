"""What was changed, when, by whom, from what to what: only ever added to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert, select

from service.store import tables
from service.store.database import Store
from service.store.records import Json, canonical, check_storable, now
from service.store.tables import AnyRow

Subject = Literal["document", "segment", "claim"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a document, a segment or a claim; `before` is None where it was made."""

    subject: Subject
    subject_id: str
    at: datetime
    by: str
    action: str
    before: Json | None
    after: Json | None


def record(
    connection: Connection,
    document: int,
    subject: Subject,
    subject_id: str,
    action: str,
    by: str,
    before: Json | None = None,
    after: Json | None = None,
) -> None:
    """Add a change to the history of the document with this key, in the same transaction."""
    connection.execute(
        insert(tables.history).values(
            document=document,
            subject=subject,
            subject_id=subject_id,
            at=now(),
            by=check_storable("by", by),
            action=action,
            before=None if before is None else canonical(before),
            after=None if after is None else canonical(after),
        )
    )


def read_history(store: Store, subject: Subject, subject_id: str) -> tuple[Change, ...]:
    """Every change of one subject, the first one first; none for a subject that there isn't."""
    changes = tables.history
    statement = (
        select(changes)
        .where(changes.c.subject_id == subject_id, changes.c.subject == subject)
        .order_by(changes.c.key)
    )
    with store.reading() as connection:
        return tuple(_change(row) for row in connection.execute(statement))


def _change(row: AnyRow) -> Change:
    return Change(
        subject=row.subject,
        subject_id=row.subject_id,
        at=row.at,
        by=row.by,
        action=row.action,
        before=row.before and json.loads(row.before),
        after=row.after and json.loads(row.after),
    )
