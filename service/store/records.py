"""What comes out of the store, and how a row is told from a value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alignment.document import AlignedDocument, Languages, ModelInfo, Segment
from alignment.span import Span
from service.store.details import decode
from service.store.errors import Unstorable
from service.store.tables import AnyRow

# What neither PostgreSQL nor UTF-8 takes.
REFUSED = re.compile("[\0\ud800-\udfff]")

Options = Mapping[str, str]
# Plain JSON: what a history entry says about a subject.
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document came as: its media type, its file's name, its bytes if they are kept.

    `content` is for what is not text itself, such as HTML or DOCX.
    """

    media_type: str = "text/plain"
    filename: str = ""
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it was stored, and what is known about it.

    `origin` comes without its content: see `documents.read_original`. `states`
    and `editors` have one for each segment, None where its translation is what came
    in; each sha256 is of a text as UTF-8.
    """

    id: str
    title: str
    document: AlignedDocument
    options: Options
    origin: Origin
    source_sha256: str
    target_sha256: str
    states: tuple[str, ...]
    editors: tuple[str | None, ...]
    created: datetime
    updated: datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def check_storable(field: str, value: str) -> str:
    """The value itself; raises Unstorable for one with NUL or half a surrogate pair."""
    found = REFUSED.search(value)
    if found:
        raise Unstorable(field, found.start(), found.group())
    return value


def canonical(value: object) -> str:
    """JSON that is the same for equal values."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def segment_of(row: AnyRow, source: int = 0, target: int = 0) -> Segment:
    """A segment, in texts that begin at these code points of the stored ones."""
    source_start, target_start = row.source_start - source, row.target_start - target
    details = decode(row.details, source_start, target_start)
    return Segment(
        id=row.name,
        paragraph=row.paragraph,
        source=Span(source_start, row.source_end - source),
        target=Span(target_start, row.target_end - target),
        links=details.links,
        nulls=details.nulls,
        score=row.score,
        issues=details.issues,
    )


def languages_of(row: AnyRow) -> Languages:
    """The languages of a document's row."""
    return Languages(row.source_language, row.target_language)


def model_of(row: AnyRow) -> ModelInfo | None:
    """The model of a document's row that was joined with `models`, if it has one."""
    if row.name is None:
        return None
    return ModelInfo(row.name, row.revision, row.sha256, row.engine, row.decoding)
