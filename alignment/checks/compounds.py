"""French forms of address and compounds that were kept: "M. Leroy", "juge d'instruction".

Each of their words may be at home in the translation's language; together they aren't.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.tokens import listed
from alignment.lexemes import folded
from alignment.span import Span

# What French alone puts between two common nouns; of a line without end, words aren't longer.
COMPOUND = re.compile(
    r"(?<!\w)[^\W\d_A-Z]{4,30}\s(?:(?:de|du|des|en)\s(?:la\s|l['’])?|d['’]|à\s(?:la\s|l['’])?)"
    r"[^\W\d_A-Z]{4,30}(?!\w)"
)
ADDRESS = re.compile(r"(?<!\w)(?:M\.|MM\.|Mmes?|Mlles?|Me)\s[A-ZÀ-Ý][\w’'-]{0,30}")
# The longest word before one that is looked at, in code points.
LONGEST = 40


def kept(pair: SentencePair) -> Iterator[tuple[Span, Span]]:
    """Where both texts have the same address or compound: in the original, in the translation."""
    borrowed = (table(pair.languages.target, "content") or {}).get("borrowed", ())
    for pattern in (ADDRESS, COMPOUND):
        for match in pattern.finditer(pair.target):
            place = pair.source.find(match.group())
            if place < 0 or (pattern is COMPOUND and _is_of_a_name(pair, match.start())):
                continue
            plain = folded(match.group().replace("’", "'"))
            if not any(folded(each) == plain for each in borrowed):
                yield Span(place, place + len(match.group())), Span(*match.span())


def _is_of_a_name(pair: SentencePair, start: int) -> bool:
    """Whether a name stands right before: "Institut national de la statistique"."""
    before = pair.target[max(0, start - LONGEST) : start].split()[-1:]
    grammar = listed(pair.languages.target, "function")
    return any(word[0].isupper() and folded(word) not in grammar for word in before)
