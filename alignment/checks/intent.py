"""What somebody means to do and has not done: "compte fermer", "entend bien y rester"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from alignment.checks.language import table
from alignment.checks.markers import Reading
from alignment.span import Span

# Letters of an infinitive before its ending, at least.
STEM = 2
# Words from a verb to the infinitive that it governs: "compte ne plus jamais y revenir".
REACH = 5


@dataclass(frozen=True, slots=True)
class _Grammar:
    verbs: frozenset[str]
    between: frozenset[str]
    no_infinitives: frozenset[str]
    endings: tuple[str, ...]

    def is_infinitive(self, word: str) -> bool:
        ending = word.endswith(self.endings) and word.isalpha()
        return ending and len(word) >= STEM + 2 and word not in self.no_infinitives


@lru_cache(maxsize=4)
def _grammar(language: str) -> _Grammar | None:
    data: Any = (table(language, "hedging") or {}).get("intent")
    if data is None:
        return None
    return _Grammar(
        verbs=frozenset(data["verbs"]),
        between=frozenset(data["between"]),
        no_infinitives=frozenset(data["no_infinitives"]),
        endings=tuple(data["infinitive_endings"]),
    )


def intentions(read: Reading, language: str) -> Iterator[Span]:
    """Verbs that mean to do something, each with the infinitive that says what."""
    grammar = _grammar(language)
    if grammar is None or grammar.verbs.isdisjoint(read.vocabulary):
        return
    for number, word in enumerate(read.words):
        if word in grammar.verbs:
            last = _infinitive(read.words, number + 1, grammar)
            if last:
                yield read.between(number, last)


def _infinitive(words: tuple[str, ...], start: int, grammar: _Grammar) -> int | None:
    """The number of the infinitive that follows, with nothing but pronouns and adverbs before."""
    for place in range(start, min(start + REACH, len(words))):
        word = words[place]
        if grammar.is_infinitive(word):
            return place
        if word not in grammar.between:
            break
    return None
