"""Links, null masses and issues of a segment as one short text, and back without loss.

Spans count from the start of their sentence, which keeps them short. It is
JSON in ASCII: Python writes and reads floating-point numbers in it exactly,
and a database takes every character of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from alignment.document import Issue, Link, NullMass, Segment
from alignment.span import Span


class Details(NamedTuple):
    """What belongs to a segment beside its spans, in code points of the two texts."""

    links: tuple[Link, ...]
    nulls: tuple[NullMass, ...]
    issues: tuple[Issue, ...]


def encode(segment: Segment) -> str:
    """The details of a segment, their spans counted from its own."""
    source, target = segment.source.start, segment.target.start
    links = [
        [
            link.source.start - source,
            link.source.end - source,
            link.target.start - target,
            link.target.end - target,
            link.score,
        ]
        for link in segment.links
    ]
    nulls = [
        [null.target.start - target, null.target.end - target, null.mass] for null in segment.nulls
    ]
    issues = [
        [
            issue.type,
            issue.severity,
            issue.explanation,
            [span.shifted(-source) for span in issue.source_spans],
            [span.shifted(-target) for span in issue.target_spans],
        ]
        for issue in segment.issues
    ]
    return json.dumps([links, nulls, issues], separators=(",", ":"))


def decode(details: str, source: int, target: int) -> Details:
    """Details again, of a segment that begins at these code points of the two texts."""
    links, nulls, issues = json.loads(details)
    return Details(
        tuple(
            Link(Span(source + a, source + b), Span(target + c, target + d), score)
            for a, b, c, d, score in links
        ),
        tuple(NullMass(Span(target + a, target + b), mass) for a, b, mass in nulls),
        tuple(
            Issue(kind, severity, explanation, _spans(here, source), _spans(there, target))
            for kind, severity, explanation, here, there in issues
        ),
    )


def _spans(pairs: Sequence[Any], offset: int) -> tuple[Span, ...]:
    return tuple(Span(offset + start, offset + end) for start, end in pairs)
