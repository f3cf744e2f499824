"""What somebody does by saying it: a hint must not become proof, nor a fear a hope."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences, reading
from alignment.checks.tokens import both_sides
from alignment.checks.translations import originals
from alignment.document import Issue
from alignment.span import Span

# A text of more words is no sentence; it may say anything somewhere else.
LONGEST = 120
# More acts than this aren't prose.
MOST = 10
# What each act must not become. What may well stand for it is in the target's table, so that a
# word that is in neither says nothing.
OTHERS: dict[str, tuple[str, ...]] = {
    "deny": ("admit", "confirm", "prove", "claim", "know", "praise", "promise", "accept"),
    "admit": ("deny", "claim", "doubt", "promise", "hope", "fear", "suspect", "accuse"),
    "confirm": ("deny", "doubt", "suspect", "claim", "hope", "fear", "suggest", "think"),
    "prove": ("suggest", "doubt", "deny", "claim", "hope", "fear", "suspect", "think"),
    "suggest": ("prove", "confirm", "deny", "admit", "know", "announce"),
    "think": ("prove", "confirm", "admit", "deny", "doubt", "hope", "fear", "know"),
    "claim": ("prove", "admit", "deny", "doubt", "hope", "fear", "suspect", "know", "wonder"),
    "say": ("deny", "prove", "doubt", "hope", "fear", "suspect", "threaten", "wonder"),
    "suspect": ("prove", "confirm", "know", "say", "claim", "admit", "deny", "accuse"),
    "doubt": ("think", "know", "say", "confirm", "prove", "admit", "hope", "promise"),
    "fear": (
        "hope",
        "say",
        "claim",
        "promise",
        "prove",
        "confirm",
        "praise",
        "know",
        "doubt",
        "enjoy",
    ),
    "hope": ("fear", "say", "claim", "promise", "confirm", "prove", "know", "doubt"),
    "warn": ("promise", "hope", "deny", "praise", "doubt", "suggest"),
    "promise": ("hope", "fear", "threaten", "deny", "suggest", "doubt", "ask"),
    "threaten": ("promise", "hope", "decide", "deny", "suggest"),
    "criticise": ("praise", "defend", "accept", "confirm", "admit", "promise", "suggest"),
    "praise": ("criticise", "fear", "doubt", "deny"),
    "annoy": ("praise", "enjoy", "hope"),
    "open": ("prove", "confirm", "admit", "deny", "know", "exclude", "announce"),
    "consider": ("decide", "promise", "order"),
    "wonder": ("say", "claim", "prove", "confirm", "know"),
    "advise": ("order",),
    "order": ("advise", "ask"),
    "ask": ("order",),
}
# These say that something is not so, which a negation says, too.
DENYING = ("deny", "doubt")


class Act(NamedTuple):
    """An act of the original, and another in its place."""

    source: Span
    target: Span


def mistaken_acts(pair: SentencePair) -> Iterator[Issue]:
    """The first act of the original that became another."""
    for act in islice(_mistaken(pair), 1):
        old, new = act.source.of(pair.source), act.target.of(pair.target)
        yield Issue(
            "attribution_changed",
            "minor",
            f"the original says “{old}”, the translation “{new}”",
            (act.source,),
            (act.target,),
        )


def _mistaken(pair: SentencePair) -> Iterator[Act]:
    here, there = reading(pair.source), reading(pair.target)
    if len(here.words) + len(there.words) > 2 * LONGEST:
        return
    done = list(islice(occurrences(here, _all_acts(pair.languages.source)), MOST))
    kinds = {each.kind for each in done}
    for act in done:
        if _is_answered(pair, there, act.kind):
            continue
        for other in OTHERS.get(act.kind, ()):
            new = None if other in kinds else _told(pair, there, other)
            if new:
                yield Act(here.between(act.first, act.last), new)
                break


@lru_cache(maxsize=4)
def _all_acts(language: str) -> Markers:
    listed: Any = table(language, "voices") or {}
    return markers(listed.get("acts", {}))


@lru_cache(maxsize=128)
def _words(language: str, section: str, kind: str) -> Markers:
    listed: Any = table(language, "voices") or {}
    return markers({kind: listed.get(section, {}).get(kind, ())})


def _is_answered(pair: SentencePair, there: Reading, kind: str) -> bool:
    """Whether the translation has any word that may say the same."""
    asked = [("acts", kind), *([("denied", "denied")] if kind in DENYING else [])]
    return any(
        next(occurrences(there, _words(pair.languages.target, section, name)), None)
        for section, name in asked
    )


def _told(pair: SentencePair, there: Reading, kind: str) -> Span | None:
    """Where the translation does what no other word of the original says."""
    lexemes = {token.lexeme for token in both_sides(pair)[0]}
    for found in occurrences(there, _words(pair.languages.target, "told", kind)):
        span = there.between(found.first, found.last)
        meant = [
            originals(token.lexeme, pair.languages)
            for token in both_sides(pair)[1]
            if span.overlaps(token.word)
        ]
        if lexemes.isdisjoint(word for words in meant for word in words):
            return span
    return None
