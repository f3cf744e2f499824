"""Things of one kind, of which a translation says another: months for years, blue for red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences, reading
from alignment.span import Span

# A text of more words is no sentence; it may say anything somewhere else.
LONGEST = 120


class Mistaken(NamedTuple):
    """What stands in the original, and what in its place in the translation."""

    source: Span
    target: Span


@lru_cache(maxsize=64)
def _kinds(language: str, kind: str) -> Markers:
    listed: Any = table(language, "kinds") or {}
    return markers(listed.get(kind, {}))


@lru_cache(maxsize=64)
def _any(language: str, kinds: tuple[str, ...]) -> Markers:
    """The things of all kinds: many sentences have none, and one look tells."""
    listed: Any = table(language, "kinds") or {}
    things = [each for kind in kinds for group in listed.get(kind, {}).values() for each in group]
    return markers({"any": things})


def mistaken(pair: SentencePair, kinds: Sequence[str]) -> Iterator[Mistaken]:
    """What the translation says in the place of another thing of its kind, once a kind.

    Both must say exactly one thing of the kind that the other doesn't.
    """
    here, there = reading(pair.source), reading(pair.target)
    if len(here.words) + len(there.words) > 2 * LONGEST:
        return
    for language, read in ((pair.languages.source, here), (pair.languages.target, there)):
        if next(occurrences(read, _any(language, tuple(kinds))), None) is None:
            return
    for kind in kinds:
        said = _said(here, _kinds(pair.languages.source, kind))
        if not said:
            continue
        answers = _said(there, _kinds(pair.languages.target, kind))
        lost = [span for name, span in said.items() if name not in answers]
        new = [span for name, span in answers.items() if name not in said]
        if len(lost) == len(new) == 1:
            yield Mistaken(lost[0], new[0])


def _said(read: Reading, index: Markers) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for each in occurrences(read, index):
        found.setdefault(each.kind, read.between(each.first, each.last))
    return found
