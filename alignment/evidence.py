"""What the words of two texts say of each bead, a row of the table at a time.

A word finds the best of its counterparts in the bead's other side, so what it
says grows with the bead; how much that is worth, `alignment.correspondence`
has worked out. Only the sentences that the band reaches are looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alignment.correspondence import Correspondence, Strengths, Witness
from alignment.ladder import LONGEST, SHAPES, Array, Band, Shape

# Source words say much the same as target words do; they count for less.
SOURCE_WEIGHT = 0.7
# So many words of a sentence are asked at once: a page without a stop must not fill the memory.
TOGETHER = 256


def log_odds(texts: Correspondence, band: Band) -> Iterator[dict[Shape, Array]]:
    """What the words say of the beads that end at each cell of the band, a row at a time."""
    recent: deque[_Row] = deque(maxlen=LONGEST)
    for number in range(1, band.rows + 1):
        low, high = band.row(number)
        reach = int(band.high[min(number + LONGEST - 1, band.rows)])
        recent.appendleft(_read(texts, number - 1, max(0, low - LONGEST), reach))
        yield _scores(texts, recent, low, high)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """What one source sentence finds in the target sentences from number `first` on.

    `strengths` has the best strength at each token; `said[b-1]` what the source sentence's
    words say of the b sentences that end with each.
    """

    first: int
    strengths: Strengths
    said: Array


def _read(texts: Correspondence, number: int, first: int, last: int) -> _Row:
    """Ask the words of source sentence `number` for target sentences `first` up to `last`."""
    begin, end = texts.starts[first], texts.starts[last]
    strengths = np.zeros(end - begin, np.float32)
    witnesses = texts.witnesses[number]
    for witness in witnesses:
        one, other = np.searchsorted(witness.places, [begin, end])
        places = witness.places[one:other] - begin
        strengths[places] = np.maximum(strengths[places], witness.strengths[one:other])
    said = np.full((LONGEST, last - first), texts.source_absent[number])
    for start in range(0, len(witnesses), TOGETHER):
        said += _said(witnesses[start : start + TOGETHER], first, last)
    return _Row(first, strengths, SOURCE_WEIGHT * said)


def _said(witnesses: Sequence[Witness], first: int, last: int) -> Array:
    """What some words say of each run of 1, 2, … sentences, by the last of the run."""
    best = np.zeros((len(witnesses), last - first), np.float32)
    for row, witness in enumerate(witnesses):
        one, other = np.searchsorted(witness.sentences, [first, last])
        best[row, witness.sentences[one:other] - first] = witness.best[one:other]
    odds = np.array([witness.odds for witness in witnesses])
    joined = best.copy()
    said = np.zeros((LONGEST, last - first))
    for size in range(1, LONGEST + 1):
        if size > 1:
            np.maximum(joined[:, size - 1 :], best[:, : 1 - size], out=joined[:, size - 1 :])
        rows, columns = np.nonzero(joined)
        gains = np.log1p(joined[rows, columns] * odds[rows, size - 1])
        said[size - 1] = np.bincount(columns, gains, minlength=last - first)
    return said


def _scores(
    texts: Correspondence, recent: Sequence[_Row], low: int, high: int
) -> dict[Shape, Array]:
    """What all words say of the beads that end with the first of `recent`, at `low` to `high`."""
    first = max(0, low - LONGEST)
    begin, end = texts.starts[first], texts.starts[high]
    strengths = np.zeros(end - begin, np.float32)
    here = [np.zeros(high - first) for _ in range(LONGEST)]
    scores = {}
    for size, row in enumerate(recent, 1):
        offset = begin - texts.starts[row.first]
        strengths = np.maximum(strengths, row.strengths[offset : offset + len(strengths)])
        there = _up_to(texts, strengths, first, high, size)
        for width in range(1, LONGEST + 1):
            here[width - 1] += row.said[width - 1][first - row.first : high - row.first]
            if Shape(size, width) in SHAPES:
                scores[Shape(size, width)] = _ending(here[width - 1], there, width, low - first)
    return scores


def _up_to(texts: Correspondence, strengths: Strengths, first: int, last: int, size: int) -> Array:
    """What the words of target sentences `first` up to each say of `size` source sentences."""
    begin = texts.starts[first]
    places = np.flatnonzero(strengths)
    gains = np.log1p(strengths[places] * texts.odds[size - 1][begin + places])
    said = np.bincount(texts.sentence[begin + places] - first, gains, minlength=last - first)
    return np.concatenate([[0.0], np.cumsum(said + texts.target_absent[first:last])])


def _ending(here: Array, there: Array, width: int, start: int) -> Array:
    """Both sides' words on the beads of `width` target sentences, from column `start` on."""
    scores = np.full(len(there), -np.inf)
    scores[width:] = there[width:] - there[:-width] + here[width - 1 :]
    return scores[start:]
