"""Segments as reviewers see them, read without loading the whole document."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, select

from alignment.document import Segment
from alignment.span import Span
from service.store import tables
from service.store.database import Store
from service.store.errors import NoSuchDocument
from service.store.records import languages_of, segment_of
from service.store.reviews.errors import NoSuchSegment
from service.store.reviews.records import Beginning, Flag, ReviewedSegment
from service.store.reviews.tables import comments, flags
from service.store.tables import AnyRow


def read_segments(
    store: Store, document_id: str, first: int = 1, limit: int = 50
) -> tuple[ReviewedSegment, ...]:
    """Up to `limit` segments from number `first` on, which counts from 1; none beyond the last.

    Raises NoSuchDocument.
    """
    there = tables.segments
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        rows = connection.execute(
            select(there)
            .where(there.c.document == document.key, there.c.number >= first - 1)
            .order_by(there.c.number)
            .limit(limit)
        ).all()
        return reviewed(connection, document, rows)


def read_segment(store: Store, document_id: str, number: int) -> ReviewedSegment:
    """The segment of this number, from 1. Raises NoSuchDocument and NoSuchSegment."""
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        return reviewed_one(connection, document, number)


def document_without_texts(connection: Connection, document_id: str, lock: bool = False) -> AnyRow:
    """What a review needs of a document's row; with `lock`, nobody else writes to it meanwhile.

    Whoever writes to a document's segments, claims or flags locks its row
    first, so that no two wait for each other. Raises NoSuchDocument.
    """
    there = tables.documents.c
    statement = select(
        there.key,
        there.id,
        there.source_length,
        there.target_length,
        there.source_language,
        there.target_language,
        there.checked,
    ).where(there.id == document_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchDocument(document_id)
    return row


def segment_row(connection: Connection, document: AnyRow, number: int) -> AnyRow:
    """The row of the segment of this number, from 1. Raises NoSuchSegment."""
    there = tables.segments
    row = connection.execute(
        select(there).where(there.c.document == document.key, there.c.number == number - 1)
    ).one_or_none()
    if row is None:
        raise NoSuchSegment(number)
    return row


def reviewed_one(connection: Connection, document: AnyRow, number: int) -> ReviewedSegment:
    """One segment as it is now, within a transaction. Raises NoSuchSegment."""
    return reviewed(connection, document, [segment_row(connection, document, number)])[0]


def reviewed(
    connection: Connection, document: AnyRow, rows: Sequence[AnyRow]
) -> tuple[ReviewedSegment, ...]:
    """The segments of these neighbouring rows, of a document that `document_without_texts` gave."""
    if not rows:
        return ()
    texts = _texts(connection, document, rows[-1])
    found = {row.number: segment_of(row) for row in rows}
    begins = (
        _beginnings(texts[0], [each.source for each in found.values()]),
        _beginnings(texts[1], [each.target for each in found.values()]),
    )
    marks = _flags(connection, document, found)
    counts = _comment_counts(connection, document, rows)
    return tuple(
        ReviewedSegment(
            document=document.id,
            number=row.number + 1,
            segment=segment,
            source=segment.source.of(texts[0]),
            target=segment.target.of(texts[1]),
            source_begins=source_begins,
            target_begins=target_begins,
            state=row.state,
            severity=row.severity,
            revision=row.revision,
            edited_by=row.edited_by,
            reviewed_by=row.reviewed_by,
            signed_by=row.signed_by,
            flags=tuple(marks[row.number]),
            comments=counts.get(row.number, 0),
            languages=languages_of(document),
            checked=tuple(json.loads(document.checked)),
        )
        for row, segment, source_begins, target_begins in zip(
            rows, found.values(), *begins, strict=True
        )
    )


def flag_of(row: AnyRow, document_id: str, segment: Segment) -> Flag:
    """The flag of a row, its span counted from the beginning of the text."""
    span = None
    if row.start is not None:
        span = Span(row.start, row.end).shifted(segment.side(row.side).start)
    return Flag(
        id=row.id,
        document=document_id,
        number=row.number + 1,
        side=row.side,
        span=span,
        quote=row.quote,
        reason=row.reason,
        severity=row.severity,
        by=row.by,
        at=row.at,
        resolved=row.resolved,
    )


def _texts(connection: Connection, document: AnyRow, last: AnyRow) -> tuple[str, str]:
    """Both texts up to the end of a segment: where it begins in other units is to be counted."""
    there = tables.documents
    row = connection.execute(
        select(
            func.substr(there.c.source, 1, last.source_end).label("source"),
            func.substr(there.c.target, 1, last.target_end).label("target"),
        ).where(there.c.key == document.key)
    ).one()
    return row.source, row.target


def _beginnings(text: str, spans: Iterable[Span]) -> Iterable[Beginning]:
    """Where each of these spans, in reading order, begins."""
    end = utf16 = utf8 = 0
    for span in spans:
        between = text[end : span.start]
        utf16 += len(between.encode("utf-16-le")) // 2
        utf8 += len(between.encode())
        end = span.start
        yield Beginning(span.start, utf16, utf8)


def _flags(
    connection: Connection, document: AnyRow, segments: dict[int, Segment]
) -> defaultdict[int, list[Flag]]:
    """The flags by number, from 0, of segments that follow each other."""
    rows = connection.execute(
        select(flags)
        .where(
            flags.c.document == document.key,
            flags.c.number.between(min(segments), max(segments)),
        )
        .order_by(flags.c.key)
    )
    found: defaultdict[int, list[Flag]] = defaultdict(list)
    for row in rows:
        found[row.number].append(flag_of(row, document.id, segments[row.number]))
    return found


def _comment_counts(
    connection: Connection, document: AnyRow, rows: Sequence[AnyRow]
) -> dict[int, int]:
    counted = connection.execute(
        select(comments.c.number, func.count())
        .where(
            comments.c.document == document.key,
            comments.c.number.between(rows[0].number, rows[-1].number),
        )
        .group_by(comments.c.number)
    )
    return dict(tuple(each) for each in counted)
