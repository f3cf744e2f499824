"""What the lexicon says a word most likely is in the other language, either way round."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alignment.document import Languages, Side
from alignment.hmm import Matrix
from alignment.lexicon import lexicon

# The geometric mean of both probabilities; what is weaker came about by chance as often as not.
STRONG = 0.04


@lru_cache(maxsize=32_768)
def translations(lexeme: str, languages: Languages) -> tuple[str, ...]:
    """What a source lexeme is in the target's language, the likeliest first; mostly a few."""
    known = lexicon(languages)
    row = None if known is None else known.sources.get(lexeme)
    if known is None or row is None:
        return ()
    width = len(known.targets)
    first, last = np.searchsorted(known.pairs, [row * width, (row + 1) * width])
    strengths = np.sqrt(known.forward[first:last] * known.backward[first:last])
    columns = known.pairs[first:last] - row * width
    return _strongest(strengths, columns, _words(languages)[1])


@lru_cache(maxsize=32_768)
def originals(lexeme: str, languages: Languages) -> tuple[str, ...]:
    """What a target lexeme may come from in the source's language, the likeliest first."""
    known = lexicon(languages)
    column = None if known is None else known.targets.get(lexeme)
    if known is None or column is None:
        return ()
    order, columns = _by_target(languages)
    first, last = np.searchsorted(columns, [column, column + 1])
    places = order[first:last]
    strengths = np.sqrt(known.forward[places] * known.backward[places])
    return _strongest(strengths, known.pairs[places] // len(known.targets), _words(languages)[0])


def knows(lexeme: str, languages: Languages, side: Side) -> bool:
    """Whether the lexicon of a pair has a lexeme on one side."""
    known = lexicon(languages)
    return known is not None and lexeme in (known.sources if side == "source" else known.targets)


def _strongest(
    strengths: Matrix, numbers: NDArray[np.int64], words: Sequence[str]
) -> tuple[str, ...]:
    order = [place for place in np.argsort(-strengths) if strengths[place] >= STRONG]
    return tuple(words[int(numbers[place])] for place in order)


@lru_cache(maxsize=8)
def _words(languages: Languages) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of both sides by their numbers."""
    known = lexicon(languages)
    return ((), ()) if known is None else (tuple(known.sources), tuple(known.targets))


@lru_cache(maxsize=8)
def _by_target(languages: Languages) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs in the order of their targets: their places, and the targets."""
    known = lexicon(languages)
    if known is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    columns = known.pairs % len(known.targets)
    order = np.argsort(columns, kind="stable")
    return order, columns[order]
