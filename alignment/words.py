"""Words as spans: what links join, and what lights up under a reader's pointer.

An elided word ends with its apostrophe ("l’" | "OTAN", but "aujourd’hui"), a
number keeps its separators ("12,5", "1 234"), a hyphenated compound is one
word except before an inverted pronoun ("aurait" | "-t-il"), the English
possessive stands alone ("Kozak" | "’s"), a symbol or an emoji is a word of its
own. Punctuation is no word, but for the signs that are read aloud (%, &).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from alignment.span import Span

APOSTROPHE = "['’ʼ＇]"
# Combining marks and invisible joiners belong to the letter before them; `\w` knows neither.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0dff"
)
JOINERS = "\u00ad\u200b-\u200d\u2060"
LETTERS = rf"[^\W\d_](?:[\w{MARKS}]|[{JOINERS}](?=\w))*"
PRONOUN = r"(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|moi|toi|lui|leur|les?|la|y|en)\b"
SPOKEN = "%‰&@#§"
PICTURE = "[\u2600-\u27bf\U0001f000-\U0001faff]"

# In the order in which they are tried.
KINDS = (
    r'(?:https?://|www\.)[^\s<>«»“”"]*[\w/]',  # a web address
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",  # a mail address
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?",  # thousands parted by spaces
    r"\d++(?:[.,:/]\d++)*+(?![^\W\d_])",  # any other number, date or time
    rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu){APOSTROPHE}(?=\w)",  # an elided word
    rf"{APOSTROPHE}s\b",  # the possessive
    rf"-{PRONOUN}",  # an inverted pronoun
    rf"{LETTERS}(?:(?:{APOSTROPHE}(?!s\b)|-(?!{PRONOUN})){LETTERS})*",  # a word or compound
    r"\w+",  # digits and letters run together
    rf"{PICTURE}(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{PICTURE})*",  # an emoji
    r"[^\w\s]",  # a symbol, or punctuation, which `words` leaves out
)
WORD = re.compile("|".join(KINDS), re.IGNORECASE)


def words(text: str, within: Span | None = None) -> Iterator[Span]:
    """Every word of `text`, or of the part of it `within` a span, in order."""
    start, end = within or (0, len(text))
    for match in WORD.finditer(text, start, end):
        if is_word(match.group()):
            yield Span(*match.span())


def is_word(token: str) -> bool:
    """Whether a token says something: it holds a letter, a digit, a symbol or a spoken sign."""
    # Nearly all begin with one.
    return token[:1].isalnum() or any(
        unicodedata.category(sign)[0] in "LNS" or sign in SPOKEN for sign in token
    )
