"""What goes over the wire about the review of a document, field by field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, create_model

from alignment.diff import Kind
from alignment.document import Side
from alignment.units import OffsetUnit
from service.api.schemas import Count, Issue, Link, NullMass, Problem, Wire, without_default
from service.api.stored_schemas import MOST_AT_ONCE, Counted, Id, Moment, Passage
from service.reviewing import LONGEST
from service.store.quotations import Verdict
from service.store.reviews.records import FlagSeverity, State

REASON_LENGTH = 2000
COMMENT_LENGTH = 5000
# What every database takes as a number.
HIGHEST = 1_000_000_000

Number = Annotated[int, Field(ge=1, le=HIGHEST, description="Counted from 1.")]
Revision = Annotated[
    int, Field(ge=0, le=HIGHEST, description="How many changes of state and text there were.")
]

# "from" is a word of Python's own.
RANGE: dict[str, Any] = {
    "from": (Number, Field(1, description="The number of the first, from 1.")),
    "limit": (int, Field(50, ge=1, le=MOST_AT_ONCE, description="Segments at once.")),
}
SegmentsQuery = create_model("SegmentsQuery", __base__=Counted, __doc__="Which segments.", **RANGE)


class SegmentChangeRequest(Counted):
    """Another state, another translation or both, of the segment as the caller has seen it."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["state"]}, {"required": ["target"]}]}
    )

    revision: Revision
    state: State = Field("draft", json_schema_extra=without_default)
    target: str = Field(
        "",
        max_length=LONGEST,
        description="The new translation; white space around it is not taken.",
        json_schema_extra=without_default,
    )


class UndoRequest(Counted):
    """Of the segment as the caller has seen it."""

    revision: Revision


class CommentRequest(Wire):
    """What somebody has to say."""

    text: str = Field(min_length=1, max_length=COMMENT_LENGTH)


class FlagRequest(Counted):
    """What is wrong with some characters of a segment."""

    side: Side
    start: Count = Field(description="In the whole text.")
    end: Count = Field(description="Half-open.")
    quote: str = Field(
        "",
        max_length=LONGEST,
        description="The words there: where others stand there now, nothing is flagged.",
        json_schema_extra=without_default,
    )
    reason: str = Field(min_length=1, max_length=REASON_LENGTH)
    severity: FlagSeverity


class FlagResolution(Counted):
    """Whether a flag is settled."""

    resolved: bool


class OwnVerdict(Counted):
    """What whoever asks finds of a claim; undecided takes it back."""

    verdict: Verdict


class Flag(Wire):
    """What a reviewer finds wrong with some characters of a segment."""

    id: Id
    side: Side
    start: Count | None = Field(description="null where an edit took the words away.")
    end: Count | None
    quote: str
    reason: str
    severity: FlagSeverity
    by: str
    at: Moment
    resolved: bool


class ReviewedSegment(Wire):
    """A segment as a reviewer sees it; its spans are of the whole texts."""

    number: Number
    document: Id
    paragraph: Count = Field(description="Counted from 0.")
    offset_unit: OffsetUnit
    state: State
    revision: Revision
    source: Passage
    target: Passage
    score: float | None = Field(description="null where no model chose the translation.")
    links: list[Link]
    nulls: list[NullMass]
    issues: list[Issue]
    edited: bool = Field(description="Whether somebody rewrote the translation.")
    edited_by: str = Field(description="Who did last; empty too where nobody is signed in.")
    reviewed_by: str
    signed_by: str
    flags: list[Flag]
    comments: Count = Field(description="How many there are.")


class Segments(Wire):
    """Some segments, in their order."""

    segments: list[ReviewedSegment]
    next: Number | None = Field(description="The number of the one after them; null for none.")


class ChangedProblem(Problem):
    """What went wrong (RFC 9457), and the segment as it is now."""

    current: ReviewedSegment


class SegmentChange(Wire):
    """One change of a segment."""

    at: Moment
    by: str
    action: Literal[
        "state",
        "edited",
        "undone",
        "flagged",
        "resolved",
        "reopened",
        "commented",
        "comment_deleted",
    ]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    diff: list[tuple[Kind, str]] = Field(
        description="What was kept (=), taken out (-) and put in (+), where the text changed."
    )


class SegmentHistory(Wire):
    """Every change of a segment, the first one first."""

    changes: list[SegmentChange]


class Comment(Wire):
    """What somebody had to say."""

    id: Id
    by: str
    at: Moment
    text: str


class Comments(Wire):
    """What was said about a segment, the first one first."""

    comments: list[Comment]


class Agreement(Wire):
    """How far two people agree on what both have judged."""

    first: str
    second: str
    claims: Count = Field(description="How many both have judged.")
    observed: float = Field(ge=0, le=1, description="The share of the same verdicts.")
    kappa: float | None = Field(
        description="Cohen's kappa; null where each gave only one and the same verdict."
    )


class Agreements(Wire):
    """Every two people who have judged the same claims."""

    pairs: list[Agreement]
