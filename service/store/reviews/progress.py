"""How far a review has come: counted, and as a strip with a tile for each segment."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from alignment.document import SEVERITIES, Severity
from service.store.database import Store
from service.store.reviews.reading import document_without_texts
from service.store.reviews.records import STATES, Progress, Tile
from service.store.reviews.tables import flags
from service.store.tables import AnyRow, segments


def progress_of(store: Store, document_id: str) -> Progress:
    """How many segments are in which state. Raises NoSuchDocument."""
    there = segments.c
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        rows = connection.execute(
            select(there.state, there.severity, func.count(), func.count(there.edited_by))
            .where(there.document == document.key)
            .group_by(there.state, there.severity)
        ).all()
        still_open = sum(_open_flags(connection, document).values())
    states = dict.fromkeys(STATES, 0)
    flagged: dict[Severity, int] = dict.fromkeys(reversed(SEVERITIES[1:]), 0)
    for state, severity, count, _ in rows:
        states[state] += count
        if severity in flagged:
            flagged[severity] += count
    return Progress(
        segments=sum(states.values()),
        draft=states["draft"],
        reviewed=states["reviewed"],
        signed_off=states["signed_off"],
        edited=sum(edited for _, _, _, edited in rows),
        flagged=flagged,
        open_flags=still_open,
    )


def strip(store: Store, document_id: str) -> tuple[Tile, ...]:
    """A tile for each segment, in order. Raises NoSuchDocument."""
    there = segments.c
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        still_open = _open_flags(connection, document)
        rows = connection.execute(
            select(
                there.number,
                there.state,
                there.severity,
                (there.source_end - there.source_start).label("characters"),
            )
            .where(there.document == document.key)
            .order_by(there.number)
        ).all()
    return tuple(
        Tile(row.state, row.severity, still_open.get(row.number, 0), row.characters) for row in rows
    )


def _open_flags(connection: Connection, document: AnyRow) -> dict[int, int]:
    """How many flags of each segment, by number from 0, nobody has resolved."""
    counted = connection.execute(
        select(flags.c.number, func.count())
        .where(flags.c.document == document.key, flags.c.resolved.is_(False))
        .group_by(flags.c.number)
    )
    return dict(tuple(each) for each in counted)
