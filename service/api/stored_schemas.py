"""What goes over the wire about documents that are kept, and claims, field by field."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from alignment.anchoring import Outcome
from alignment.document import Side
from alignment.units import OffsetUnit
from service.api.schemas import (
    AlignedDocument,
    Count,
    Share,
    Signature,
    Span,
    Wire,
    without_default,
)
from service.store.quotations import Kind, Status, Verdict

SEARCH_LENGTH = 500
NAME_LENGTH = 200
MOST_AT_ONCE = 100
NO_SPAN = Span(start=0, end=0)

Id = Annotated[str, Field(description="It never changes.")]
Moment = Annotated[
    str, Field(description="In UTC, RFC 3339.", json_schema_extra={"format": "date-time"})
]
Sha256 = Annotated[str, Field(description="Of the whole text as UTF-8.")]
Address = Annotated[str, Field(description="The path of its page for people.")]
Unit = Annotated[OffsetUnit, Field(description="What offsets count.")]
By = Annotated[str, Field(max_length=NAME_LENGTH, description="Who does it.")]


class Nothing(Wire):
    """A query without a field."""


class Counted(Wire):
    """How to count."""

    offset_unit: Unit = "codepoint"


class Search(Wire):
    """Which documents, and how many at once."""

    query: str = Field(
        "",
        max_length=SEARCH_LENGTH,
        description="Words of title or texts, or their beginnings; accents and case count not.",
    )
    cursor: str = Field("", description="The next of the page before; none for the first page.")
    limit: int = Field(20, ge=1, le=MOST_AT_ONCE, description="Documents on a page.")


class TraceQuery(Counted):
    """A span of one side."""

    side: Side = Field("target", description="Which text the span is of.")
    start: Count = Field(description="Where it begins.")
    end: Count = Field(description="Where it ends, half-open.")


class ExportQuery(Wire):
    """In which format."""

    format: str = Field("json", description="One of the formats there are.")


class ClaimRequest(Counted):
    """What somebody may quote: a span of the translation, or one of the original."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["target"]}, {"required": ["source"]}]}
    )

    target: Span = Field(NO_SPAN, json_schema_extra=without_default)
    source: Span = Field(NO_SPAN, json_schema_extra=without_default)
    by: By = ""


class Judgement(Counted):
    """What somebody finds of a claim: its verdict, its status or both."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["verdict"]}, {"required": ["status"]}]}
    )

    verdict: Verdict = Field("undecided", json_schema_extra=without_default)
    status: Status = Field("active", json_schema_extra=without_default)
    by: By = ""


class AnchorRequest(Counted):
    """A text that may have changed since the claim was made."""

    text: str = Field(description="The text to look for the quotes in.")
    side: Side = Field("source", description="Which side's quotes it may hold.")


class Origin(Wire):
    """What a document came as."""

    media_type: str
    filename: str = Field(description="Empty where it came without one.")


class StoredDocument(AlignedDocument):
    """A document that is kept: both texts in full, and what is known about it."""

    id: Id
    title: str
    created: Moment
    updated: Moment
    source_sha256: Sha256
    target_sha256: Sha256
    origin: Origin
    page: Address


class Flagged(Wire):
    """Segments by the worst that the checks found in them."""

    critical: Count
    major: Count
    minor: Count


class Progress(Wire):
    """How far the review of a document has come, in segments."""

    draft: Count
    reviewed: Count
    signed_off: Count
    edited: Count = Field(description="Whose translation is not what came in.")
    flagged: Flagged
    open_flags: Count = Field(description="Flags of reviewers that nobody has resolved.")


class Summary(Wire):
    """A document that is kept, without its texts."""

    id: Id
    title: str
    opening: str = Field(description="The first 200 code points of the article.")
    source_language: str
    target_language: str
    model: Signature | None = Field(description="null where no model had a part in it.")
    origin: Origin
    source_sha256: Sha256
    source_length: Count = Field(description="In code points.")
    target_length: Count = Field(description="In code points.")
    segments: Count
    progress: Progress
    created: Moment
    updated: Moment
    page: Address


class Documents(Wire):
    """Some documents, the newest first."""

    documents: list[Summary]
    next: str | None = Field(description="The cursor of those after them; null for no more.")


class Passage(Span):
    """Some characters of a text, and which they are."""

    text: str


class Trace(Wire):
    """What answers a span of one side on the other side."""

    document: Id
    side: Side = Field(description="Of the span, and of unlinked.")
    offset_unit: OffsetUnit
    span: Passage
    spans: list[Passage] = Field(description="The counterpart in fragments; none: there is none.")
    coverage: Share = Field(description="The share of the span's words with a counterpart.")
    confidence: Share = Field(description="The mean score of the best link of each such word.")
    unlinked: list[Passage] = Field(description="The span's words without a counterpart.")
    sentences: list[Passage] = Field(description="The other side of the sentences it touches.")


class Quote(Wire):
    """Words of a text, and up to 32 code points on either side of them."""

    span: Span | None = Field(description="null where an edit took the words away.")
    exact: str
    prefix: str
    suffix: str


class Claim(Wire):
    """A span that somebody may quote, and what answers it, both quoted."""

    id: Id
    document: Id
    kind: Kind = Field(description="sentence: every sentence is one; marked: somebody made it.")
    side: Side = Field(description="Where it was marked.")
    offset_unit: OffsetUnit
    span: Span | None = Field(description="null where an edit took the words away.")
    source: list[Quote] = Field(description="Of the original; none: no counterpart.")
    target: list[Quote] = Field(description="Of the translation; none: no counterpart.")
    coverage: Share = Field(description="The share of the claim's words with a counterpart.")
    confidence: Share = Field(description="The mean score of the best link of each such word.")
    source_sha256: Sha256
    target_sha256: Sha256
    verdict: Verdict
    status: Status
    created: Moment
    by: str = Field(description="Who marked it; a sentence is nobody's.")
    page: Address


class Claims(Wire):
    """The claims of a document: its sentences in reading order, then those marked in it."""

    claims: list[Claim]


class Change(Wire):
    """One change of a claim."""

    at: Moment
    by: str
    action: str
    before: dict[str, Any] | None = Field(description="null where it was made.")
    after: dict[str, Any] | None = Field(description="Its offsets count code points.")


class History(Wire):
    """Every change of a claim, the first one first; a sentence that nobody judged has none."""

    claim: Id
    changes: list[Change]


class AnchoredQuote(Wire):
    """What has become of a quote."""

    exact: str
    outcome: Outcome = Field(
        description="exact: the text is the same; moved: it can only be here; ambiguous: it "
        "could be any of these; orphaned: it stands nowhere any more."
    )
    spans: list[Span]


class Anchored(Wire):
    """What has become of each quote of one side of a claim."""

    claim: Id
    side: Side
    offset_unit: OffsetUnit
    quotes: list[AnchoredQuote]
