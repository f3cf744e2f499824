"""Every check, put to every segment of a document."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from alignment.checks import (
    attribution,
    characters,
    confidence,
    hedging,
    length,
    names,
    negation,
    numbers,
    omission,
    questions,
    quotation,
    repetition,
    truncation,
    untranslated,
)
from alignment.checks.check import Check, SentencePair
from alignment.checks.worded import WORDED, noted
from alignment.document import SEVERITIES, AlignedDocument, Issue, Languages, Segment
from alignment.errors import UnknownIssueType
from alignment.span import Span
from alignment.words import words

# What changes the meaning most comes first.
CHECKS: tuple[Check, ...] = tuple(
    module.CHECK
    for module in (
        negation,
        hedging,
        numbers,
        names,
        attribution,
        quotation,
        questions,
        omission,
        untranslated,
        repetition,
        truncation,
        length,
        characters,
        confidence,
    )
)
TYPES: tuple[str, ...] = tuple(dict.fromkeys(name for check in CHECKS for name in check.types))
# What segments carry besides: from an engine, from aligning two texts, from a repair.
ISSUE_TYPES = (*TYPES, "empty", "omitted", "added", "repaired")


def looked_for(languages: Languages, ignored: Collection[str] = ()) -> tuple[str, ...]:
    """The types of issues that can be found in a translation between `languages`."""
    known = (name for check in CHECKS if check.knows(languages) for name in check.types)
    return tuple(name for name in dict.fromkeys(known) if name not in ignored)


def inspect(pair: SentencePair, ignored: Collection[str] = ()) -> tuple[Issue, ...]:
    """What the checks find in a sentence and its translation, the worst first.

    Spans count from the start of each sentence. Issues of the types `ignored` are left out.
    """
    found = [
        issue
        for check in CHECKS
        if check.knows(pair.languages) and not all(name in ignored for name in check.types)
        for issue in _found(check, pair)
        if issue.type not in ignored
    ]
    return tuple(sorted(found, key=lambda issue: -SEVERITIES.index(issue.severity)))


def _found(check: Check, pair: SentencePair) -> Iterable[Issue]:
    """What a check finds; where repair found nothing by the words alone, it is not asked again."""
    if check in WORDED:
        known = noted(pair).get(check.name)
        if known is not None and not (known and pair.links):
            return known
    return check.find(pair)


def inspected(document: AlignedDocument, ignored: Collection[str] = ()) -> AlignedDocument:
    """The document with what the checks find in each segment, beside the issues it has.

    A segment that has an issue of a type already, from the engine, gets no second one.
    """
    return replace(
        document,
        segments=tuple(_inspected(segment, document, ignored) for segment in document.segments),
        checked=looked_for(document.languages, ignored),
    )


def issue_types(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each of them a type of issue that there is. Raises UnknownIssueType."""
    found = tuple(names)
    for name in found:
        if name not in ISSUE_TYPES:
            raise UnknownIssueType(name, ISSUE_TYPES)
    return found


def _inspected(segment: Segment, document: AlignedDocument, ignored: Collection[str]) -> Segment:
    known = [issue for issue in segment.issues if issue.type not in ignored]
    types = {issue.type for issue in known}
    found = (
        issue.shifted(segment.source.start, segment.target.start)
        for issue in inspect(segment_pair(segment, document), ignored)
    )
    return replace(segment, issues=(*known, *(each for each in found if each.type not in types)))


def segment_pair(segment: Segment, document: AlignedDocument) -> SentencePair:
    """A segment as the checks read it: by itself."""
    source, target = segment.source, segment.target
    return SentencePair(
        source.of(document.source),
        target.of(document.target),
        _from(source.start, words(document.source, source)),
        _from(target.start, words(document.target, target)),
        tuple(link.shifted(-source.start, -target.start) for link in segment.links),
        document.languages,
        segment.score,
    )


def _from(start: int, spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(span.shifted(-start) for span in spans)
