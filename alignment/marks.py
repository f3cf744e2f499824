"""The marks that may end a sentence, and what surrounds them, made ready for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from unicodedata import normalize

from alignment.abbreviations import Abbreviations, abbreviations

BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
# White space within a line, controls, and format characters that nobody sees.
SPACES = (
    "\x00-\x09\x0e-\x20\x7f-\x84\x86-\xa0\xad\u061c\u1680\u180e"
    "\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
)
STOPS = ".!?…‼⁇⁈⁉。！？؟۔।॥"
OPENING = "«“‘„‹([{¿¡—–-*•‣▪●■◦"
CLOSING = ",;:.!?…)]}»›”%/=+&|<>"
EMOJI = (
    "[\u2600-\u27bf\u2b50\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+"
)
# What stays with the sentence before it: quotes, brackets, notes ("[12]", "²"), emoji.
CLOSER = rf"[{SPACES}]?(?:[»›”]|{EMOJI})|[)\]}}]|['’](?!\w)|\[\d{{1,3}}\]|[\u00b2\u00b3\u00b9]"
# After the first stop: further ones, what closes, the gap, what opens the next word, and that word.
STOP = (
    rf"(?<=[{STOPS}])(?P<more>[{STOPS}]*+(?:[{SPACES}]?[{STOPS}]++)*+)(?P<closers>(?:{CLOSER})*+)"
    rf"(?P<gap>[{SPACES}]*+)(?=(?P<opening>[{re.escape(OPENING)}{SPACES}]*+)(?P<word>\w*+))\w?"
)
# The agency of a dateline, with the dash behind it: "PARIS, 3 mai (Reuters) - ".
AGENCY = r"\((?=[^()\n]{2,30}\) ?[-–—] )"


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of a language, made ready for matching.

    `marks` finds all that may end a sentence: a stop with what surrounds it,
    an opening word, the agency of a dateline.
    """

    lists: Abbreviations
    opener: re.Pattern[str]
    marks: re.Pattern[str]


@cache
def rules(language: str) -> Rules:
    """The rules of a language; its opening words composed or decomposed, with any apostrophe."""
    lists = abbreviations(language)
    words = {form for word in lists.openers for form in (word, normalize("NFD", word))}
    # Every branch begins with a literal: that lets `re` skip to the next candidate.
    branches = [
        f"{initial}(?:{'|'.join(_ending(word) for word in sorted(group, reverse=True))})"
        for initial, group in groupby(sorted(words), key=itemgetter(0))
    ]
    marks = "|".join((*map(re.escape, STOPS), AGENCY, *branches))
    return Rules(
        lists, re.compile("|".join(branches) or "(?!)"), re.compile(rf"(?:{marks})(?:{STOP}|)")
    )


def _ending(word: str) -> str:
    elided = word.endswith("'")
    return word[1:].replace("'", "['’]") + ("" if elided else r"(?![\w\u0300-\u036f-])")
