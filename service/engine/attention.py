"""Attention that is kept in blocks, so that a very long sentence does not cost its square.

A sentence that is translated in parts has no weight between one part and
another. `Attention` reads like the whole matrix and holds only its blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from alignment.span import Span

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The weights of some target pieces on some source pieces, both counted in pieces.

    `weights[t, s]` belongs to target piece `target.start + t` and source piece
    `source.start + s`; the target pieces of the block have no weight elsewhere.
    """

    source: Span
    target: Span
    weights: Weights

    def shifted(self, source: int, target: int) -> Block:
        """The same weights, so many pieces further on."""
        return Block(self.source.shifted(source), self.target.shifted(target), self.weights)


@dataclass(frozen=True, eq=False)
class Attention(Sequence[Sequence[float]]):
    """`attention[t][s]` over `width` source pieces, from blocks in target order."""

    blocks: tuple[Block, ...]
    width: int

    @cached_property
    def _places(self) -> tuple[tuple[int, int], ...]:
        """For each target piece, its block and its row in that block."""
        return tuple(
            (index, row)
            for index, block in enumerate(self.blocks)
            for row in range(len(block.weights))
        )

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Sequence[float]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[float]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[float] | Sequence[Sequence[float]]:
        if isinstance(index, slice):
            return [self._row(*place) for place in self._places[index]]
        return self._row(*self._places[index])

    def __iter__(self) -> Iterator[Sequence[float]]:
        return (self._row(*place) for place in self._places)

    def _row(self, index: int, row: int) -> Sequence[float]:
        block = self.blocks[index]
        before, after = block.source.start, self.width - block.source.end
        return [0.0] * before + [float(weight) for weight in block.weights[row]] + [0.0] * after


def blocks(attention: Sequence[Sequence[float]], width: int) -> tuple[Block, ...]:
    """The blocks of any attention over `width` source pieces: a plain one is one block."""
    if isinstance(attention, Attention):
        return attention.blocks
    weights = np.asarray(attention, dtype=np.float32).reshape(len(attention), width)
    return (Block(Span(0, width), Span(0, len(attention)), weights),)
