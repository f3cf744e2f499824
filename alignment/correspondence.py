"""What the words say for and against two stretches of text being each other's translation.

Every word that could have a counterpart somewhere in the other text is asked
for one in the bead. Found, it speaks for the bead by log(1 + o · s / q), where
s is the strength of the pair and q the chance of finding as much in any bead
of that size; not found, it speaks against, by a little. That is the log-odds
of IBM model 1 with a null word, as Moore (2002), "Fast and Accurate Sentence
Alignment of Bilingual Corpora", uses it, with the best pair in place of the
sum over pairs. Both sides' words are asked, and nothing is counted but words
that differ from bead to bead.

A translation of the source by a machine (Bleualign: Sennrich & Volk 2010)
makes further words of a source sentence, to be found as they are in the target.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.ladder import LONGEST, Array, Counts
from alignment.similarity import SAID, Similarity

# How often a word that has counterparts has one in the right bead; a pair of words together.
FOUND = 0.3
FOUND_TOGETHER = 0.1
# The same of a word that nothing in the other text could be the counterpart of, as far as we know.
FOUND_UNKNOWN = 0.2
# A word with counterparts in this share of the sentences says too little to be asked.
COMMON = 0.3
# What is known of a word before it is seen, by its length (Zipf: short words are common): the
# chance that a sentence has a counterpart, worth as much as having seen so many sentences.
CHANCES = {1: 0.3, 2: 0.3, 3: 0.3, 4: 0.1}
CHANCE = 0.02
SEEN_BEFORE = 10
UNSEEN = 0.2

Strengths = NDArray[np.float32]
Tokens = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """A word of the source and where it has counterparts.

    `places` are numbers of target tokens, in order, with their `strengths`;
    `sentences` are those that they lie in, each with its `best` strength.
    `odds[b-1]` weighs a strength found in b sentences.
    """

    places: Counts
    strengths: Strengths
    sentences: Counts
    best: Strengths
    odds: Array


@dataclass(frozen=True, slots=True, eq=False)
class Correspondence:
    """Both texts, ready to be asked about any bead.

    `witnesses` are those of each source sentence. Target tokens are numbered
    through: those of sentence j are `starts[j]` to `starts[j + 1]`, and `sentence`
    has the sentence of each. `odds[a-1]` weighs, for each token, a strength found
    in a sentences. `source_absent` and `target_absent` add up what each sentence's
    words say where none of them is found.
    """

    witnesses: tuple[tuple[Witness, ...], ...]
    starts: Counts
    sentence: Counts
    odds: tuple[Array, ...]
    source_absent: Array
    target_absent: Array


def correspondence(
    source: Tokens, target: Tokens, similarities: Iterable[Similarity]
) -> Correspondence:
    """Ask every word of both texts, sentences of lexemes, for its counterparts.

    Where several similarities pair two words, the strongest counts.
    """
    here, there = Vocabulary.of(source), Vocabulary.of(target)
    partners = _partners(here, there, similarities)
    expected_there = _expected(here.sentences, partners, len(there.words))
    expected_here = _expected(there.sentences, _turned(partners), len(here.words))
    counted = np.concatenate([np.array([0]), *there.sentences]).astype(np.int64)[1:]
    lengths = [len(words) for words in there.sentences]
    sentence = np.repeat(np.arange(len(target)), lengths)
    odds = _odds(there.words, expected_there, len(source))
    asked = (expected_there > 0) & _telling(expected_there, len(source))
    witnesses = _witnesses(here, partners, counted, sentence, expected_here, len(target))
    return Correspondence(
        witnesses=tuple(
            tuple(witnesses[word] for word in words.tolist() if word in witnesses)
            for words in here.sentences
        ),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        sentence=sentence,
        odds=tuple((asked * each)[counted] for each in odds),
        source_absent=_absent(here, expected_here, len(target)),
        target_absent=_absent(there, expected_there, len(source)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The different words of a text, and its sentences as their numbers."""

    words: tuple[str, ...]
    sentences: tuple[Counts, ...]

    @classmethod
    def of(cls, sentences: Tokens) -> Vocabulary:
        """Numbered in the order in which they come."""
        numbers: dict[str, int] = {}
        numbered = tuple(
            np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int64)
            for words in sentences
        )
        return cls(tuple(numbers), numbered)


# For each word that has any, the numbers of its counterparts and the strengths.
Partners = dict[int, tuple[Counts, Strengths]]


def _partners(here: Vocabulary, there: Vocabulary, similarities: Iterable[Similarity]) -> Partners:
    strongest: dict[int, dict[int, float]] = defaultdict(dict)
    for similarity in similarities:
        for one, other, strength in similarity(here.words, there.words):
            strongest[one][other] = max(strength, strongest[one].get(other, 0.0))
    return _arrays(strongest)


def _turned(partners: Partners) -> Partners:
    turned: dict[int, dict[int, float]] = defaultdict(dict)
    for one, (others, strengths) in partners.items():
        for other, strength in zip(others.tolist(), strengths.tolist(), strict=True):
            turned[other][one] = strength
    return _arrays(turned)


def _arrays(partners: dict[int, dict[int, float]]) -> Partners:
    return {
        one: (np.array(list(others)), np.array(list(others.values()), np.float32))
        for one, others in partners.items()
    }


def _expected(sentences: Sequence[Counts], partners: Partners, words: int) -> Array:
    """For each word of the other side, the strengths of its best counterparts in `sentences`."""
    total = np.zeros(words)
    best = np.zeros(words, np.float32)
    for sentence in sentences:
        touched = [partners[word] for word in set(sentence.tolist()) if word in partners]
        for others, strengths in touched:
            best[others] = np.maximum(best[others], strengths)
        if touched:
            others = np.unique(np.concatenate([others for others, _ in touched]))
            total[others] += best[others]
            best[others] = 0
    return total


def _rates(words: Sequence[str]) -> Array:
    return np.array([FOUND_TOGETHER if " " in word.removeprefix(SAID) else FOUND for word in words])


def _telling(expected: Array, sentences: int) -> NDArray[np.bool_]:
    """Whether words are rare enough to be asked; one counterpart is rare in a short text too."""
    return expected <= max(1.0, COMMON * sentences)


def _odds(words: Sequence[str], expected: Array, sentences: int) -> list[Array]:
    """What a strength of 1 is worth, found among 1, 2, … of so many sentences of the other side."""
    rates = _rates(words)
    before = np.array([_chance(word.removeprefix(SAID)) for word in words])
    chance = (expected + UNSEEN + SEEN_BEFORE * before) / (sentences + 1 + SEEN_BEFORE)
    return [rates / (1 - rates) / (1 - (1 - chance) ** size) for size in range(1, LONGEST + 1)]


def _chance(word: str) -> float:
    return CHANCE if word.isdigit() else CHANCES.get(len(word), CHANCE)


def _absent(texts: Vocabulary, expected: Array, sentences: int) -> Array:
    """What the words of each sentence say where none of them is found."""
    rates = np.where(expected > 0, _rates(texts.words), [_lost(word) for word in texts.words])
    said = np.where(_telling(expected, sentences), np.log1p(-rates), 0.0)
    return np.array([said[words].sum() for words in texts.sentences])


def _lost(word: str) -> float:
    return 0.0 if " " in word else FOUND_UNKNOWN


def _witnesses(
    here: Vocabulary,
    partners: Partners,
    counted: Counts,
    sentence: Counts,
    expected: Array,
    sentences: int,
) -> dict[int, Witness]:
    """A witness for each source word that has counterparts, by its number."""
    order = np.argsort(counted, kind="stable")
    ordered = counted[order]
    odds = np.stack(_odds(here.words, expected, sentences), axis=1)
    found = {}
    telling = _telling(expected, sentences)
    for word, (others, strengths) in partners.items():
        if not telling[word]:
            continue
        first, last = np.searchsorted(ordered, others), np.searchsorted(ordered, others, "right")
        places = np.concatenate([order[a:b] for a, b in zip(first, last, strict=True)])
        repeated = np.repeat(strengths, last - first)
        by_place = np.argsort(places)
        places, repeated = places[by_place], repeated[by_place]
        lies_in, starts = np.unique(sentence[places], return_index=True)
        best = np.maximum.reduceat(repeated, starts)
        found[word] = Witness(places, repeated, lies_in, best, odds[word])
    return found
