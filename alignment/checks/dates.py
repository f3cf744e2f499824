"""Dates and times of day: in digits, in words, and in a mixture of both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alignment.checks.number_words import Token, fold
from alignment.checks.numerals import Numbering
from alignment.checks.readings import Figure, Kind, Reading, read
from alignment.span import Span

DAY = 24 * 60  # minutes
# How far from a time something may tell which half of the day it is in, in code points.
AROUND = 60
# Of years in two digits, the last that is of this century.
LATEST = 49


def within_date(text: str, found: Sequence[Figure], place: int) -> Figure:
    """The figure, known for part of a date where it is a year or stands beside a month."""
    figure = found[place]
    if figure.kind not in ("number", "ordinal") or figure.unit is not None:
        return figure
    beside = [*found[max(0, place - 1) : place], *found[place + 1 : place + 2]]
    day = figure.readings[0].value <= 31 and any(
        each.kind == "month"
        and max(figure.span.start - each.span.end, each.span.start - figure.span.end) <= 4
        for each in beside
    )
    year = figure.span.of(text).isdecimal() and 1000 <= figure.readings[0].value < 2100
    return (
        figure._replace(kind="date") if day or (year and len(figure.span.of(text)) == 4) else figure
    )


def noon(text: str, token: Token) -> Figure:
    """Noon or midnight; of "après-midi" it is only half a word."""
    assert token.word is not None
    hour = token.word.values[0]
    afternoon = token.span.start > 0 and text[token.span.start - 1] in "-‐‑"
    readings = (*read("t", [hour * 60]), *read("n", [hour or DAY / 60]))
    return Figure(token.span, readings, "allusion" if afternoon else "time", firm=False)


def month(text: str, told: Sequence[Token], place: int, numbers: Numbering) -> Figure:
    """A month, or a word that may be one ("may", "mars") and is not missed."""
    token = told[place]
    assert token.word is not None
    sure = fold(token.text) not in numbers.doubtful_months or (
        token.text[0].isupper() == numbers.months_have_capitals
        and _dated(text, told, place, numbers)
    )
    kind: Kind = "month" if sure else "allusion"
    return Figure(token.span, read("m", token.word.values), kind, firm=sure)


def _dated(text: str, told: Sequence[Token], place: int, numbers: Numbering) -> bool:
    span = told[place].span
    beside = [*told[max(place - 1, 0) : place], *told[place + 1 : place + 2]]
    return any(
        each.kind == "number" and max(span.start - each.span.end, each.span.start - span.end) <= 5
        for each in beside
    ) or bool(numbers.month_leads.search(text, max(0, span.start - 12), span.start))


def date_in_digits(token: Token, numbers: Numbering) -> Figure:
    """A date in digits; where a language puts the month first, others are met too."""
    fields = [int(field) for field in re.split(r"\D", token.text)]
    if token.kind == "iso":
        fields.reverse()
    first, second, year = fields
    orders = [(first, second)]
    if numbers.months_first and token.kind == "date":
        orders.insert(0, (second, first))
    if year < 100:
        year += 1900 if year > LATEST else 2000
    parts = tuple(
        (Reading("n", day), Reading("m", month), Reading("n", year))
        for day, month in orders
        if month <= 12
    )
    readings = read("n", [year * 10_000 + part[1].value * 100 + part[0].value for part in parts])
    return Figure(token.span, readings or read("n", [year]), "date", parts=parts)


def decade(text: str, token: Token, value: float, numbers: Numbering) -> Figure | None:
    """ "Les années 90", "the 1990s", "the '90s": with the century and without."""
    start, end = token.span
    if numbers.decade_ending and (ending := numbers.decade_ending.match(text, end)):
        end = ending.end()
    elif not (numbers.decade_lead and numbers.decade_lead.search(text, max(0, start - 9), start)):
        return None
    if value % 10:
        return None
    both = [value, value % 100 if value >= 1000 else 1900 + value]
    return Figure(Span(start, end), read("n", both), "date")


def time_after_digits(text: str, span: Span, digits: str, numbers: Numbering) -> Figure | None:
    """A time of day written as hours: "18 h 30", "18h", "6 p.m.", "6.30 pm"."""
    whole, _, minutes = digits.partition(".")
    if not (len(whole) <= 2 and whole.isdecimal() and int(whole) <= 24):
        return None
    hours = numbers.hours.match(text, span.end)
    if hours and numbers.halves.match(text, span.end):
        return None
    if hours and (hours["minutes"] or not minutes):
        written = Span(span.start, hours.end())
        return time_of_day(
            text, written, int(whole), int(hours["minutes"] or 0), numbers, bool(hours["minutes"])
        )
    if numbers.before_noon.match(text, span.end) or numbers.after_noon.match(text, span.end):
        if minutes and not (minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60):
            return None
        return time_of_day(text, span, int(whole), int(minutes or 0), numbers)
    return None


def _may_be_evening(text: str, span: Span, numbers: Numbering) -> bool:
    """Whether "8 h" may be 8 p.m.: where hours are counted to 24, only if something says so."""
    if numbers.evening is None:
        return True
    around = max(0, span.start - AROUND), span.end + AROUND
    return numbers.evening.search(text, *around) is not None


def time_of_day(
    text: str, span: Span, hours: int, minutes: int, numbers: Numbering, exact: bool = True
) -> Figure:
    """A time of day; one that names the hour alone may be a duration, or not `exact`."""
    early = numbers.before_noon.match(text, span.end)
    late = numbers.after_noon.match(text, span.end)
    at = hours * 60 + minutes
    half = early or late
    if half:
        at = (hours % 12 + (12 if late else 0)) * 60 + minutes
        span = Span(span.start, half.end())
    values = [at % DAY]
    if hours <= 12 and not half and _may_be_evening(text, span, numbers):
        values.append((at + DAY // 2) % DAY)
    parts = (read("n", [hours, minutes]),) if minutes else ()
    if exact or half:
        return Figure(span, read("t", values), "time", parts=parts)
    readings = (*read("n", [hours]), *read("t", values))
    return Figure(span, readings, "number", unit="hour")
