"""Where a quote stands after its text has changed: found for certain, or not found.

A quote that stands nowhere is orphaned, even where something very like it
stands ("Team Beta" for "Team Alpha"); one that could be meant in several
places is ambiguous. The nearest match is never taken for the right one, as
Hypothesis's client does (its issue 7571).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from alignment.errors import SpanOutOfRange
from alignment.span import Span
from alignment.words import words

Outcome = Literal["exact", "moved", "ambiguous", "orphaned"]

# In code points: the context that the Web Annotation practice keeps on either side of a quote.
CONTEXT = 32
# A text that says the same more often than this is not searched to its end.
TRIES = 10_000


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text, and what stands around them.

    `prefix` and `suffix` are up to 32 code points long, shorter only at the
    ends of the text. `alone` says whether the words stood only once in it.
    """

    span: Span
    exact: str
    prefix: str
    suffix: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Anchoring:
    """What has become of a quote.

    `exact`      the text is the very same: one span
    `moved`      the text has changed, and the quote can only be here: one span
    `ambiguous`  it could be any of these spans, of which there may be more
    `orphaned`   it stands nowhere any more: no span
    """

    outcome: Outcome
    spans: tuple[Span, ...] = ()


def text_sha256(text: str) -> str:
    """The SHA-256 of a text as UTF-8, in hexadecimal; half a surrogate pair counts as it stands."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quote(text: str, span: Span) -> Quote:
    """The characters of a span and their context. Raises SpanOutOfRange, for an empty span too."""
    if not 0 <= span.start < span.end <= len(text):
        raise SpanOutOfRange(span, len(text))
    prefix, suffix = _around(text, span)
    exact = span.of(text)
    found = _occurrences(text, exact, _cut_words(prefix, exact, suffix))
    return Quote(span, exact, prefix, suffix, alone=found.all and len(found.spans) == 1)


def anchor(quote: Quote, sha256: str, text: str) -> Anchoring:
    """Where `quote`, of a text with this SHA-256, stands in a text that may have changed.

    It has moved where it stood only once and stands only once, or where exactly
    one place has the same context. A place that cuts a word that the quote did
    not ("3 morts" in "13 morts") is none.
    """
    if text_sha256(text) == sha256 and quote.span.of(text) == quote.exact:
        return Anchoring("exact", (quote.span,))
    cut = _cut_words(quote.prefix, quote.exact, quote.suffix)
    found = _occurrences(text, quote.exact, cut)
    if found.all and not found.spans:
        return Anchoring("orphaned")
    if found.all and quote.alone and len(found.spans) == 1:
        return Anchoring("moved", found.spans)
    context = (quote.prefix, quote.suffix)
    same = tuple(span for span in found.spans if _around(text, span) == context)
    if found.all and len(same) == 1:
        return Anchoring("moved", same)
    return Anchoring("ambiguous", same or found.spans)


class Occurrences(NamedTuple):
    """Where words stand in a text, and whether those are all of the places."""

    spans: tuple[Span, ...]
    all: bool


def _around(text: str, span: Span) -> tuple[str, str]:
    before = text[max(0, span.start - CONTEXT) : span.start]
    return before, text[span.end : span.end + CONTEXT]


def _occurrences(text: str, exact: str, cut: tuple[bool, bool]) -> Occurrences:
    """Where `exact` stands, cutting words at its ends only where `cut` says; overlaps count."""
    spans = []
    start = text.find(exact)
    for _ in range(TRIES):
        if start < 0:
            break
        span = Span(start, start + len(exact))
        prefix, suffix = _around(text, span)
        if _cut_words(prefix, exact, suffix) == cut:
            spans.append(span)
        start = text.find(exact, start + 1)
    return Occurrences(tuple(spans), all=start < 0)


def _cut_words(prefix: str, exact: str, suffix: str) -> tuple[bool, bool]:
    """Whether a word goes on beyond the beginning of `exact`, and beyond its end."""
    head, tail = exact[:CONTEXT], exact[-CONTEXT:]
    return _inside_a_word(prefix + head, len(prefix)), _inside_a_word(tail + suffix, len(tail))


def _inside_a_word(text: str, offset: int) -> bool:
    return any(word.start < offset < word.end for word in words(text))
