"""What a word is looked up as: in lower case, without accents, contractions undone.

"L’" and "le" are one word to a lexicon, and "du" is two, "de" and "le", as in
the gold links of the field (Hansards 2003).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from alignment.words import WORD

CONTRACTED: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {
        "du": ("de", "le"),
        "des": ("de", "les"),
        "au": ("a", "le"),
        "aux": ("a", "les"),
        "l'": ("le",),
        "qu'": ("que",),
        "jusqu'": ("jusque",),
        "lorsqu'": ("lorsque",),
        "puisqu'": ("puisque",),
        "quoiqu'": ("quoique",),
        "aujourd'hui": ("aujourd'", "hui"),
        "duquel": ("de", "lequel"),
        "desquels": ("de", "lesquels"),
        "desquelles": ("de", "lesquelles"),
        "auquel": ("a", "lequel"),
        "auxquels": ("a", "lesquels"),
        "auxquelles": ("a", "lesquelles"),
        **{f"{letter}'": (f"{letter}e",) for letter in "cdjmnst"},
    },
    "en": {
        "cannot": ("can", "not"),
        "can't": ("can", "not"),
        "won't": ("will", "not"),
        "shan't": ("shall", "not"),
    },
}
ENGLISH_ENDINGS = {
    "n't": "not",
    "'ll": "will",
    "'ve": "have",
    "'re": "are",
    "'m": "am",
    "'d": "would",
}
SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ＇", "'"),
        **dict.fromkeys("«»“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
    }
)
# The signs of the Penn Treebank, and doubled ones.
SPELT_OUT = {"-lrb-": "(", "-rrb-": ")", "``": '"', "''": '"', "--": "-", "...": "…"}
KEPT = 40  # code points
NUMBER = re.compile(r"\d[\d\s.,:/]*\d|\d")
NOT_DIGIT = re.compile(r"\D")


def lexemes(word: str, language: str) -> tuple[str, ...]:
    """What one word is looked up as; never empty.

    A number is its digits alone ("1 234,5" and "1,234.5" are one), a
    hyphenated compound is its parts.
    """
    return _kept_lexemes(word, language) if len(word) <= KEPT else _lexemes(word, language)


def _lexemes(word: str, language: str) -> tuple[str, ...]:
    plain = folded(word)
    if NUMBER.fullmatch(plain):
        return (NOT_DIGIT.sub("", plain),)
    return tuple(filter(None, _parts(plain, language))) or (word,)


# Text is mostly the same words again; nobody may fill the memory with long ones.
_kept_lexemes = lru_cache(maxsize=32_768)(_lexemes)


def folded(word: str) -> str:
    """`word` in lower case, its accents and invisible characters left out, its signs plain."""
    letters = unicodedata.normalize("NFKD", word.lower().translate(SIGNS))
    plain = "".join(each for each in letters if unicodedata.category(each) not in ("Mn", "Cf"))
    return SPELT_OUT.get(plain, plain)


def sentence_lexemes(text: str, language: str) -> Iterator[str]:
    """The lexemes of running text, punctuation included."""
    for match in WORD.finditer(text):
        yield from lexemes(match.group(), language)


def _parts(plain: str, language: str) -> Iterator[str]:
    if len(plain.strip("-")) < 2 or "-" not in plain:
        yield from _undone(plain, language)
        return
    # "-t-il": the t is there for its sound alone.
    for part in re.sub(r"^-t-", "", plain).split("-"):
        if part:
            yield from _undone(part, language)


def _undone(part: str, language: str) -> tuple[str, ...]:
    if found := CONTRACTED.get(language, {}).get(part):
        return found
    if language == "en":
        for ending, whole in ENGLISH_ENDINGS.items():
            if part.endswith(ending) and len(part) > len(ending):
                return part.removesuffix(ending), whole
    return (part,)
