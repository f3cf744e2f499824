"""States and texts of segments, changed one revision at a time, and the last change undone.

Two reviewers may hold the same segment: who sends a revision that is not the
present one changes nothing, and is told what the segment is now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from alignment.checks.summary import worst_severity
from alignment.document import Segment
from service.store import tables
from service.store.database import Store
from service.store.details import encode
from service.store.documents import document_row
from service.store.history import record
from service.store.identifiers import sentence_claim_id
from service.store.records import Json, check_storable, now
from service.store.reviews.errors import (
    EditRejected,
    NothingToUndo,
    SecondPersonWanted,
    SegmentChanged,
)
from service.store.reviews.reading import (
    document_without_texts,
    reviewed,
    reviewed_one,
    segment_row,
)
from service.store.reviews.records import ReviewedSegment, State
from service.store.reviews.rewriting import rewrite
from service.store.reviews.tables import former_segments
from service.store.tables import AnyRow

# What a change of text brings beside the text.
CONTENT = ("score", "details", "severity")
SIGNATURES = ("state", "edited_by", "reviewed_by", "signed_by")


@dataclass(frozen=True, slots=True)
class _Change:
    """The document that is written to, a segment of it, and who changes it how."""

    connection: Connection
    document: AnyRow
    segment: AnyRow
    by: str
    action: str


def change_state(
    store: Store,
    document_id: str,
    number: int,
    revision: int,
    state: State,
    by: str,
    second: bool = False,
) -> ReviewedSegment:
    """Have somebody review a segment, sign it off, or take it back to a draft.

    It is no change to what it is already. With `second`, only what has been
    reviewed is signed off, and by somebody who neither reviewed nor edited it.
    Raises NoSuchDocument, NoSuchSegment, SegmentChanged, SecondPersonWanted, Unstorable.
    """
    with store.writing() as connection:
        document = document_without_texts(connection, document_id, lock=True)
        row = _present(connection, document, number, revision)
        if state != row.state:
            if second and state == "signed_off":
                _check_second(row, by)
            change = _Change(connection, document, row, by, "state")
            _apply(change, _signed(row.edited_by, row.reviewed_by, state, by))
        return reviewed_one(connection, document, number)


def edit_segment(
    store: Store,
    document_id: str,
    number: int,
    revision: int,
    text: str,
    found: Segment,
    by: str,
    state: State = "draft",
    second: bool = False,
) -> ReviewedSegment:
    """Put `text` in the place of a segment's translation; the same text is no change.

    `found` has the links, null masses and issues of the new pair, in code points
    from the start of each of its two texts, and its score. The document is no
    longer the same as what its model says (`documents.find_same`); the segments
    after this one move, and so do claims and flags, or are orphaned where their
    words are gone. It is a draft again, unless a `state` is given with it.
    Raises what `change_state` does, and EditRejected for a blank text.
    """
    check_storable("target", text)
    if not text.strip():
        raise EditRejected(text, "it is empty or white space")
    with store.writing() as connection:
        document = document_row(connection, document_id, keep=True)
        row = _present(connection, document, number, revision)
        if text != document.target[row.target_start : row.target_end]:
            content = {
                "score": found.score,
                "details": encode(found),
                "severity": worst_severity(found),
            }
            if second and state == "signed_off":
                raise SecondPersonWanted("whoever edits it does not sign it")
            change = _Change(connection, document, row, by, "edited")
            _apply(change, _signed(by, "", state, by) | content, text)
        return _read_again(connection, document_id, number)


def undo(store: Store, document_id: str, number: int, revision: int, by: str) -> ReviewedSegment:
    """Take back the last change of a segment's state or text, as a new revision.

    What is undone twice is as it was: the last change is the undoing then.
    Raises NoSuchDocument, NoSuchSegment, SegmentChanged, NothingToUndo, Unstorable.
    """
    with store.writing() as connection:
        document = document_row(connection, document_id, keep=True)
        row = _present(connection, document, number, revision)
        former = _former(connection, row)
        if former is None:
            raise NothingToUndo(number)
        values = {name: getattr(former, name) for name in SIGNATURES}
        if former.target is not None:
            values |= {name: getattr(former, name) for name in CONTENT}
        _apply(_Change(connection, document, row, by, "undone"), values, former.target)
        return _read_again(connection, document_id, number)


def undoes_review(store: Store, document_id: str, number: int) -> bool:
    """Whether the last change of a segment was one of its state alone.

    Raises NoSuchDocument and NoSuchSegment.
    """
    with store.reading() as connection:
        document = document_without_texts(connection, document_id)
        former = _former(connection, segment_row(connection, document, number))
        return former is not None and former.target is None


def _former(connection: Connection, row: AnyRow) -> AnyRow | None:
    """What a segment was before its last change."""
    there = former_segments
    return connection.execute(select(there).where(*_place(there, row))).one_or_none()


def _apply(change: _Change, values: dict[str, Any], text: str | None = None) -> None:
    """Give a segment new values and, unless it is None, a new text; keep what it was."""
    connection, row = change.connection, change.segment
    old = None
    if text is not None:
        old = change.document.target[row.target_start : row.target_end]
    _keep_former(connection, row, old)
    there = tables.segments
    connection.execute(
        update(there).where(*_place(there, row)).values(values | {"revision": row.revision + 1})
    )
    before: Json = {"state": row.state}
    after: Json = {"state": values["state"]}
    if old is not None and text is not None:
        before, after = before | {"target": old}, after | {"target": text}
    before, after = (
        {name: value for name, value in one.items() if value != other.get(name)}
        for one, other in ((before, after), (after, before))
    )
    name = sentence_claim_id(change.document.id, row.number)
    record(connection, row.document, "segment", name, change.action, change.by, before, after)
    if old is not None and text is not None:
        rewrite(connection, change.document, row, text, change.by)
    documents = tables.documents
    connection.execute(
        update(documents).where(documents.c.key == row.document).values(updated=now())
    )


def _keep_former(connection: Connection, row: AnyRow, text: str | None) -> None:
    names = SIGNATURES if text is None else SIGNATURES + CONTENT
    kept = {name: getattr(row, name) for name in names}
    place = {"document": row.document, "number": row.number}
    connection.execute(delete(former_segments).where(*_place(former_segments, row)))
    connection.execute(insert(former_segments).values(kept | place | {"target": text}))


def _present(connection: Connection, document: AnyRow, number: int, revision: int) -> AnyRow:
    """A segment's row, if it is at this revision. Raises NoSuchSegment and SegmentChanged."""
    row = segment_row(connection, document, number)
    if row.revision != revision:
        raise SegmentChanged(revision, reviewed(connection, document, [row])[0])
    return row


def _read_again(connection: Connection, document_id: str, number: int) -> ReviewedSegment:
    return reviewed_one(connection, document_without_texts(connection, document_id), number)


def _signed(edited_by: str | None, reviewed_by: str, state: State, by: str) -> dict[str, Any]:
    """Whose a segment is in this state, of which `by` is the cause."""
    if state == "reviewed" or (state == "signed_off" and not reviewed_by):
        reviewed_by = by
    return {
        "state": state,
        "edited_by": edited_by,
        "reviewed_by": "" if state == "draft" else reviewed_by,
        "signed_by": by if state == "signed_off" else "",
    }


def _check_second(row: AnyRow, by: str) -> None:
    if not by:
        raise SecondPersonWanted("nobody is signed in, so that no two can be told apart")
    if row.state != "reviewed":
        raise SecondPersonWanted("nobody has reviewed it yet")
    if by == row.reviewed_by:
        raise SecondPersonWanted(f"{by} reviewed it")
    if by == row.edited_by:
        raise SecondPersonWanted(f"{by} edited it")


def _place(table: Any, row: AnyRow) -> tuple[Any, ...]:
    return table.c.document == row.document, table.c.number == row.number
