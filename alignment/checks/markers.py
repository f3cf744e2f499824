"""Words and expressions that mean something to a check, found as exact spans.

A text is matched on its folded view (lower case, plain apostrophes and
hyphens, accents composed, soft hyphens and zero-width characters left out);
every folded character knows the characters that it stands for, so that a span
is always one of the text as submitted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from alignment.span import Span

SIGNS = str.maketrans({**dict.fromkeys("’‘ʼ＇", "'"), **dict.fromkeys("‐‑", "-")})
JOINERS = "\u00ad\u200b-\u200d\u2060\ufeff"
LIGATURES = "\ufb00-\ufb06"
# What a plain change of case would get wrong: a mark, a joiner or a ligature.
UNUSUAL = re.compile(f"[\u0300-\u036f{JOINERS}{LIGATURES}]")
JOINER = re.compile(f"[{JOINERS}]")
ELISION = "(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'"
TOKEN = re.compile(rf"{ELISION}|\w+|'(?:t|s|d|ll|re|ve|m)\b|[^\w\s]")
# Of so many words it is remembered which expressions they begin, if they are no longer than this.
REMEMBERED, LONGEST = 2_000, 30
# An entry is looked for under the first letters of its first word; a starred one has as many.
KEY = 3
BREAKS = frozenset(".!?;:…")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words and signs of a text, folded, and where each stands in the text itself.

    An elided word ends with its apostrophe ("n'" | "aurait"), a hyphen is a
    sign of its own, and so is an English ending ("do" | "n't" is "don" | "'t").
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    vocabulary: frozenset[str] = field(init=False, compare=False, repr=False)
    keys: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "vocabulary", frozenset(self.words))
        object.__setattr__(self, "keys", frozenset([word[:KEY] for word in self.words]))

    def between(self, first: int, last: int) -> Span:
        """From the start of the word `first` to the end of the word `last`, both numbers."""
        return Span(self.spans[first].start, self.spans[last].end)


@dataclass(frozen=True, slots=True)
class Found:
    """A marker in a reading: its kind, and the numbers of its first and last word."""

    kind: str
    first: int
    last: int


# The words of an expression, whether one has a star, and its kind.
Entry = tuple[tuple[str, ...], bool, str]


@dataclass(frozen=True, slots=True, eq=False)
class Markers:
    """Expressions by the first letters of their first words.

    `firsts` are their first words in full, `starred` the first letters of those with a star;
    `begun` has what words begin that were looked up and begin like one of them: few words do, so
    that it stays small.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    firsts: frozenset[str]
    starred: frozenset[str]
    begun: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    def beginning(self, word: str) -> tuple[Entry, ...]:
        """The expressions that a folded word may begin."""
        found = self.begun.get(word)
        if found is None:
            found = tuple(
                entry for entry in self.entries.get(word[:KEY], ()) if _matches(entry[0][0], word)
            )
            if len(self.begun) < REMEMBERED and len(word) <= LONGEST:
                self.begun[word] = found
        return found


@lru_cache(maxsize=8)
def reading(text: str) -> Reading:
    """The words and signs of `text`; the last few are kept, as several checks read each."""
    if UNUSUAL.search(text) is None:
        plain = text.translate(SIGNS).lower()
        if len(plain) == len(text):
            matches = list(TOKEN.finditer(plain))
            return Reading(
                tuple([match.group() for match in matches]),
                tuple([Span(*match.span()) for match in matches]),
            )
    plain, places = _composed(text)
    matches = list(TOKEN.finditer(plain))
    return Reading(
        tuple(match.group() for match in matches),
        tuple(Span(places[m.start()].start, places[m.end() - 1].end) for m in matches),
    )


def _composed(text: str) -> tuple[str, list[Span]]:
    """The folded view of any text, and the characters that each of its own stands for."""
    letters: list[str] = []
    places: list[Span] = []
    for offset, sign in enumerate(text):
        if JOINER.match(sign):
            continue
        if letters and unicodedata.combining(sign):
            whole = unicodedata.normalize("NFC", letters[-1] + sign)
            letters[-1] = whole if len(whole) == 1 else letters[-1]
            places[-1] = Span(places[-1].start, offset + 1)
            continue
        for letter in unicodedata.normalize("NFKC", sign) if sign > "\ufaff" else sign:
            lower = letter.translate(SIGNS).lower()
            letters.append(lower if len(lower) == 1 else letter)
            places.append(Span(offset, offset + 1))
    return "".join(letters), places


def markers(entries: Mapping[str, Sequence[str]]) -> Markers:
    """An index of expressions by their kind: `{"doubt": ["peut-être", "sembl*"]}`.

    A star stands for the rest of a word, after three letters or more. Of two
    entries at one place the one of more words is found, then the one without
    a star.
    """
    index: dict[str, list[Entry]] = {}
    firsts, starred = set[str](), set[str]()
    for kind, expressions in entries.items():
        for expression in expressions:
            parts = _parts(expression)
            key = parts[0].rstrip("*")[:KEY]
            entry = parts, any(part[-1] == "*" for part in parts), kind
            index.setdefault(key, []).append(entry)
            if parts[0][-1] == "*":
                starred.add(key)
            else:
                firsts.add(parts[0])
    ordered = {
        key: tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry[1])))
        for key, found in index.items()
    }
    return Markers(ordered, frozenset(firsts), frozenset(starred))


def _parts(expression: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in reading(expression).words:
        if part == "*":
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(parts)


def occurrences(read: Reading, index: Markers) -> Iterator[Found]:
    """The markers of a text in order; none overlaps another."""
    exact, alike = read.vocabulary & index.firsts, read.keys & index.starred
    if not exact and not alike:
        return
    words, free = read.words, 0
    for number, word in enumerate(words):
        if number >= free and (word in exact or word[:KEY] in alike):
            found = _at(words, number, index.beginning(word))
            if found:
                yield found
                free = found.last + 1


def _at(words: tuple[str, ...], number: int, entries: Sequence[Entry]) -> Found | None:
    for parts, starred, kind in entries:
        here = words[number : number + len(parts)]
        if here == parts or (
            starred and len(here) == len(parts) and all(map(_matches, parts, here))
        ):
            return Found(kind, number, number + len(parts) - 1)
    return None


def _matches(part: str, word: str) -> bool:
    return part == word or (part[-1] == "*" and word.startswith(part[:-1]))
