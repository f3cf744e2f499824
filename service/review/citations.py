"""What a page says of a claim: its quotes in their context, and the claim in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alignment.document import Issue, Side
from alignment.formats.provenance import signature
from alignment.span import Span
from service.store.quotations import Claim
from service.store.records import StoredDocument

# In code points: what is shown of the text on either side of a quote.
AROUND = 240
SPACE = re.compile(r"\s")
VERDICTS = {
    "undecided": "nobody has judged it yet",
    "faithful": "judged faithful to the original",
    "unfaithful": "judged not faithful to the original",
}


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


def passages(text: str, quoted: Sequence[Span], shown: Sequence[Span] = ()) -> tuple[Passage, ...]:
    """The quoted spans, in order and apart, each with its context, or just what is to be `shown`.

    Contexts that meet are one passage.
    """
    windows: list[Span] = []
    for window in (_window(text, span) for span in quoted) if quoted else iter(shown):
        if windows and window.start <= windows[-1].end:
            window = Span(windows.pop().start, window.end)
        windows.append(window)
    return tuple(
        Passage(tuple(_pieces(text, window, quoted)), window.start > 0, window.end < len(text))
        for window in windows
    )


def coverage_in_words(claim: Claim) -> str:
    """How much of what was marked the other side answers, and how surely."""
    other = "original" if claim.side == "target" else "translation"
    if not claim.coverage:
        return f"No word of it has a counterpart in the {other}."
    share = f"{int(100 * claim.coverage)} % of its words have"
    if claim.coverage == 1:
        share = "Every word of it has"
    sure = int(100 * claim.confidence)
    return f"{share} a counterpart in the {other}; the links behind this score {sure} % on average."


def citation(claim: Claim, stored: StoredDocument, address: str) -> str:
    """The claim as a few lines of text to be pasted elsewhere."""
    languages = stored.document.languages
    lines = (
        f"“{_joined(claim, 'target')}” ({languages.target})",
        f"“{_joined(claim, 'source')}” ({languages.source}, original)",
        stored.title,
        f"Translated by {signature(stored.document.model)}",
        address,
        f"sha256 of the original: {claim.source_sha256}",
    )
    return "\n".join(line for line in lines if line)


def issues_of(claim: Claim, stored: StoredDocument) -> tuple[Issue, ...]:
    """What was flagged in the sentences that a claim touches."""
    return tuple(
        issue
        for segment in stored.document.segments
        if segment.side(claim.side).overlaps(claim.span)
        for issue in segment.issues
        if issue.severity != "none"
    )


def _window(text: str, span: Span) -> Span:
    """A span with its context, which begins and ends with a whole word where it can."""
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
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
