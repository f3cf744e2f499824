"""Quotation marks for the apostrophes that a model writes in their place.

The English of Europarl quotes 'like this', and models that learnt from it do so
whatever the French has. Where the original quotes with marks of two strokes,
the translation does, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

MARKS = frozenset('"«»“”„‟＂')
# Not what is left of a word: "'s", "'90s", "'em".
OPENING = re.compile(r"(?<![^\s(\[])'(?!(?:s|t|re|ve|ll|d|m|em|\d\ds)\b)")
CLOSING = re.compile(r"(?<=[^\s(\[])'(?![^\s.,;:!?…)\]])")
# One that nothing opened ends a quotation only after one of these; else it is a genitive.
ENDS = ".,;:!?…"


def requoted(source: str, target: str) -> str:
    """`target` with as many quotation marks as `source` has, if apostrophes stand for them.

    Each takes the place of one character, so that all offsets stay as they are.
    """
    wanted = sum(map(MARKS.__contains__, source)) - sum(map(MARKS.__contains__, target))
    if wanted <= 0 or "'" not in target:
        return target
    characters = list(target)
    for position in sorted(_quoting(target))[:wanted]:
        characters[position] = '"'
    return "".join(characters)


def _quoting(text: str) -> Iterator[int]:
    """Where apostrophes open and close quotations."""
    opening = [found.start() for found in OPENING.finditer(text)]
    closing = [found.start() for found in CLOSING.finditer(text)]
    yield from opening
    yield from (
        place for place in closing if place < min(opening, default=len(text)) and _ends(text, place)
    )
    for start, end in pairwise([*opening, len(text)]):
        # The last one: those before it are genitives, "the 'workers' rights'".
        yield from [place for place in closing if start < place < end][-1:]


def _ends(text: str, place: int) -> bool:
    return text[place - 1] in ENDS
