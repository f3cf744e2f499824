"""What people marked by hand, to measure against: JSON Lines, an object a line.

Segmentation has `text` and `sentences` ([start, end] in code points); words
have `fr`, `en` (lists of words), `sure` and `possible` ([French word, English
word], from 0); beads have `fr`, `en` (lists of sentences) and `beads` ([French
sentence numbers, English sentence numbers]). Other fields are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn, TypeVar

from alignment.errors import AlignmentError
from alignment.scoring import Bead, WordLink
from alignment.span import Span

T = TypeVar("T")


class MalformedGold(AlignmentError):
    """A line of a gold file that can't be measured against."""

    def __init__(self, line: int, field: str, reason: str) -> None:
        super().__init__(f"line {line}: {field}: {reason}" if field else f"line {line}: {reason}")
        self.line = line
        self.field = field


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text and where its sentences stand."""

    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldWords:
    """Two sentences as words, and which of them are surely or possibly each other's."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    sure: frozenset[WordLink]
    possible: frozenset[WordLink]


@dataclass(frozen=True, slots=True)
class GoldBeads:
    """Two texts as sentences, and which of them translate each other."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The object on one line, whose fields are checked as they are taken."""

    line: int
    fields: dict[str, object]

    def wrong(self, field: str, reason: str) -> NoReturn:
        """Raises MalformedGold."""
        raise MalformedGold(self.line, field, reason)

    def string(self, field: str) -> str:
        """A field that is a string."""
        value = self._field(field)
        return value if isinstance(value, str) else self.wrong(field, f"{value!r} is not a string")

    def strings(self, field: str) -> tuple[str, ...]:
        """A field that is a list of strings."""
        values = self.items(field)
        for value in values:
            if not isinstance(value, str):
                self.wrong(field, f"{value!r} is not a string")
        return tuple(map(str, values))

    def items(self, field: str) -> Sequence[object]:
        """A field that is a list."""
        value = self._field(field)
        return value if isinstance(value, list) else self.wrong(field, f"{value!r} is not a list")

    def pairs(self, field: str) -> Iterator[tuple[object, object]]:
        """A field that is a list of pairs."""
        for value in self.items(field):
            if not isinstance(value, list) or len(value) != 2:
                self.wrong(field, f"{value!r} is not a pair")
            yield value[0], value[1]

    def number(self, field: str, value: object, below: int) -> int:
        """A whole number from 0 on, below a bound."""
        if type(value) is not int or not 0 <= value < below:
            bounds = f"from 0 to {below - 1}" if below else "of those there are: none"
            self.wrong(field, f"{value!r} is not a whole number {bounds}")
        return value

    def _field(self, field: str) -> object:
        if field not in self.fields:
            self.wrong(field, "is missing")
        return self.fields[field]


def articles(lines: str) -> list[GoldArticle]:
    """Segmentation gold. Raises MalformedGold."""
    return read_lines(lines, _article)


def words(lines: str) -> list[GoldWords]:
    """Word alignment gold; `possible` may be missing. Raises MalformedGold."""
    return read_lines(lines, _words)


def ladders(lines: str) -> list[GoldBeads]:
    """Sentence alignment gold. Raises MalformedGold."""
    return read_lines(lines, _beads)


def read_lines(lines: str, take: Callable[[Record], T]) -> list[T]:
    """What `take` makes of the object in each line. Raises MalformedGold, for no lines too."""
    found = []
    # Not splitlines: JSON may hold U+2028 as it is.
    for number, line in enumerate(lines.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except ValueError as error:
            raise MalformedGold(number, "", f"is no JSON: {error}") from error
        if not isinstance(fields, dict):
            raise MalformedGold(number, "", "is not a JSON object")
        found.append(take(Record(number, fields)))
    if not found:
        raise MalformedGold(1, "", "there is nothing to measure against")
    return found


def _article(record: Record) -> GoldArticle:
    text = record.string("text")
    spans = [
        Span(*(record.number("sentences", edge, len(text) + 1) for edge in pair))
        for pair in record.pairs("sentences")
    ]
    for span in spans:
        if span.start >= span.end:
            record.wrong("sentences", f"{list(span)} holds no character")
    for one, next_one in pairwise(spans):
        if next_one.start < one.end:
            record.wrong("sentences", f"{list(next_one)} begins before {list(one)} ends")
    return GoldArticle(text, tuple(spans))


def _words(record: Record) -> GoldWords:
    source, target = record.strings("fr"), record.strings("en")

    def links(field: str) -> frozenset[WordLink]:
        return frozenset(
            (record.number(field, i, len(source)), record.number(field, j, len(target)))
            for i, j in record.pairs(field)
        )

    possible = links("possible") if "possible" in record.fields else frozenset()
    return GoldWords(source, target, links("sure"), possible)


def _beads(record: Record) -> GoldBeads:
    source, target = record.strings("fr"), record.strings("en")

    def numbers(value: object, below: int) -> tuple[int, ...]:
        if not isinstance(value, list):
            record.wrong("beads", f"{value!r} is not a list of sentence numbers")
        return tuple(record.number("beads", each, below) for each in value)

    pairs = record.pairs("beads")
    beads = tuple((numbers(i, len(source)), numbers(j, len(target))) for i, j in pairs)
    return GoldBeads(source, target, beads)
