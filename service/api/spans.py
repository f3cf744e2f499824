"""Spans over the wire: in the unit that the caller counts in."""

from __future__ import annotations

from collections.abc import Iterable

from alignment.errors import OffsetInsideCharacter, SpanOutOfRange
from alignment.formats.native import Json
from alignment.span import Span
from alignment.units import Ruler
from service.api.errors import SpanRejected


def read_span(span: Span, counted: Ruler, field: str) -> Span:
    """A caller's span in code points; raises SpanRejected, which names its field."""
    try:
        return counted.codepoints(span)
    except (SpanOutOfRange, OffsetInsideCharacter) as error:
        raise SpanRejected(field, span, str(error)) from None


def written(span: Span, counted: Ruler) -> Json:
    """A span in the unit of its text's ruler."""
    return counted.out(span)._asdict()


def passage(text: str, span: Span, counted: Ruler) -> Json:
    """A span and the characters that it covers."""
    return {**written(span, counted), "text": span.of(text)}


def passages(text: str, spans: Iterable[Span], counted: Ruler) -> list[Json]:
    """Several of them."""
    return [passage(text, span, counted) for span in spans]
