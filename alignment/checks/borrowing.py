"""What the translation's language shares with the original's: borrowed expressions, cognates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.tokens import both_sides, listed, phrase
from alignment.checks.translations import originals, translations
from alignment.document import Languages
from alignment.lexicon import lexicon

# Words that begin with as many same letters may be one word of both languages.
ALIKE = 4


def borrowed_words(said: Sequence[tuple[str, ...]], source: str, target: str) -> frozenset[int]:
    """Which words belong to expressions that the translation's language has borrowed."""
    flat = [(part, place) for place, parts in enumerate(said) for part in parts]
    found: set[int] = set()
    for number, (part, _) in enumerate(flat):
        for expression in borrowings(source, target).get(part, ()):
            taken = flat[number : number + len(expression)]
            if tuple(each for each, _ in taken) == expression:
                found.update(place for _, place in taken)
    return frozenset(found)


@lru_cache(maxsize=16)
def borrowings(source: str, target: str) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The expressions of `source` that are at home in `target`, by their first lexeme."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for text in (table(target, "content") or {}).get("borrowed", ()):
        expression = phrase(text, source)
        found[expression[0]].append(expression)
    return found


def has_cognate(lexeme: str, languages: Languages) -> bool:
    """Whether the translation's language has another form of the word: "fusions", "fusion".

    A longer word that begins alike is no form of it: "sapient" says nothing of "sapin".
    """
    known = lexicon(languages)
    added = (lexeme + ending for ending in ("s", "d", "es", "ed"))
    return known is not None and any(
        form in known.targets for form in (*added, lexeme[:-1], lexeme.removesuffix("es"))
    )


@lru_cache(maxsize=4)
def _said(pair: SentencePair) -> frozenset[str]:
    return frozenset(token.lexeme for token in both_sides(pair)[1])


def means_another(lexeme: str, pair: SentencePair) -> bool:
    """Whether a word of both texts is surely translated, and not by itself nor its like."""
    found = translations(lexeme, pair.languages)
    return (
        bool(found)
        and _said(pair).isdisjoint(found)
        and not any(each[:ALIKE] == lexeme[:ALIKE] for each in found)
        and not originals(lexeme, pair.languages)
    )


def is_native(word: str, languages: Languages) -> bool:
    """Whether a word is of the original's language alone: listed so, or of such an ending.

    A word that the translations of the lexicon have is not told by its ending.
    """
    if word in listed(languages.source, "native"):
        return True
    known = lexicon(languages)
    endings = tuple(listed(languages.source, "endings"))
    return known is not None and word.endswith(endings) and word not in known.targets
