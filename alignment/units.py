"""Offsets in the units that others count in: UTF-16 (JavaScript, Java, C#) and UTF-8 (Go, Rust).

Everything inside the project counts code points. A `Ruler` converts at the
edge, as `stringIndexType` does in Azure's Language API.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, get_args

from alignment.errors import (
    OffsetInsideCharacter,
    SpanOutOfRange,
    UnencodableText,
    UnknownOffsetUnit,
)
from alignment.span import Span

OffsetUnit = Literal["codepoint", "utf16", "utf8"]
OFFSET_UNITS: tuple[OffsetUnit, ...] = get_args(OffsetUnit)


@dataclass(frozen=True, slots=True)
class Ruler:
    """The offsets of one text in one unit.

    `marks[i]` is where code point i begins in the unit, and the last mark is
    the length; None where the unit and code points are the same for this text.
    """

    unit: OffsetUnit
    length: int
    marks: tuple[int, ...] | None

    def out(self, span: Span) -> Span:
        """A span in code points, in the ruler's unit."""
        if not 0 <= span.start <= span.end <= self.length:
            raise SpanOutOfRange(span, self.length)
        if self.marks is None:
            return span
        return Span(self.marks[span.start], self.marks[span.end])

    def codepoints(self, span: Span) -> Span:
        """A span in the ruler's unit, in code points.

        Raises SpanOutOfRange (in the ruler's unit), and OffsetInsideCharacter
        where an end would cut a character in two.
        """
        length = self.length if self.marks is None else self.marks[-1]
        if not 0 <= span.start <= span.end <= length:
            raise SpanOutOfRange(span, length)
        if self.marks is None:
            return span
        return Span(self._codepoint(span.start, self.marks), self._codepoint(span.end, self.marks))

    def _codepoint(self, offset: int, marks: tuple[int, ...]) -> int:
        found = bisect_left(marks, offset)
        if marks[found] != offset:
            raise OffsetInsideCharacter(offset, self.unit)
        return found


def ruler(text: str, unit: str) -> Ruler:
    """The offsets of `text` in `unit`: codepoint, utf16 or utf8.

    Raises UnknownOffsetUnit, and UnencodableText for half a surrogate pair,
    which has no length in either encoding.
    """
    match unit:
        case "codepoint":
            return Ruler("codepoint", len(text), None)
        case "utf16":
            return Ruler("utf16", len(text), _marks(text, _utf16_units))
        case "utf8":
            return Ruler("utf8", len(text), _marks(text, _utf8_bytes))
        case _:
            raise UnknownOffsetUnit(unit)


def _marks(text: str, width: Callable[[str], int]) -> tuple[int, ...] | None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnencodableText(error.start) from None
    marks = tuple(accumulate(map(width, text), initial=0))
    return None if marks[-1] == len(text) else marks


def _utf16_units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _utf8_bytes(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
