"""What a number counts: its unit, the currency before or after it, the half that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import floor, log

from alignment.checks.number_words import fold
from alignment.checks.numerals import MONEY, MONEY_BEFORE, Numbering
from alignment.checks.readings import Figure, read
from alignment.span import Span

DEGREES = frozenset({"degree", "celsius", "fahrenheit"})
AFTER = re.compile(r"[\s\-]([^\W\d_]{1,15})")
# "5 $ 10 $": the sign belongs to the amount before it.
AMOUNT = re.compile(r"\d\s?$")
# A number this near to another that has the unit shares it, in code points.
NEAR = 7


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """The currency before an amount, and where it begins."""
    match = MONEY_BEFORE.search(text, max(0, start - 6), start)
    if match is None:
        return None
    begin = match.start()
    if match[1] and match[0][-1].isspace() and AMOUNT.search(text, max(0, begin - 3), begin):
        return None
    return MONEY[match[1] or match[2]], begin


def with_unit(
    text: str, figure: Figure, money: tuple[str, int] | None, numbers: Numbering
) -> Figure:
    if money:
        return figure._replace(span=Span(money[1], figure.span.end), unit=money[0], leads=True)
    counted = _counting(text, figure, numbers)
    halved = _and_a_half(text, counted, numbers)
    # "two years and a half", "two and a half years"
    return (
        halved if halved is counted or counted is not figure else _counting(text, halved, numbers)
    )


def _counting(text: str, figure: Figure, numbers: Numbering) -> Figure:
    """The figure with the unit that follows it, and with the sign of a temperature."""
    match = numbers.unit.match(text, figure.span.end)
    if match is None or match.lastgroup is None:
        return figure
    unit = match.lastgroup.rpartition("_")[0]
    readings = figure.readings
    if unit == "percent":
        readings += read("n", [readings[0].value / 100])
    start = figure.span.start
    below = None
    if unit in DEGREES and (below := numbers.negative.search(text, max(0, start - 10), start)):
        start = below.start()
    span = Span(start, match.end())
    return figure._replace(span=span, readings=readings, unit=unit, negative=below is not None)


def _and_a_half(text: str, figure: Figure, numbers: Numbering) -> Figure:
    """ "Deux ans et demi", "a million and a half": half of one, of a thousand, of a million."""
    match = numbers.halves.match(text, figure.span.end)
    value = figure.readings[0].value
    if match is None or not 1 <= value < 1e15:
        return figure
    half = 1000 ** floor(log(value, 1000) + 1e-9) / 2
    end = match.end()
    following = AFTER.match(text, end)
    word = numbers.words.get(fold(following[1])) if following else None
    factor = 1.0
    if following and word and word.role == "scale":
        # "one and a half million"
        end, factor = following.end(), word.values[0]
    readings = read("n", [(value + half) * factor])
    return figure._replace(span=Span(figure.span.start, end), readings=readings, kind="number")


def sharing(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures, with the unit of the next where it stands for both: "10 à 15 %"."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        this, after = shared[place], shared[place + 1]
        near = after.span.start - this.span.end <= NEAR and this.kind == after.kind == "number"
        if near and after.scale > 1 == this.scale:
            # "entre 10 et 15 millions"
            whole = read("n", [this.readings[0].value * after.scale])
            shared[place] = this = this._replace(readings=(*this.readings, *whole))
        if near and this.unit is None and after.unit and not after.leads:
            shared[place] = this._replace(unit=after.unit, shared=True)
    return tuple(shared)
