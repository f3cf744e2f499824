"""Two texts that exist already, an original and its translation: which sentences answer which.

A ladder of beads is sought that lengths (`alignment.gale_church`) and words
(`alignment.correspondence`) speak for together. Long texts are searched in a
band around words that are rare and stand in one sentence of each side alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, inf

import numpy as np

from alignment.anchors import band_around_anchors
from alignment.correspondence import Correspondence, correspondence
from alignment.document import FRENCH_ENGLISH, Languages
from alignment.evidence import log_odds
from alignment.gale_church import deviation
from alignment.ladder import Alone, Array, Band, Shape, Step, best_ladder, whole
from alignment.lexemes import sentence_lexemes
from alignment.lexicon import lexicon
from alignment.similarity import Similarity, as_said, lexical, neighbours, said, spelt_alike

# How much words and lengths count, beside the prior odds of a bead of one and one.
WORDS = 0.35
LENGTHS = 0.4
# A bead whose lengths are further apart than this is no more unlikely.
FURTHEST = 5.0
# For each sentence more than one and one; once more where both sides have several.
MORE = -0.7
MANY_TO_MANY = -0.2
# For each sentence without a counterpart, and for each run of them.
ALONE = -1.0
OPENING = -1.0
# A translation is not often shorter or longer than this; beyond, something was left out.
RATIOS = (0.75, 1.33)
# Up to this many target sentences, every cell of the table is looked at.
NARROW = 1500
DIGITS = 4
# exp() of more than this overflows.
FAINTEST = 700.0
# "l' OTAN", as tokenised text has it, is "l'OTAN".
PARTED_ELISION = re.compile(
    r"(?<!\w)((?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]) (?=\w)", re.I
)


@dataclass(frozen=True, slots=True)
class Bead:
    """Consecutive sentences, counted from 0, that answer each other; one side may be empty.

    `score` is how likely it is, from 0 to 1, that they do so rather than stand
    alone; 0 where one side is empty.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


def align(
    source: Sequence[str],
    target: Sequence[str],
    languages: Languages = FRENCH_ENGLISH,
    similarities: Sequence[Similarity] | None = None,
    translations: Sequence[str] | None = None,
) -> tuple[Bead, ...]:
    """The beads of two texts, given as sentences: monotone, contiguous, and nothing left out.

    `similarities` pair words beside those that are spelt alike: without any,
    the lexicon of `languages`, if there is one. `translations` of the source
    sentences into the target's language, by a machine, are a further hint.
    Equal sentences at both texts' beginnings, and at their ends, are beads.
    """
    if similarities is None:
        known = lexicon(languages)
        similarities = [lexical(known)] if known else []
    head = _equal(source, target)
    tail = _equal(source[head:][::-1], target[head:][::-1])
    here = slice(head, len(source) - tail)
    there = slice(head, len(target) - tail)
    words = _Words.of(source[here], target[there], languages, translations and translations[here])
    steps = [
        *(Step(1, 1, inf) for _ in range(head)),
        *_search(source[here], target[there], words, [*similarities, spelt_alike, as_said]),
        *(Step(1, 1, inf) for _ in range(tail)),
    ]
    return tuple(_beads(steps))


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexemes of each sentence, and what a machine said of the source's."""

    source: tuple[list[str], ...]
    target: tuple[list[str], ...]

    @classmethod
    def of(
        cls,
        source: Sequence[str],
        target: Sequence[str],
        languages: Languages,
        translations: Sequence[str] | None,
    ) -> _Words:
        here = [_lexemes(sentence, languages.source) for sentence in source]
        there = [_lexemes(sentence, languages.target) for sentence in target]
        if translations is not None:
            for words, translation in zip(here, translations, strict=True):
                words += said(_lexemes(translation, languages.target))
            there = [words + neighbours(words) for words in there]
        return cls(tuple(here), tuple(there))


def _lexemes(sentence: str, language: str) -> list[str]:
    return list(sentence_lexemes(PARTED_ELISION.sub(r"\1", sentence), language))


def _search(
    source: Sequence[str], target: Sequence[str], words: _Words, similarities: list[Similarity]
) -> list[Step]:
    if not source or not target:
        return [Step(len(source), len(target), 0.0)] if source or target else []
    texts = correspondence(words.source, words.target, similarities)
    band = whole(len(source), len(target))
    if len(target) > NARROW:
        band = band_around_anchors(texts)
    rows = _worth(source, target, texts, band)
    alone = Alone(np.full(len(source), ALONE), np.full(len(target), ALONE), OPENING)
    return best_ladder(rows, band, alone)


def _worth(
    source: Sequence[str], target: Sequence[str], texts: Correspondence, band: Band
) -> Iterator[dict[Shape, Array]]:
    """What words and lengths together say of each bead, and how often there are such beads."""
    here, there = _ends(source), _ends(target)
    ratio = float(np.clip(there[-1] / max(here[-1], 1), *RATIOS))
    for number, row in enumerate(log_odds(texts, band), 1):
        low, high = band.row(number)
        for shape, said_of in row.items():
            length = ratio * (here[number] - here[number - shape.source])
            columns = np.arange(low, high + 1)
            lengths = there[columns] - there[np.maximum(columns - shape.target, 0)]
            apart = np.minimum(np.abs(deviation(length, lengths)), FURTHEST)
            row[shape] = WORDS * said_of - LENGTHS * apart**2 / 2 + _prior(shape)
        yield row


def _prior(shape: Shape) -> float:
    several = MANY_TO_MANY if min(shape) > 1 else 0.0
    return MORE * (shape.source + shape.target - 2) + several


def _ends(sentences: Sequence[str]) -> Array:
    return np.concatenate([[0.0], np.cumsum([len(sentence) for sentence in sentences])])


def _equal(source: Sequence[str], target: Sequence[str]) -> int:
    """How many sentences at the beginning are the same."""
    pairs = enumerate(zip(source, target, strict=False))
    shorter = min(len(source), len(target))
    return next((number for number, (one, other) in pairs if one != other), shorter)


def _beads(steps: Sequence[Step]) -> Iterator[Bead]:
    row = column = 0
    for step in steps:
        yield Bead(
            tuple(range(row, row + step.source)),
            tuple(range(column, column + step.target)),
            _likelihood(step.worth) if step.source and step.target else 0.0,
        )
        row, column = row + step.source, column + step.target


def _likelihood(worth: float) -> float:
    """Log-odds as a probability."""
    return round(1 / (1 + exp(-max(worth, -FAINTEST))), DIGITS)
