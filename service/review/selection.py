"""Some words that a reader has chosen on a bench: what answers them, and what they can be cited as.

A bench knows words by the segment that they are in and their offsets from its
start; here they become a span of the whole text as it is now.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from alignment.document import Side
from alignment.project import Projection
from alignment.span import Span
from service.review.citations import Passage, citation, passages
from service.store.claims import read_claim
from service.store.database import Store
from service.store.heading import read_heading
from service.store.identifiers import sentence_claim_id
from service.store.marked import marked_claims
from service.store.quotations import Claim
from service.store.reviews.reading import read_segment
from service.store.reviews.records import ReviewedSegment
from service.store.texts import Texts, read_texts
from service.store.traces import trace

# In code points: what is shown of the text on either side of an answer, where there is little room.
AROUND = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: the number of a segment, and code points from its start."""

    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen words of one side: `span` is of the whole text, `quote` what it covers.

    `answers` are passages of the other side; `claim` is what the words are
    known as already, with its `citation` and its address.
    """

    side: Side
    span: Span
    quote: str
    language: str
    other_language: str
    found: Projection
    answers: tuple[Passage, ...]
    claim: Claim | None
    address: str
    citation: str


def read_selection(
    store: Store, document_id: str, side: Side, first: Place, last: Place
) -> Selection:
    """The words from one place to another.

    Raises NoSuchDocument, NoSuchSegment, and SpanOutOfRange where no text is there now.
    """
    begin = read_segment(store, document_id, first.number)
    end = begin if last.number == first.number else read_segment(store, document_id, last.number)
    span = Span(
        begin.segment.side(side).start + first.offset, end.segment.side(side).start + last.offset
    )
    found = trace(store, document_id, side, span)
    texts = read_texts(store, document_id)
    claim = _known(store, begin, side, span)
    address = url_for("review.claim", claim_id=claim.id, _external=True) if claim else ""
    languages = (texts.languages.source, texts.languages.target)
    own, other = languages if side == "source" else languages[::-1]
    return Selection(
        side=side,
        span=span,
        quote=span.of(texts.side(side)),
        language=own,
        other_language=other,
        found=found,
        answers=_answers(texts, side, found),
        claim=claim,
        address=address,
        citation=citation(claim, read_heading(store, document_id), address) if claim else "",
    )


def _answers(texts: Texts, side: Side, found: Projection) -> tuple[Passage, ...]:
    other: Side = "source" if side == "target" else "target"
    return passages(texts.side(other), found.spans, found.sentences, AROUND)


def _known(store: Store, begin: ReviewedSegment, side: Side, span: Span) -> Claim | None:
    """The claim that exactly this span is: one that somebody marked, or a whole sentence."""
    for claim in marked_claims(store, begin.document):
        if (claim.side, claim.span, claim.status) == (side, span, "active"):
            return claim
    if side == "target" and span == begin.segment.target:
        return read_claim(store, sentence_claim_id(begin.document, begin.number - 1))
    return None
