"""Institutions that a name stands for, though it is made of ordinary words: courts, parties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alignment.checks.check import SentencePair
from alignment.checks.kinds import Mistaken, mistaken
from alignment.checks.proper import proper_names
from alignment.document import Side
from alignment.span import Span

# Where they stand, it is a ministry that is spoken of, or a party.
MINISTRY = re.compile("(?i)minist|secretar|department")
PARTY = re.compile(r"(?i)\bpart(?:i|is|y|ies)\b|élus?\b|député|\bmps?\b|senat|sénat")


def mistaken_offices(pair: SentencePair) -> Iterator[Mistaken]:
    """Another court, another ministry, another party."""
    kinds = ["body", "direction", "party"]
    if all(MINISTRY.search(text) for text in (pair.source, pair.target)):
        kinds.append("portfolio")
    is_party = all(PARTY.search(text) for text in (pair.source, pair.target))
    for kind in kinds:
        for old, new in mistaken(pair, [kind]):
            # "Les Verts" are a party for their capital alone.
            large = old.of(pair.source)[0].isupper() and new.of(pair.target)[0].isupper()
            if kind == "direction" and _is_named(pair, "source", old):
                continue
            if kind != "party" or is_party or large:
                yield Mistaken(old, new)


def _is_named(pair: SentencePair, side: Side, span: Span) -> bool:
    """Whether a stretch belongs to the name of a place: "Corée du Sud"."""
    parts = (part for name in proper_names(pair, side) for part in name.parts)
    return any(part.meaning and part.span.overlaps(span) for part in parts)
