"""Words that change what a sentence says, found by the sense that they have in common.

The tables `languages/LANGUAGE/senses.toml` give each sense the words that say
it in one language, and those that are also an answer to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from alignment.checks.language import table
from alignment.checks.tokens import Token, phrase
from alignment.document import Severity
from alignment.span import Span

# Stands for a number in an expression.
NUMBER = "#"


class Expression(NamedTuple):
    """The rest of an expression behind its first word, and what it means.

    `says` is whether it says the sense itself; otherwise it only answers it.
    """

    rest: tuple[str, ...]
    sense: str
    says: bool


class Entry(NamedTuple):
    """The senses that a lexeme answers and says by itself, and the expressions that it begins.

    `longer` has them by their second word, `patterned` those where that may be one of many.
    """

    answers: frozenset[str]
    says: tuple[str, ...]
    longer: Mapping[str, Sequence[Expression]]
    patterned: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Senses:
    """The expressions of a language by their first word, or what it begins with.

    `severities` are those of a sense's being lost, `opposites` has each pole's
    opposite and how grave it is that the one stands for the other.
    """

    whole: Mapping[str, Sequence[Expression]]
    begun: Mapping[str, Sequence[Expression]]
    sizes: tuple[int, ...]
    numbers: frozenset[str]
    severities: Mapping[str, Severity]
    opposites: Mapping[str, tuple[str, Severity]]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Where each sense is said in a sentence, and which ones anything there answers."""

    said: Mapping[str, Sequence[Span]]
    answered: frozenset[str]


@lru_cache(maxsize=16)
def senses(language: str) -> Senses | None:
    """The senses that a language has a table of, None where it has none."""
    found = table(language, "senses")
    if found is None:
        return None
    entries = [*found["sense"], *found["pole"]]
    whole: dict[str, list[Expression]] = defaultdict(list)
    begun: dict[str, list[Expression]] = defaultdict(list)
    for first, expression in _expressions(entries, language):
        if first.endswith("*"):
            begun[first[:-1]].append(expression)
        else:
            whole[first].append(expression)
    return Senses(
        whole=whole,
        begun=begun,
        sizes=tuple(sorted({len(beginning) for beginning in begun})),
        numbers=frozenset(found["numbers"]),
        severities={each["name"]: each.get("severity", "major") for each in found["sense"]},
        opposites={
            each["name"]: (each["opposite"], each.get("severity", "major"))
            for each in found["pole"]
        },
    )


def _expressions(
    entries: Sequence[Mapping[str, Any]], language: str
) -> Iterator[tuple[str, Expression]]:
    for entry in entries:
        for key in ("says", "also"):
            for text in entry[key]:
                first, *rest = phrase(text, language)
                yield first, Expression(tuple(rest), entry["name"], key == "says")


def mentioned(sentence: Sequence[Token], language: str) -> Mentioned:
    """The senses that a sentence mentions, where the language has a table."""
    said: dict[str, list[Span]] = defaultdict(list)
    answered: set[str] = set()
    for number, token in enumerate(sentence):
        entry = entry_of(token.lexeme, language)
        if entry is None:
            continue
        answered |= entry.answers
        for sense in entry.says:
            said[sense].append(token.word)
        following = sentence[number + 1].lexeme if number + 1 < len(sentence) else ""
        for expression in (*entry.longer.get(following, ()), *entry.patterned):
            end = number + 1 + len(expression.rest)
            if _follows(expression.rest, sentence[number + 1 : end], language):
                answered.add(expression.sense)
                if expression.says:
                    said[expression.sense].append(_span(sentence, number, end, expression))
    return Mentioned(said, frozenset(answered))


@lru_cache(maxsize=16_384)
def entry_of(lexeme: str, language: str) -> Entry | None:
    """What a lexeme says and answers by itself, and the expressions that it begins."""
    known = senses(language)
    if known is None:
        return None
    found = [*known.whole.get(lexeme, ())]
    for size in known.sizes:
        found += known.begun.get(lexeme[:size], ()) if size <= len(lexeme) else ()
    alone = [each for each in found if not each.rest]
    if not found:
        return None
    plain = [each for each in found if each.rest and not _is_pattern(each.rest[0])]
    return Entry(
        frozenset(each.sense for each in alone),
        tuple(sorted({each.sense for each in alone if each.says})),
        {
            second: [each for each in plain if each.rest[0] == second]
            for second in {each.rest[0] for each in plain}
        },
        tuple(each for each in found if each.rest and _is_pattern(each.rest[0])),
    )


def _is_pattern(word: str) -> bool:
    return word == NUMBER or word.endswith("*")


def _follows(rest: Sequence[str], sentence: Sequence[Token], language: str) -> bool:
    return len(rest) == len(sentence) and all(
        _matches(pattern, token.lexeme, language)
        for pattern, token in zip(rest, sentence, strict=True)
    )


def _matches(pattern: str, lexeme: str, language: str) -> bool:
    if pattern == NUMBER:
        known = senses(language)
        return lexeme[:1].isdigit() or (known is not None and lexeme in known.numbers)
    return lexeme.startswith(pattern[:-1]) if pattern.endswith("*") else lexeme == pattern


def _span(sentence: Sequence[Token], first: int, end: int, expression: Expression) -> Span:
    """The expression's own words: a number only shows that it is meant."""
    last = end - 2 if expression.rest and expression.rest[-1] == NUMBER else end - 1
    return Span(sentence[first].word.start, sentence[last].word.end)
