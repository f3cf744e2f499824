"""Where paragraphs and sentences begin and end, as spans of the text that was submitted.

A paragraph is a line that holds more than blanks; a sentence never crosses
one. Whatever stands between two sentences is blank, so nothing is lost. What
ends a sentence within a line is for `alignment.boundaries` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alignment.boundaries import BREAKS, OPENING, SPACES, STOPS, boundaries
from alignment.span import Span

# Possessive, so that a long line is walked over once.
PARAGRAPH = re.compile(rf"[^{BREAKS}{SPACES}]++(?:[{SPACES}]++[^{BREAKS}{SPACES}]++)*+")
STRAIGHT_QUOTE = re.compile(rf'"|[{BREAKS}]')


def paragraphs(text: str) -> Iterator[Span]:
    """Every line of `text` that is not blank, without the blanks around it."""
    return _lines(text, Span(0, len(text)))


def sentences(text: str, language: str = "fr", within: Span | None = None) -> Iterator[Span]:
    """Every sentence of `text`, or of the part of it `within` a span, in order.

    A language without lists of its own is cut by punctuation alone.
    """
    directed_text = directed(text)
    for paragraph in _lines(text, within or Span(0, len(text))):
        start = paragraph.start
        for gap in boundaries(directed_text, paragraph, language):
            yield Span(start, gap.start)
            start = gap.end
        yield Span(start, paragraph.end)


def directed(text: str) -> str:
    """The text with its straight double quotes turned into “ and ”, one for one.

    A blank on one side shows the direction; otherwise quotes open and close by
    turns within their line. A stray one (l"État, 12") stays as it is.
    """
    if '"' not in text:
        return text
    pieces: list[str] = []
    end, is_open = 0, False
    for mark in STRAIGHT_QUOTE.finditer(text):
        quote = _direction(text, mark.start(), is_open) if mark.group() == '"' else mark.group()
        is_open = quote == "“" or (is_open and quote == '"')
        pieces += text[end : mark.start()], quote
        end = mark.end()
    return "".join((*pieces, text[end:]))


def _direction(text: str, position: int, is_open: bool) -> str:
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    opens = before.isspace() or before in OPENING + "'’"
    closes = after.isspace() or after in STOPS + ",;:)]}»"
    if opens == closes:
        stray = before.isalnum() and after.isalnum()
        return '"' if stray else "”" if is_open else "“"
    if opens:
        return "“"
    return "”" if is_open or not before.isdigit() else '"'


def _lines(text: str, within: Span) -> Iterator[Span]:
    for line in PARAGRAPH.finditer(text, *within):
        yield Span(*line.span())
