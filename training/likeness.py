"""Which pairs of a bitext are most like a text, such as news.

The difference of two cross-entropies (Moore & Lewis 2010, Intelligent selection
of language model training data): a sentence is wanted where a model of the text
is less surprised by it than one of the bitext at large. Both models are bigrams
of words over unigrams, over the words that the text has at least twice.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from training.bitext import Pair

# How many words the unigrams count for, where a bigram is asked for.
WEIGHT = 10.0
START, RARE = "<s>", "<rare>"

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Bigrams:
    """How often words followed each other in a text."""

    words: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    total: int

    def surprise(self, words: Sequence[str]) -> float:
        """The mean surprise of a word, in nats; the first of `words` is the start."""
        return sum(-math.log(self.share(*pair)) for pair in pairwise(words)) / (len(words) - 1)

    def share(self, before: str, word: str) -> float:
        """How likely `word` is after `before`; of all unseen words together, for one."""
        alone = (self.words.get(word, 0) + 1) / (self.total + len(self.words) + 1)
        together = self.pairs.get((before, word), 0)
        return (together + WEIGHT * alone) / (self.words.get(before, 0) + WEIGHT)


def most_like(
    pairs: Mapping[str, Sequence[Pair]], text: Sequence[str], share: float, random: Random
) -> dict[str, list[Pair]]:
    """The share of all pairs whose source is most like the sentences `text`, by origin."""
    counts = Counter(word for sentence in text for word in _words(sentence))
    known = frozenset(word for word, count in counts.items() if count > 1)
    every = [pair for found in pairs.values() for pair in found]
    sample = random.sample(every, min(len(every), len(text)))
    wanted = _counted(text, known)
    at_large = _counted((pair.source for pair in sample), known)

    def likeness(pair: Pair) -> float:
        words = [*_read(pair.source, known)]
        return at_large.surprise(words) - wanted.surprise(words)

    best = sorted(every, key=likeness, reverse=True)[: math.ceil(share * len(every))]
    kept: dict[str, list[Pair]] = {}
    for pair in best:
        kept.setdefault(pair.origin, []).append(pair)
    return kept


def _counted(sentences: Iterable[str], known: frozenset[str]) -> Bigrams:
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        read = [*_read(sentence, known)]
        words.update(read)
        pairs.update(pairwise(read))
    return Bigrams(words, pairs, words.total())


def _read(sentence: str, known: frozenset[str]) -> Iterator[str]:
    yield START
    yield from (word if word in known else RARE for word in _words(sentence))
    # An end is worth as much as a word: headlines and speeches end differently.
    yield START


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence.lower().replace("’", "'"))
