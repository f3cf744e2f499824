"""Variants of a pair that articles hold and clean bitext lacks.

Headlines in capitals, French without its accents, guillemets or straight
quotation marks, lines without a full stop, and two sentences given at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from training.bitext import Pair

# The share of the pairs that each variant is made of.
CAPITALS = 0.01
TITLE = 0.02
NO_ACCENTS = 0.02
QUOTES = 0.3
NO_STOP = 0.03
JOINED = 0.1

_STRAIGHT = re.compile(r'"([^"]+)"')
_GUILLEMETS = re.compile(r"«\s*([^«»]+?)\s*»")


def with_variants(pairs: Sequence[Pair], random: Random) -> list[Pair]:
    """The pairs, some of them changed, and some joined with the next to one pair."""
    result: list[Pair] = []
    for pair in pairs:
        changed = varied(pair, random)
        if result and random.random() < JOINED:
            result[-1] = joined(result[-1], changed)
        else:
            result.append(changed)
    return result


def varied(pair: Pair, random: Random) -> Pair:
    """The pair, or a variant of it."""
    if random.random() < QUOTES:
        pair = replace(pair, source=other_quotes(pair.source))
    if random.random() < NO_STOP:
        pair = replace(pair, source=_unstopped(pair.source), target=_unstopped(pair.target))
    chance = random.random()
    if chance < CAPITALS:
        return replace(pair, source=pair.source.upper(), target=pair.target.upper())
    if chance < CAPITALS + TITLE:
        return replace(pair, source=capitalised(pair.source))
    if chance < CAPITALS + TITLE + NO_ACCENTS:
        return replace(pair, source=unaccented(pair.source))
    return pair


def other_quotes(text: str) -> str:
    """Straight quotation marks as guillemets, and guillemets as straight ones."""
    if "«" in text:
        return _GUILLEMETS.sub(r'"\1"', text)
    return _STRAIGHT.sub(r"« \1 »", text)


def capitalised(text: str) -> str:
    """A capital at the start of each word, as some headlines have it."""
    return re.sub(r"(?<![\w'’])\w", lambda match: match.group().upper(), text)


def unaccented(text: str) -> str:
    """The text without accents and cedillas."""
    marked = unicodedata.normalize("NFD", text)
    return "".join(each for each in marked if not unicodedata.combining(each))


def joined(first: Pair, second: Pair) -> Pair:
    """Two pairs as one."""
    source = f"{first.source} {second.source}"
    target = f"{first.target} {second.target}"
    return Pair(source, target, first.origin)


def _unstopped(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text
