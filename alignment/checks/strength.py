"""What is allowed and what is required: the one must not become the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, markers, occurrences, reading
from alignment.document import Issue

OTHER = {"may": "must", "must": "may"}


@lru_cache(maxsize=16)
def _strengths(language: str) -> tuple[Markers, Markers]:
    """The words that allow and require, and those beside which either is understandable."""
    data: Any = table(language, "hedging") or {}
    listed = data.get("strength", {})
    return (
        markers({kind: listed.get(kind, ()) for kind in OTHER}),
        markers({"either": listed.get("either", ())}),
    )


def mistaken_strength(pair: SentencePair) -> Iterator[Issue]:
    """What is allowed and became a duty, or the other way round; each is said once."""
    here, there = reading(pair.source), reading(pair.target)
    (said, settled), (says, known) = map(_strengths, (pair.languages.source, pair.languages.target))
    old = list(islice(occurrences(here, said), 2))
    new = list(islice(occurrences(there, says), 2))
    if len(old) != 1 or len(new) != 1 or OTHER[old[0].kind] != new[0].kind:
        return
    undone = (occurrences(here, settled), occurrences(there, known))
    if any(sum(1 for _ in islice(each, 2)) > 1 for each in undone):
        return
    one = here.between(old[0].first, old[0].last)
    other = there.between(new[0].first, new[0].last)
    yield Issue(
        "hedge_lost" if old[0].kind == "may" else "hedge_added",
        "minor",
        f"the French says “{one.of(pair.source)}”, the English “{other.of(pair.target)}”",
        (one,),
        (other,),
    )
