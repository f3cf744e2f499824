"""Doubts that a translation adds: what the original states, it reports, supposes or plans."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, markers, occurrences, reading
from alignment.checks.places import asked_by
from alignment.document import Issue, Severity

# A few say enough; a text with more of them is no sentence.
MOST = 60
# What the original must say for each kind of doubt; any of it will do for the other kinds.
ASKED = {
    "guess": frozenset({"guess", "opinion", "suspicion", "other"}),
    "plan": frozenset({"plan", "intent", "guess", "opinion"}),
}
# What an original means to do, or says of somebody's opinion, is no doubt about what it states.
UNDOUBTED = frozenset({"intent", "opinion"})


@lru_cache(maxsize=16)
def _markers(language: str, name: str) -> Markers:
    data: Any = table(language, "hedging") or {}
    return markers(data.get(name, {}))


def surmises(pair: SentencePair, spoken: bool, conditional: bool) -> Iterator[Issue]:
    """The hedges of the translation that nothing in the original asks for.

    `spoken` is whether the original names a speaker, `conditional` whether it holds a
    conditional without a doubt.
    """
    there = reading(pair.target)
    added = list(occurrences(there, _markers(pair.languages.target, "added")))[:MOST]
    if all(each.kind == "neutral" for each in added):
        return
    asking = _markers(pair.languages.source, "possibility")
    asked = {each.kind for each in occurrences(reading(pair.source), asking)}
    for each in added:
        severity = _severity(each.kind, asked, spoken, conditional)
        if severity == "none":
            continue
        span = there.between(each.first, each.last)
        says = f"the English says “{span.of(pair.target)}”; nothing in the French does"
        yield Issue("hedge_added", severity, says, asked_by(pair, span), (span,))


def _severity(kind: str, asked: set[str], spoken: bool, conditional: bool) -> Severity:
    doubts = asked - UNDOUBTED
    if kind == "neutral":
        return "none"
    if kind == "strong":
        if "suspicion" in asked:
            return "none"
        return "minor" if spoken or doubts or conditional else "major"
    if asked & ASKED.get(kind, doubts) or (conditional and kind in ("would", "plan")):
        return "none"
    return "minor"
