"""The names that a language has a word of its own for: `languages/LANGUAGE/names.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from alignment.checks.language import table
from alignment.lexemes import lexemes
from alignment.words import words

APOSTROPHES = "'’ʼ＇"
SHORT_ACRONYM = 3
OPTIONAL = re.compile(r"\(([^)]*)\)")


class Entry(NamedTuple):
    """One form of a name: its lexemes, the first of which it is filed under.

    `capital` says how it is written: "all" letters are capitals, the "first" one is, or
    "none" need be.
    """

    lexemes: tuple[str, ...]
    capital: str
    meaning: str


class Place(NamedTuple):
    """Where an entry stands among the lexemes of a text."""

    first: int
    last: int
    entry: Entry


@lru_cache(maxsize=16)
def gazetteer(language: str) -> Mapping[str, tuple[Entry, ...]]:
    """Every entry of a language by its first lexeme, the longest first; empty without a table."""
    found: dict[str, list[Entry]] = {}
    sections = (table(language, "names") or {}).values()
    for section in (each for each in sections if isinstance(each, dict)):
        for meaning, forms in section.items():
            for entry in _entries(forms, meaning, language):
                found.setdefault(entry.lexemes[0], []).append(entry)
    return {
        first: tuple(sorted(set(entries), key=lambda entry: -len(entry.lexemes)))
        for first, entries in found.items()
    }


@lru_cache(maxsize=64)
def listed(language: str, kind: str) -> frozenset[str]:
    """The lexemes that a language's table lists as "titles" or as "ordinary" words."""
    return frozenset((table(language, "names") or {}).get(kind, ()))


def places(lexemes: Sequence[str], written: Sequence[str], language: str) -> Iterator[Place]:
    """The names of the gazetteer in a text: its lexemes, and the word that each comes from."""
    entries = gazetteer(language)
    number = 0
    while number < len(lexemes):
        found = None
        for entry in entries.get(lexemes[number], ()):
            last = number + len(entry.lexemes)
            if tuple(lexemes[number:last]) == entry.lexemes and _capital(
                written[number:last], entry.capital
            ):
                found = Place(number, last, entry)
                break
        if found:
            yield found
        number = found.last if found else number + 1


def same_meaning(one: str, other: str) -> bool:
    """Whether two meanings are the same, or one is a town for its country, or the reverse."""
    if one == other:
        return True
    country, _, town = one.partition(".")
    other_country, _, other_town = other.partition(".")
    return country == other_country and not (town and other_town)


def _capital(written: Sequence[str], wanted: str) -> bool:
    if wanted == "none":
        return True
    if wanted == "all" and not all(word.isupper() for word in written):
        # "Unaids", but "US" is never "us" or "Us".
        return len(written[0]) > SHORT_ACRONYM and written[0][:1].isupper()
    return written[0][:1].isupper() and written[0][-1] not in APOSTROPHES


def _entries(forms: str, meaning: str, language: str) -> Iterator[Entry]:
    for form in forms.split("|"):
        for text in _spelt_out(form.strip()):
            parts = tuple(
                lexeme for word in words(text) for lexeme in lexemes(word.of(text), language)
            )
            if parts:
                yield Entry(parts, _case(text), meaning)


def _spelt_out(form: str) -> Iterator[str]:
    """The forms that "français(e)(s)" stands for."""
    pieces = OPTIONAL.split(form)
    choices = [(piece,) if place % 2 == 0 else ("", piece) for place, piece in enumerate(pieces)]
    yield from ("".join(choice) for choice in product(*choices))


def _case(text: str) -> str:
    if text.isupper() and sum(map(str.isalpha, text)) > 1:
        return "all"
    return "first" if text[:1].isupper() else "none"
