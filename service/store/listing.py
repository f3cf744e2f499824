"""The documents there are, a page at a time, and how far the review of each has come."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import ColumnElement, func, or_, select

from alignment.document import Languages, ModelInfo
from service.store import tables
from service.store.counting import UNTOUCHED, Review, reviews_of
from service.store.cursors import cursor_of, numbers_of
from service.store.database import Store
from service.store.errors import BadCursor
from service.store.filters import EVERYTHING, Filter, conditions
from service.store.records import Options, Origin, languages_of, model_of
from service.store.reviews.records import Progress
from service.store.tables import AnyRow

# Code points of the source text that a list shows.
OPENING = 200
Order = Literal["newest", "oldest", "changed"]
ORDERS: tuple[Order, ...] = get_args(Order)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NOBODY = Review(UNTOUCHED, ())


@dataclass(frozen=True, slots=True)
class Summary:
    """A document without its texts: `opening` is the first 200 code points of the source.

    `source_length` and `target_length` are in code points. `people` are who
    edited, reviewed or signed a segment, by name.
    """

    id: str
    title: str
    opening: str
    languages: Languages
    model: ModelInfo | None
    options: Options
    origin: Origin
    source_sha256: str
    source_length: int
    target_length: int
    segments: int
    created: datetime
    updated: datetime
    progress: Progress
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents, and the cursor of those after them; None where there are none."""

    documents: tuple[Summary, ...]
    next: str | None


def list_documents(
    store: Store,
    query: str = "",
    cursor: str | None = None,
    limit: int = 20,
    wanted: Filter = EVERYTHING,
    order: Order = "newest",
) -> Page:
    """The documents that have every word of `query` in title or texts, and are as `wanted`.

    A word of the query may be the beginning of one of the document's; accents
    and case count not. Without a query, all of them. What is saved while
    somebody turns pages shifts nothing. Raises BadCursor, also for the cursor
    of another order.
    """
    documents, models = tables.documents, tables.models
    signature = [models.c[part] for part in ModelInfo.__slots__]
    texts = {"source", "target"}
    shown = [each for each in documents.c if each.name not in texts]
    opening = func.substr(documents.c.source, 1, OPENING).label("opening")
    statement = (
        select(*shown, opening, *signature)
        .select_from(documents.outerjoin(models))
        .order_by(*_ordering(order))
        .limit(limit + 1)
    )
    if cursor is not None:
        statement = statement.where(_beyond(cursor, order))
    with store.reading() as connection:
        statement = statement.where(*conditions(connection, wanted, query))
        rows = connection.execute(statement).all()
        reviews = reviews_of(connection, (row.key for row in rows[:limit]))
    after = _cursor(rows[limit - 1], order) if len(rows) > limit else None
    return Page(tuple(_summary(row, reviews.get(row.key, NOBODY)) for row in rows[:limit]), after)


def _summary(row: AnyRow, review: Review) -> Summary:
    return Summary(
        id=row.id,
        title=row.title,
        opening=row.opening,
        languages=languages_of(row),
        model=model_of(row),
        options=json.loads(row.options),
        origin=Origin(row.media_type, row.filename),
        source_sha256=row.source_sha256,
        source_length=row.source_length,
        target_length=row.target_length,
        segments=row.segments,
        created=row.created,
        updated=row.updated,
        progress=review.progress,
        people=review.people,
    )


def _ordering(order: Order) -> tuple[ColumnElement[object], ...]:
    key, updated = tables.documents.c.key, tables.documents.c.updated
    if order == "changed":
        return updated.desc(), key.desc()
    return (key.asc() if order == "oldest" else key.desc(),)


def _beyond(cursor: str, order: Order) -> ColumnElement[bool]:
    """That a document comes after the last one of the page that the cursor is of."""
    key, updated = tables.documents.c.key, tables.documents.c.updated
    if order != "changed":
        (last,) = numbers_of(cursor, 1)
        return key > last if order == "oldest" else key < last
    microseconds, last = numbers_of(cursor, 2)
    moment = _moment(microseconds, cursor)
    return or_(updated < moment, (updated == moment) & (key < last))


def _cursor(row: AnyRow, order: Order) -> str:
    if order == "changed":
        return cursor_of((row.updated - EPOCH) // MICROSECOND, row.key)
    return cursor_of(row.key)


def _moment(microseconds: int, cursor: str) -> datetime:
    try:
        return EPOCH + microseconds * MICROSECOND
    except OverflowError:
        raise BadCursor(cursor) from None
