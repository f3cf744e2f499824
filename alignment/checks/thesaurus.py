"""Which words may translate a word, widely understood: a lexicon, and one step beyond it.

"Fairness" may stand for "justice" though no bitext paired them, because both
translate "équité". Rare forms are looked up by their stem. Words are compared by
their first letters, so that no table of endings is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alignment.checks.tokens import listed
from alignment.document import Languages
from alignment.hmm import Matrix
from alignment.lexicon import Lexicon, lexicon

# A pair of the lexicon counts from this probability on, in either direction; beside words of
# grammar stands everything, so that they need a better one.
PAIRED = 0.003
GRAMMAR = 0.02
# What every step to a kindred word must have, in both directions: a good one, and any.
NEAR = 0.1
FAR = 0.02
# What the best translation of a word has where a translator has hardly any choice.
SHARP = 0.65
# So many letters at the front make two forms one word.
STEM = 5
# The longest ending by which a form that the lexicon lacks may differ from one that it has.
ENDING = 3
# No lexicon has a longer word, in code points.
LONGEST = 40

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Some pairs of the lexicon, by one of their sides.

    What belongs to number n is `others` from `starts[n]` up to `starts[n + 1]`: plain lists,
    since a look-up takes but a few of them.
    """

    others: list[int]
    starts: list[int]

    def of(self, number: int) -> list[int]:
        """The numbers of the words that are paired with word `number`."""
        return self.others[self.starts[number] : self.starts[number + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Where a word leads with at least some probability: there, and back."""

    targets: Pairs
    sources: Pairs


@dataclass(frozen=True, slots=True, eq=False)
class Thesaurus:
    """A lexicon that can be read from both sides; `stems` are those of its target lexemes.

    The source lexemes in `sharp` mostly have one and the same translation.
    """

    sources: dict[str, int]
    stems: list[str]
    forms: dict[str, tuple[int, ...]]
    paired: Pairs
    beside_grammar: Pairs
    near: Step
    far: Step
    sharp: frozenset[str]


def stem(lexeme: str) -> str:
    """What two forms of a word have in common."""
    return lexeme[:STEM]


@lru_cache(maxsize=16_384)
def translations(lexeme: str, languages: Languages) -> frozenset[str]:
    """The stems of what surely may translate a source lexeme; empty where no form is known."""
    known = thesaurus(languages)
    if known is None or len(lexeme) > LONGEST:
        return frozenset()
    numbers = _numbers(known, lexeme)
    if lexeme in listed(languages.source, "function"):
        return _stems(known, known.beside_grammar, numbers)
    return _stems(known, known.paired, numbers) | _kindred(known, known.near, numbers)


@lru_cache(maxsize=16_384)
def loose_translations(lexeme: str, languages: Languages) -> frozenset[str]:
    """The stems of what may translate a source lexeme with some good will."""
    known = thesaurus(languages)
    if known is None or len(lexeme) > LONGEST or lexeme in listed(languages.source, "function"):
        return frozenset()
    return _kindred(known, known.far, _numbers(known, lexeme))


def _numbers(known: Thesaurus, lexeme: str) -> tuple[int, ...]:
    """The lexeme's number in the lexicon, or those of the forms that begin alike."""
    number = known.sources.get(lexeme)
    if number is not None:
        return (number,)
    return known.forms.get(lexeme[: max(STEM, len(lexeme) - ENDING)], ())


def _kindred(known: Thesaurus, step: Step, numbers: Iterable[int]) -> frozenset[str]:
    """Source to target, back to source and to target again."""
    back = _reached(step.sources, _reached(step.targets, numbers))
    return _stems(known, step.targets, back)


def _stems(known: Thesaurus, pairs: Pairs, numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(map(known.stems.__getitem__, _reached(pairs, numbers)))


def _reached(pairs: Pairs, numbers: Iterable[int]) -> set[int]:
    # Most of the time that a rare word takes goes here: whole slices, not one by one.
    return set[int]().union(*map(pairs.of, numbers))


@lru_cache(maxsize=8)
def thesaurus(languages: Languages) -> Thesaurus | None:
    """The lexicon of a pair, made ready to be read from both sides; None where there is none."""
    known = lexicon(languages)
    if known is None:
        return None
    rows, columns = np.divmod(known.pairs, len(known.targets))
    size = len(known.sources)
    either = np.maximum(known.forward, known.backward)
    return Thesaurus(
        sources=known.sources,
        stems=[stem(word) for word in known.targets],
        forms=_forms(known.sources),
        paired=_pairs(rows, columns, either >= PAIRED, size),
        beside_grammar=_pairs(rows, columns, known.forward >= GRAMMAR, size),
        near=_step(known, rows, columns, NEAR),
        far=_step(known, rows, columns, FAR),
        sharp=_sharp(known.sources, rows, known.forward),
    )


def _sharp(words: Iterable[str], own: Numbers, probabilities: Matrix) -> frozenset[str]:
    sharp = set(own[probabilities >= SHARP].tolist())
    return frozenset(word for number, word in enumerate(words) if number in sharp)


def _step(known: Lexicon, rows: Numbers, columns: Numbers, least: float) -> Step:
    either = np.maximum(known.forward, known.backward) >= least
    both = np.minimum(known.forward, known.backward) >= least
    return Step(
        _pairs(rows, columns, either, len(known.sources)),
        _pairs(columns, rows, both, len(known.targets)),
    )


def _pairs(own: Numbers, others: Numbers, chosen: NDArray[np.bool_], size: int) -> Pairs:
    order = np.argsort(own[chosen], kind="stable")
    starts = np.searchsorted(own[chosen][order], np.arange(size + 1))
    return Pairs(others[chosen][order].tolist(), starts.tolist())


def _forms(numbers: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """The words that begin with each string, but for an ending."""
    forms: dict[str, list[int]] = {}
    for word, number in numbers.items():
        if word.isalpha():
            for size in range(max(STEM, len(word) - ENDING), len(word) + 1):
                forms.setdefault(word[:size], []).append(number)
    return {form: tuple(found) for form, found in forms.items()}
