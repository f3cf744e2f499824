"""Whether the numbers, dates and times of a sentence are those of its translation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf, isclose

from alignment.checks.check import Check, SentencePair
from alignment.checks.figures import figures
from alignment.checks.kinds import mistaken
from alignment.checks.number_words import tokens
from alignment.checks.numerals import Numbering, numbering
from alignment.checks.readings import Figure, Reading
from alignment.checks.reckoning import MANY, MEASURES, Reckoning, converted_to, reckoning
from alignment.document import Issue, Languages, Severity
from alignment.span import Span

MONEY = frozenset(
    {"euro", "dollar", "pound", "yen", "yuan", "rouble", "franc", "rupee", "crown", "real", "peso"}
)
RATIOS = frozenset({"percent", "permille", "points"})
# What a unit measures; of one number, two units of the same measure contradict each other.
MEASURE = {
    **dict.fromkeys(MONEY, "money"),
    **dict.fromkeys(RATIOS, "ratio"),
    **{unit: measure for unit, (measure, _) in MEASURES.items() if unit != "pound"},
    "celsius": "temperature",
    "fahrenheit": "temperature",
}
# A million for a billion: the same digits, so many times as much.
SCALES = (1e3, 1e6, 1e9)
# What makes two numbers without counterpart one that was changed (see `_likeness`).
ALIKE = 2.0
# Within this factor, "une dizaine" and "about a dozen" are as good as one.
ABOUT = 3.0
CALENDAR = frozenset({"month", "weekday"})
DATES = CALENDAR | {"date", "time"}
# Kinds of numbers that a translator may well do without.
# What only hints at a number: "quelques", "jour" for 24 hours.
UNCOUNTED = frozenset({"vague", "passing", "allusion"})
# No sentence has so many words of numbers.
FULLEST = 4_000
PASSING = frozenset({"passing", "multiple"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts, its figures, and what they say and count in all."""

    text: str
    numbers: Numbering
    figures: tuple[Figure, ...]
    readings: frozenset[Reading]
    units: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence and its translation, with the figures of both."""

    pair: SentencePair
    source: Side
    target: Side


def knows(languages: Languages) -> bool:
    """Whether the numbers of both languages can be read."""
    return numbering(languages.source) is not None and numbering(languages.target) is not None


def find(pair: SentencePair) -> Iterator[Issue]:
    """Numbers that the translation changes, leaves out or adds, and dates and units."""
    one, other = numbering(pair.languages.source), numbering(pair.languages.target)
    if one is None or other is None or not pair.source.strip() or not pair.target.strip():
        return
    if pair.source == pair.target:
        return  # it was not translated, whatever its figures would mean in the other language
    if any(_is_overfull(*each) for each in ((pair.source, one), (pair.target, other))):
        return
    source, target = _side(pair.source, one), _side(pair.target, other)
    if source.figures or target.figures:
        compared = Comparison(pair, source, target)
        reckoned = reckoning(source.figures, target.figures)
        yield from _units(compared, reckoned)
        yield from _signs(compared, reckoned)
        yield from _rest(compared, reckoned)
    for old, new in mistaken(pair, ["time"]):
        if not _counted(old, source) and not _counted(new, target):
            words = old.of(pair.source), new.of(pair.target)
            said = f"The {one.name} says “{words[0]}”, the {other.name} “{words[1]}”."
            yield Issue("unit_changed", "minor", said, (old,), (new,))


def _counted(span: Span, side: Side) -> bool:
    """Whether a figure stands right before a word, or holds it: "trois ans"."""
    return any(
        figure.span.overlaps(span) or 0 <= span.start - figure.span.end <= 2
        for figure in side.figures
        if figure.readings[0].value > 1 and figure.kind not in UNCOUNTED
    )


def _is_overfull(text: str, numbers: Numbering) -> bool:
    """Whether a text holds more numbers than any sentence: it is a table."""
    return len(text) > FULLEST and sum(1 for _ in islice(tokens(text, numbers), FULLEST)) == FULLEST


def _side(text: str, numbers: Numbering) -> Side:
    found = figures(text, numbers)
    readings = frozenset(reading for figure in found for reading in figure.readings)
    return Side(text, numbers, found, readings, frozenset(figure.unit for figure in found))


def _units(compared: Comparison, reckoned: Reckoning) -> Iterator[Issue]:
    for source, target in reckoned.pairs:
        severity = _unit_severity(compared, source, target)
        said = _said(compared, source, target)
        if severity != "none":
            yield _issue("unit_changed", severity, f"{said}: not the same unit.", source, target)
        if source.unit == target.unit == "percent" and _rescaled(source, target):
            said = f"{said}: the mark was copied, and means another thing."
            yield _issue("number_changed", "major", said, source, target)
    for source, target in reckoned.converted:
        if MEASURE.get(source.unit or "") == "time":
            continue  # "trente ans" is "three decades"
        said = _said(compared, source, target)
        yield _issue("unit_changed", "minor", f"{said}: converted.", source, target)


def _signs(compared: Comparison, reckoned: Reckoning) -> Iterator[Issue]:
    """Temperatures that are below zero on one side only, unless words say so for all of them."""
    unlike = [each for each in reckoned.pairs if each[0].negative != each[1].negative]
    sides = (compared.source, compared.target)
    if unlike and not any(side.numbers.below_zero.search(side.text) for side in sides):
        for source, target in unlike:
            said = f"{_said(compared, source, target)}: not the same sign."
            yield _issue("number_changed", "major", said, source, target)


def _unit_severity(compared: Comparison, source: Figure, target: Figure) -> Severity:
    one, other = source.unit, target.unit
    if one == other or {one, other} == {"livre", "pound"} or source.shared or target.shared:
        return "none"
    if "fraction" in (source.kind, target.kind):
        return "none"  # "la moitié" is "50%"
    if source.readings[0] not in target.readings and target.readings[0] not in source.readings:
        return "none"
    if one and other:
        measures = {MEASURE.get(one), MEASURE.get(other)}
        return "major" if len(measures) == 1 or measures == {"money", "ratio"} else "none"
    told = (compared.source if other else compared.target).units
    if "percent" in (one, other):
        # "45 percent versus 37": where the other side has the unit, it may stand for both.
        return "minor" if told & RATIOS else "major"
    # A currency is left to the reader where it is understood.
    return "minor" if one in MONEY and source.kind != "vague" and not told & MONEY else "none"


def _rest(compared: Comparison, reckoned: Reckoning) -> Iterator[Issue]:
    """What the figures without counterpart say: changed where two are alike, lost or added."""
    pairs = _changed(compared, reckoned)
    for source, target in pairs:
        yield _change(compared, source, target)
    here = {source for source, _ in pairs}
    there = {target for _, target in pairs}
    for figure in reckoned.source:
        if figure not in here and not _goes_without(figure, compared.source, compared.target):
            yield from _lost(compared, figure)
    for figure in reckoned.target:
        if figure not in there and not _goes_without(figure, compared.target, compared.source):
            yield from _added(compared, figure)


def _changed(compared: Comparison, reckoned: Reckoning) -> list[tuple[Figure, Figure]]:
    source, target = reckoned.source, reckoned.target
    if max(len(source), len(target)) > MANY:
        return []
    likely = sorted(
        (
            (-_likeness(compared, one, other), place, number)
            for place, one in enumerate(source)
            for number, other in enumerate(target)
        ),
    )
    pairs: list[tuple[Figure, Figure]] = []
    for unlike, place, number in likely:
        one, other = source[place], target[number]
        taken = any(one == each[0] or other == each[1] for each in pairs)
        if -unlike >= ALIKE and not taken:
            pairs.append((one, other))
    return pairs


def _likeness(compared: Comparison, one: Figure, other: Figure) -> float:
    """How much speaks for two unequal figures being one that was changed."""
    if one.kind != other.kind and (CALENDAR | {"multiple"}) & {one.kind, other.kind}:
        return 0.0
    place, number = (
        one.span.start / len(compared.source.text),
        other.span.start / len(compared.target.text),
    )
    likeness = 1.5 * (1 - abs(place - number))
    likeness += 4.0 * any(map(other.span.overlaps, compared.pair.answering(one.span)))
    alike = one.kind == other.kind or {one.kind, other.kind} == {"ordinal", "passing"}
    likeness += 1.5 * (alike or one.readings[-1].scheme == other.readings[-1].scheme == "t")
    if one.unit and other.unit:
        measures = MEASURE.get(one.unit, one.unit), MEASURE.get(other.unit, other.unit)
        likeness += 2.0 if one.unit == other.unit else 1.0 if measures[0] == measures[1] else -1.0
    likeness += 0.5 * (one.firm and other.firm)
    small, large = sorted((one.readings[0].value, other.readings[0].value))
    likeness += small / large if small > 0 and large < inf else 0.0
    return likeness + 2.0 * _rescaled(one, other)


def _rescaled(one: Figure, other: Figure) -> bool:
    small, large = sorted((one.readings[0].value, other.readings[0].value))
    return small > 0 and any(isclose(large, small * scale) for scale in SCALES)


def _change(compared: Comparison, source: Figure, target: Figure) -> Issue:
    said = f"{_said(compared, source, target)}."
    if DATES & {source.kind, target.kind}:
        return _issue("date_changed", "major", said, source, target)
    if _rescaled(source, target):
        return _issue("unit_changed", "major", said, source, target)
    small, large = sorted((source.readings[0].value, target.readings[0].value))
    about = "vague" in (source.kind, target.kind) and large < small * ABOUT
    return _issue("number_changed", "minor" if about else "major", said, source, target)


def _goes_without(figure: Figure, ours: Side, others: Side) -> bool:
    """Whether the other side loses nothing: it says as much once, in this measure or another."""
    if figure.kind in PASSING:
        return True
    if not others.readings.isdisjoint(figure.readings):
        return True
    if max(len(ours.figures), len(others.figures)) > MANY:
        return False
    if figure.kind == "weekday" and any(_same_night(figure, each) for each in ours.figures):
        return True
    return any(converted_to(figure, other) for other in others.figures)


def _same_night(figure: Figure, other: Figure) -> bool:
    """Whether two weekdays are one night: "dans la nuit de jeudi à vendredi"."""
    apart = max(figure.span.start - other.span.end, other.span.start - figure.span.end)
    days = abs(figure.readings[0].value - other.readings[0].value)
    return other.kind == "weekday" and apart <= 4 and days in (1, 6)


def _lost(compared: Comparison, figure: Figure) -> Iterator[Issue]:
    here, there = (compared.source.numbers.name, compared.target.numbers.name)
    said = f"The {here} says “{figure.span.of(compared.source.text)}”; nothing in the {there} does."
    name = "date_changed" if figure.kind in CALENDAR else "number_lost"
    firm = figure.firm and figure.kind != "weekday"
    yield _issue(name, "major" if firm else "minor", said, figure, None)


def _added(compared: Comparison, figure: Figure) -> Iterator[Issue]:
    here, there = (compared.source.numbers.name, compared.target.numbers.name)
    said = f"The {there} says “{figure.span.of(compared.target.text)}”; nothing in the {here} does."
    name = "date_changed" if figure.kind in CALENDAR else "number_added"
    digits = any(map(str.isdecimal, figure.span.of(compared.target.text)))
    severity: Severity = "major" if digits and figure.firm else "minor"
    yield _issue(name, severity, said, None, figure)


def _said(compared: Comparison, source: Figure, target: Figure) -> str:
    here, there = (compared.source.numbers.name, compared.target.numbers.name)
    return (
        f"The {here} says “{source.span.of(compared.source.text)}”, "
        f"the {there} “{target.span.of(compared.target.text)}”"
    )


def _issue(
    name: str, severity: Severity, said: str, source: Figure | None, target: Figure | None
) -> Issue:
    here: tuple[Span, ...] = () if source is None else (source.span,)
    there: tuple[Span, ...] = () if target is None else (target.span,)
    return Issue(name, severity, said, here, there)


CHECK = Check(
    name="numbers",
    types=("number_lost", "number_changed", "number_added", "unit_changed", "date_changed"),
    covers=(
        "Numbers in digits and in words, ordinals, Roman numerals, fractions, percentages, "
        "amounts, measures, dates and times: each has its equal, however it is written."
    ),
    knows=knows,
    find=find,
)
