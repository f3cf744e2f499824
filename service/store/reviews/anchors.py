"""Claims and flags carried over the edit of one segment, or orphaned by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, delete, literal, select, update

from alignment.anchoring import Quote, anchor, quote
from alignment.edit import Edit, carried, carried_quote, replacing
from alignment.span import Span
from service.store.history import record
from service.store.identifiers import sentence_of
from service.store.quotations import Claim, claim_of, quotes_in, row_of, sentence_claim
from service.store.records import Json, segment_of
from service.store.reviews.tables import flags, judgements
from service.store.tables import AnyRow, claims
from service.store.traces import traced

# What an edit can change of a claim.
CHANGING = (
    "start",
    "end",
    "target_quotes",
    "coverage",
    "confidence",
    "target_sha256",
    "verdict",
    "status",
)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One segment's translation rewritten: the document's row before and after, the segment's
    as it is now, and who did it.
    """

    connection: Connection
    before: AnyRow
    after: AnyRow
    segment: AnyRow
    edit: Edit
    by: str


def carry_claims(rewriting: Rewriting) -> None:
    """Have every claim of the document stand where its words stand now.

    A marked one whose words cannot be found for certain is orphaned, and stands
    again if they come back; one whose counterpart was rewritten gets the new
    one, and its verdict is open again. The history tells of each.
    """
    connection, before = rewriting.connection, rewriting.before
    lost = claims.c.target_sha256 != before.target_sha256
    # Those that stand come first: what was orphaned finds no place where another is.
    rows = connection.execute(
        select(claims, literal(before.id).label("document_id"), lost.label("lost"))
        .where(claims.c.document == before.key)
        .order_by(lost, claims.c.key)
    ).all()
    old = {row.key: claim_of(row) for row in rows}
    new = dict(_carried_claims(rewriting, old))
    connection.execute(
        update(claims)
        .where(claims.c.document == before.key, ~lost)
        .values(target_sha256=rewriting.after.target_sha256)
    )
    _write(connection, old, new)
    for key, claim in new.items():
        _tell(rewriting, key, old[key], claim)


def carry_flags(connection: Connection, segment: AnyRow, old: str, new: str) -> None:
    """Have the flags of a segment stand where their words stand in its new text, if they do."""
    mine = (flags.c.document == segment.document, flags.c.number == segment.number)
    rows = connection.execute(select(flags).where(*mine, flags.c.side == "target")).all()
    edit = replacing(old, Span(0, len(old)), new)
    for row in rows:
        span = _flag_span(row, edit)
        start, end = span or (None, None)
        connection.execute(
            update(flags).where(flags.c.key == row.key).values({"start": start, "end": end})
        )


def _flag_span(row: AnyRow, edit: Edit) -> Span | None:
    if row.start is not None:
        return carried(edit, Span(row.start, row.end))
    lost = Quote(Span(0, len(row.quote)), row.quote, "", "", alone=True)
    found = anchor(lost, "", edit.after)
    return found.spans[0] if found.outcome == "moved" else None


def _carried_claims(rewriting: Rewriting, old: dict[int, Claim]) -> Iterator[tuple[int, Claim]]:
    taken: set[tuple[str, Span]] = set()
    for key, claim in old.items():
        found = _carried_claim(rewriting, claim)
        if found.kind == "marked" and found.status != "orphaned":
            if (found.side, found.span) in taken:
                found = replace(claim, status="orphaned")
            else:
                taken.add((found.side, found.span))
        yield key, found


def _carried_claim(rewriting: Rewriting, claim: Claim) -> Claim:
    if claim.lost:
        return _found_again(rewriting, claim)
    if claim.kind == "sentence":
        return _carried_sentence(rewriting, claim)
    quotes = tuple(filter(None, (carried_quote(rewriting.edit, each) for each in claim.target)))
    whole = len(quotes) == len(claim.target)
    if claim.side == "target":
        if not whole:
            return replace(claim, status="orphaned")
        return _placed(rewriting, claim, quotes, quotes[0].span)
    if not whole or (not quotes and _is_of(rewriting.segment, claim)):
        return _projected(rewriting, claim)
    return _placed(rewriting, claim, quotes, claim.span)


def _carried_sentence(rewriting: Rewriting, claim: Claim) -> Claim:
    place = sentence_of(claim.id)
    number = place[1] if place else 0
    if number == rewriting.segment.number:
        segment, after = segment_of(rewriting.segment), rewriting.after
        found = traced(rewriting.connection, after, "target", segment.target)
        now = sentence_claim(after, number, segment, found)
        return replace(now, status=claim.status)
    shift = rewriting.edit.shift if number > rewriting.segment.number else 0
    quotes = tuple(filter(None, (carried_quote(rewriting.edit, each) for each in claim.target)))
    return _placed(rewriting, claim, quotes, claim.span.shifted(shift))


def _found_again(rewriting: Rewriting, claim: Claim) -> Claim:
    """A claim that an earlier edit orphaned, where this one of the same segment brings it back."""
    if claim.status != "orphaned" or claim.side != "target":
        return claim
    text = rewriting.after.target
    found = anchor(claim.target[0], claim.target_sha256, text)
    certain = found.outcome == "exact" or (
        found.outcome == "moved"
        and _is_of(rewriting.segment, claim)
        and rewriting.edit.new.overlaps(found.spans[0])
    )
    if not certain:
        return claim
    span = found.spans[0]
    back = replace(claim, status="active")
    return _placed(rewriting, back, (quote(text, span),), span)


def _projected(rewriting: Rewriting, claim: Claim) -> Claim:
    """A claim of the original with what answers it now."""
    found = traced(rewriting.connection, rewriting.after, "source", claim.span)
    quotes = quotes_in(rewriting.after.target, found.spans)
    now = replace(claim, coverage=found.coverage, confidence=found.confidence)
    if _words(quotes) != _words(claim.target):
        now = replace(now, verdict="undecided")
    return _placed(rewriting, now, quotes, claim.span)


def _placed(rewriting: Rewriting, claim: Claim, quotes: tuple[Quote, ...], span: Span) -> Claim:
    sha256 = rewriting.after.target_sha256
    return replace(claim, span=span, target=quotes, target_sha256=sha256, lost=False)


def _is_of(segment: AnyRow, claim: Claim) -> bool:
    """Whether a claim has to do with the original of this segment."""
    source = Span(segment.source_start, segment.source_end)
    spans = [each.span for each in claim.source]
    return any(source.overlaps(span) for span in spans)


def _write(connection: Connection, old: dict[int, Claim], new: dict[int, Claim]) -> None:
    """Write down what is new in more than the checksum of the text."""
    changed = {
        key: claim
        for key, claim in new.items()
        if replace(claim, target_sha256=old[key].target_sha256) != old[key]
    }
    if not changed:
        return
    mine = claims.c.key == bindparam("its_key")
    keys = [{"its_key": key} for key in changed]
    # Two claims may change places: no two are of the same span in between.
    away = {name: -1 - claims.c[name] for name in ("start", "end")}
    connection.execute(update(claims).where(mine).values(away), keys)
    values = {name: bindparam(f"new_{name}", type_=claims.c[name].type) for name in CHANGING}
    rows = []
    for key, claim in changed.items():
        row = row_of(claim, 0)
        rows.append({"its_key": key} | {f"new_{name}": row[name] for name in CHANGING})
    connection.execute(update(claims).where(mine).values(values), rows)


def _tell(rewriting: Rewriting, key: int, old: Claim, new: Claim) -> None:
    """Put into the history what is more than a move; what was found of other words counts not."""
    before, after = _said(old), _said(new)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return
    connection = rewriting.connection
    if "target" in changed:
        connection.execute(delete(judgements).where(judgements.c.claim == key))
    action = "edited"
    if "status" in changed:
        action = "orphaned" if new.status == "orphaned" else "found"
    record(
        connection,
        rewriting.before.key,
        "claim",
        new.id,
        action,
        rewriting.by,
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
    )


def _said(claim: Claim) -> Json:
    return {
        "verdict": claim.verdict,
        "status": claim.status,
        "target": _words(claim.target),
    }


def _words(quotes: Iterable[Quote]) -> list[str]:
    return [each.exact for each in quotes]
