"""What reviewers find wrong themselves: flags on some characters of a segment."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from alignment.document import Side
from alignment.span import Span
from service.store import tables
from service.store.database import Store
from service.store.history import record
from service.store.identifiers import new_id, sentence_claim_id
from service.store.records import check_storable, now, segment_of
from service.store.reviews.errors import FlagRejected, NoSuchFlag
from service.store.reviews.reading import (
    document_without_texts,
    flag_of,
    reviewed_one,
    segment_row,
)
from service.store.reviews.records import Flag, FlagSeverity
from service.store.reviews.tables import flags
from service.store.tables import AnyRow


def add_flag(
    store: Store,
    document_id: str,
    number: int,
    side: Side,
    span: Span,
    reason: str,
    severity: FlagSeverity,
    by: str,
    quote: str | None = None,
) -> Flag:
    """Flag a span, in code points of the whole text, inside a segment.

    An edit further up moves the texts: with a `quote`, it is those words that are
    flagged or nothing. Raises NoSuchDocument, NoSuchSegment, FlagRejected for a
    span that is empty, not inside the segment or of other words, and Unstorable.
    """
    check_storable("reason", reason)
    with store.writing() as connection:
        document = document_without_texts(connection, document_id, lock=True)
        found = reviewed_one(connection, document, number)
        inside = found.segment.side(side)
        if not (inside.contains(span) and span.start < span.end):
            where = f"{inside.start}:{inside.end}"
            raise FlagRejected(span, f"it is not inside the segment at {where}, or empty")
        here = span.shifted(-inside.start)
        words = here.of(found.source if side == "source" else found.target)
        if quote not in (None, words):
            raise FlagRejected(span, "other words stand there now")
        flag = Flag(
            id=new_id(),
            document=document_id,
            number=number,
            side=side,
            span=span,
            quote=words,
            reason=reason,
            severity=severity,
            by=by,
            at=now(),
            resolved=False,
        )
        connection.execute(insert(flags).values(_row(flag, document.key, here)))
        said = {"flag": flag.id, "severity": severity, "reason": reason}
        _tell(connection, document, flag, "flagged", by, said)
    return flag


def resolve_flag(store: Store, flag_id: str, resolved: bool, by: str) -> Flag:
    """Settle a flag, or open it again. Raises NoSuchFlag."""
    wanted = select(flags).where(flags.c.id == flag_id)
    documents = tables.documents
    with store.writing() as connection:
        place = connection.execute(
            select(documents.c.id).join(flags).where(flags.c.id == flag_id)
        ).scalar()
        if place is None:
            raise NoSuchFlag(flag_id)
        document = document_without_texts(connection, place, lock=True)
        row = connection.execute(wanted).one()
        if row.resolved != resolved:
            connection.execute(
                update(flags).where(flags.c.key == row.key).values(resolved=resolved)
            )
            row = connection.execute(wanted).one()
            action = "resolved" if resolved else "reopened"
            flag = _flag(connection, document, row)
            _tell(connection, document, flag, action, by, {"flag": flag_id})
        return _flag(connection, document, row)


def flags_of(store: Store, document_id: str) -> tuple[Flag, ...]:
    """Every flag of a document, in the order of its segments. Raises NoSuchDocument."""
    there = tables.segments
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        rows = connection.execute(
            select(flags)
            .where(flags.c.document == document.key)
            .order_by(flags.c.number, flags.c.key)
        ).all()
        flagged = select(flags.c.number).where(flags.c.document == document.key)
        segments = {
            row.number: segment_of(row)
            for row in connection.execute(
                select(there).where(there.c.document == document.key, there.c.number.in_(flagged))
            )
        }
    return tuple(flag_of(row, document_id, segments[row.number]) for row in rows)


def read_flag(store: Store, flag_id: str) -> Flag:
    """A flag. Raises NoSuchFlag."""
    documents = tables.documents
    with store.reading() as connection:
        row = connection.execute(select(flags).where(flags.c.id == flag_id)).one_or_none()
        if row is None:
            raise NoSuchFlag(flag_id)
        place = select(documents.c.key, documents.c.id).where(documents.c.key == row.document)
        return _flag(connection, connection.execute(place).one(), row)


def _flag(connection: Connection, document: AnyRow, row: AnyRow) -> Flag:
    segment = segment_of(segment_row(connection, document, row.number + 1))
    return flag_of(row, document.id, segment)


def _row(flag: Flag, document: int, here: Span) -> dict[str, object]:
    return {
        "id": flag.id,
        "document": document,
        "number": flag.number - 1,
        "side": flag.side,
        "start": here.start,
        "end": here.end,
        "quote": flag.quote,
        "reason": flag.reason,
        "severity": flag.severity,
        "at": flag.at,
        "by": flag.by,
        "resolved": flag.resolved,
    }


def _tell(
    connection: Connection,
    document: AnyRow,
    flag: Flag,
    action: str,
    by: str,
    said: dict[str, str],
) -> None:
    name = sentence_claim_id(document.id, flag.number - 1)
    record(connection, document.key, "segment", name, action, by, after=said)
