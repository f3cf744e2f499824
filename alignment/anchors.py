"""Where two long texts run side by side: a band around sentences that rare words tie together.

After the anchors of Melamed (1999) and Moore (2002): the pairs of sentences
that prefer each other are joined into the heaviest chain that runs forward in
both texts; a wide band around it leaves the search room for what they miss.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from alignment.correspondence import Correspondence
from alignment.ladder import Array, Band, Counts

# A word in more sentences of the other side than this ties none.
RARE = 20
# What words have to say for a pair before it is an anchor, in log-odds.
TELLING = 6.0
# The band reaches this many sentences to either side of the chain, along both texts.
REACH = 300


class Anchor(NamedTuple):
    """A source sentence and a target sentence that rare words tie, and how strongly."""

    source: int
    target: int
    weight: float


def band_around_anchors(texts: Correspondence) -> Band:
    """A band of the table that follows the texts through insertions of any length."""
    columns = len(texts.starts) - 1
    rows = len(texts.witnesses)
    chain = heaviest_chain(anchors(texts))
    known = [(0, 0), *((each.source + 1, each.target + 1) for each in chain), (rows, columns)]
    path = np.interp(np.arange(rows + 1), *np.array(sorted(set(known)), float).T)
    return band_along(path, columns)


def band_along(path: Array, columns: int, reach: int = REACH) -> Band:
    """The cells within `reach` of a `path` that never turns back, in rows and in columns."""
    rows = np.arange(len(path))
    low = path[np.maximum(rows - reach, 0)] - reach
    high = path[np.minimum(rows + reach, len(path) - 1)] + reach
    low[0], high[-1] = 0, columns
    return Band(_clipped(np.floor(low), columns), _clipped(np.ceil(high), columns))


def anchors(texts: Correspondence) -> list[Anchor]:
    """Pairs of sentences that prefer each other before all others, in the source's order."""
    best: dict[int, Anchor] = {}
    for number, witnesses in enumerate(texts.witnesses):
        weights: dict[int, float] = {}
        for witness in witnesses:
            if len(witness.sentences) > RARE:
                continue
            gains = np.log1p(witness.best * witness.odds[0]).tolist()
            for sentence, gain in zip(witness.sentences.tolist(), gains, strict=True):
                weights[sentence] = weights.get(sentence, 0.0) + gain
        if not weights:
            continue
        target, weight = max(weights.items(), key=lambda item: item[1])
        if weight >= max(TELLING, best.get(target, Anchor(0, 0, 0.0)).weight):
            best[target] = Anchor(number, target, weight)
    return sorted(best.values())


def heaviest_chain(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors of the greatest weight together that run forward on both sides.

    `anchors` are sorted by source, and share no sentence.
    """
    ends: list[int] = []
    totals: list[tuple[float, int]] = []
    before: list[int] = []
    for number, anchor in enumerate(anchors):
        place = bisect_left(ends, anchor.target)
        total, last = totals[place - 1] if place else (0.0, -1)
        before.append(last)
        total += anchor.weight
        # What ends further on and weighs less is of no use to anybody.
        until = place
        while until < len(ends) and totals[until][0] <= total:
            until += 1
        if place == 0 or totals[place - 1][0] < total:
            ends[place:until] = [anchor.target]
            totals[place:until] = [(total, number)]
    chain = []
    last = totals[-1][1] if totals else -1
    while last >= 0:
        chain.append(anchors[last])
        last = before[last]
    return chain[::-1]


def _clipped(ends: Array, columns: int) -> Counts:
    found: Counts = np.clip(ends, 0, columns).astype(np.int64)
    return found
