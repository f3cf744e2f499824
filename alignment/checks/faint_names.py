"""Names made of ordinary words, "musée d'Orsay" or "Haut Conseil", and the people of a country.

A capital alone makes no name of a word that the dictionary has, but where
nothing at all answers it, in either direction, somebody is missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.counterparts import UNANSWERED, worded
from alignment.checks.language import table
from alignment.checks.name_text import NamedText
from alignment.checks.proper import Name, Part
from alignment.span import Span

# A text of more words is no sentence.
LONGEST = 120
# Characters in which the word stands that says of what money or language a people's is.
BACK = 24


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What stands right before a name without an article, and before a people that is none."""

    bare: re.Pattern[str]
    money: re.Pattern[str]


@lru_cache(maxsize=4)
def _grammar(language: str) -> _Grammar | None:
    listed: Any = table(language, "names") or {}
    if "before_names" not in listed:
        return None
    return _Grammar(*(_at_the_end(listed[name]) for name in ("before_names", "before_money")))


def _at_the_end(words: Sequence[str]) -> re.Pattern[str]:
    """Any of the words as the last of a text; only those with an apostrophe touch what follows."""
    return re.compile(rf"\b(?:{'|'.join(words)})\s*$", re.IGNORECASE)


class Faint(NamedTuple):
    """A name of the original, and one that stands in its place, if any does."""

    source: Span
    target: Span | None


def missing_faint(
    pair: SentencePair, texts: tuple[NamedText, NamedText], gone: Sequence[Part]
) -> Iterator[Faint]:
    """The first of the names of ordinary words that nothing answers, and then of peoples."""
    if not gone or len(pair.source_words) + len(pair.target_words) > 2 * LONGEST:
        return
    source, target = texts
    found, grammar = worded(pair), _grammar(pair.languages.source)
    if found is None or grammar is None:
        return
    missed = {each.word for each in found.source if each.answer == UNANSWERED}
    new = {each.word for each in found.target if each.answer == UNANSWERED}
    strangers = [name for name in target.names if _is_faint(name, new)]
    for name in source.names:
        if (
            all(part in gone for part in name.parts)
            and _is_faint(name, missed)
            and (len(name.parts) > 1 or grammar.bare.search(pair.source[: name.span.start]))
        ):
            yield Faint(name.span, strangers[0].span if strangers else None)
            return
    for name in source.names:
        before = pair.source[: name.span.start]
        people = all(part in gone and _is_people(part) for part in name.parts)
        if people and not grammar.money.search(before[-BACK:]):
            yield Faint(name.span, None)
            return


def _is_faint(name: Name, unanswered: Collection[Span]) -> bool:
    """Whether a name is of ordinary words with a capital, none of which is answered."""
    return all(
        not (part.sure or part.likely or part.meaning) and part.span in unanswered
        for part in name.parts
    )


def _is_people(part: Part) -> bool:
    """Whether a part is what a people is called by, in lower case: "allemands"."""
    return part.meaning is not None and part.written[0].islower()
