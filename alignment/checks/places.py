"""Where in a translation the answer to some words is, or should be."""

from __future__ import annotations

from collections.abc import Iterable

from alignment.checks.check import SentencePair
from alignment.span import Span, hull


def expected_at(pair: SentencePair, span: Span) -> float:
    """The offset at which the translation of `span` begins, in code points.

    It is that of its links, or where there are none as far into the
    translation as `span` is into the original.
    """
    linked = pair.answering(span) if pair.links else ()
    if linked:
        return linked[0].start
    return span.start * len(pair.target) / max(len(pair.source), 1)


def answers_to(pair: SentencePair, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The stretch of the translation that is linked to `spans`, if there is one."""
    if not pair.links:
        return ()
    linked = hull(each for span in spans for each in pair.answering(span))
    return (linked,) if linked else ()


def asked_by(pair: SentencePair, span: Span) -> tuple[Span, ...]:
    """The stretch of the original that is linked to `span` of the translation, if there is one."""
    linked = hull(pair.answered(span)) if pair.links else None
    return (linked,) if linked else ()
