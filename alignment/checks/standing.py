"""Words of a translation that look like the original's, and the runs that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from alignment.span import Span


class Standing(NamedTuple):
    """A word of the translation that looks like one of the original's language.

    `grammar` words are in the list of those that can be nothing else, `naming`
    ones are held by names too.
    """

    word: Span
    place: int
    grammar: bool
    naming: bool


def runs(standing: Sequence[Standing]) -> Iterator[list[Standing]]:
    """Words that stand side by side."""
    numbered = enumerate(standing)
    for _, group in groupby(numbered, key=lambda pair: pair[1].place - pair[0]):
        yield [each for _, each in group]


def fills(run: Sequence[Standing], mark: Span) -> bool:
    """Whether a run is most of what stands between two marks: a title, a foreign word."""
    start, end = run[0].word.start, run[-1].word.end
    return mark.start < start and end < mark.end and 2 * (end - start) > mark.end - mark.start
