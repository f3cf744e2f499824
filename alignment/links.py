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
    attention: Sequence[Sequence[float]],
) -> SoftAlignment:
    """Pool `attention[t][s]` over pieces (t target, s source) into masses over words.

    A row of `attention` may add up to less than 1: the rest went to the end of
    the sentence, and belongs to nothing.
    """
    rows = np.asarray(attention, dtype=np.float64).reshape(len(target_pieces), len(source_pieces))
    gather = _shares(source_pieces, source_words)
    spread = _shares(target_words, target_pieces)
    mass = np.clip(spread @ rows @ gather, 0, 1)
    total = mass.sum(axis=1, keepdims=True)
    mass = np.divide(mass, total, out=mass, where=total > 1)
    return SoftAlignment(mass, np.clip(1 - mass.sum(axis=1), 0, 1))


def harden(
    soft: SoftAlignment, source_words: Sequence[Span], target_words: Sequence[Span]
) -> tuple[tuple[Link, ...], tuple[NullMass, ...]]:
    """The links worth showing, in target order, and every target word's null mass."""
    links = []
    for row, null, target in zip(soft.mass, soft.null, target_words, strict=True):
        if not len(row) or null >= NULL:
            continue
        best = int(row.argmax())
        for index, score in enumerate(row):
            if score >= SHARE or (index == best and score >= FAINT):
                links.append(Link(source_words[index], target, round(float(score), DIGITS)))
    nulls = tuple(
        NullMass(target, round(float(null), DIGITS))
        for target, null in zip(target_words, soft.null, strict=True)
    )
    return tuple(links), nulls


def _shares(rows: Sequence[Span], columns: Sequence[Span]) -> Matrix:
    """For each row span, which share of what it has in common with the columns each one holds."""
    starts = np.array([[span.start, span.end] for span in rows], dtype=np.int64).reshape(-1, 2)
    ends = np.array([[span.start, span.end] for span in columns], dtype=np.int64).reshape(-1, 2)
    common = np.minimum(starts[:, None, 1], ends[None, :, 1]) - np.maximum(
        starts[:, None, 0], ends[None, :, 0]
    )
    common = np.clip(common, 0, None).astype(np.float64)
    total = common.sum(axis=1, keepdims=True)
    return np.divide(common, total, out=np.zeros_like(common), where=total > 0)
