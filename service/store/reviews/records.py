"""What a review says of a segment, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from alignment.document import Languages, Segment, Severity, Side
from alignment.span import Span
from service.store.quotations import Verdict

State = Literal["draft", "reviewed", "signed_off"]
STATES: tuple[State, ...] = get_args(State)
FlagSeverity = Literal["minor", "major", "critical"]


class Beginning(NamedTuple):
    """Where a segment begins in the whole text of one side, in each unit that offsets count."""

    codepoint: int
    utf16: int
    utf8: int


@dataclass(frozen=True, slots=True)
class Flag:
    """What a reviewer finds wrong with some characters of a segment.

    `span` counts code points of the whole text; None where an edit took the
    words away, which `quote` still has.
    """

    id: str
    document: str
    number: int
    side: Side
    span: Span | None
    quote: str
    reason: str
    severity: FlagSeverity
    by: str
    at: datetime
    resolved: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody has to say about a segment."""

    id: str
    document: str
    number: int
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ReviewedSegment:
    """A segment as a reviewer sees it.

    `number` counts from 1; the spans of `segment` and of the flags count code
    points of the whole texts, `source` and `target` are its own characters,
    `source_begins` and `target_begins` say where they begin. `revision` counts
    changes of state and text. `edited_by` is None while the translation is what
    came in, and empty where whoever edited it had no name; `checked` are the
    types of issues that are looked for in its document. `comments` is how many.
    """

    document: str
    number: int
    segment: Segment
    source: str
    target: str
    source_begins: Beginning
    target_begins: Beginning
    state: State
    severity: Severity
    revision: int
    edited_by: str | None
    reviewed_by: str
    signed_by: str
    flags: tuple[Flag, ...]
    comments: int
    languages: Languages
    checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of a document has come, in segments.

    `flagged` counts them by their worst issue, `open_flags` are reviewers' own.
    """

    segments: int
    draft: int
    reviewed: int
    signed_off: int
    edited: int
    flagged: Mapping[Severity, int]
    open_flags: int


class Tile(NamedTuple):
    """A segment in the small picture of its document; `characters` are code points."""

    state: State
    severity: Severity
    open_flags: int
    characters: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on the claims that both have judged.

    `observed` is the share of the same verdicts, `kappa` Cohen's; None where
    chance alone would make them agree on everything.
    """

    first: str
    second: str
    claims: int
    observed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class PersonalVerdict:
    """What one person finds of a claim."""

    claim: str
    by: str
    verdict: Verdict
    at: datetime
