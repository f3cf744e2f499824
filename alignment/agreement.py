"""How far two people agree beyond chance (Cohen 1960, "A coefficient of agreement for nominal
scales").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concord:
    """How two people have judged the same things.

    `observed` is the share that they judged alike, `expected` the share that
    chance would have them judge alike, each with the verdicts they gave. `kappa`
    is 1 for full agreement, 0 for that of chance; None where chance alone makes
    it full, since each gave only one and the same verdict.
    """

    judged: int
    observed: float
    expected: float
    kappa: float | None


def concord(pairs: Sequence[tuple[str, str]]) -> Concord | None:
    """The agreement of two people on what both have judged; None where that is nothing.

    Each pair is what the first and the second found of one thing.
    """
    total = len(pairs)
    if not total:
        return None
    alike = sum(first == second for first, second in pairs)
    firsts, seconds = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(count * seconds[verdict] for verdict, count in firsts.items())
    # In whole numbers: a chance of 1 is told from one that is nearly so.
    certain = total * total
    kappa = None
    if by_chance != certain:
        kappa = (alike * total - by_chance) / (certain - by_chance)
    return Concord(total, alike / total, by_chance / certain, kappa)
