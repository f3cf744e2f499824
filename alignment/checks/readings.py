"""What a number, a date or a time of a text may mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from alignment.span import Span

# n a number, t minutes after midnight, m a month, w a day of the week.
Scheme = Literal["n", "t", "m", "w"]
Kind = Literal[
    "number",
    "ordinal",
    "vague",
    "fraction",
    "multiple",
    "passing",
    "label",
    "time",
    "date",
    "month",
    "weekday",
    "allusion",
]


class Reading(NamedTuple):
    """One meaning of a figure: a value on a scheme, comparable with any other."""

    scheme: Scheme
    value: float


class Figure(NamedTuple):
    """A number of a text, and its readings, the likeliest first.

    `firm` are those that no translator leaves out for style: digits, and words
    above three. `parts` are what a date or a time is made of, for texts that
    put it in pieces, one tuple a reading; `unit` is what is counted, `shared`
    where it stands with the next number ("10 à 15 %"), `leads` where it comes first ("$5").
    """

    span: Span
    readings: tuple[Reading, ...]
    kind: Kind
    firm: bool = True
    unit: str | None = None
    shared: bool = False
    parts: tuple[tuple[Reading, ...], ...] = ()
    leads: bool = False
    negative: bool = False
    scale: float = 1.0


def read(scheme: Scheme, values: Iterable[float]) -> tuple[Reading, ...]:
    """The values on a scheme, the likeliest first, to twelve digits.

    2.3 million and 2,300,000 are one number, whatever binary fractions make of them.
    """
    return tuple(Reading(scheme, float(f"{value:.12g}")) for value in values)
