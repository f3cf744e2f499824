"""The names check: those whom the original speaks of are those of the translation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from alignment.checks.check import Check, SentencePair
from alignment.checks.faint_names import missing_faint
from alignment.checks.gazetteer import gazetteer
from alignment.checks.name_text import (
    NamedText,
    in_source,
    in_target,
    is_near,
    is_same,
    named_texts,
    part_nearness,
)
from alignment.checks.offices import mistaken_offices
from alignment.checks.proper import Name, Part
from alignment.checks.spelling import NEAR, key, nearness
from alignment.document import Issue, Languages, Severity
from alignment.lexemes import folded
from alignment.span import Span

# More names than this are a list; who was changed for whom is no longer asked.
MOST = 30
# Two words that begin with as many same letters may be noun and adjective of one name.
LIKE_HEAD = 4
# What follows a name in brackets, in characters, and what shortens it.
BRACKET = 40
ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
# Two names that do so may be forms of one.
ALIKE = 3
# Forms of a verb, with which a sentence may well begin; no dictionary has them all.
VERBAL = re.compile("(?:ant|[ée]e?s?|er|ir|ement|age|tion|ble)$")


class Change(NamedTuple):
    """A name of the source, and the one that stands for it in the target."""

    source: Span
    target: Span
    severity: Severity


def knows(languages: Languages) -> bool:
    """Whether both languages have a table of names; by spelling alone, many a name is lost."""
    return bool(gazetteer(languages.source) and gazetteer(languages.target))


def find(pair: SentencePair) -> Iterator[Issue]:
    """Names without a counterpart, with another's, and such as the original doesn't have."""
    if not (pair.source_words and pair.target_words):
        return
    for other in mistaken_offices(pair):
        yield _changed(pair, Change(other.source, other.target, "minor"))
    source, target = named_texts(pair)
    gone = [each for each in source.parts if not in_target(each, target, pair.languages)]
    stray = [each for each in target.parts if not in_source(each, source, pair.languages)]
    if not gone and not stray:
        return
    if len(gone) <= MOST and len(stray) <= MOST:
        for changes in (_misspelt, _half_changed, _wholly_changed):
            for old, new, severity in list(changes(pair, source, target, gone, stray)):
                yield _changed(pair, Change(_hull(old), _hull(new), severity))
                gone = [part for part in gone if part not in old]
                stray = [part for part in stray if part not in new]
    lost = frozenset(gone)
    yield from (
        _lost(pair, name)
        for name in source.names
        if _is_wholly(name, lost) or _is_only_likely(name, lost)
    )
    yield from _faint(pair, source, target, gone)
    if len(stray) <= MOST:
        yield from (
            _added(pair, name) for name in target.names if _is_stranger(name, stray, source)
        )


def _faint(
    pair: SentencePair, source: NamedText, target: NamedText, gone: list[Part]
) -> Iterator[Issue]:
    """Names of ordinary words, and peoples."""
    for faint in missing_faint(pair, (source, target), gone):
        if faint.target is None:
            yield _lacking(pair, faint.source, "minor")
        else:
            yield _changed(pair, Change(faint.source, faint.target, "minor"))


Pairing = tuple[tuple[Part, ...], tuple[Part, ...], Severity]


def _misspelt(
    pair: SentencePair,
    source: NamedText,
    target: NamedText,
    gone: list[Part],
    stray: list[Part],
) -> Iterator[Pairing]:
    """A name and one that is spelt much the same: a slip, or a rarer romanisation."""
    left = list(stray)
    for part in gone:
        rivals = [other for other in left if not (part.meaning and other.meaning)]
        best = max(rivals, key=lambda other: part_nearness(part, other), default=None)
        if best and is_near(part, best):
            left.remove(best)
            yield (part,), (best,), "minor"


def _half_changed(
    pair: SentencePair,
    source: NamedText,
    target: NamedText,
    gone: list[Part],
    stray: list[Part],
) -> Iterator[Pairing]:
    """A surname other than it was, "Dmitri Kozak" for "Dmitri Petrov"; a part is the same."""
    for name in source.names:
        lost = tuple(part for part in name.parts if part in gone and part.sure)
        kept = [part for part in name.parts if part not in gone]
        if not lost or not kept:
            continue
        for other in target.names:
            new = tuple(part for part in other.parts if part in stray and part.sure)
            if new and any(
                is_same(one, two, pair.languages) for one in kept for two in other.parts
            ):
                coined = any(part.acronym and not part.meaning for part in (*lost, *new))
                yield lost, new, "minor" if coined else "major"
                break


def _wholly_changed(
    pair: SentencePair,
    source: NamedText,
    target: NamedText,
    gone: list[Part],
    stray: list[Part],
) -> Iterator[Pairing]:
    """A name of which nothing is left, and one that comes from nowhere, of the same sort."""
    left = [name for name in target.names if _may_be(name, stray)]
    for name in source.names:
        if not left:
            return
        if _may_be(name, gone):
            linked = pair.answering(name.span)
            alike = [other for other in left if _sort(other) == _sort(name)]
            near = [other for other in left if any(other.span.overlaps(span) for span in linked)]
            # What the links know goes before the mere order of the names.
            likely = near if linked and not _is_placed(name) else (*near, *alike)
            if chosen := next((each for each in likely if each in alike), None):
                left.remove(chosen)
                yield name.parts, chosen.parts, _gravity(name, chosen)


def _may_be(name: Name, parts: Collection[Part]) -> bool:
    """Whether all of what may be a name is among `parts`."""
    return all(part in parts for part in name.parts) and any(
        part.likely or part.meaning for part in name.parts
    )


def _gravity(name: Name, other: Name) -> Severity:
    """A made-up or translated acronym, a title with capitals, may be another word for the same."""
    if _sort(name) == "acronym" or not all(part.sure for part in other.parts):
        return "minor"
    if not _is_placed(other) and _begin_alike(name.parts[0], other.parts[0]):
        return "minor"
    return "major" if all(part.sure or part.meaning for part in name.parts) else "minor"


def _begin_alike(one: Part, other: Part) -> bool:
    """Whether a name may be a form of another, short or fond: "Connecticut", "Conn."."""
    return folded(one.written)[:ALIKE] == folded(other.written)[:ALIKE]


def _is_placed(name: Name) -> bool:
    return any(part.meaning for part in name.parts)


def _sort(name: Name) -> str:
    if _is_placed(name):
        return "place"
    return "acronym" if all(part.acronym for part in name.parts) else "name"


def _is_wholly(name: Name, parts: Collection[Part]) -> bool:
    """Whether all of a name that surely is one is among `parts`."""
    sure = [part for part in name.parts if part.sure]
    return bool(sure) and all(part in parts for part in sure)


def _is_only_likely(name: Name, parts: Collection[Part]) -> bool:
    """Whether a word that no dictionary has, at the start of a sentence, is among `parts`."""
    first = name.parts[0]
    return (
        len(name.parts) == 1
        and first.likely
        and first in parts
        and not VERBAL.search(first.written)
    )


def _is_stranger(name: Name, stray: list[Part], source: NamedText) -> bool:
    """Whether nothing in the source is like any part: not even "arthurienne" for "Arthurian"."""
    return _is_wholly(name, stray) and all(
        part.sure and not part.acronym and (part.meaning or not _is_echoed(part, source))
        for part in _untitled(name, stray)
    )


def _untitled(name: Name, stray: list[Part]) -> list[Part]:
    """The parts but for a first one that the source has: "Macron" of "President Macron"."""
    first, *rest = name.parts
    titled = rest and first.written[0].isupper() and not first.sure and first not in stray
    return rest if titled else [first, *rest]


def _is_echoed(part: Part, source: NamedText) -> bool:
    mine = key(part.longest)
    return any(
        other[:LIKE_HEAD] == part.longest[:LIKE_HEAD] or nearness(mine, key(other)) >= NEAR
        for other in source.lexemes
        if len(other) >= LIKE_HEAD
    )


def _hull(parts: Iterable[Part]) -> Span:
    spans = [part.span for part in parts]
    return Span(spans[0].start, spans[-1].end)


def _changed(pair: SentencePair, change: Change) -> Issue:
    old, new = change.source.of(pair.source), change.target.of(pair.target)
    explanation = f"the original names “{old}”; the translation has “{new}” in its place"
    return Issue("name_changed", change.severity, explanation, (change.source,), (change.target,))


def _lost(pair: SentencePair, name: Name) -> Issue:
    full = len(name.parts) > 1 and all(part.sure for part in name.parts)
    grave = full or any(part.acronym and part.meaning for part in name.parts)
    if grave and _is_explained(pair, name):
        grave = False
    return _lacking(pair, name.span, "major" if grave else "minor")


def _lacking(pair: SentencePair, span: Span, severity: Severity) -> Issue:
    explanation = f"nothing in the translation answers to the name “{span.of(pair.source)}”"
    return Issue("name_lost", severity, explanation, (span,))


def _is_explained(pair: SentencePair, name: Name) -> bool:
    """Whether a name in brackets stands there with its acronym, and the translation has that."""
    before = pair.source[: name.span.start].rstrip()
    inside = pair.source[name.span.end : name.span.end + BRACKET].partition(")")[0]
    return before.endswith("(") and any(each in pair.target for each in ACRONYM.findall(inside))


def _added(pair: SentencePair, name: Name) -> Issue:
    return Issue(
        "name_added",
        "major" if sum(part.sure and not part.meaning for part in name.parts) > 1 else "minor",
        f"nothing in the original answers to the name “{name.span.of(pair.target)}”",
        (),
        (name.span,),
    )


CHECK = Check(
    name="names",
    types=("name_lost", "name_changed", "name_added"),
    covers=(
        "people, places, organisations and acronyms, in either spelling or translated, "
        "each with a counterpart"
    ),
    knows=knows,
    find=find,
)
