"""Where paragraphs and sentences begin and end, as spans of the text that was submitted.

A paragraph is a line that holds more than blanks; a sentence never crosses
one. Whatever stands between two sentences is blank, so nothing is lost. What
ends a sentence within a line is for `alignment.boundaries` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alignment.boundaries import boundaries
from alignment.marks import BREAKS, OPENING, SPACES, STOPS
from alignment.span import Span

# Possessive, so that a long line is walked over once.
PARAGRAPH = re.compile(rf"[^{BREAKS}{SPACES}]++(?:[{SPACES}]++[^{BREAKS}{SPACES}]++)*+")
# A low quote, up to the sign that closes it and elsewhere opens one.
LOW_QUOTES = (
    ("„", re.compile("„([^„“”]*)“"), r"“\1”"),
    ("‚", re.compile("‚([^‚‘’]*)‘"), r"‘\1’"),
)
# The first two guillemets of a line point at the words between them: »so«.
INVERTED = re.compile(r"(?:[^«»]*[\s(])?»\w(?:[^«»]*[^«»\s(])?«")
TURNED = str.maketrans("«»", "»«")


def paragraphs(text: str) -> Iterator[Span]:
    """Every line of `text` that is not blank, without the blanks around it."""
    return _lines(text, Span(0, len(text)))


def lines(text: str) -> Iterator[Span]:
    """Every line of `text`, blank ones included, without the white space around it.

    Only a line feed ends a line, and one at the end begins no further line.
    """
    start = 0
    for line in text.removesuffix("\n").split("\n") if text else ():
        begin = start + len(line) - len(line.lstrip())
        yield Span(begin, begin + len(line.strip()))
        start += len(line) + 1


def sentences(text: str, language: str = "fr", within: Span | None = None) -> Iterator[Span]:
    """Every sentence of `text`, or of the part of it `within` a span, in order.

    What stands outside of the span changes nothing. A language without lists of
    its own is cut by punctuation alone.
    """
    for paragraph in _lines(text, within or Span(0, len(text))):
        start = paragraph.start
        for boundary in boundaries(directed(paragraph.of(text)), language):
            gap = boundary.shifted(paragraph.start)
            yield Span(start, gap.start)
            start = gap.end
        yield Span(start, paragraph.end)


def directed(line: str) -> str:
    """The line with its quotes turned so that “ and « open, ” and » close, one for one.

    German has „…“ and »…«. Of straight double quotes a blank on one side shows
    the direction; otherwise they open and close by turns. A stray one (l"État,
    12") stays as it is.
    """
    for opening, low, raised in LOW_QUOTES:
        if opening in line:
            line = low.sub(raised, line)
    if "»" in line and INVERTED.match(line):
        line = line.translate(TURNED)
    if '"' not in line:
        return line
    signs = list(line)
    is_open = False
    for mark in re.finditer('"', line):
        quote = signs[mark.start()] = _direction(line, mark.start(), is_open)
        is_open = quote == "“" or (is_open and quote == '"')
    return "".join(signs)


def _direction(line: str, position: int, is_open: bool) -> str:
    before = line[position - 1] if position else " "
    after = line[position + 1] if position + 1 < len(line) else " "
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
