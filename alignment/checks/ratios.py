"""Shares that are told as so many out of so many: "une famille sur trois", "three in four"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from alignment.checks.readings import Figure, read

# The larger numbers of a share that people tell so; beyond the first, "in 2020" is more likely.
LARGEST = 1000
ROUND = (10_000, 100_000, 1_000_000)


def shared_out(text: str, found: Sequence[Figure], between: re.Pattern[str]) -> tuple[Figure, ...]:
    """The same figures; the larger number of a share is read as the share too, and as a percentage.

    `between` is what stands between both numbers.
    """
    told = list(found)
    for place, (one, other) in enumerate(pairwise(found)):
        part, whole = one.readings[0].value, other.readings[0].value
        numbers = one.readings[0].scheme == other.readings[0].scheme == "n"
        if one.unit or other.unit or not numbers or not 0 < part < whole:
            continue
        if whole > LARGEST and whole not in ROUND:
            continue
        if between.fullmatch(text, one.span.end, other.span.start):
            share = part / whole
            values = [whole, share, 100 * share, round(100 * share)]
            told[place] = one._replace(kind="passing", firm=False)
            told[place + 1] = other._replace(readings=read("n", values), kind="fraction")
    return tuple(told)
