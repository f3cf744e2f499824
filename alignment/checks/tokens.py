"""The words of a sentence as the checks look them up, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.lexemes import lexemes, sentence_lexemes
from alignment.span import Span


class Token(NamedTuple):
    """A lexeme (`alignment.lexemes`) and the word that it belongs to, in code points."""

    lexeme: str
    word: Span
    capital: bool


# Several checks ask for the same pair one after the other.
@lru_cache(maxsize=8)
def both_sides(pair: SentencePair) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The tokens of the sentence and of its translation."""
    return (
        _tokens(pair.source, pair.source_words, pair.languages.source),
        _tokens(pair.target, pair.target_words, pair.languages.target),
    )


def _tokens(text: str, words: tuple[Span, ...], language: str) -> tuple[Token, ...]:
    """The lexemes of every word of `text`, in order; "du" is two of one word."""
    return tuple(
        [
            Token(lexeme, word, text[word.start].isupper())
            for word in words
            for lexeme in lexemes(text[word.start : word.end], language)
        ]
    )


@lru_cache(maxsize=64)
def listed(language: str, name: str) -> frozenset[str]:
    """The lexemes of the word list `name` in the language's table "content"."""
    found = (table(language, "content") or {}).get(name, "")
    wanted = found.split() if isinstance(found, str) else found
    return frozenset(lexeme for word in wanted for lexeme in lexemes(word, language))


def phrase(text: str, language: str) -> tuple[str, ...]:
    """The lexemes of an expression; a word that ends in "*" keeps it."""
    return tuple(_patterns(text, language))


def _patterns(text: str, language: str) -> Iterator[str]:
    for word in text.split():
        *rest, last = sentence_lexemes(word.removesuffix("*"), language)
        yield from rest
        yield f"{last}*" if len(word) > 1 and word.endswith("*") else last
