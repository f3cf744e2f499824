"""Whether two names are one: the romanisations of French and English, folded to one key.

"Chevtchenko" and "Shevchenko" are the same name, "Kozak" and "Kazak" are not:
what the two languages spell differently as a rule falls together (tch and ch,
ou and u, ï and y, gu and g, a mute e at the end), single vowels don't.
"""

from __future__ import annotations

import re
from functools import lru_cache

# From left to right, the longest first: "chtch" before "tch" before "ch".
FOLDED = {
    **dict.fromkeys(("chtch", "shch", "tsch", "tch", "sch", "ch", "sh", "cz"), "C"),
    **dict.fromkeys(("dzh", "dj", "zh"), "j"),
    **dict.fromkeys(("gue", "ghe", "ge"), "je"),
    **dict.fromkeys(("gui", "guy", "ghi", "gi", "gy"), "ji"),
    "ce": "se",
    **dict.fromkeys(("ci", "cy"), "si"),
    **dict.fromkeys(("ou", "oo", "w"), "u"),
    **dict.fromkeys(("ai", "ae", "ei", "ey", "ay", "ye", "ie", "iye"), "e"),
    **dict.fromkeys(("kh", "ck", "qu", "q", "c", "gh"), "k"),
    **dict.fromkeys(("ph", "ff"), "f"),
    "y": "i",
    "th": "t",
    "dh": "d",
    "x": "ks",
    "z": "s",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "t",
}
RULES = re.compile("|".join(sorted(map(re.escape, FOLDED), key=len, reverse=True)))
REPEATED = re.compile(r"(.)\1+")
# "Gorbatchev" and "Gorbachov" end alike in neither alphabet; "Rachmaninoff" and "-ov" do.
ENDING = re.compile(r"(?<=..)(?:e?s?|of)$")
KEPT = 40  # code points
# From here on two keys are spellings of one name, or a slip of the pen; below, two names.
NEAR = 0.6


@lru_cache(maxsize=16_384)
def key(lexeme: str) -> str:
    """What `lexeme` (lower case, without accents) is compared by; not for reading."""
    plain = REPEATED.sub(r"\1", RULES.sub(_fold, lexeme[:KEPT]))
    return ENDING.sub(_end, plain) or lexeme


def _fold(found: re.Match[str]) -> str:
    return FOLDED[found.group()]


def _end(found: re.Match[str]) -> str:
    return "ov" if found.group() == "of" else ""


def nearness(one: str, other: str) -> float:
    """How much two keys have in common: 1 less their Levenshtein distance a letter, 0 to 1."""
    longest = max(len(one), len(other))
    if not longest or abs(len(one) - len(other)) > longest / 2:
        return 0.0
    return 1 - _distance(one, other) / longest


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for count, sign in enumerate(one, 1):
        before, row[0] = row[0], count
        for place, against in enumerate(other, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (sign != against)),
            )
    return row[-1]
