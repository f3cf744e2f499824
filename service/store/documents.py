"""Documents in and out of the store: what comes out equals what went in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from alignment.anchoring import text_sha256
from alignment.checks.summary import worst_severity
from alignment.document import AlignedDocument, Languages, ModelInfo
from service.store import tables
from service.store.database import Store, insert_new
from service.store.details import encode
from service.store.errors import NoSuchDocument, StoreBusy, StoreDamaged
from service.store.history import record
from service.store.identifiers import new_id
from service.store.records import (
    Options,
    Origin,
    StoredDocument,
    canonical,
    check_storable,
    languages_of,
    model_of,
    now,
    segment_of,
)
from service.store.search import forget_words, keep_words
from service.store.tables import AnyRow

NO_OPTIONS: Options = {}
TYPED = Origin()
DRAFT = "draft"
# Segments that go to the database at a time.
BATCH = 500


def save_document(
    store: Store,
    document: AlignedDocument,
    title: str = "",
    options: Options = NO_OPTIONS,
    origin: Origin = TYPED,
    by: str = "",
    given_target: bool = False,
) -> str:
    """Keep a document, and give its id; if the same is there already, give that one's.

    The same is: the same source text, languages, model signature and options,
    so `options` has to name whatever else makes the result. Where the
    translation was `given_target`, its text counts too; where no model was asked
    at all, everything does. What is there already keeps its title and origin.
    Raises Unstorable.
    """
    _check(document, title, origin)
    same = _identity(
        text_sha256(document.source),
        document.languages,
        document.model,
        options,
        _given_sha256(document, given_target),
    )
    with store.writing() as connection:
        document_id = new_id()
        row = _row(document, title, options, origin)
        row |= {"id": document_id, "identity": same, "model": _model(connection, document.model)}
        key = connection.execute(
            insert_new(connection, tables.documents).values(row).returning(tables.documents.c.key)
        ).scalar()
        if key is None:
            return _id_of(connection, same)
        _save_segments(connection, key, document)
        if origin.content is not None:
            connection.execute(
                insert(tables.originals).values(document=key, content=origin.content)
            )
        keep_words(connection, key, (title, document.source, document.target))
        record(connection, key, "document", document_id, "created", by, after={"title": title})
    return document_id


def find_same(
    store: Store,
    source_sha256: str,
    languages: Languages,
    model: ModelInfo,
    options: Options = NO_OPTIONS,
    target_sha256: str | None = None,
) -> str | None:
    """The id of what `save_document` would take for the same, if it is there.

    `target_sha256` is that of a translation that was given.
    """
    same = _identity(source_sha256, languages, model, options, target_sha256)
    with store.reading() as connection:
        documents = tables.documents
        return connection.execute(
            select(documents.c.id).where(documents.c.identity == same)
        ).scalar()


def read_document(store: Store, document_id: str) -> StoredDocument:
    """A document, equal to what was saved.

    Raises NoSuchDocument, and StoreDamaged where a text is not the one that was saved.
    """
    with store.reading() as connection:
        row = document_row(connection, document_id)
        there = tables.segments
        rows = connection.execute(
            select(there).where(there.c.document == row.key).order_by(there.c.number)
        ).all()
    if (text_sha256(row.source), text_sha256(row.target)) != (row.source_sha256, row.target_sha256):
        raise StoreDamaged(f"document {document_id}: a text is not the one that was saved")
    return StoredDocument(
        id=row.id,
        title=row.title,
        document=aligned(row, rows),
        options=json.loads(row.options),
        origin=Origin(row.media_type, row.filename),
        source_sha256=row.source_sha256,
        target_sha256=row.target_sha256,
        states=tuple(each.state for each in rows),
        editors=tuple(each.edited_by for each in rows),
        created=row.created,
        updated=row.updated,
    )


def read_original(store: Store, document_id: str) -> bytes | None:
    """The bytes that a document came as, if they were kept. Raises NoSuchDocument."""
    documents, originals = tables.documents, tables.originals
    statement = (
        select(originals.c.content)
        .select_from(documents.outerjoin(originals))
        .where(documents.c.id == document_id)
    )
    with store.reading() as connection:
        found = connection.execute(statement).one_or_none()
    if found is None:
        raise NoSuchDocument(document_id)
    content: bytes | None = found.content
    return content


def delete_document(store: Store, document_id: str) -> None:
    """Forget a document, its segments, claims and history, and the words it was found by.

    On SQLite nothing of it stays in the files, unless somebody is reading just
    then: what they see is let go of later. PostgreSQL overwrites what it held
    when it next vacuums. Raises NoSuchDocument.
    """
    documents = tables.documents
    with store.writing() as connection:
        gone = connection.execute(delete(documents).where(documents.c.id == document_id))
        if not gone.rowcount:
            raise NoSuchDocument(document_id)
        forget_words(connection)
    store.empty_log()


def document_row(connection: Connection, document_id: str, keep: bool = False) -> AnyRow:
    """A document's row beside its model's; with `keep`, nobody else writes to it until the commit.

    Raises NoSuchDocument.
    """
    documents, models = tables.documents, tables.models
    signature = [models.c[part] for part in ModelInfo.__slots__]
    statement = (
        select(documents, *signature)
        .select_from(documents.outerjoin(models))
        .where(documents.c.id == document_id)
    )
    if keep:
        statement = statement.with_for_update(key_share=True, of=documents)
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise NoSuchDocument(document_id)
    return row


def aligned(row: AnyRow, rows: Iterable[AnyRow]) -> AlignedDocument:
    """The document of a row of `document_row` and those of all its segments, in order."""
    return AlignedDocument(
        source=row.source,
        target=row.target,
        segments=tuple(map(segment_of, rows)),
        languages=languages_of(row),
        model=model_of(row),
        checked=tuple(json.loads(row.checked)),
    )


def _check(document: AlignedDocument, title: str, origin: Origin) -> None:
    check_storable("source", document.source)
    check_storable("target", document.target)
    check_storable("title", title)
    check_storable("filename", origin.filename)
    check_storable("media_type", origin.media_type)
    for segment in document.segments:
        check_storable("segment", segment.id)


def _identity(
    source_sha256: str,
    languages: Languages,
    model: ModelInfo | None,
    options: Options,
    given_sha256: str | None,
) -> str:
    """What is the same for the same document."""
    signature = model and [getattr(model, part) for part in ModelInfo.__slots__]
    parts = [source_sha256, given_sha256, str(languages), signature, dict(options)]
    return text_sha256(canonical(parts))


def _given_sha256(document: AlignedDocument, given_target: bool) -> str | None:
    """Of what came from outside beside the source text."""
    if document.model is None:
        given = [[*row.values()] for row in _segment_rows(0, document)]
        return text_sha256(canonical([document.target, given]))
    return text_sha256(document.target) if given_target else None


def _id_of(connection: Connection, same: str) -> str:
    documents = tables.documents
    wanted = select(documents.c.id).where(documents.c.identity == same)
    found: str | None = connection.execute(wanted).scalar()
    if found is None:
        raise StoreBusy("the same document was deleted at this very moment")
    return found


def _row(document: AlignedDocument, title: str, options: Options, origin: Origin) -> dict[str, Any]:
    moment = now()
    return {
        "title": title,
        "source": document.source,
        "target": document.target,
        "source_sha256": text_sha256(document.source),
        "target_sha256": text_sha256(document.target),
        "source_length": len(document.source),
        "target_length": len(document.target),
        "source_language": document.languages.source,
        "target_language": document.languages.target,
        "options": canonical(dict(options)),
        "checked": canonical(document.checked),
        "media_type": origin.media_type,
        "filename": origin.filename,
        "segments": len(document.segments),
        "created": moment,
        "updated": moment,
    }


def _model(connection: Connection, model: ModelInfo | None) -> int | None:
    """The key of a model's signature, written down now if it was not."""
    if model is None:
        return None
    signature = {part: getattr(model, part) for part in ModelInfo.__slots__}
    there = tables.models
    wanted = select(there.c.key).filter_by(**signature)
    found = connection.execute(wanted).scalar()
    if found is None:
        connection.execute(insert_new(connection, there).values(signature))
        found = connection.execute(wanted).scalar()
    return found


def _save_segments(connection: Connection, key: int, document: AlignedDocument) -> None:
    rows = _segment_rows(key, document)
    while batch := list(islice(rows, BATCH)):
        connection.execute(insert(tables.segments), batch)


def _segment_rows(key: int, document: AlignedDocument) -> Iterator[dict[str, Any]]:
    for number, segment in enumerate(document.segments):
        yield {
            "document": key,
            "number": number,
            "name": segment.id,
            "paragraph": segment.paragraph,
            "source_start": segment.source.start,
            "source_end": segment.source.end,
            "target_start": segment.target.start,
            "target_end": segment.target.end,
            "score": segment.score,
            "state": DRAFT,
            "details": encode(segment),
            "severity": worst_severity(segment),
        }
