"""A claim as a value, as it is made, and as a row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, select

from alignment.anchoring import Quote, quote
from alignment.document import Segment, Side
from alignment.project import Projection
from alignment.span import Span
from service.store.identifiers import new_id, sentence_claim_id
from service.store.records import canonical, now
from service.store.tables import AnyRow, claims, documents

Kind = Literal["sentence", "marked"]
Verdict = Literal["undecided", "faithful", "unfaithful"]
Status = Literal["active", "orphaned", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of one side and what answers it on the other, both quoted.

    `side` is where it was marked, the target for a sentence; the other side may
    have several quotes, or none where there is no counterpart. `coverage` and
    `confidence` are those of the projection, each sha256 that of the whole text
    as UTF-8. A sentence is nobody's: `by` is empty. Where an edit took its words
    away, it is `lost`: its spans in the target are of a text that is gone.
    """

    id: str
    document: str
    kind: Kind
    side: Side
    span: Span
    source: tuple[Quote, ...]
    target: tuple[Quote, ...]
    coverage: float
    confidence: float
    source_sha256: str
    target_sha256: str
    verdict: Verdict
    status: Status
    created: datetime
    by: str
    lost: bool = False

    def quotes(self, side: Side) -> tuple[Quote, ...]:
        """The quotes of one side, in reading order."""
        return self.source if side == "source" else self.target


def marked_claim(document: AnyRow, side: Side, span: Span, found: Projection, by: str) -> Claim:
    """A claim that somebody marks now in the document of this row."""
    back = side == "target"
    return Claim(
        id=new_id(),
        document=document.id,
        kind="marked",
        side=side,
        span=span,
        source=quotes_in(document.source, found.spans if back else (span,)),
        target=quotes_in(document.target, (span,) if back else found.spans),
        coverage=found.coverage,
        confidence=found.confidence,
        source_sha256=document.source_sha256,
        target_sha256=document.target_sha256,
        verdict="undecided",
        status="active",
        created=now(),
        by=by,
    )


def sentence_claim(document: AnyRow, number: int, segment: Segment, found: Projection) -> Claim:
    """The claim that a sentence is; `found` is what answers the whole of its target."""
    return Claim(
        id=sentence_claim_id(document.id, number),
        document=document.id,
        kind="sentence",
        side="target",
        span=segment.target,
        source=quotes_in(document.source, (segment.source,)),
        target=quotes_in(document.target, (segment.target,)),
        coverage=found.coverage,
        confidence=found.confidence,
        source_sha256=document.source_sha256,
        target_sha256=document.target_sha256,
        verdict="undecided",
        status="active",
        created=document.created,
        by="",
    )


def rows_of_claims() -> Select[*tuple[Any, ...]]:
    """Rows that `claim_of` reads, joined with their documents."""
    lost = claims.c.target_sha256 != documents.c.target_sha256
    return select(claims, documents.c.id.label("document_id"), lost.label("lost")).join(documents)


def row_of(claim: Claim, document: int) -> dict[str, Any]:
    """The row of a claim in the document with this key."""
    return {
        "id": claim.id,
        "document": document,
        "kind": claim.kind,
        "side": claim.side,
        "start": claim.span.start,
        "end": claim.span.end,
        "source_quotes": _written(claim.source),
        "target_quotes": _written(claim.target),
        "coverage": claim.coverage,
        "confidence": claim.confidence,
        "source_sha256": claim.source_sha256,
        "target_sha256": claim.target_sha256,
        "verdict": claim.verdict,
        "status": claim.status,
        "created": claim.created,
        "by": claim.by,
    }


def claim_of(row: AnyRow) -> Claim:
    """The claim of a row that has its document's id as `document_id`, and whether it is `lost`."""
    return Claim(
        id=row.id,
        document=row.document_id,
        kind=row.kind,
        side=row.side,
        span=Span(row.start, row.end),
        source=_read(row.source_quotes),
        target=_read(row.target_quotes),
        coverage=row.coverage,
        confidence=row.confidence,
        source_sha256=row.source_sha256,
        target_sha256=row.target_sha256,
        verdict=row.verdict,
        status=row.status,
        created=row.created,
        by=row.by,
        lost=row.lost,
    )


def quotes_in(text: str, spans: Iterable[Span]) -> tuple[Quote, ...]:
    """The quotes of those of some spans that are not empty."""
    return tuple(quote(text, span) for span in spans if span.start < span.end)


def _written(quotes: Iterable[Quote]) -> str:
    return canonical(
        [[*each.span, each.exact, each.prefix, each.suffix, each.alone] for each in quotes]
    )


def _read(quotes: str) -> tuple[Quote, ...]:
    return tuple(Quote(Span(start, end), *rest) for start, end, *rest in json.loads(quotes))
