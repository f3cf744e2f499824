"""Batches of pairs of similar lengths, as tensors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.corpus import Corpus, Numbers, Ragged

IGNORED = -100  # the label that torch's cross-entropy leaves out


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers of the pieces that are no text."""

    end: int
    pad: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs side by side, `</s>` after each.

    Link i says that target position `link_target[i]` of row `link_row[i]` looks at source
    position `link_source[i]`; the weights of the links of one position sum to 1.
    """

    source: Tensor
    mask: Tensor
    target: Tensor
    labels: Tensor
    link_row: Tensor
    link_target: Tensor
    link_source: Tensor
    link_weight: Tensor

    def to(self, device: str) -> Batch:
        """The same on a device."""
        moved = (getattr(self, name).to(device, non_blocking=True) for name in Batch.__slots__)
        return Batch(*moved)

    @property
    def tokens(self) -> int:
        """How many target pieces it teaches, `</s>` included."""
        return int((self.labels != IGNORED).sum())


def plan(corpus: Corpus, batch_tokens: int, seed: int, epoch: int) -> list[Numbers]:
    """The rows of every batch of an epoch, in the order of training; the same for the same seed.

    No batch has more than `batch_tokens` positions on either side, `</s>` and padding included,
    unless a single pair has.
    """
    random = np.random.default_rng([seed, epoch])
    sources, targets = corpus.sources.lengths() + 1, corpus.targets.lengths() + 1
    order = np.lexsort((random.random(len(corpus)), sources, targets))
    widths = np.maximum(sources, targets)[order]
    batches: list[Numbers] = []
    start, width = 0, 0
    for place in range(len(order)):
        width = max(width, int(widths[place]))
        if place > start and width * (place + 1 - start) > batch_tokens:
            batches.append(order[start:place])
            start, width = place, int(widths[place])
    batches.append(order[start:])
    return [batches[number] for number in random.permutation(len(batches))]


def collate(corpus: Corpus, rows: Numbers, marks: Marks) -> Batch:
    """The pairs of some rows."""
    source = _padded(corpus.sources, rows, marks.end, marks.pad)
    labels = _padded(corpus.targets, rows, marks.end, IGNORED)
    target = np.roll(labels, 1, axis=1)
    target[:, 0] = IGNORED
    target[target == IGNORED] = marks.pad
    lengths = corpus.sources.lengths()[rows] + 1
    mask = np.arange(source.shape[1]) < lengths[:, None]
    return Batch(
        *map(torch.from_numpy, (source, mask.astype(np.int64), target, labels)),
        *_links(corpus, rows),
    )


def _links(corpus: Corpus, rows: Numbers) -> Iterable[Tensor]:
    places: list[Numbers] = []
    weights = []
    for number, row in enumerate(rows):
        targets = corpus.link_targets[row].astype(np.int64)
        rivals = np.bincount(targets)[targets] if len(targets) else targets
        weights.append(1 / rivals.astype(np.float32))
        sources = corpus.link_sources[row].astype(np.int64)
        places.append(np.stack([np.full_like(targets, number), targets, sources]))
    return (
        *map(torch.from_numpy, np.concatenate(places, axis=1)),
        torch.from_numpy(np.concatenate(weights)),
    )


def _padded(side: Ragged, rows: Numbers, end: int, pad: int) -> Numbers:
    lengths = side.lengths()[rows]
    matrix = np.full((len(rows), int(lengths.max()) + 1), pad, dtype=np.int64)
    for line, row in zip(matrix, rows, strict=True):
        pieces = side[row]
        line[: len(pieces)] = pieces
        line[len(pieces)] = end
    return matrix
