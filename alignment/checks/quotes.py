"""The quoted stretches of a text, in whatever marks, nested or half open.

Marks are read one after the other, as a reader does: «, “ and „ open, » and ”
close, straight ones and apostrophes do what the space around them says. What
runs on from the sentence before, or into the next, has one mark only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from alignment.checks.language import table
from alignment.span import Span

# Doubled apostrophes and angle brackets of plain typewriters, and single marks.
SINGLE = "'‘’‚`´"
TYPED = ("''", "``", "<<", ">>", ",,")
# So many letters a single mark may hold; more, and it was an apostrophe.
LONGEST_SINGLE = 300
CLOSING_SINGLE = re.compile(r"(?<=\S)['’´](?!\w)")
# More marks than this aren't prose.
MOST = 200


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch: `span` with its marks, `inside` without; in code points.

    `opened` and `closed` say which marks it has; without one, it runs from the
    start or to the end of the text.
    """

    span: Span
    inside: Span
    opened: bool = True
    closed: bool = True

    @property
    def whole(self) -> bool:
        """Whether both its marks are in the text."""
        return self.opened and self.closed

    @property
    def marks(self) -> tuple[Span, ...]:
        """The marks that it has."""
        first = Span(self.span.start, self.inside.start)
        last = Span(self.inside.end, self.span.end)
        return tuple(mark for mark in (first, last) if mark.start < mark.end)


def quotes(text: str, language: str) -> tuple[Quote, ...]:
    """The quoted stretches of a text, in the order in which they begin."""
    marks = list(islice(_marks(text, language), MOST + 1))
    if not marks or len(marks) > MOST:
        return ()
    found: list[Quote] = []
    opened: list[tuple[Span, str]] = []
    for span, does in marks:
        sign = span.of(text)
        if does == "open" or (does == "either" and not _is_open(opened, sign)):
            opened.append((span, sign))
        elif opened:
            start, _ = opened.pop()
            found.append(Quote(Span(start.start, span.end), Span(start.end, span.start)))
        elif does == "close" or does == "either":
            found.append(Quote(Span(0, span.end), Span(0, span.start), opened=False))
    found += [
        Quote(Span(start.start, len(text)), Span(start.end, len(text)), closed=False)
        for start, _ in opened
    ]
    return tuple(sorted(found, key=lambda quote: quote.span))


def _is_open(opened: list[tuple[Span, str]], sign: str) -> bool:
    return any(mark == sign or mark in "„“" for _, mark in opened)


def _marks(text: str, language: str) -> Iterator[tuple[Span, str]]:
    """Each quotation mark, and whether it opens, closes, or does either."""
    opening, closing, pattern = _signs(language)
    open_single = False
    for match in pattern.finditer(text):
        sign, span = match.group(), Span(*match.span())
        before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
        if sign in SINGLE:
            does = _single(sign, before, after, open_single)
            if does == "open" and not _is_closed(text, span.end):
                does = ""
            open_single = does == "open" or (open_single and does != "close")
        elif sign in opening or sign in ("<<", ",,"):
            does = "close" if sign == "“" and _ends_word(before, after) else "open"
        elif sign in closing or sign == ">>":
            does = "open" if sign in "”»" and _begins_word(before, after) else "close"
        else:
            does = _straight(before, after)
        if does:
            yield span, does


def _straight(before: str, after: str) -> str:
    if _begins_word(before, after):
        return "open"
    return "close" if _ends_word(before, after) else "either"


def _begins_word(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in "([{—–-") and (
        bool(after) and not after.isspace() and after not in ",.;:!?)]}"
    )


def _ends_word(before: str, after: str) -> bool:
    return bool(before) and not before.isspace() and (not after or not after.isalnum())


def _single(sign: str, before: str, after: str, is_open: bool) -> str:
    """An apostrophe is no mark; a single mark stands before a word, or after one that it opened."""
    if sign in "'‘‚`" and not is_open and _begins_word(before, after):
        return "open"
    if sign in "'’´‘" and is_open and _ends_word(before, after) and not after.isalnum():
        return "close"
    return ""


def _is_closed(text: str, start: int) -> bool:
    """Whether a single mark that opens is closed again, not far off."""
    return CLOSING_SINGLE.search(text, start + 1, start + LONGEST_SINGLE) is not None


@lru_cache(maxsize=16)
def _signs(language: str) -> tuple[str, str, re.Pattern[str]]:
    listed: Any = table(language, "punctuation")
    every = listed["opening"] + listed["closing"] + listed["either"] + SINGLE
    typed = "|".join(map(re.escape, TYPED))
    return listed["opening"], listed["closing"], re.compile(f"{typed}|[{re.escape(every)}]")
