"""How strongly words of two languages suggest each other, before any sentence is aligned.

A similarity takes the different words of two texts and names the pairs that
have anything to do with each other, each with a strength from 0 to 1. Words
are lexemes (`alignment.lexemes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

import numpy as np

from alignment.lexicon import Lexicon

# Source word number, target word number, strength from 0 to 1.
Pair = tuple[int, int, float]
Similarity = Callable[[Sequence[str], Sequence[str]], Iterable[Pair]]

# Probabilities both ways that make a pair as strong as it gets: their geometric mean.
CERTAIN = 0.25
FAINTEST = 0.01
# Words that begin alike: so many letters at least, and that share of the longer one.
SHARED_LETTERS = 4
SHARED = 0.6
COGNATE = 0.8
# Short words may look the same by chance: "on", "main", "pour".
DISTINCTIVE_LETTERS = 5
SHORT = 0.3
# Marks a word that a machine said in the target's language; no lexeme begins with it.
SAID = "= "
STEM = 6


def lexical(lexicon: Lexicon) -> Similarity:
    """The pairs that a lexicon knows."""

    def pairs(source: Sequence[str], target: Sequence[str]) -> Iterator[Pair]:
        width = len(lexicon.targets)
        column_of = np.full(width, -1, np.int64)
        for number, word in enumerate(target):
            if word in lexicon.targets:
                column_of[lexicon.targets[word]] = number
        strengths = np.sqrt(lexicon.forward * lexicon.backward) / CERTAIN
        for number, word in enumerate(source):
            row = lexicon.sources.get(word)
            if row is None:
                continue
            first, last = np.searchsorted(lexicon.pairs, [row * width, (row + 1) * width])
            columns = column_of[lexicon.pairs[first:last] - row * width]
            for column, strength in zip(columns, strengths[first:last], strict=True):
                if column >= 0 and strength >= FAINTEST:
                    yield number, int(column), min(1.0, float(strength))

    return pairs


def spelt_alike(source: Sequence[str], target: Sequence[str]) -> Iterator[Pair]:
    """Numbers, names and signs that are the same, and words that begin alike (cognates)."""
    heads = defaultdict(list)
    for number, word in enumerate(target):
        heads[word[:SHARED_LETTERS]].append(number)
    for here, word in enumerate(source):
        if word.startswith(SAID):
            continue
        for there in heads[word[:SHARED_LETTERS]]:
            strength = likeness(word, target[there])
            if strength:
                yield here, there, strength


def likeness(source: str, target: str) -> float:
    """How much two words look alike, from 0 to 1."""
    if source == target:
        telling = not source.isalpha() or len(source) >= DISTINCTIVE_LETTERS
        return 1.0 if telling else SHORT
    letters = zip(source, target, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))
    share = shared / max(len(source), len(target))
    return COGNATE * share if shared >= SHARED_LETTERS and share >= SHARED else 0.0


def said(words: Sequence[str]) -> list[str]:
    """A machine's translation of a source sentence, as further words of that sentence."""
    return [SAID + word for word in (*map(_stem, words), *neighbours(words))]


def neighbours(words: Sequence[str]) -> list[str]:
    """Each two words that follow each other, as one word with a space in it."""
    return [f"{_stem(one)} {_stem(other)}" for one, other in pairwise(words)]


def as_said(source: Sequence[str], target: Sequence[str]) -> Iterator[Pair]:
    """Words that a machine said, and neighbours that it said together, found in the target."""
    by_stem = defaultdict(list)
    for number, word in enumerate(target):
        by_stem[word if " " in word else _stem(word)].append(number)
    for here, word in enumerate(source):
        if word.startswith(SAID):
            for there in by_stem[word.removeprefix(SAID)]:
                yield here, there, 1.0


def _stem(word: str) -> str:
    return word[:STEM]
