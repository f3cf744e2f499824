"""What the original restricts, "ne … que", and the translation leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from alignment.checks.check import SentencePair
from alignment.checks.denial import Negation
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences
from alignment.checks.places import answers_to
from alignment.document import Issue

LIMITING = ("restriction", "only")
KINDS = ("restriction", "unrestricting", "beyond")


@dataclass(frozen=True, slots=True)
class _Words:
    restricting: Markers
    denying: frozenset[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    data: Any = (table(language, "negation") or {})["target"]
    return _Words(markers({kind: data[kind] for kind in KINDS}), frozenset(data["denying"]))


def unrestricted(pair: SentencePair, denied: Sequence[Negation], there: Reading) -> Iterator[Issue]:
    """The restrictions of the original, where nothing in the translation is one."""
    restrictions = [each for each in denied if each.kind in LIMITING]
    if not restrictions or _restricts(there, _words(pair.languages.target)):
        return
    for each in restrictions:
        quoted = " … ".join(span.of(pair.source) for span in each.spans)
        says = f"the French says “{quoted}”, only; nothing in the English restricts it"
        yield Issue("negation_lost", "minor", says, each.spans, answers_to(pair, each.spans))


def _restricts(there: Reading, words: _Words) -> bool:
    """Whether anything does: "only", or a denial of what is beyond, as in "not until"."""
    kinds = {each.kind for each in occurrences(there, words.restricting)}
    denies = not words.denying.isdisjoint(there.words)
    return "restriction" in kinds or (denies and "beyond" in kinds)
