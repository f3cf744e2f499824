"""Any span of one side, on the other: back to the original or forward to the translation.

A span is answered by the words that its own words are linked to, in
fragments where they stand apart. What has no counterpart is named, never
guessed; a larger span never gets less than a smaller one inside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alignment.document import AlignedDocument, Link, Segment, Side
from alignment.errors import SpanOutOfRange
from alignment.span import Span, touching
from alignment.words import is_word, words


@dataclass(frozen=True, slots=True)
class Projection:
    """What answers a span on the other side.

    `spans`       the counterpart, in fragments, in reading order; none: no counterpart
    `coverage`    the share of the span's words that have a counterpart, from 0 to 1
    `confidence`  the mean score of the best link of each of those words, from 0 to 1
    `unlinked`    the span's words without a counterpart
    `sentences`   the other side of every sentence that the span touches
    """

    spans: tuple[Span, ...]
    coverage: float
    confidence: float
    unlinked: tuple[Span, ...]
    sentences: tuple[Span, ...]

    @property
    def has_counterpart(self) -> bool:
        """Whether anything at all answers the span."""
        return bool(self.spans)


def trace(document: AlignedDocument, claim: Span) -> Projection:
    """The source behind a `claim`, a span of the target.

    A word that the claim touches counts whole. Raises SpanOutOfRange.
    """
    return _project(document, claim, "target", "source")


def follow(document: AlignedDocument, quote: Span) -> Projection:
    """What became of a `quote`, a span of the source, in the target.

    A word that the quote touches counts whole. Raises SpanOutOfRange.
    """
    return _project(document, quote, "source", "target")


def coverage(document: AlignedDocument, side: Side) -> float:
    """The share of one side's words that have a counterpart, from 0 to 1; 1 for no words."""
    linked = total = 0
    for segment in document.segments:
        here = list(words(document.text(side), segment.side(side)))
        total += len(here)
        linked += len(_links_of(here, segment, side))
    return linked / total if total else 1.0


def _project(document: AlignedDocument, span: Span, here: Side, there: Side) -> Projection:
    if not 0 <= span.start <= span.end <= len(document.text(here)):
        raise SpanOutOfRange(span, len(document.text(here)))
    fragments: list[Span] = []
    unlinked: list[Span] = []
    scores: list[float] = []
    touched = list(_touched(document, span, here))
    for segment in touched:
        claimed = touching(list(words(document.text(here), segment.side(here))), span)
        links = _links_of(claimed, segment, here)
        scores += [max(link.score for link in each) for each in links.values()]
        unlinked += [word for word in claimed if word not in links]
        found = (_end(link, there) for each in links.values() for link in each)
        fragments += _joined(document.text(there), found)
    asked = len(scores) + len(unlinked)
    return Projection(
        spans=tuple(fragments),
        coverage=len(scores) / asked if asked else 0.0,
        confidence=sum(scores) / len(scores) if scores else 0.0,
        unlinked=tuple(unlinked),
        sentences=tuple(segment.side(there) for segment in touched),
    )


def _links_of(here: Sequence[Span], segment: Segment, side: Side) -> dict[Span, list[Link]]:
    """Those of the words `here` that have links, each with its own."""
    found: dict[Span, list[Link]] = {}
    for link in segment.links:
        for word in touching(here, _end(link, side)):
            found.setdefault(word, []).append(link)
    return found


def _end(link: Link, side: Side) -> Span:
    return link.source if side == "source" else link.target


def _touched(document: AlignedDocument, span: Span, side: Side) -> Iterator[Segment]:
    first = bisect_right(document.segments, span.start, key=lambda segment: segment.side(side).end)
    for segment in document.segments[first:]:
        if segment.side(side).start >= span.end:
            return
        if segment.side(side).overlaps(span):
            yield segment


def _joined(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Sorted, and put together where nothing but white space or punctuation parts them."""
    current: Span | None = None
    for span in sorted(spans):
        if current and not is_word(text[current.end : span.start]):
            current = Span(current.start, max(current.end, span.end))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current
