"""What can be wrong with an alignment.

AlignmentError
├── SpanOutOfRange         a span that does not lie inside its text
├── SegmentsDisordered     segments that overlap, run backwards or share an id
├── LinkAstray             a link or an issue that points outside its own segment
├── ScoreOutOfRange        a score that is not a number, or no probability
├── OffsetInsideCharacter  an offset that falls within a character of its unit
├── UnknownOffsetUnit      a unit other than codepoint, utf16 and utf8
├── UnknownCheck           a challenge for a check that there is not (checks/scoring.py)
├── UnknownIssueType       a type of issue that no check finds
├── UnencodableText        text that no UTF encodes: it holds half a surrogate pair
├── MalformedDocument      JSON that is no aligned document
├── MalformedMarkup        a file that is no XML, or of another kind (formats/markup.py)
│   └── ForbiddenMarkup    XML that declares entities, or is nested or long beyond reason
├── MalformedTable         a CSV with other columns than ours (formats/table.py)
├── NoSuchPair             a TMX or XLIFF file in other languages (formats/exchange.py)
├── UnknownState           a state that XLIFF has not (formats/xliff.py)
├── UnknownExport          a file whose spans can't be checked (formats/evidence.py)
├── MalformedGold          a line of a gold file or challenge set that is none (formats/gold.py)
└── MalformedPharaoh       a line that holds no i-j pairs (formats/pharaoh.py)
"""

from __future__ import annotations

from collections.abc import Sequence

from alignment.span import Span


class AlignmentError(Exception):
    """The alignment and its texts contradict each other."""


class SpanOutOfRange(AlignmentError):
    """A span that does not lie inside its text."""

    def __init__(self, span: Span, length: int) -> None:
        super().__init__(f"{span.start}:{span.end} is not inside a text of {length} characters")
        self.span = span
        self.length = length


class SegmentsDisordered(AlignmentError):
    """Segments that overlap, run backwards or share an id."""


class LinkAstray(AlignmentError):
    """A link or an issue that points outside its own segment."""

    def __init__(self, segment: str, span: Span, inside: Span) -> None:
        super().__init__(
            f"segment {segment}: {span.start}:{span.end} is not inside {inside.start}:{inside.end}"
        )
        self.segment = segment
        self.span = span


class ScoreOutOfRange(AlignmentError):
    """A score that is not a number, or no probability."""


class OffsetInsideCharacter(AlignmentError):
    """An offset that falls within a character of its unit, such as between two surrogates."""

    def __init__(self, offset: int, unit: str) -> None:
        super().__init__(f"{unit} offset {offset} is not between two characters of the text")
        self.offset = offset
        self.unit = unit


class UnknownOffsetUnit(AlignmentError):
    """A unit other than codepoint, utf16 and utf8."""

    def __init__(self, unit: object) -> None:
        super().__init__(f"{unit!r} is not one of codepoint, utf16, utf8")
        self.unit = unit


class UnknownIssueType(AlignmentError):
    """A type of issue that no check finds."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"{name!r} is no type of issue; there are {', '.join(known)}")
        self.name = name


class UnencodableText(AlignmentError):
    """Text that no UTF encodes: it holds half a surrogate pair."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the character at {position} is half a surrogate pair")
        self.position = position


class MalformedDocument(AlignmentError):
    """JSON that is no aligned document; says which field is at fault."""
