"""Silver beads: bitext lines, each cut into sentences again on both sides.

A line is taken for one bead, so that the gold is as good as the bitext; now
and then a line is left out on one side, as translators do.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from alignment.formats.gold import GoldBeads
from alignment.scoring import Bead
from alignment.sentences import sentences

LINES_A_TEXT = 100
LEFT_OUT = 0.02
SEED = 20


def silver(french: Sequence[str], english: Sequence[str]) -> list[GoldBeads]:
    """Texts of 100 lines each, with the lines as beads."""
    chooser = random.Random(SEED)
    pairs = list(zip(french, english, strict=True))
    return [
        _text(pairs[start : start + LINES_A_TEXT], chooser)
        for start in range(0, len(pairs), LINES_A_TEXT)
    ]


def _text(pairs: Sequence[tuple[str, str]], chooser: random.Random) -> GoldBeads:
    source: list[str] = []
    target: list[str] = []
    beads: list[Bead] = []
    for french, english in pairs:
        here = [] if chooser.random() < LEFT_OUT else _sentences(french, "fr")
        there = [] if chooser.random() < LEFT_OUT else _sentences(english, "en")
        beads.append((_numbers(source, here), _numbers(target, there)))
        source += here
        target += there
    return GoldBeads(tuple(source), tuple(target), tuple(beads))


def _sentences(line: str, language: str) -> list[str]:
    return [span.of(line) for span in sentences(line, language)]


def _numbers(before: Sequence[str], more: Sequence[str]) -> tuple[int, ...]:
    return tuple(range(len(before), len(before) + len(more)))


def europarl(folder: Path, texts: int) -> list[GoldBeads]:
    """Texts of Europarl lines, spread over the bitext of the training data."""
    sources = [name == "europarl" for name in _lines(folder / "more.src.xz")]
    numbers = [number for number, wanted in enumerate(sources) if wanted]
    stride = len(numbers) // texts
    chosen = [
        number
        for start in range(0, stride * texts, stride)
        for number in numbers[start : start + LINES_A_TEXT]
    ]
    return silver(
        _chosen(folder / "more.fr.xz", set(chosen)), _chosen(folder / "more.en.xz", set(chosen))
    )


def _chosen(file: Path, numbers: set[int]) -> list[str]:
    return [line for number, line in enumerate(_lines(file)) if number in numbers]


def _lines(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf-8", newline="\n") as stream:
        yield from (line.rstrip("\n") for line in stream)
