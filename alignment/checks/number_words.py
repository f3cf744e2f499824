"""Numbers in words: "quatre-vingt-dix-sept mille", "a hundred and five", "deux tiers".

The grammar of French and of English is nearly one: a number grows by what is
smaller than it, and is multiplied by what is larger. What differs stands in
the tables (`Numbering`): where "and" may join, which tens take teens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from alignment.checks.numerals import Numbering, Word, roman
from alignment.lexemes import folded
from alignment.span import Span
from alignment.words import JOINERS, MARKS


class Token(NamedTuple):
    """A number, a date or a time in digits, or a word that says something about a number."""

    span: Span
    kind: str
    text: str
    word: Word | None


Sort = Literal["cardinal", "vague", "fraction", "ordinal"]


class Spelt(NamedTuple):
    """A number in words: its values, the likeliest first, and the place of the token after it."""

    values: tuple[float, ...]
    sort: Sort
    end: int
    place: int


BLANKS = "[ \u00a0\u2009\u202f]"
TOKEN = re.compile(
    r"(?=\w)(?:(?P<address>(?:https?://|www\.)\S+)"
    r"|(?P<part>[½¼¾⅓⅔])"
    rf"|(?P<word>[^\W\d_](?:\w++|[{MARKS}]|[{JOINERS}](?=\w))*+)"
    r"|(?P<date>\d{1,2}(?P<sign>[/.])\d{1,2}(?P=sign)(?:\d\d){1,2}(?![\d./]))"
    r"|(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
    r"|(?P<clock>[0-2]?\d:[0-5]\d(?!\d))"
    rf"|(?P<number>\d{{1,3}}(?:(?:{BLANKS}\d{{3}})+|(?:['’]\d{{3}})+)(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+)*+))"
)
JOINT = re.compile(r"[\s\-‐‑'’]{0,3}")
# Of years in words, the hundreds.
CENTURIES = (18, 19, 20)
KEPT = 40  # code points
# Words are looked up as they are met; a text is mostly the same ones again.
fold = lru_cache(maxsize=16_384)(folded)


def tokens(text: str, numbers: Numbering) -> Iterator[Token]:
    """What in `text` says something about a number, in order."""
    for match in TOKEN.finditer(text):
        kind, raw = match.lastgroup, match.group()
        if kind == "word":
            word = numbers.words.get(fold(raw)) if len(raw) <= KEPT else None
            word = word or _roman(raw, numbers)
            if word is None and not raw.isalpha() and any(map(str.isdecimal, raw)):
                yield Token(Span(*match.span()), "label", raw, None)
            elif word:
                yield Token(Span(*match.span()), kind, raw, word)
        elif kind and kind != "address":
            yield Token(Span(*match.span()), kind, raw, None)


def _roman(raw: str, numbers: Numbering) -> Word | None:
    """A Roman numeral: two capitals or more, or with the ending of an ordinal (XXe, Ier)."""
    if raw[0] not in "IVX":
        return None
    ending = raw.lstrip("IVX")
    capitals = len(raw) - len(ending)
    value = roman(raw[:capitals])
    if value is None or not (_ends_roman(ending, value, numbers) if ending else capitals > 1):
        return None
    return Word("roman", (float(value),))


def _ends_roman(ending: str, value: int, numbers: Numbering) -> bool:
    """Whether an ordinal may end so: "Ier" and "XXe", but neither "Inde" nor "IXE"."""
    if (
        not ending.islower()
        or ending.startswith("nd")
        or (value == 1) != ("r" in ending or "s" in ending)
    ):
        return False
    return numbers.ordinal_ending.fullmatch(ending) is not None


def joined(text: str, end: int, token: Token) -> bool:
    """Whether nothing but blanks, hyphens and an elision stands between `end` and a token."""
    start = token.span.start
    return start - end <= 3 and JOINT.fullmatch(text, end, start) is not None


def spelt(text: str, tokens: Sequence[Token], place: int, numbers: Numbering) -> Spelt | None:
    """The number in words that begins with a token, as far as it goes."""
    first = tokens[place].word
    if first is not None and first.role == "article":
        return _after_article(text, tokens, place, numbers)
    if first is not None and first.role == "vague":
        return _rounded(text, tokens, place, first.values, "vague")
    if first is not None and first.role == "fraction":
        return _rounded(text, tokens, place, first.values, "fraction")
    counted = _counted(text, tokens, place, numbers)
    word = _next(text, tokens, counted.place - 1)
    count = counted.values[0]
    if word is not None and word.role == "ordinal":
        return _with_ordinal(text, tokens, counted, word.values[0], numbers)
    if word is not None and word.role == "vague":
        if count in CENTURIES and word.values[-1] > 1000:
            # "the nineteen seventies"
            return _closed(tokens, counted.place, count * 100 + word.values[0], "vague")
        values = tuple(count * value for value in word.values)
        return _rounded(text, tokens, counted.place, values, "vague")
    if word is not None and word.role == "fraction":
        values = tuple(count * value for value in word.values)
        return _rounded(text, tokens, counted.place, values, "fraction")
    return counted


def _after_article(
    text: str, tokens: Sequence[Token], place: int, numbers: Numbering
) -> Spelt | None:
    """ "A hundred", "a third of", "a year and a half"; "a million" is one, "millions" are many."""
    word = _next(text, tokens, place)
    if word is None:
        halved = numbers.halves.match(text, tokens[place].span.end)
        return _closed(tokens, place, 1.0, "cardinal") if halved else None
    if word.role == "ordinal" and word.values[0] > 2 and _parts_of(text, tokens, place):
        return _closed(tokens, place + 1, 1 / word.values[0], "fraction")
    if word.role not in ("hundred", "scale", "vague", "fraction"):
        return None
    found = spelt(text, tokens, place + 1, numbers)
    return found._replace(sort="cardinal") if found and word.role == "scale" else found


def _with_ordinal(
    text: str, tokens: Sequence[Token], counted: Spelt, value: float, numbers: Numbering
) -> Spelt:
    """ "Twenty-first", "two-fifths", "un cinquième des"; "one second" is no half."""
    count, place = counted.values[0], counted.place
    whole = _grown(count, value, False, numbers)
    if whole is not None:
        return _closed(tokens, place, whole, "ordinal")
    plural = 1 < count < 10 and fold(tokens[place].text).endswith("s")
    if value > 2 and (plural or (count == 1 and _parts_of(text, tokens, place - 1))):
        return _closed(tokens, place, count / value, "fraction")
    return counted


def _closed(tokens: Sequence[Token], place: int, value: float, sort: Sort) -> Spelt:
    """A number whose last word is that at `place`."""
    return Spelt((value,), sort, tokens[place].span.end, place + 1)


def _parts_of(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the word after next is "of": "a third of", "un cinquième des"."""
    word = _next(text, tokens, place + 1) if place + 1 < len(tokens) else None
    return word is not None and word.role == "of"


def _next(text: str, tokens: Sequence[Token], place: int) -> Word | None:
    """The word after the token at `place`, where it follows at once."""
    if place + 1 < len(tokens) and joined(text, tokens[place].span.end, tokens[place + 1]):
        return tokens[place + 1].word
    return None


def _rounded(
    text: str, tokens: Sequence[Token], place: int, values: tuple[float, ...], sort: Sort
) -> Spelt:
    """What follows a round number or a part: "dizaines de milliers", "half a million"."""
    while True:
        ahead = place
        word = _next(text, tokens, ahead)
        while word is not None and word.role in ("of", "article"):
            ahead += 1
            word = _next(text, tokens, ahead)
        if word is None or word.role not in ("scale", "vague", "hundred"):
            break
        if sort == "fraction":
            sort = "cardinal"
        values = tuple(value * word.values[0] for value in values)
        place = ahead + 1
    return Spelt(values, sort, tokens[place].span.end, place + 1)


def _counted(text: str, tokens: Sequence[Token], place: int, numbers: Numbering) -> Spelt:
    """The cardinal that begins with a token."""
    total, current, least = 0.0, 0.0, float("inf")
    first = place
    end = tokens[place].span.start
    while place < len(tokens) and (word := tokens[place].word) and joined(text, end, tokens[place]):
        if word.role == "and" and place > first:
            if not _and_goes_on(text, tokens, place, current, numbers):
                break
            place += 1
            word = tokens[place].word or word
        value = word.values[0] if word.values else 0.0
        if (
            word.role == "cardinal"
            and (grown := _grown(current, value, place == first, numbers)) is not None
        ):
            current = grown
        elif word.role == "hundred" and current < 100 and (current != 1 or not numbers.joins_tens):
            current = (current or 1) * 100
        elif word.role == "scale" and value < least:
            total, current, least = total + (current or 1) * value, 0.0, value
        elif word.role == "scale" and total:
            # mille milliards
            total, current, least = (total + current) * value, 0.0, value
        else:
            break
        end, place = tokens[place].span.end, place + 1
    alone = tokens[first].word
    many = alone is not None and alone.role == "scale" and place == first + 1
    many = many and fold(tokens[first].text) not in numbers.bare_scales
    return Spelt((total + current,), "vague" if many else "cardinal", end, max(place, first + 1))


def _grown(current: float, value: float, begins: bool, numbers: Numbering) -> float | None:
    """The number with a smaller one after it, None where they are two numbers."""
    rest = current % 100
    if begins or current == 0:
        return value
    if rest == 4 and value == 20 and numbers.joins_tens:
        return current - 4 + 80  # quatre-vingts
    if rest == 0 and value < 100:
        return current + value
    if rest == 10 and 7 <= value <= 9 and numbers.joins_tens:
        return current + value  # dix-sept
    if rest >= 20 and rest % 10 == 0 and 1 <= value <= 9:
        return current + value
    if rest in numbers.teens_after and 10 <= value <= 16:
        return current + value
    return None


def _and_goes_on(
    text: str, tokens: Sequence[Token], place: int, current: float, numbers: Numbering
) -> bool:
    """Whether "and" stands inside a number: "vingt et un", "two hundred and five"."""
    word = _next(text, tokens, place)
    if word is None or word.role not in ("cardinal", "ordinal"):
        return False
    if numbers.joins_tens:
        rest = current % 100
        return rest >= 20 and rest % 10 == 0 and word.values[0] in (1, 11)
    after = _next(text, tokens, place + 1)
    # "between a hundred and two hundred" are two.
    return current % 100 == 0 and not (after is not None and after.role == "hundred")
