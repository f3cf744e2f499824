"""What people have to say about a segment, in the order in which they said it."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from service.store import tables
from service.store.database import Store
from service.store.history import record
from service.store.identifiers import new_id, sentence_claim_id
from service.store.records import check_storable, now
from service.store.reviews.errors import NoSuchComment, NotYours
from service.store.reviews.reading import document_without_texts, segment_row
from service.store.reviews.records import Comment
from service.store.reviews.tables import comments
from service.store.tables import AnyRow


def add_comment(store: Store, document_id: str, number: int, text: str, by: str) -> Comment:
    """Say something about a segment.

    Raises NoSuchDocument, NoSuchSegment and Unstorable.
    """
    check_storable("text", text)
    comment = Comment(new_id(), document_id, number, by, now(), text)
    with store.writing() as connection:
        document = document_without_texts(connection, document_id, lock=True)
        segment_row(connection, document, number)
        connection.execute(
            insert(comments).values(
                id=comment.id,
                document=document.key,
                number=number - 1,
                at=comment.at,
                by=by,
                text=text,
            )
        )
        # Its words are not in the history: they can be taken back.
        name = sentence_claim_id(document_id, number - 1)
        said = {"comment": comment.id}
        record(connection, document.key, "segment", name, "commented", by, after=said)
    return comment


def comments_of(store: Store, document_id: str, number: int) -> tuple[Comment, ...]:
    """The comments on a segment, the first one first. Raises NoSuchDocument and NoSuchSegment."""
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        segment_row(connection, document, number)
        rows = connection.execute(
            select(comments)
            .where(comments.c.document == document.key, comments.c.number == number - 1)
            .order_by(comments.c.key)
        )
        return tuple(_comment(row, document_id) for row in rows)


def delete_comment(store: Store, comment_id: str, by: str, anybodys: bool = False) -> None:
    """Take a comment back; with `anybodys`, somebody else's too.

    Raises NoSuchComment and NotYours.
    """
    documents = tables.documents
    with store.writing() as connection:
        row = connection.execute(
            select(comments, documents.c.id.label("document_id"))
            .join(documents)
            .where(comments.c.id == comment_id)
        ).one_or_none()
        if row is None:
            raise NoSuchComment(comment_id)
        if row.by != by and not anybodys:
            raise NotYours(comment_id)
        connection.execute(delete(comments).where(comments.c.key == row.key))
        name = sentence_claim_id(row.document_id, row.number)
        said = {"comment": comment_id}
        record(connection, row.document, "segment", name, "comment_deleted", by, before=said)


def _comment(row: AnyRow, document_id: str) -> Comment:
    return Comment(row.id, document_id, row.number + 1, row.by, row.at, row.text)
