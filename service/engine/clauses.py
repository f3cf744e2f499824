"""Where to cut a sentence that is longer than the model takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from alignment.span import Span

STRONG = re.compile(r"[.!?…;:][»”\"')\]]*\s*$")
WEAK = re.compile(r"[,)\]–—]\s*$")
CONJUNCTION = re.compile(
    r"\s*(?:et|ou|mais|car|donc|or|ni|que|qui|dont|où|lorsque|puisque|parce|tandis|afin|pour"
    r"|and|but|because|which|who|that|when|while|[(–—])(?!\w)",
    re.IGNORECASE,
)
# How far the look goes on either side of a possible cut, in code points.
REACH = 12


def clauses(text: str, pieces: Sequence[Span], limit: int) -> Iterator[Span]:
    """Parts of `text` of `limit` pieces or fewer, without white space at their ends.

    A cut is made, in this order of preference, after a strong stop, after a
    comma, before a conjunction, at a space, anywhere; and as late as it can be.
    Nothing but white space is left between the parts.
    """
    start = first = 0
    while len(pieces) - first > limit:
        first = max(
            range(first + max(1, limit // 2), first + limit + 1),
            key=lambda index: (_merit(text, pieces, index), index),
        )
        cut = max(pieces[first].start, start + 1)
        yield from _part(text, start, cut)
        start = cut
    yield from _part(text, start, len(text))


def _merit(text: str, pieces: Sequence[Span], index: int) -> int:
    cut = pieces[index].start
    if cut < pieces[index - 1].end or cut == pieces[index - 1].start:
        return -1
    before, after = text[max(0, cut - REACH) : cut], text[cut : cut + REACH]
    if not before[-1:].isspace():
        return 2 if STRONG.search(before) and after[:1].isalpha() else 0
    if STRONG.search(before):
        return 4
    if WEAK.search(before):
        return 3
    return 2 if CONJUNCTION.match(after) else 1


def _part(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
