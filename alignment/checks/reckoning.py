"""Which number of a sentence is which of its translation, and which have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isclose

from alignment.checks.readings import Figure, Reading

# How many of a base unit make one, by what they measure: a translator may convert.
MEASURES: dict[str, tuple[str, float]] = {
    "millimetre": ("length", 0.001),
    "centimetre": ("length", 0.01),
    "inch": ("length", 0.0254),
    "foot": ("length", 0.3048),
    "yard": ("length", 0.9144),
    "metre": ("length", 1.0),
    "kilometre": ("length", 1000.0),
    "mile": ("length", 1609.344),
    "gram": ("mass", 0.001),
    "ounce": ("mass", 0.02835),
    "pound": ("mass", 0.4536),
    "livre": ("mass", 0.4536),
    "kilogram": ("mass", 1.0),
    "tonne": ("mass", 1000.0),
    "litre": ("volume", 1.0),
    "gallon": ("volume", 3.785),
    "hectare": ("area", 1.0),
    "acre": ("area", 0.4047),
    "square_kilometre": ("area", 100.0),
    "square_mile": ("area", 259.0),
    "square_metre": ("area", 0.0001),
    "square_foot": ("area", 0.00000929),
    "second": ("time", 1.0),
    "minute": ("time", 60.0),
    "hour": ("time", 3600.0),
    "day": ("time", 86_400.0),
    "week": ("time", 604_800.0),
    "month": ("time", 2_629_800.0),
    "year": ("time", 31_557_600.0),
    "decade": ("time", 315_576_000.0),
    "century": ("time", 3_155_760_000.0),
}
# What a converted number may be rounded by.
ROUNDING = 0.07
# More numbers without a counterpart than this are no sentence: each is taken by itself.
MANY = 60


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The figures of two texts that are each other's, and those that are left on either side.

    `converted` are those given in another measure.
    """

    pairs: tuple[tuple[Figure, Figure], ...]
    converted: tuple[tuple[Figure, Figure], ...]
    source: tuple[Figure, ...]
    target: tuple[Figure, ...]


def reckoning(source: Sequence[Figure], target: Sequence[Figure]) -> Reckoning:
    """Pair the figures of two texts: the same number and unit first, then what may be the same.

    What merely alludes to a number answers one that has no other counterpart,
    and is never left over.
    """
    pairs: Pairs = []
    left, right = list(filter(_counts, source)), list(filter(_counts, target))
    for keys in (_exactly, _likeliest, _any_reading):
        found, left, right = _matched(left, right, keys)
        pairs += found
    _, left, _ = _matched(left, list(filter(_alludes, target)), _any_reading)
    _, right, _ = _matched(right, list(filter(_alludes, source)), _any_reading)
    converted: Pairs = []
    if len(left) <= MANY and len(right) <= MANY:
        left, right = _in_pieces(left, right)
        right, left = _in_pieces(right, left)
        _, left, right = _related(left, right, _nearly)
        converted, left, right = _related(left, right, converted_to)
    return Reckoning(tuple(pairs), tuple(converted), tuple(left), tuple(right))


Pairs = list[tuple[Figure, Figure]]
Rest = list[Figure]
Keys = Callable[[Figure], Iterable[object]]


def _counts(figure: Figure) -> bool:
    return figure.kind != "allusion"


def _alludes(figure: Figure) -> bool:
    return figure.kind == "allusion"


def _exactly(figure: Figure) -> Iterable[object]:
    return ((figure.readings[0], figure.unit),) if figure.unit else ()


def _likeliest(figure: Figure) -> Iterable[object]:
    return figure.readings[:1]


def _any_reading(figure: Figure) -> Iterable[object]:
    return figure.readings


def _matched(source: Rest, target: Rest, keys: Keys) -> tuple[Pairs, Rest, Rest]:
    """Pairs of figures with a key in common, in reading order, and the rest of both sides."""
    places: dict[object, list[int]] = defaultdict(list)
    for place in range(len(target) - 1, -1, -1):
        for key in keys(target[place]):
            places[key].append(place)
    taken: set[int] = set()
    pairs: Pairs = []
    rest: Rest = []
    for figure in source:
        free = _first_free([places[key] for key in keys(figure) if key in places], taken)
        if free is None:
            rest.append(figure)
        else:
            taken.add(free)
            pairs.append((figure, target[free]))
    return pairs, rest, [each for place, each in enumerate(target) if place not in taken]


def _first_free(stacks: Iterable[list[int]], taken: set[int]) -> int | None:
    """The first place of a stack, the next in reading order on its top, that is not taken."""
    for stack in stacks:
        while stack:
            place = stack.pop()
            if place not in taken:
                return place
    return None


def _in_pieces(whole: Rest, pieces: Rest) -> tuple[Rest, Rest]:
    """Dates and times on one side that the other has in pieces: "12/03" is "March 12"."""
    rest = []
    for figure in whole:
        for parts in figure.parts:
            found = _all_of(parts, pieces)
            if found is not None:
                pieces = [each for place, each in enumerate(pieces) if place not in found]
                break
        else:
            rest.append(figure)
    return rest, pieces


def _all_of(parts: Iterable[Reading], pieces: Rest) -> set[int] | None:
    found: set[int] = set()
    for part in parts:
        for place, piece in enumerate(pieces):
            if place not in found and part in piece.readings:
                found.add(place)
                break
        else:
            return None
    return found


def _related(
    source: Rest, target: Rest, related: Callable[[Figure, Figure], bool]
) -> tuple[Pairs, Rest, Rest]:
    pairs: Pairs = []
    rest = []
    target = list(target)
    for figure in source:
        other = next((each for each in target if related(figure, each)), None)
        if other is None:
            rest.append(figure)
        else:
            target.remove(other)
            pairs.append((figure, other))
    return pairs, rest, target


def _nearly(one: Figure, other: Figure) -> bool:
    """Whether two figures are one number in different manners of writing."""
    if one.readings[-1].scheme == other.readings[-1].scheme == "t":
        return False
    return any(
        _as_loosely(first, second) or _as_loosely(second, first)
        for first in one.readings
        for second in other.readings
    )


def _as_loosely(first: Reading, second: Reading) -> bool:
    if first.scheme == "t" and second.scheme == "n":
        # "18 h" and "at 6"
        return first.value / 60 % 12 == second.value
    if first.scheme == "m" and second.scheme == "n":
        # "le 11 septembre" and "9/11"
        return first.value == second.value
    # "1998" and "98"
    years = first.scheme == second.scheme == "n" and 1000 <= first.value < 2100
    return years and 1 <= second.value == first.value % 100


def converted_to(one: Figure, other: Figure) -> bool:
    """Whether two figures are one quantity in different units."""
    first, second = one.readings[0].value, other.readings[0].value
    if one.unit is None or other.unit is None or one.unit == other.unit:
        return False
    if {one.unit, other.unit} == {"celsius", "fahrenheit"}:
        celsius, fahrenheit = (first, second) if one.unit == "celsius" else (second, first)
        return abs(celsius * 1.8 + 32 - fahrenheit) <= 2
    kind, factor = MEASURES.get(one.unit, ("", 0.0))
    other_kind, other_factor = MEASURES.get(other.unit, ("-", 0.0))
    return kind == other_kind and isclose(first * factor, second * other_factor, rel_tol=ROUNDING)
