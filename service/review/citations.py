"""What a page says of a claim: its quotes in their context, and the claim in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alignment.anchoring import CONTEXT, Quote
from alignment.document import Issue, Side
from alignment.formats.provenance import signature
from alignment.span import Span
from service.store.heading import Heading
from service.store.quotations import Claim
from service.store.records import StoredDocument

# In code points: what is shown of the text on either side of a quote.
AROUND = 240
SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text, and whether they are quoted or stand around the quote."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text with the quotes in it, and whether the text goes on beyond it."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def passages(
    text: str, quoted: Sequence[Span], shown: Sequence[Span] = (), around: int = AROUND
) -> tuple[Passage, ...]:
    """The quoted spans, in order and apart, each with its context, or just what is to be `shown`.

    The context is up to `around` code points on either side; contexts that meet are one passage.
    """
    windows: list[Span] = []
    for window in (_window(text, span, around) for span in quoted) if quoted else iter(shown):
        if windows and window.start <= windows[-1].end:
            window = Span(windows.pop().start, window.end)
        windows.append(window)
    return tuple(
        Passage(tuple(_pieces(text, window, quoted)), window.start > 0, window.end < len(text))
        for window in windows
    )


def remembered(quotes: Iterable[Quote]) -> tuple[Passage, ...]:
    """Quotes of a text that has changed since, in as much of their context as they keep."""
    return tuple(
        Passage(
            (
                Piece(each.prefix, quoted=False),
                Piece(each.exact, quoted=True),
                Piece(each.suffix, quoted=False),
            ),
            cut_before=len(each.prefix) == CONTEXT,
            cut_after=len(each.suffix) == CONTEXT,
        )
        for each in quotes
    )


def citation(claim: Claim, heading: Heading, address: str) -> str:
    """The claim as a few lines of text to be pasted elsewhere."""
    languages = heading.languages
    lines = (
        f"“{_joined(claim, 'target')}” ({languages.target})",
        f"“{_joined(claim, 'source')}” ({languages.source}, original)",
        heading.title,
        f"Translated by {signature(heading.model)}",
        address,
        f"sha256 of the original: {claim.source_sha256}",
    )
    return "\n".join(line for line in lines if line)


def issues_of(claim: Claim, stored: StoredDocument) -> tuple[Issue, ...]:
    """What was flagged in the sentences that a claim touches; nothing once its words are lost."""
    if claim.lost and claim.side == "target":
        return ()
    return tuple(
        issue
        for segment in stored.document.segments
        if segment.side(claim.side).overlaps(claim.span)
        for issue in segment.issues
        if issue.severity != "none"
    )


def _window(text: str, span: Span, around: int) -> Span:
    """A span with its context, which begins and ends with a whole word where it can."""
    start, end = max(0, span.start - around), min(len(text), span.end + around)
    # A space just outside parts words as well as one just inside.
    first = SPACE.search(text, start - 1, span.start) if start else None
    last = end
    for space in SPACE.finditer(text, span.end, end + 1) if end < len(text) else ():
        last = space.start()
    return Span(first.end() if first else start, last)


def _pieces(text: str, window: Span, quoted: Sequence[Span]) -> Iterator[Piece]:
    end = window.start
    for span in quoted:
        if window.contains(span):
            yield Piece(text[end : span.start], quoted=False)
            yield Piece(span.of(text), quoted=True)
            end = span.end
    yield Piece(text[end : window.end], quoted=False)


def _joined(claim: Claim, side: Side) -> str:
    return " […] ".join(quote.exact for quote in claim.quotes(side)) or "no counterpart"
