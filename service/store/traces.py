"""From a span of one side to the other, without loading the whole document.

Only the segments that the span touches are read, and the part of both texts
that they cover; the answer is that of `alignment.project` on the whole.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from alignment import project
from alignment.document import AlignedDocument, Segment, Side
from alignment.errors import SpanOutOfRange
from alignment.project import Projection
from alignment.span import Span
from service.store import tables
from service.store.database import Store
from service.store.errors import NoSuchDocument
from service.store.records import languages_of, segment_of
from service.store.tables import AnyRow

NOTHING = Projection((), 0.0, 0.0, (), ())


class Part(NamedTuple):
    """Some segments of a document with their texts, and where these begin in the stored ones."""

    document: AlignedDocument
    source: int
    target: int

    def start(self, side: Side) -> int:
        """Where the part begins on one side, in code points of the whole text."""
        return self.source if side == "source" else self.target


def trace(store: Store, document_id: str, side: Side, span: Span) -> Projection:
    """What answers a span of `side` on the other side: back from the target, on from the source.

    Raises NoSuchDocument and SpanOutOfRange.
    """
    with store.reading() as connection:
        return traced(connection, lean_row(connection, document_id), side, span)


def traced(connection: Connection, document: AnyRow, side: Side, span: Span) -> Projection:
    """The same, within a transaction, of a row that `lean_row` or `document_row` gave."""
    length = document.source_length if side == "source" else document.target_length
    if not 0 <= span.start <= span.end <= length:
        raise SpanOutOfRange(span, length)
    part = _touched(connection, document, side, span)
    if part is None:
        return NOTHING
    start = part.start(side)
    here = Span(max(span.start - start, 0), min(span.end - start, len(part.document.text(side))))
    if side == "target":
        found = project.trace(part.document, here)
        return _shifted(found, part.target, part.source)
    found = project.follow(part.document, here)
    return _shifted(found, part.source, part.target)


def lean_row(connection: Connection, document_id: str) -> AnyRow:
    """What a trace needs of a document's row: all but the texts. Raises NoSuchDocument."""
    documents = tables.documents
    row = connection.execute(
        select(
            documents.c.key,
            documents.c.source_length,
            documents.c.target_length,
            documents.c.source_language,
            documents.c.target_language,
        ).where(documents.c.id == document_id)
    ).one_or_none()
    if row is None:
        raise NoSuchDocument(document_id)
    return row


def part_of(connection: Connection, document: AnyRow, rows: list[AnyRow]) -> Part | None:
    """The part of a document that these neighbouring segments' rows are; None for no rows."""
    if not rows:
        return None
    source, target = rows[0].source_start, rows[0].target_start
    there = tables.documents
    texts = connection.execute(
        select(
            func.substr(there.c.source, source + 1, rows[-1].source_end - source).label("source"),
            func.substr(there.c.target, target + 1, rows[-1].target_end - target).label("target"),
        ).where(there.c.key == document.key)
    ).one()
    segments: tuple[Segment, ...] = tuple(segment_of(row, source, target) for row in rows)
    part = AlignedDocument(texts.source, texts.target, segments, languages_of(document))
    return Part(part, source, target)


def _touched(connection: Connection, document: AnyRow, side: Side, span: Span) -> Part | None:
    """The part that a span touches. The first touched segment is the last to begin before it."""
    there = tables.segments
    start, end = there.c[f"{side}_start"], there.c[f"{side}_end"]
    mine = there.c.document == document.key
    first = (
        select(func.coalesce(func.max(start), 0)).where(mine, start <= span.start).scalar_subquery()
    )
    statement = (
        select(there)
        .where(mine, start >= first, start < span.end, end > span.start, start < end)
        .order_by(there.c.number)
    )
    rows = list(connection.execute(statement)) if span.start < span.end else []
    return part_of(connection, document, rows)


def _shifted(found: Projection, here: int, there: int) -> Projection:
    return Projection(
        spans=tuple(span.shifted(there) for span in found.spans),
        coverage=found.coverage,
        confidence=found.confidence,
        unlinked=tuple(span.shifted(here) for span in found.unlinked),
        sentences=tuple(span.shifted(there) for span in found.sentences),
    )
