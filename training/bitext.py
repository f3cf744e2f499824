"""Bitext files: a sentence a line, `PREFIX.fr` and `PREFIX.en`, plain or .xz.

`PREFIX.src`, where there is one, names the source of each line, such as
"europarl". A bitext without it is one source, called as its prefix.
"""

from __future__ import annotations

import lzma
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TextIO

from training.errors import BitextMissing, BitextUneven


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation; `origin` is where they were found."""

    source: str
    target: str
    origin: str


def read_bitext(prefix: Path, left_out: Collection[str] = ()) -> Iterator[Pair]:
    """The pairs of a bitext, less those of the origins `left_out`.

    Raises BitextMissing and BitextUneven.
    """
    with _opened(prefix, "fr") as sources, _opened(prefix, "en") as targets:
        line = 0
        try:
            for source, target, origin in zip(sources, targets, _origins(prefix), strict=True):
                line += 1
                if origin not in left_out:
                    yield Pair(source.strip(), target.strip(), origin)
        except ValueError as error:
            raise BitextUneven(prefix, line) from error


def mixed(
    pairs: Mapping[str, Sequence[Pair]], count: int, temperature: float, random: Random
) -> list[Pair]:
    """`count` pairs from all origins, shuffled.

    An origin of n pairs has a share of n^(1/temperature): 1 leaves the
    proportions alone, more gives small origins more. Pairs are repeated only
    once all pairs of their origin are in.
    """
    weights = {origin: len(found) ** (1 / temperature) for origin, found in pairs.items()}
    total = sum(weights.values())
    chosen: list[Pair] = []
    for origin, found in pairs.items():
        wanted = round(count * weights[origin] / total)
        rounds, rest = divmod(wanted, len(found))
        chosen += [*found] * rounds + random.sample(found, rest)
    random.shuffle(chosen)
    return chosen


def _opened(prefix: Path, suffix: str) -> TextIO:
    plain = prefix.with_name(f"{prefix.name}.{suffix}")
    packed = plain.with_name(f"{plain.name}.xz")
    # Only "\n" ends a line: U+2028 and its like occur within sentences.
    if plain.exists():
        return plain.open(encoding="utf-8", newline="\n")
    if packed.exists():
        return lzma.open(packed, "rt", encoding="utf-8", newline="\n")
    raise BitextMissing(plain)


def _origins(prefix: Path) -> Iterator[str]:
    """The origin of each line; the name of the prefix where no file tells."""
    try:
        opened = _opened(prefix, "src")
    except BitextMissing:
        with _opened(prefix, "fr") as lines:
            yield from (prefix.name for _ in lines)
        return
    with opened:
        yield from (line.strip() for line in opened)
