"""From the attention between pieces to links between words.

The practice of bergamot-translator and awesome-align: what a word's pieces
attend to adds up on the source side and is averaged on the target side; what
goes to no word at all (the end of the sentence, punctuation) is kept as the
word's null mass. Nothing here leaves its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.document import Link, NullMass
from alignment.span import Span

# A second source word is linked beside the strongest where it holds this share.
SHARE = 0.25
# A target word that gives this much to no source word stays without a counterpart.
NULL = 0.5
# Below this, the strongest source word is no better than chance.
FAINT = 0.1
DIGITS = 4

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SoftAlignment:
    """How strongly each target word rests on each source word of its sentence.

    `mass[t, s]` has one row for each target word; a row and its `null` add up to 1.
    """

    mass: Matrix
    null: Matrix


def soften(
    source_words: Sequence[Span],
    target_words: Sequence[Span],
    source_pieces: Sequence[Span],
    target_pieces: Sequence[Span],
    attention: NDArray[np.floating],
) -> SoftAlignment:
    """Pool `attention[t, s]` over pieces (t target, s source) into masses over words.

    A row of `attention` may add up to less than 1: the rest went to the end of
    the sentence, and belongs to nothing.
    """
    gather = _normalised(_common(source_pieces, source_words))
    spread = _normalised(_common(target_words, target_pieces) > 0)
    mass = np.clip(spread @ attention @ gather, 0, 1)
    total = mass.sum(axis=1, keepdims=True)
    mass = np.divide(mass, total, out=mass, where=total > 1)
    return SoftAlignment(mass, np.clip(1 - mass.sum(axis=1), 0, 1))


def harden(
    soft: SoftAlignment,
    source_words: Sequence[Span],
    target_words: Sequence[Span],
    linked: NDArray[np.bool_] | None = None,
) -> tuple[tuple[Link, ...], tuple[NullMass, ...]]:
    """The links worth showing, in target order, and every target word's null mass.

    Those are `linked[t, s]`, or, where nothing else is known, what the masses say themselves.
    """
    if linked is None:
        linked = strongest(soft)
    links = tuple(
        Link(source_words[s], target_words[t], round(float(soft.mass[t, s]), DIGITS))
        for t, s in np.argwhere(linked).tolist()
    )
    nulls = tuple(
        NullMass(target, round(float(null), DIGITS))
        for target, null in zip(target_words, soft.null, strict=True)
    )
    return links, nulls


def strongest(soft: SoftAlignment) -> NDArray[np.bool_]:
    """For each target word that rests on something, the source words that it rests on most."""
    linked = soft.mass >= SHARE
    if linked.size:
        rows, best = np.arange(len(linked)), soft.mass.argmax(axis=1)
        linked[rows, best] |= soft.mass[rows, best] >= FAINT
        linked[soft.null >= NULL] = False
    return linked


def _common(rows: Sequence[Span], columns: Sequence[Span]) -> Matrix:
    """How many characters each row's span has in common with each column's."""
    row = np.array(rows, dtype=np.float64).reshape(-1, 2)
    column = np.array(columns, dtype=np.float64).reshape(-1, 2)
    ends = np.minimum(row[:, None, 1], column[None, :, 1])
    starts = np.maximum(row[:, None, 0], column[None, :, 0])
    common: Matrix = np.clip(ends - starts, 0, None)
    return common


def _normalised(weights: NDArray[np.float64] | NDArray[np.bool_]) -> Matrix:
    """Each row divided by its sum; a row of nothing stays one."""
    total = weights.sum(axis=1, keepdims=True)
    shares: Matrix = np.divide(weights, total, out=np.zeros(weights.shape), where=total > 0)
    return shares
