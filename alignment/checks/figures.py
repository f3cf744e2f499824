"""The numbers, dates and times of a text: where each stands and what it may mean.

A figure is read from the text as submitted, so that its span is exact. What
can be read in several ways keeps every reading: "the 90s" are 90 and 1990,
"6 h" is six hours, 6:00 and 18:00.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alignment.checks.amounts import currency_before, sharing, with_unit
from alignment.checks.dates import (
    date_in_digits,
    decade,
    month,
    noon,
    time_after_digits,
    time_of_day,
    within_date,
)
from alignment.checks.number_words import Token, joined, spelt, tokens
from alignment.checks.numerals import Numbering, readings_of_digits, value_of
from alignment.checks.ratios import shared_out
from alignment.checks.readings import Figure, Kind, read
from alignment.span import Span

PARTS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
COMPOUND = re.compile(r"[-‐‑][^\W\d_]")
# What is counted in these is a fact, however small.
TELLING = frozenset({"percent", "points", "euro", "dollar", "pound"})
LETTER = re.compile(r"[^\W\d_]")
SMALL = 3
HALF = 0.5
SIGNS = frozenset("€$£")


def figures(text: str, numbers: Numbering) -> tuple[Figure, ...]:
    """The numbers, dates and times of `text`, in order; none overlaps another."""
    told = tuple(tokens(text, numbers))
    found: list[Figure] = []
    place = end = 0
    while place < len(told):
        if told[place].span.start < end:
            place += 1
            continue
        figure, place = _figure(text, told, place, numbers)
        if figure:
            # "5 €10": a sign belongs to one number.
            span = Span(max(end, figure.span.start), figure.span.end)
            found.append(figure._replace(span=span))
            end = span.end
    dated = sharing([within_date(text, found, place) for place in range(len(found))])
    return shared_out(text, dated, numbers.share)


def _figure(
    text: str, told: Sequence[Token], place: int, numbers: Numbering
) -> tuple[Figure | None, int]:
    """The figure that begins with a token, if one does, and the place of the token after it."""
    token = told[place]
    if token.word is None:
        return _in_digits(text, told, place, numbers)
    match token.word.role:
        case "cardinal" | "hundred" | "scale" | "article" | "vague" | "fraction":
            return _in_words(text, told, place, numbers)
        case "ordinal" | "roman":
            return _ordinal(text, token, numbers), place + 1
        case "month":
            return month(text, told, place, numbers), place + 1
        case "weekday":
            return Figure(token.span, read("w", token.word.values), "weekday"), place + 1
        case "multiple":
            return Figure(token.span, read("n", token.word.values), "multiple", False), place + 1
        case "time":
            return noon(text, token), place + 1
        case "allusion":
            readings = read("n", token.word.values)
            return Figure(token.span, readings, "allusion", firm=False), place + 1
        case _:
            return None, place + 1


def _ordinal(text: str, token: Token, numbers: Numbering) -> Figure:
    assert token.word is not None
    value = token.word.values[0]
    if token.word.role == "roman":
        values = [value, 100 * (value - 1)] if _is_century(text, token.span, numbers) else [value]
        return Figure(token.span, read("n", values), "ordinal")
    if value <= 2:
        # The second may be a part of a minute.
        kind: Kind = "allusion" if value == 1 else "passing"
        return Figure(token.span, read("n", [value]), kind, firm=False)
    values = [value, 1 / value]
    if _is_knockout(text, token.span, numbers):
        values.append(2 * value)
    return Figure(token.span, read("n", values), "ordinal", firm=value > SMALL)


def _is_knockout(text: str, span: Span, numbers: Numbering) -> bool:
    """Whether an ordinal names a round of a cup, where as many pairs of players are left."""
    return numbers.knockouts is not None and numbers.knockouts.match(text, span.end) is not None


def _is_century(text: str, span: Span, numbers: Numbering) -> bool:
    """Whether an ordinal counts centuries: the nineteenth is that of the 1800s."""
    unit = numbers.unit.match(text, span.end)
    return unit is not None and (unit.lastgroup or "").startswith("century")


def _in_digits(
    text: str, told: Sequence[Token], place: int, numbers: Numbering
) -> tuple[Figure | None, int]:
    token = told[place]
    if token.kind in ("date", "iso"):
        return date_in_digits(token, numbers), place + 1
    if token.kind == "clock":
        hours, minutes = map(int, token.text.split(":"))
        return time_of_day(text, token.span, hours, minutes, numbers), place + 1
    if token.kind == "label":
        digits = "".join(filter(str.isdecimal, token.text))
        return Figure(token.span, read("n", [value_of(digits)]), "label"), place + 1
    if token.kind == "part":
        return Figure(token.span, read("n", [PARTS[token.text]]), "fraction", False), place + 1
    values = readings_of_digits(token.text, numbers.decimal)
    end = token.span.end
    ending = numbers.ordinal_ending.match(text, end)
    if ending:
        span = Span(token.span.start, ending.end())
        if _is_knockout(text, span, numbers):
            values = (*values, 2 * values[0])
        return Figure(span, read("n", values), "ordinal"), place + 1
    dated = decade(text, token, values[0], numbers) or time_after_digits(
        text, token.span, token.text, numbers
    )
    if dated:
        return dated, place + 1
    return _scaled(text, told, place, values, numbers)


def _scaled(
    text: str, told: Sequence[Token], place: int, values: Sequence[float], numbers: Numbering
) -> tuple[Figure, int]:
    """A number in digits with what multiplies it ("2,5 milliards", "$2bn") and its unit."""
    start, end = told[place].span
    money = currency_before(text, start)
    place += 1
    scale = 1.0
    while place < len(told) and (times := _factor(text, end, told[place], money is not None)):
        scale, end, place = scale * times, told[place].span.end, place + 1
    maybe: list[float] = []
    if place < len(told) and scale == 1 and (times := _glued_scale(end, told[place])):
        maybe = [value * times for value in values]
    label = scale == 1 and not maybe and money is None and _is_label(text, start, end, numbers)
    figure = Figure(
        Span(start, end),
        read("n", [*(value * scale for value in values), *maybe]),
        "label" if label else "number",
        firm=values[0] != 1,  # "1 €" may be "a euro"
        scale=scale,
    )
    return with_unit(text, figure, money, numbers), place + _coins(text, told, place, end)


def _factor(text: str, end: int, token: Token, money: bool) -> float | None:
    """What a word after a number in digits multiplies it by, None where it does not."""
    word = token.word
    if word is None or not joined(text, end, token):
        return None
    if word.role in ("scale", "vague"):
        return word.values[0]
    after = token.span.end
    sure = len(token.text) > 1 or money or text[after : after + 1] in SIGNS
    return word.values[0] if word.role == "short_scale" and sure else None


def _glued_scale(end: int, token: Token) -> float | None:
    """What a letter may multiply digits by: "5m" may be metres."""
    word = token.word
    glued = word is not None and word.role == "short_scale" and token.span.start == end
    return word.values[0] if glued and word else None


def _coins(text: str, told: Sequence[Token], place: int, end: int) -> bool:
    """Whether "cent" follows where it cannot multiply: it is the hundredth of a euro."""
    word = told[place].word if place < len(told) else None
    return word is not None and word.role == "hundred" and joined(text, end, told[place])


def _halved(text: str, end: int, numbers: Numbering) -> bool:
    return numbers.halves.match(text, end) is not None


def _is_label(text: str, start: int, end: int, numbers: Numbering) -> bool:
    """Whether digits are run together with letters that are no unit: G20, A380, 39C."""
    before = start > 0 and LETTER.match(text, start - 1)
    after = LETTER.match(text, end) and not numbers.unit.match(text, end)
    return bool(before or after)


def _half_past(
    text: str, start: int, told: Sequence[Token], place: int, numbers: Numbering
) -> Figure | None:
    """The time that "half past eight" tells; `place` is that of the token after the half."""
    if numbers.half_past is None or place >= len(told) or not place:
        return None
    word, span = told[place].word, told[place].span
    past = numbers.half_past.match(text, told[place - 1].span.end)
    if word is None or word.role != "cardinal" or not past or text[past.end() : span.start].strip():
        return None
    return time_of_day(text, Span(start, span.end), int(word.values[0]), 30, numbers)


def _in_words(
    text: str, told: Sequence[Token], place: int, numbers: Numbering
) -> tuple[Figure | None, int]:
    start = told[place].span.start
    found = spelt(text, told, place, numbers)
    if found is None:
        return None, place + 1
    span = Span(start, found.end)
    value = found.values[0]
    if value == HALF and (timed := _half_past(text, start, told, found.place, numbers)):
        return timed, found.place + 1
    hours = numbers.hours.match(text, found.end)
    if (
        hours
        and found.sort == "cardinal"
        and 0 < value <= 24
        and not _halved(text, found.end, numbers)
    ):
        timed = time_of_day(text, Span(start, hours.end()), int(value), 0, numbers, exact=False)
        return timed._replace(firm=value > SMALL), found.place
    kind: Kind = "allusion" if value <= 1 else "number"
    if found.sort != "cardinal":
        kind = found.sort
    firm = kind in ("number", "ordinal") and value > SMALL
    scale = told[found.place - 1].word
    times = scale.values[0] if scale and scale.role == "scale" else 1.0
    plain = Figure(span, read("n", found.values), kind, firm, scale=times)
    figure = with_unit(text, plain, None, numbers)
    if kind == "allusion" and figure.unit != "percent" and figure.readings == plain.readings:
        # "Un cent" is a coin.
        return plain, found.place + _coins(text, told, found.place, found.end)
    if kind == "allusion":
        figure = figure._replace(kind="number")
    elif not firm and figure.unit is None and COMPOUND.match(text, figure.span.end):
        # "half-time", "demi-finale", "two-seat"
        figure = figure._replace(kind="passing")
    return figure._replace(firm=firm or (kind == "number" and figure.unit in TELLING)), found.place
