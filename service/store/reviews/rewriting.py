"""A document with one segment's translation rewritten: its text, and all that points into it."""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from alignment.anchoring import text_sha256
from alignment.edit import replacing
from alignment.span import Span
from service.store import tables
from service.store.documents import document_row
from service.store.records import canonical
from service.store.reviews.anchors import Rewriting, carry_claims, carry_flags
from service.store.reviews.reading import segment_row
from service.store.search import keep_words, words_of_postgresql, words_of_sqlite
from service.store.tables import AnyRow


def rewrite(connection: Connection, document: AnyRow, row: AnyRow, text: str, by: str) -> None:
    """Put `text` in the place of a segment's translation; its new details are saved already.

    `document` and `row` are as they were before, and held (`document_row`).
    """
    old = Span(row.target_start, row.target_end)
    edit = replacing(document.target, old, text)
    _move_segments(connection, row, edit.shift)
    documents = tables.documents
    connection.execute(
        update(documents)
        .where(documents.c.key == document.key)
        .values(
            target=edit.after,
            target_sha256=text_sha256(edit.after),
            target_length=len(edit.after),
            identity=edited_identity(document.id),
        )
    )
    _replace_words(connection, document, edit.after)
    carry_flags(connection, row, old.of(document.target), text)
    after = document_row(connection, document.id)
    segment = segment_row(connection, document, row.number + 1)
    carry_claims(Rewriting(connection, document, after, segment, edit, by))


def edited_identity(document_id: str) -> str:
    """What an edited document is the same as: itself alone, and never what a model says."""
    return text_sha256(canonical(["edited", document_id]))


def _move_segments(connection: Connection, row: AnyRow, shift: int) -> None:
    there = tables.segments
    mine = there.c.document == row.document
    if shift:
        end = there.c.target_end + shift
        connection.execute(
            update(there).where(mine, there.c.number == row.number).values(target_end=end)
        )
        connection.execute(
            update(there)
            .where(mine, there.c.number > row.number)
            .values(target_start=there.c.target_start + shift, target_end=end)
        )


def _replace_words(connection: Connection, document: AnyRow, target: str) -> None:
    """Have a document found by its new words, and no longer by those that are gone."""
    if connection.dialect.name == "sqlite":
        gone = delete(words_of_sqlite).where(words_of_sqlite.c.rowid == document.key)
    else:
        gone = delete(words_of_postgresql).where(words_of_postgresql.c.document == document.key)
    connection.execute(gone)
    keep_words(connection, document.key, (document.title, document.source, target))
