"""The documents there are, the newest first, a page at a time."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from alignment.document import Languages, ModelInfo
from service.store import tables
from service.store.database import Store
from service.store.errors import BadCursor
from service.store.records import Options, Origin, languages_of, model_of
from service.store.search import holds
from service.store.tables import AnyRow

# Code points of the source text that a list shows.
OPENING = 200
WIDTH = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """A document without its texts: `opening` is the first 200 code points of the source.

    `source_length` and `target_length` are in code points.
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


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents, and the cursor of those after them; None where there are none."""

    documents: tuple[Summary, ...]
    next: str | None


def list_documents(
    store: Store, query: str = "", cursor: str | None = None, limit: int = 20
) -> Page:
    """The documents that have every word of `query` in title or texts, accents and case aside.

    A word of the query may be the beginning of one of the document's. Without
    a query, all of them. What is saved while somebody turns pages shifts
    nothing. Raises BadCursor.
    """
    documents, models = tables.documents, tables.models
    signature = [models.c[part] for part in ModelInfo.__slots__]
    texts = {"source", "target"}
    shown = [each for each in documents.c if each.name not in texts]
    opening = func.substr(documents.c.source, 1, OPENING).label("opening")
    statement = (
        select(*shown, opening, *signature)
        .select_from(documents.outerjoin(models))
        .order_by(documents.c.key.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        statement = statement.where(documents.c.key < _key(cursor))
    with store.reading() as connection:
        if query.strip():
            statement = statement.where(holds(connection, query))
        rows = connection.execute(statement).all()
    after = _cursor(rows[limit - 1].key) if len(rows) > limit else None
    return Page(tuple(map(_summary, rows[:limit])), after)


def _summary(row: AnyRow) -> Summary:
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
    )


def _cursor(key: int) -> str:
    return urlsafe_b64encode(key.to_bytes(WIDTH)).decode("ascii").rstrip("=")


def _key(cursor: str) -> int:
    try:
        key = urlsafe_b64decode(cursor.encode("ascii") + b"=")
    except ValueError:
        raise BadCursor(cursor) from None
    # No database counts beyond 63 bits.
    if len(key) != WIDTH or key[0] > 127 or _cursor(int.from_bytes(key)) != cursor:
        raise BadCursor(cursor)
    return int.from_bytes(key)
