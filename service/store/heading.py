"""What is known about a document besides its texts and segments: what a page of it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from alignment.document import Languages, ModelInfo
from service.store import tables
from service.store.database import Store
from service.store.errors import NoSuchDocument
from service.store.records import languages_of, model_of


@dataclass(frozen=True, slots=True)
class Heading:
    """A document without its texts; `source_length` and `target_length` are in code points."""

    id: str
    title: str
    filename: str
    languages: Languages
    model: ModelInfo | None
    source_sha256: str
    target_sha256: str
    source_length: int
    target_length: int
    segments: int
    created: datetime
    updated: datetime


def read_heading(store: Store, document_id: str) -> Heading:
    """What a document is called, and where it comes from. Raises NoSuchDocument."""
    documents, models = tables.documents, tables.models
    texts = {"source", "target"}
    signature = [models.c[part] for part in ModelInfo.__slots__]
    statement = (
        select(*(each for each in documents.c if each.name not in texts), *signature)
        .select_from(documents.outerjoin(models))
        .where(documents.c.id == document_id)
    )
    with store.reading() as connection:
        row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchDocument(document_id)
    return Heading(
        id=row.id,
        title=row.title,
        filename=row.filename,
        languages=languages_of(row),
        model=model_of(row),
        source_sha256=row.source_sha256,
        target_sha256=row.target_sha256,
        source_length=row.source_length,
        target_length=row.target_length,
        segments=row.segments,
        created=row.created,
        updated=row.updated,
    )
