"""Sentence beads from lengths alone: Gale & Church (1993), "A Program for Aligning Sentences".

The yardstick that every aligner is held against, and the part of the truth
that lengths know. Their own figures: one target character for each source
character, a variance of 6.8 a character, and how often each kind of bead
occurred in their sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

import numpy as np

from alignment.ladder import Alone, Array, Band, Shape, Step, best_ladder, whole

VARIANCE = 6.8
PRIORS = {
    Shape(1, 1): 0.89,
    Shape(1, 2): 0.089 / 2,
    Shape(2, 1): 0.089 / 2,
    Shape(2, 2): 0.011,
}
ALONE = 0.0099 / 2
# 2 · (1 - Φ(|δ|)) is all but nothing from here on, and its logarithm hard to come by.
FURTHEST = 6.0


def length_ladder(source: Sequence[int], target: Sequence[int]) -> list[Step]:
    """The beads of two texts, given the lengths of their sentences in characters."""
    band = whole(len(source), len(target))
    return best_ladder(_rows(source, target, band), band, Alone(_alone(source), _alone(target)))


def deviation(source: Array, target: Array) -> Array:
    """How far two lengths are apart, in standard deviations, if they should be the same."""
    mean = np.maximum((source + target) / 2, 1)
    apart: Array = (target - source) / np.sqrt(mean * VARIANCE)
    return apart


def _alone(lengths: Sequence[int]) -> Array:
    """A sentence left out is one whose counterpart has no length."""
    here = np.array(lengths, dtype=float)
    return log(ALONE) + _log_tail(deviation(here, np.zeros(len(here))))


def _rows(source: Sequence[int], target: Sequence[int], band: Band) -> Iterator[dict[Shape, Array]]:
    source_ends = np.concatenate([[0], np.cumsum(source)]).astype(float)
    target_ends = np.concatenate([[0], np.cumsum(target)]).astype(float)
    for number in range(1, band.rows + 1):
        row = {}
        for shape, prior in PRIORS.items():
            if shape.source > number:
                continue
            here = source_ends[number] - source_ends[number - shape.source]
            there = target_ends - np.roll(target_ends, shape.target)
            score = log(prior) + _log_tail(deviation(np.full(len(there), here), there))
            score[: shape.target] = -np.inf
            row[shape] = score
        yield row


def _log_tail(deviations: Array) -> Array:
    """log(2 · (1 - Φ(|δ|))), by the approximation 7.1.26 of Abramowitz & Stegun (1964)."""
    x = np.minimum(np.abs(deviations), FURTHEST) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * x)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    tail: Array = np.log(series) - x * x
    return tail
