"""Networks that stand in for a model's: they say what they are told to."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from service.engine.decoding import Decoding, Hypothesis

Script = Callable[[Sequence[str], Decoding], Sequence[str]]


@dataclass
class Scripted:
    """Says `script(source, decoding)`; each target piece rests on the source piece at its place.

    `asked` keeps every batch that it was given, `forced` those with what it had to say.
    """

    script: Script
    finished: bool = True
    engine: str = "fake"
    precision: str = "exact"
    positions: int = 512
    asked: list[tuple[list[str], Decoding]] = field(default_factory=list)
    forced: list[list[tuple[str, str]]] = field(default_factory=list)

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Hypothesis]:
        self.asked.append((["".join(source) for source in sources], decoding))
        return [self._hypothesis(source, decoding) for source in sources]

    def force(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[Hypothesis]:
        pairs = list(zip(sources, targets, strict=True))
        self.forced.append([("".join(source), "".join(target)) for source, target in pairs])
        return [
            Hypothesis(
                tuple(target),
                np.eye(len(target), len(source) + 1, dtype=np.float32),
                -0.5,
                self.finished,
            )
            for source, target in pairs
        ]

    def _hypothesis(self, source: Sequence[str], decoding: Decoding) -> Hypothesis:
        tokens = tuple(self.script(source, decoding))
        weights = np.eye(len(tokens), len(source) + 1, dtype=np.float32)
        return Hypothesis(tokens, weights, -0.5, self.finished)


@dataclass
class Babbling:
    """Says any pieces at all with any attention, the same for the same source."""

    pieces: Sequence[str]
    engine: str = "fake"
    precision: str = "exact"
    positions: int = 512

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Hypothesis]:
        return [self._hypothesis(source) for source in sources]

    def force(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[Hypothesis]:
        return Scripted(lambda source, decoding: ()).force(sources, targets)

    def _hypothesis(self, source: Sequence[str]) -> Hypothesis:
        dice = random.Random("".join(source))
        tokens = tuple(dice.choices(self.pieces, k=dice.randrange(2 * len(source) + 2)))
        weights = np.array(
            [[dice.random() ** 8 for _ in range(len(source) + 1)] for _ in tokens],
            dtype=np.float32,
        ).reshape(len(tokens), len(source) + 1)
        weights /= weights.sum(axis=1, keepdims=True) + 1e-9
        return Hypothesis(tokens, weights, -1.0, dice.random() < 0.8)
