"""Claims: spans that somebody may quote, each with an id that stays and both quotes.

Every sentence is a claim from the moment its document is saved. It is read
from the segment, and gets a row of its own when it is first judged.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from alignment.anchoring import Anchoring, anchor
from alignment.document import Side
from alignment.project import trace
from alignment.span import Span
from service.store import tables
from service.store.database import Store, insert_new
from service.store.documents import aligned, document_row
from service.store.errors import ClaimRejected, NoSuchClaim, NoSuchDocument
from service.store.history import record
from service.store.identifiers import sentence_of
from service.store.quotations import (
    Claim,
    Status,
    Verdict,
    claim_of,
    marked_claim,
    row_of,
    rows_of_claims,
    sentence_claim,
)
from service.store.records import check_storable, now, segment_of
from service.store.reviews.tables import judgements
from service.store.tables import AnyRow
from service.store.traces import traced


def add_claim(store: Store, document_id: str, side: Side, span: Span, by: str = "") -> Claim:
    """Mark a span of one side as a claim; one that is marked already is given back as it is.

    Raises NoSuchDocument, SpanOutOfRange, and ClaimRejected for a span of
    nothing but white space.
    """
    check_storable("by", by)
    with store.writing() as connection:
        document = document_row(connection, document_id, keep=True)
        found = traced(connection, document, side, span)
        words = span.of(document.source if side == "source" else document.target)
        if not words.strip():
            raise ClaimRejected(span, "it is empty or white space")
        claim = marked_claim(document, side, span, found, by)
        there = tables.claims
        new = insert_new(connection, there).values(row_of(claim, document.key))
        if connection.execute(new.returning(there.c.key)).scalar() is None:
            return _marked(connection, document.key, side, span)
        made = {"side": side, "start": span.start, "end": span.end}
        record(connection, document.key, "claim", claim.id, "created", by, after=made)
        _touch(connection, document.key)
    return claim


def read_claim(store: Store, claim_id: str) -> Claim:
    """A claim: a marked one, or a sentence. Raises NoSuchClaim."""
    with store.reading() as connection:
        row = connection.execute(
            rows_of_claims().where(tables.claims.c.id == claim_id)
        ).one_or_none()
        return claim_of(row) if row is not None else _sentence(connection, claim_id)[1]


def claims_of(store: Store, document_id: str) -> tuple[Claim, ...]:
    """Every claim of a document: its sentences in reading order, then those marked in it.

    Raises NoSuchDocument.
    """
    segments = tables.segments
    with store.reading() as connection:
        row = document_row(connection, document_id)
        rows = connection.execute(
            select(segments).where(segments.c.document == row.key).order_by(segments.c.number)
        ).all()
        kept = connection.execute(
            rows_of_claims()
            .where(tables.claims.c.document == row.key)
            .order_by(tables.claims.c.key)
        ).all()
    document = aligned(row, rows)
    judged = {each.id: each for each in map(claim_of, kept)}
    sentences = [
        sentence_claim(row, number, segment, trace(document, segment.target))
        for number, segment in enumerate(document.segments)
    ]
    marked = [each for each in judged.values() if each.kind == "marked"]
    return (*(judged.get(each.id, each) for each in sentences), *marked)


def judge_claim(
    store: Store,
    claim_id: str,
    by: str,
    verdict: Verdict | None = None,
    status: Status | None = None,
) -> Claim:
    """Change a claim's verdict, its status or both, and write down who did; None changes nothing.

    The verdict is also that of this person, until they find otherwise or the
    claim's words change. Raises NoSuchClaim, and ClaimRejected for another status
    of an orphaned claim whose words are gone, or whose span another has now.
    """
    there = tables.claims
    with store.writing() as connection:
        row = _held(connection, claim_id)
        claim = claim_of(row)
        after = {"verdict": verdict or claim.verdict, "status": status or claim.status}
        after = {name: value for name, value in after.items() if value != getattr(claim, name)}
        if claim.status == "orphaned" and "status" in after:
            _check_place(connection, row)
        said_otherwise = verdict is not None and _keep_judgement(connection, row.key, by, verdict)
        if after or said_otherwise:
            # Somebody who comes to the same verdict changes nothing but that they have judged.
            changed = after or {"verdict": claim.verdict}
            before = {name: getattr(claim, name) for name in changed}
            connection.execute(update(there).where(there.c.id == claim_id).values(changed))
            record(connection, row.document, "claim", claim_id, "judged", by, before, changed)
            _touch(connection, row.document)
    return replace(claim, verdict=verdict or claim.verdict, status=status or claim.status)


def anchor_claim(claim: Claim, side: Side, text: str) -> tuple[Anchoring, ...]:
    """What has become of each quote of one side in a text that may have changed."""
    sha256 = claim.source_sha256 if side == "source" else claim.target_sha256
    return tuple(anchor(each, sha256, text) for each in claim.quotes(side))


def _held(connection: Connection, claim_id: str) -> AnyRow:
    """A claim's row, made if it is a sentence without one; its document is held."""
    there, documents = tables.claims, tables.documents
    wanted = rows_of_claims().where(there.c.id == claim_id)
    # The document first, as everybody does: two who hold and wait would wait for ever.
    document = (
        select(documents.c.key)
        .join(there)
        .where(there.c.id == claim_id)
        .with_for_update(key_share=True, of=documents)
    )
    if connection.execute(document).one_or_none() is None:
        key, claim = _sentence(connection, claim_id, keep=True)
        connection.execute(insert_new(connection, there).values(row_of(claim, key)))
    return connection.execute(wanted).one()


def _check_place(connection: Connection, row: AnyRow) -> None:
    """Raises ClaimRejected where a claim's words are gone, or another is marked there now."""
    span = Span(row.start, row.end)
    if row.lost:
        raise ClaimRejected(span, "its words are no longer in the translation")
    same = select(tables.claims.c.key).where(*_standing(row.document, row.side, span))
    if row.kind == "marked" and connection.execute(same).first() is not None:
        raise ClaimRejected(span, "another claim is marked there now")


def _keep_judgement(connection: Connection, claim: int, by: str, verdict: Verdict) -> bool:
    """Write down what a person finds of a claim; whether it is something else than before."""
    mine = (judgements.c.claim == claim, judgements.c.by == by)
    before = connection.execute(select(judgements.c.verdict).where(*mine)).scalar()
    if (before or "undecided") == verdict:
        return False
    connection.execute(delete(judgements).where(*mine))
    if verdict != "undecided":
        said = {"claim": claim, "by": check_storable("by", by), "verdict": verdict, "at": now()}
        connection.execute(insert(judgements).values(said))
    return True


def _standing(document: int, side: str, span: Span) -> tuple[ColumnElement[bool], ...]:
    """What is true of the claim that is marked at a span, and stands in the text."""
    there = tables.claims.c
    return (
        there.document == document,
        there.kind == "marked",
        there.status != "orphaned",
        there.side == side,
        there.start == span.start,
        there.end == span.end,
    )


def _marked(connection: Connection, document: int, side: Side, span: Span) -> Claim:
    wanted = rows_of_claims().where(*_standing(document, side, span))
    return claim_of(connection.execute(wanted).one())


def _sentence(connection: Connection, claim_id: str, keep: bool = False) -> tuple[int, Claim]:
    """The key of the document and the claim, for the id of a sentence. Raises NoSuchClaim."""
    place = sentence_of(claim_id)
    if place is None:
        raise NoSuchClaim(claim_id)
    document_id, number = place
    try:
        document = document_row(connection, document_id, keep)
    except NoSuchDocument:
        raise NoSuchClaim(claim_id) from None
    row = _segment_row(connection, document.key, number)
    if row is None:
        raise NoSuchClaim(claim_id)
    segment = segment_of(row)
    found = traced(connection, document, "target", segment.target)
    return document.key, sentence_claim(document, number, segment, found)


def _segment_row(connection: Connection, document: int, number: int) -> AnyRow | None:
    there = tables.segments
    statement = select(there).where(there.c.document == document, there.c.number == number)
    return connection.execute(statement).one_or_none()


def _touch(connection: Connection, document: int) -> None:
    there = tables.documents
    connection.execute(update(there).where(there.c.key == document).values(updated=now()))
