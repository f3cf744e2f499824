"""What a French sentence denies and restricts: "ne … pas", "ne … que", "sans", "refuser".

The two parts of a negation stand around its verb, or the second before the
first ("aucun accord n'a été signé"). A "ne" alone may deny ("n'ose"), or be
there for its sound: after "avant que", "de peur que", a comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from alignment.checks.language import table
from alignment.checks.markers import BREAKS, Found, Markers, Reading, markers, occurrences, reading
from alignment.span import Span

# Words from "ne" to what completes it, and from a comparative to its "que".
REACH = 14
COMPARED = 10
# Words from "ne" to the "que" of a restriction.
NEAR = 7
# Words before "ne" in which its subject or its conjunction stands.
BACK = 12
IDIOMS = ("neutral", "affirming")

Kind = Literal[
    "clause",  # "ne … pas", "personne ne"
    "bare",  # "ne" alone
    "free",  # "sans", "pas" without "ne"
    "loose",  # "ni", "rien": may be translated by anything
    "neutral",  # "n'importe": nothing negative about it
    "restriction",  # "ne … que"
    "only",  # "seulement"
    "denying",  # "refuser", "impossible"
    "lacking",  # "manquer", "insuffisant": easily turned round
    "affirming",  # "ne cesse de"
    "undone",  # "oublier": where it is denied, a translation may well affirm
    "absorbing",  # "rare", "avant que": a translation may well make a negation of it
]


@dataclass(frozen=True, slots=True)
class Negation:
    """Words that deny or restrict, as spans in code points: "n'" and "pas" are two."""

    kind: Kind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Grammar:
    particles: frozenset[str]
    closers: frozenset[str]
    plain_closers: frozenset[str]
    adverbs: frozenset[str]
    joining: frozenset[str]
    before: frozenset[str]
    restriction: frozenset[str]
    bare_verbs: frozenset[str]
    steps_after: frozenset[str]
    comparatives: frozenset[str]
    expletive: Markers
    expressions: Markers


@lru_cache(maxsize=16)
def _grammar(language: str) -> _Grammar | None:
    data: Any = table(language, "negation")
    if not data or "source" not in data:
        return None
    source = data["source"]
    return _Grammar(
        particles=frozenset(source["particles"]),
        closers=frozenset(source["closers"]),
        plain_closers=frozenset(source["plain_closers"]),
        adverbs=frozenset(source["adverbs"]),
        joining=frozenset(source["joining"]),
        before=frozenset(source["before"]),
        restriction=frozenset(source["restriction"]),
        bare_verbs=frozenset(source["bare_verbs"]),
        steps_after=frozenset(source["steps_after"]),
        comparatives=frozenset(source["comparatives"]),
        expletive=markers({"expletive": source["expletive"]}),
        expressions=markers(data["expressions"]),
    )


def is_known(language: str) -> bool:
    """Whether there is data on how `language` denies."""
    return _grammar(language) is not None


def negations(text: str, language: str = "fr") -> tuple[Negation, ...]:
    """What `text` denies and restricts, in order; nothing for a language without data."""
    grammar = _grammar(language)
    if grammar is None:
        return ()
    read = reading(text)
    expressions = list(occurrences(read, grammar.expressions))
    taken: set[int] = set()
    for each in expressions:
        if each.kind in IDIOMS:
            taken.update(range(each.first, each.last + 1))
    found = list(_of_particles(text, read, grammar, taken))
    for each in expressions:
        free = taken.isdisjoint(range(each.first, each.last + 1)) or each.kind in IDIOMS
        if free and not _is_step(read, each, grammar):
            kind: Any = each.kind
            found.append((each.first, Negation(kind, (read.between(each.first, each.last),))))
    return tuple(negation for _, negation in sorted(found, key=lambda pair: pair[0]))


def _is_step(read: Reading, found: Found, grammar: _Grammar) -> bool:
    """Whether "pas" is a step: it is no negation after "un" or "premier"."""
    words = read.words
    return (
        words[found.first] in grammar.plain_closers
        and words[max(found.first - 1, 0)] in grammar.steps_after
    )


def _is_name(text: str, particle: Span) -> bool:
    """Whether "N'" begins a name: "N'Djamena"."""
    following = text[particle.end : particle.end + 2]
    return text[particle.start] == "N" and following[:1].isupper() and following[1:].islower()


def _of_particles(
    text: str, read: Reading, grammar: _Grammar, taken: set[int]
) -> Iterator[tuple[int, Negation]]:
    """The negations that a particle begins; `taken` gains the words that they use up."""
    for number, word in enumerate(read.words):
        if word not in grammar.particles or number in taken or _is_name(text, read.spans[number]):
            continue
        kind, others = _completed(read, number, grammar, taken)
        taken.update((number, *others))
        if kind:
            spans = tuple(read.spans[each] for each in sorted({number, *others}))
            yield number, Negation(kind, spans)


def _completed(
    read: Reading, number: int, grammar: _Grammar, taken: set[int]
) -> tuple[Kind | None, tuple[int, ...]]:
    """What the particle at `number` does, and the numbers of the words that complete it."""
    words = read.words
    subject = _subject(words, number, grammar, taken)
    for place in range(number + 1, min(number + REACH, len(words))):
        word = words[place]
        if word in BREAKS or word in grammar.particles:
            break
        if word in grammar.closers and place not in taken:
            return _closed(read, number, place, grammar)
        if word in grammar.restriction and number + 1 < place <= number + NEAR and not subject:
            return (None, ()) if _is_expletive(read, number, grammar) else ("restriction", (place,))
    if subject:
        # "jamais … ni ne": the first negation has been counted.
        again = subject == (number - 1,) and words[number - 1] in grammar.joining
        return ("loose" if again else "clause"), subject
    if _is_expletive(read, number, grammar):
        return None, ()
    verb = words[number + 1 : number + 4]
    return ("clause" if grammar.bare_verbs.intersection(verb) else "bare"), ()


def _closed(
    read: Reading, number: int, place: int, grammar: _Grammar
) -> tuple[Kind | None, tuple[int, ...]]:
    """The same where the word at `place` completes the particle: "n'a plus", "n'a plus que"."""
    words = read.words
    if words[place] in grammar.adverbs and _is_expletive(read, number, grammar):
        return None, ()  # "avant qu'il ne parte plus tard"
    if words[place] not in grammar.plain_closers and not grammar.restriction.isdisjoint(
        words[place + 1 : place + 2]
    ):
        return "restriction", (place, place + 1)
    asks = "-" in words[number:place] and "?" in words[place : place + 3 * REACH]
    return ("loose" if asks else "clause"), (place,)


def _subject(
    words: Sequence[str], number: int, grammar: _Grammar, taken: set[int]
) -> tuple[int, ...]:
    """The negative word before the particle: "personne ne", "aucun accord n'"."""
    for place in range(number - 1, max(number - BACK, 0) - 1, -1):
        if words[place] in BREAKS:
            break
        if words[place] in grammar.before and place not in taken:
            return (place,)
    return ()


def _is_expletive(read: Reading, number: int, grammar: _Grammar) -> bool:
    """Whether the particle denies nothing: "avant qu'il ne parte", "plus qu'il ne faut"."""
    first = max(number - BACK, 0)
    before = Reading(read.words[first:number], read.spans[first:number])
    if any(True for _ in occurrences(before, grammar.expletive)):
        return True
    words = before.words
    ques = [place for place, word in enumerate(words) if word in grammar.restriction]
    return bool(ques) and any(
        word in grammar.comparatives for word in words[max(ques[-1] - COMPARED, 0) : ques[-1]]
    )
