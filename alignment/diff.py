"""What an edit changed, word by word.

Nothing is lost: what is kept and taken out gives the text before, what is kept
and put in the text after, in spans of each. After difflib's SequenceMatcher
(Ratcliff & Obershelp 1988).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Literal, NamedTuple

from alignment.span import Span
from alignment.words import words

Kind = Literal["=", "-", "+"]
# Of what is no word: white space in runs, signs one by one.
BETWEEN = re.compile(r"\s+|\S")
# More tokens than this between the first and the last difference are not compared: work grows
# with their square.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that were kept (=), taken out (-) or put in (+).

    `before` and `after` are where they stand in each text, in code points; what
    was put in has an empty span before, what was taken out one after.
    """

    kind: Kind
    text: str
    before: Span
    after: Span


class Change(NamedTuple):
    """Tokens of the text before, from i1 to i2, that were kept or replaced by others after."""

    kept: bool
    i1: int
    i2: int
    j1: int
    j2: int


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """What became of a text, in reading order; what was taken out stands before what was put in."""
    return tuple(_pieces(before, after))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _tokens(before), _tokens(after)
    changes = _changes([span.of(before) for span in old], [span.of(after) for span in new])
    for kept, i1, i2, j1, j2 in _joined(changes):
        here, there = _hull(old, i1, i2, len(before)), _hull(new, j1, j2, len(after))
        if kept and i1 < i2:
            yield Piece("=", here.of(before), here, there)
        elif not kept:
            if i1 < i2:
                yield Piece("-", here.of(before), here, Span(there.start, there.start))
            if j1 < j2:
                yield Piece("+", there.of(after), Span(here.end, here.end), there)


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    """Which tokens are equal: first those at both ends, then what difflib finds in between."""
    head = sum(1 for _ in takewhile(_same, zip(old, new, strict=False)))
    rest = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = sum(1 for _ in takewhile(_same, rest))
    i2, j2 = len(old) - tail, len(new) - tail
    yield Change(True, 0, head, 0, head)
    if max(i2, j2) - head > LONGEST:
        yield Change(False, head, i2, head, j2)
    else:
        matcher = SequenceMatcher(None, old[head:i2], new[head:j2], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            # White space alone, kept between two changes, only chops them up.
            kept = kind == "equal" and not "".join(old[head + a : head + b]).isspace()
            yield Change(kept, head + a, head + b, head + c, head + d)
    yield Change(True, i2, len(old), j2, len(new))


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Neighbours of the same kind as one."""
    for kept, group in groupby(changes, key=lambda each: each.kept):
        first, *rest = group
        last = rest[-1] if rest else first
        yield Change(kept, first.i1, last.i2, first.j1, last.j2)


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _tokens(text: str) -> list[Span]:
    """The words of a text and what stands between them; together they are the text."""
    found: list[Span] = []
    end = 0
    for word in (*words(text), Span(len(text), len(text))):
        found.extend(Span(*each.span()) for each in BETWEEN.finditer(text, end, word.start))
        if word.start < word.end:
            found.append(word)
        end = word.end
    return found


def _hull(tokens: list[Span], first: int, last: int, length: int) -> Span:
    """From one token to before another; an empty span where they are the same."""
    start = tokens[first].start if first < len(tokens) else length
    return Span(start, tokens[last - 1].end if first < last else start)
