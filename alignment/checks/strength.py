"""What one text says less strongly than the other: what is allowed and required, advised and
ordered, suggested and proved, believed and known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences, reading
from alignment.document import Issue

ENDS = LOW, HIGH = ("low", "high")


class Scale(NamedTuple):
    """The words of both ends, and those beside which either end is understandable."""

    ends: Markers
    either: Markers


@lru_cache(maxsize=16)
def _scales(language: str) -> dict[str, Scale]:
    data: Any = (table(language, "hedging") or {}).get("scales", {})
    return {
        name: Scale(
            markers({end: scale[end] for end in ENDS}),
            markers({"either": scale["either"]}),
        )
        for name, scale in data.items()
    }


@lru_cache(maxsize=16)
def _ends(language: str) -> Markers:
    """The ends of all scales: most sentences have none, and one look tells."""
    data: Any = (table(language, "hedging") or {}).get("scales", {})
    return markers({end: [each for scale in data.values() for each in scale[end]] for end in ENDS})


def mistaken_strength(pair: SentencePair) -> Iterator[Issue]:
    """What stands at one end of a scale and came to stand at the other; each is said once."""
    here, there = reading(pair.source), reading(pair.target)
    if next(occurrences(here, _ends(pair.languages.source)), None) is None:
        return
    if next(occurrences(there, _ends(pair.languages.target)), None) is None:
        return
    scales = _scales(pair.languages.target)
    for name, scale in _scales(pair.languages.source).items():
        if name in scales:
            yield from _shifted(pair, here, there, scale, scales[name])


def _shifted(
    pair: SentencePair, here: Reading, there: Reading, scale: Scale, other: Scale
) -> Iterator[Issue]:
    old = list(islice(occurrences(here, scale.ends), 2))
    if len(old) != 1:
        return
    new = list(islice(occurrences(there, other.ends), 2))
    if len(new) != 1 or new[0].kind == old[0].kind:
        return
    undone = (occurrences(here, scale.either), occurrences(there, other.either))
    if any(sum(1 for _ in islice(each, 2)) > 1 for each in undone):
        return
    one = here.between(old[0].first, old[0].last)
    new_span = there.between(new[0].first, new[0].last)
    yield Issue(
        "hedge_lost" if old[0].kind == LOW else "hedge_added",
        "minor",
        f"the French says “{one.of(pair.source)}”, the English “{new_span.of(pair.target)}”",
        (one,),
        (new_span,),
    )
