"""How a language writes numbers: its number words, its marks, its units, its months.

The words stand in `languages/LANGUAGE/numbers.toml`; here they become what
`alignment.checks.figures` looks up and matches. Everything is matched on the
text as submitted, so patterns allow for every blank, apostrophe and accent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any, Literal, NamedTuple

from alignment.checks.language import table
from alignment.lexemes import folded

Role = Literal[
    "article",
    "and",
    "of",
    "cardinal",
    "hundred",
    "scale",
    "short_scale",
    "vague",
    "ordinal",
    "roman",
    "fraction",
    "multiple",
    "time",
    "allusion",
    "month",
    "weekday",
]
# The section of the table that lists the words of each role; of two roles the last one stands.
SECTIONS: Mapping[str, Role] = {
    "allusions": "allusion",
    "times_of_day": "time",
    "multiples": "multiple",
    "weekdays": "weekday",
    "months": "month",
    "fractions": "fraction",
    "ordinals": "ordinal",
    "vague": "vague",
    "abbreviated_scales": "short_scale",
    "scales": "scale",
    "hundreds": "hundred",
    "cardinals": "cardinal",
}
LISTS: Mapping[str, Role] = {"articles": "article", "and": "and", "of": "of"}
# What stands before an amount rather than after it.
MONEY = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "USD": "dollar",
    "EUR": "euro",
    "GBP": "pound",
    "CHF": "franc",
    "CZK": "crown",
    "JPY": "yen",
    "CNY": "yuan",
}
MONEY_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:US|CA|[AC])\s?)?([$€£¥])\s?$|(?<![^\W_])(EUR|USD|GBP|CHF|CZK|JPY|CNY)\s?$"
)
ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
# Digits beyond these are no number that anybody reads, and slow to convert.
LONGEST = 100
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


class Word(NamedTuple):
    """What a word says about a number: how it is used, and its values, the likeliest first."""

    role: Role
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one language writes numbers.

    The patterns are to be matched at the end of a number, but for those that
    say otherwise; the groups of `unit` are the names of units.
    """

    name: str
    decimal: str
    words: Mapping[str, Word]
    joins_tens: bool
    bare_scales: frozenset[str]
    teens_after: frozenset[int]
    doubtful_months: frozenset[str]
    month_leads: re.Pattern[str]
    months_have_capitals: bool
    months_first: bool
    ordinal_ending: re.Pattern[str]
    decade_ending: re.Pattern[str] | None
    decade_lead: re.Pattern[str] | None
    knockouts: re.Pattern[str] | None
    hours: re.Pattern[str]
    evening: re.Pattern[str] | None
    before_noon: re.Pattern[str]
    after_noon: re.Pattern[str]
    halves: re.Pattern[str]
    half_past: re.Pattern[str] | None
    share: re.Pattern[str]
    negative: re.Pattern[str]
    below_zero: re.Pattern[str]
    unit: re.Pattern[str]


@lru_cache(maxsize=16)
def numbering(language: str) -> Numbering | None:
    """How a language (a BCP 47 code) writes numbers, None where nothing is known of it."""
    data = table(language, "numbers")
    return None if data is None else _numbering(data)


def _numbering(data: Mapping[str, Any]) -> Numbering:
    clock, doubtful = data["clock"], data["doubtful_months"]
    return Numbering(
        name=data["name"],
        decimal=data["decimal"],
        words=dict(_words(data)),
        joins_tens=data["and_after"] == "tens",
        bare_scales=frozenset(data["bare_scales"]),
        teens_after=frozenset(data["teens_after"]),
        doubtful_months=frozenset(doubtful["words"]),
        month_leads=_before(doubtful["after"]),
        months_have_capitals=data["months_have_capitals"],
        months_first=data["months_first"],
        ordinal_ending=re.compile(rf"{_any(data['ordinal_endings'])}{STOP}", re.IGNORECASE),
        decade_ending=_decade_ending(data["decade_endings"]),
        decade_lead=_before(data["decades"]) if data["decades"] else None,
        knockouts=_after(data["knockouts"]) if data["knockouts"] else None,
        hours=re.compile(
            rf"\s?{_any(clock['hours'])}(?:\s?(?P<minutes>[0-5]\d)(?!\d)|{STOP})", re.IGNORECASE
        ),
        evening=_within(clock["evening"]) if clock["evening"] else None,
        before_noon=_after(clock["before_noon"]),
        after_noon=_after(clock["after_noon"]),
        halves=re.compile(rf"(?:\s[^\W\d_]{{1,15}})?[\s\-‐‑]{_any(data['halves'])}", re.IGNORECASE),
        half_past=_after(clock["half_past"]) if clock["half_past"] else None,
        share=re.compile(
            rf"(?:\s[^\W\d_][\w’'-]{{0,20}}){{0,4}}\s{_any(data['shares'])}\s", re.IGNORECASE
        ),
        negative=re.compile(
            rf"(?:(?<![^\s(])(?<!\d\s)[-−–]\s?|(?<![^\W_]){_any(clock['negative'])}\s)$",
            re.IGNORECASE,
        ),
        below_zero=re.compile(_any(clock["below_zero"]), re.IGNORECASE),
        unit=_units(data["units"]),
    )


def _words(data: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    for section, role in SECTIONS.items():
        for word, value in data[section].items():
            values = value if isinstance(value, list) else [value]
            found = Word(role, tuple(map(float, values)))
            yield folded(word), found
            if role == "ordinal":
                # Parts of a whole: "deux cinquièmes", "two-fifths".
                yield f"{folded(word)}s", found
    for name, role in LISTS.items():
        for word in data[name]:
            yield folded(word), Word(role)


# Nothing of a word may follow.
STOP = r"(?![^\W_\d])"
BLANK = r"[\s\-‐‑]{1,2}"


def _any(phrases: Iterable[str]) -> str:
    """A group for any of the phrases, the longest first, however they are typed."""
    ordered = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(_phrase(phrase) for phrase in ordered)})"


def _phrase(phrase: str) -> str:
    signs = []
    for sign in phrase:
        base = unicodedata.normalize("NFD", sign)[0]
        if sign == " ":
            signs.append(BLANK)
        elif sign == "'":
            signs.append("['’]")
        elif base != sign:
            signs.append(f"(?:{sign}|{unicodedata.normalize('NFD', sign)}|{base})")
        else:
            signs.append(re.escape(sign))
    return "".join(signs) + (STOP if phrase[-1].isalpha() else "")


def _after(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,2}}{_any(phrases)}", re.IGNORECASE)


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """Matches text that ends with one of the words and a blank."""
    return re.compile(rf"(?<![^\W_]){_any(words)}['’\s\-‐‑]{{1,2}}$", re.IGNORECASE)


def _within(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){_any(words)}", re.IGNORECASE)


def _decade_ending(endings: list[str]) -> re.Pattern[str] | None:
    return re.compile(rf"['’]?{_any(endings)}{STOP}", re.IGNORECASE) if endings else None


def _units(data: Mapping[str, list[str]]) -> re.Pattern[str]:
    skipped = _any(data["skipped"])
    names = {name: phrases for name, phrases in data.items() if name != "skipped"}
    # A name that begins like another ("points", "points de base") is tried after it.
    ordered = sorted(
        ((phrase, name) for name, phrases in names.items() for phrase in phrases),
        key=lambda item: -len(item[0]),
    )
    groups = "|".join(f"(?P<{name}_{i}>{_phrase(p)})" for i, (p, name) in enumerate(ordered))
    return re.compile(
        rf"[\s\-‐‑]{{0,2}}(?:{skipped}[\s\-]{{0,2}}){{0,2}}(?:{groups})", re.IGNORECASE
    )


def readings_of_digits(digits: str, decimal: str) -> tuple[float, ...]:
    """The values of a number as written, the likeliest first.

    One mark before three digits parts thousands or begins the decimals, as the
    language has it; "1.234" in a French text may still be either.
    """
    marks = [sign for sign in digits if sign in ".,"]
    plain = "".join(sign for sign in digits if sign.isdecimal() or sign in ".,")
    if not marks:
        return (value_of(plain),)
    last = marks[-1]
    whole, _, tail = plain.rpartition(last)
    parted = whole.replace(",", "").replace(".", "")
    if len(set(marks)) == 1 and len(marks) > 1:
        return (value_of(parted + tail),)
    as_decimal, as_thousands = value_of(f"{parted}.{tail}"), value_of(parted + tail)
    grouped = len(tail) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    if len(marks) > 1 or not grouped or len(plain) != len(digits):
        return (as_decimal,)
    return (as_decimal, as_thousands) if last == decimal else (as_thousands, as_decimal)


def value_of(digits: str) -> float:
    """The value of plain digits, with a point before the decimals; endless ones are infinite."""
    return float(digits) if len(digits) <= LONGEST else inf


def roman(numeral: str) -> int | None:
    """The value of a Roman numeral up to XXXIX, in capitals; None for anything else."""
    if not ROMAN.fullmatch(numeral):
        return None
    values = [ROMAN_DIGITS[letter] for letter in numeral]
    return sum(
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )
