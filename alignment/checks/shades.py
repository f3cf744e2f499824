"""What kind of negation it is: "never" is not "not yet", and "few" is not "a few"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.denial import Negation
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences, reading
from alignment.document import Issue, Severity
from alignment.span import Span

# What a closer of the original's negation says, and what must answer it.
CLOSED = ("never", "no longer")
ADDED = ("no longer added", "no more added", "not yet added")
NI = "ni"
# Characters from "tous" to the end of what denies them.
CLOSE = 50


class Shade(NamedTuple):
    """A negation that became another; a span is None where nothing stands for the other."""

    source: Span | None
    target: Span | None
    severity: Severity


@lru_cache(maxsize=16)
def _markers(language: str, name: str) -> Markers:
    listed: Any = (table(language, "negation") or {}).get("shades", {})
    return markers({name: listed.get(name, ())})


def shades(
    pair: SentencePair, denied: Sequence[Negation], here: Reading, there: Reading
) -> Iterator[Shade]:
    """Where both texts deny, or count as few, and not the same."""
    source, target = _Side(here, pair.languages.source), _Side(there, pair.languages.target)
    clauses = [each for each in denied if each.kind in ("clause", "free")]
    if clauses:
        yield from _of_closers(pair, clauses, source, target)
        yield from _of_all(clauses, source, target)
        yield from _of_neither(pair, denied, target)
    yield from _of_numbers(source, target)
    for name in ADDED:
        if (new := target.first(name)) and source.first(name) is None:
            yield Shade(None, new, "minor")


class _Side(NamedTuple):
    read: Reading
    language: str

    def first(self, name: str) -> Span | None:
        """The first of the expressions of a name, None where there is none."""
        for found in occurrences(self.read, _markers(self.language, name)):
            return self.read.between(found.first, found.last)
        return None


def _of_closers(
    pair: SentencePair, clauses: Sequence[Negation], source: _Side, target: _Side
) -> Iterator[Shade]:
    """ "Jamais" and "plus", which say more than "not"."""
    for name in CLOSED:
        words = _markers(source.language, name)
        for each in clauses:
            said = [span for span in each.spans if span.of(pair.source).lower() in _plain(words)]
            if said and target.first(name) is None:
                yield Shade(said[0], None, "minor")
                break


def _plain(index: Markers) -> frozenset[str]:
    return frozenset(parts[0] for entries in index.entries.values() for parts, _, _ in entries)


def _of_all(clauses: Sequence[Negation], source: _Side, target: _Side) -> Iterator[Shade]:
    """ "Tous … ne … pas" is some of them, not none."""
    every, none = source.first("all"), target.first("none")
    if not every or not none or target.first("not-all"):
        return
    if 0 <= clauses[0].spans[-1].end - every.end < CLOSE:
        yield Shade(every, none, "minor")


def _of_neither(pair: SentencePair, denied: Sequence[Negation], target: _Side) -> Iterator[Shade]:
    """ "Ni … ni": both are denied."""
    joined = [span for each in denied for span in each.spans if span.of(pair.source).lower() == NI]
    if len(joined) > 1 and target.first("nor") is None:
        yield Shade(joined[0], None, "minor")


def _of_numbers(source: _Side, target: _Side) -> Iterator[Shade]:
    """ "Peu de" and "a few"; "pas moins de" and "fewer than"; "pas seulement" and "not"."""
    few = source.first("few")
    if few and not source.first("not-few"):
        turned = target.first("few-turned")
        kept = any(
            True
            for found in occurrences(target.read, _markers(target.language, "few"))
            if not (turned and turned.overlaps(target.read.spans[found.first]))
        )
        if turned and not kept:
            yield Shade(few, turned, "minor")
    floor, under = source.first("no-fewer"), target.first("no-fewer")
    if floor and under and target.first("no-fewer-kept") is None:
        yield Shade(floor, under, "major")
    if (only := source.first("not only")) and target.first("not only") is None:
        yield Shade(only, None, "minor")


def shaded(pair: SentencePair, denied: Sequence[Negation], there: Reading) -> Iterator[Issue]:
    """Where it is denied, but otherwise: "jamais" that became "not yet"."""
    for each in shades(pair, denied, reading(pair.source), there):
        old = f"the French says “{each.source.of(pair.source)}”" if each.source else ""
        new = f"the English says “{each.target.of(pair.target)}”" if each.target else ""
        if old and new:
            says = f"{old}, {new}"
        else:
            says = f"{old}; the English denies otherwise" if old else f"{new}; the French doesn’t"
        yield Issue(
            "negation_lost" if each.source else "negation_added",
            each.severity,
            says,
            (each.source,) if each.source else (),
            (each.target,) if each.target else (),
        )
