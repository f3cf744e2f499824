"""What the two backends have in common: pieces in, the best hypothesis out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from service.engine import Quality
from service.engine.attention import Weights


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to look for a translation.

    `beam` hypotheses at once (1 is greedy); no n-gram of `no_repeat` pieces
    twice (0 allows all); `penalty` above 1 makes pieces already said less likely.
    """

    beam: int
    no_repeat: int = 0
    penalty: float = 1.0


DECODINGS: dict[Quality, Decoding] = {"best": Decoding(beam=4), "fast": Decoding(beam=1)}


def stricter(decoding: Decoding) -> Decoding:
    """How to try again where a translation went wrong."""
    return replace(decoding, beam=decoding.beam + 2, no_repeat=3, penalty=1.2)


@dataclass(frozen=True, slots=True, eq=False)
class Hypothesis:
    """What a model said: its target pieces without `</s>`.

    `attention[t, s]` has one column more than there are source pieces, for
    `</s>`. `score` is the mean log-probability a piece, `</s>` included.
    `finished` is False where the model was stopped at its limit. `others` is
    what else the beam held at the end, the likeliest first.
    """

    tokens: tuple[str, ...]
    attention: Weights
    score: float
    finished: bool
    others: tuple[Hypothesis, ...] = ()


class Decoder(Protocol):
    """A loaded network. Safe to call from several threads."""

    @property
    def engine(self) -> str:
        """The library that it runs in."""
        ...

    @property
    def precision(self) -> str:
        """The numbers that it computes with."""
        ...

    @property
    def positions(self) -> int:
        """The longest sequence that it takes on either side, in pieces with `</s>`."""
        ...

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Hypothesis]:
        """The best hypothesis for each of `sources`, pieces without `</s>`."""
        ...

    def force(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[Hypothesis]:
        """Each of `targets` as if it had been said of its source; both sides have pieces."""
        ...


def behind(rows: Weights, pieces: int, lag: int) -> Weights:
    """What the first so many target pieces came from: the rows of `lag` steps later.

    `rows[t]` is what the network looked at as it said piece t. Of a step that
    it was stopped before, nothing is known: its row is nought.
    """
    found = rows[lag : pieces + lag]
    if len(found) == pieces:
        return found
    missing = np.zeros((pieces - len(found), rows.shape[1]), dtype=np.float32)
    return np.concatenate([found, missing])


def longest_target(longest_source: int, positions: int) -> int:
    """At how many pieces a translation is stopped, without `</s>`."""
    return min(3 * longest_source + 20, positions - 1)
