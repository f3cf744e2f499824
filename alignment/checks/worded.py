"""The checks that the words of a translation answer by themselves, and what they said.

A translation is looked at twice: when it is chosen from the beam, and in the
document. Links only sharpen what these checks find, so that where they found
nothing there is nothing.
"""

from __future__ import annotations

from functools import lru_cache

from alignment.checks import hedging, names, negation, numbers
from alignment.checks.check import Check, SentencePair
from alignment.document import Issue, Languages

WORDED: tuple[Check, ...] = (negation.CHECK, hedging.CHECK, numbers.CHECK, names.CHECK)
# Of so many translations it is remembered, none of them longer than this in code points.
REMEMBERED, LONGEST = 1024, 2_000

# What each check found, by its name.
Notes = dict[str, tuple[Issue, ...]]


def worded(check: Check, pair: SentencePair) -> tuple[Issue, ...]:
    """What a check finds in a pair without links, found once for the same two texts."""
    notes = noted(pair)
    if check.name not in notes:
        notes[check.name] = tuple(check.find(pair))
    return notes[check.name]


def noted(pair: SentencePair) -> Notes:
    """What was found in the two texts of a pair without links; it may be added to."""
    if len(pair.source) + len(pair.target) > LONGEST:
        return {}
    return _notes(pair.source, pair.target, pair.languages)


@lru_cache(maxsize=REMEMBERED)
def _notes(source: str, target: str, languages: Languages) -> Notes:
    return {}


def forget() -> None:
    """Let go of what was found, as if nothing had been looked at yet."""
    _notes.cache_clear()
