"""Half-open ranges of characters: the coordinate system of the whole project.

Offsets count Unicode code points of the text exactly as it was submitted:
not bytes, not UTF-16 units, and never those of a normalised copy. Other units
are converted at the edge, by `alignment.units`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """The characters `text[start:end]`, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character; an empty span shares none."""
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this span; an empty span may stand on its edge."""
        return self.start <= other.start <= other.end <= self.end

    def shifted(self, offset: int) -> Span:
        """The same characters, `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)


def hull(spans: Iterable[Span]) -> Span | None:
    """The smallest span that contains all of `spans`, or None if there are none."""
    spans = list(spans)
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def touching(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of `spans`, in order and apart as they are, that share a character with `span`."""
    if span.start >= span.end:
        return spans[:0]
    first = bisect_right(spans, span.start, key=lambda each: each.end)
    last = bisect_left(spans, span.end, key=lambda each: each.start)
    return spans[first:last]
