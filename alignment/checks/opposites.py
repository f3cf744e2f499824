"""Words that turn a sentence into its opposite: "accepté" that became "refused".

Two witnesses speak: a table of concepts, each with the words that affirm it
and those that deny it in either language; and the prefixes that deny, where
the lexicon has the plain word ("rentable", "unprofitable").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences, reading
from alignment.checks.tokens import Token, both_sides
from alignment.checks.translations import originals, translations
from alignment.span import Span

# The two sides of a concept, and the other of each.
OTHER = {"for": "against", "against": "for"}
# A text of more words is no sentence; its words deny and affirm all sorts of things.
LONGEST = 200


class Reversal(NamedTuple):
    """Words of the two texts that say opposite things; `lost` where the French is what denies."""

    source: Span
    target: Span
    lost: bool


@dataclass(frozen=True, slots=True)
class _Opposites:
    expressions: Markers
    clearing: Markers
    prefixed: re.Pattern[str]
    plain: Markers


@lru_cache(maxsize=16)
def _opposites(language: str) -> _Opposites | None:
    data: Any = table(language, "opposites")
    if not data:
        return None
    concepts = [(name, each) for name, each in data.items() if isinstance(each, dict)]
    return _Opposites(
        _by_side(concepts, ""),
        _by_side(concepts, "maybe "),
        re.compile(data["prefixed"]),
        markers({"plain": data.get("plain", ())}),
    )


def _by_side(concepts: Iterable[tuple[str, Any]], prefix: str) -> Markers:
    return markers(
        {f"{name} {side}": sides[prefix + side] for name, sides in concepts for side in OTHER}
    )


def reversals(pair: SentencePair, source: Reading, target: Reading) -> Iterator[Reversal]:
    """What one text affirms and the other denies, in a word."""
    here, there = _opposites(pair.languages.source), _opposites(pair.languages.target)
    if here is None or there is None or max(len(source.words), len(target.words)) > LONGEST:
        return
    yield from _of_concepts(_Side.of(source, here), _Side.of(target, there), pair)


@dataclass(frozen=True, slots=True)
class _Side:
    """The sides of concepts that a text takes, each with its first word, and all it may take."""

    sure: dict[str, Span]
    maybe: frozenset[str]

    @classmethod
    def of(cls, read: Reading, opposites: _Opposites) -> _Side:
        sure: dict[str, Span] = {}
        for each in occurrences(read, opposites.expressions):
            sure.setdefault(each.kind, read.between(each.first, each.last))
        maybe = {each.kind for each in occurrences(read, opposites.clearing)} if sure else set()
        return cls(sure, frozenset(maybe | sure.keys()))


def _of_concepts(here: _Side, there: _Side, pair: SentencePair) -> Iterator[Reversal]:
    for kind, span in here.sure.items():
        concept, side = kind.split()
        opposite = f"{concept} {OTHER[side]}"
        if opposite in there.sure and kind not in there.maybe and opposite not in here.maybe:
            yield Reversal(span, there.sure[opposite], side == "against")


def denied_by_prefix(pair: SentencePair) -> Iterator[Reversal]:
    """Words that one text has with a prefix that denies them, and the other without it."""
    here, there = pair.languages.source, pair.languages.target
    if _opposites(here) is None or _opposites(there) is None:
        return
    source, target = both_sides(pair)
    sources, targets = _words(source), _words(target)
    for lexeme, word in targets.items():
        base = _base(lexeme, there)
        plain = _plain(sources, base, pair) if base and base not in targets else None
        if plain and sources.keys().isdisjoint(
            each for each in originals(lexeme, pair.languages) if each != plain
        ):
            yield Reversal(sources[plain], word, lost=False)
    for lexeme, word in sources.items():
        if _is_prefixed(lexeme, here):
            denied = translations(lexeme, pair.languages)[:1]
            base = _base(denied[0], there) if denied else ""
            if base in targets and sources.keys().isdisjoint(originals(base, pair.languages)):
                yield Reversal(word, targets[base], lost=True)


@lru_cache(maxsize=16_384)
def _is_prefixed(lexeme: str, language: str) -> bool:
    opposites = _opposites(language)
    return opposites is not None and opposites.prefixed.fullmatch(lexeme) is not None


def _words(tokens: Iterable[Token]) -> dict[str, Span]:
    return {token.lexeme: token.word for token in tokens}


@lru_cache(maxsize=16_384)
def _base(lexeme: str, language: str) -> str:
    """The word without the prefix that denies it, nothing where it has none."""
    opposites = _opposites(language)
    if opposites is None:
        return ""
    match = opposites.prefixed.fullmatch(lexeme)
    if match is None or any(True for _ in occurrences(reading(lexeme), opposites.plain)):
        return ""
    return match[1]


def _plain(words: Iterable[str], base: str, pair: SentencePair) -> str | None:
    """The word of the original that means the `base` above all, and denies nothing itself."""
    for lexeme in words:
        plain = not _is_prefixed(lexeme, pair.languages.source)
        if plain and base in translations(lexeme, pair.languages)[:1]:
            return lexeme
    return None
