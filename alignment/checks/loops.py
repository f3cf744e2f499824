"""Text that says the same again and again, as a decoder does that has lost its way.

It is only ill by comparison with its original: a refrain, a list of names or a
line of dots may repeat itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

# Periods of a loop that are looked for, in tokens.
PERIODS = range(1, 25)
# A period must come this often in a row to be a loop, by its length; longer ones three times.
TIMES = {1: 6, 2: 4}
NGRAM = 5


def loops(source: Sequence[str], target: Sequence[str]) -> bool:
    """Whether `target` goes round in a circle where `source` does not; words or pieces."""
    found = {period: times_in_a_row(target, period) for period in PERIODS}
    circles = {period: times for period, times in found.items() if times >= TIMES.get(period, 3)}
    if circles:
        # Two languages cut a refrain otherwise: any shorter period of the source excuses.
        own = [times_in_a_row(source, period) for period in range(1, max(circles) + 2)]
        if any(times > max(own[: period + 1]) for period, times in circles.items()):
            return True
    return most_frequent(target) > 2 and most_frequent(source) == 1


def times_in_a_row(tokens: Sequence[Hashable], period: int) -> int:
    """How often some `period` tokens come one time after the other, at most."""
    longest = run = 0
    for index in range(period, len(tokens)):
        run = run + 1 if tokens[index] == tokens[index - period] else 0
        longest = max(longest, run)
    return longest // period + 1


def most_frequent(tokens: Sequence[str]) -> int:
    """How often the n-gram comes that comes most often; at least 1."""
    grams = Counter(tuple(tokens[at : at + NGRAM]) for at in range(len(tokens) - NGRAM + 1))
    return max(grams.values(), default=1)
