"""False friends: "actuellement" that became "actually"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from alignment.checks.check import SentencePair
from alignment.checks.language import table
from alignment.checks.tokens import Token, both_sides
from alignment.checks.translations import originals
from alignment.document import Issue
from alignment.lexemes import folded

# A text of more words is no sentence.
LONGEST = 200


def mistranslated(pair: SentencePair) -> Iterator[Issue]:
    """Words of the translation that only look like those of the original."""
    here, there = both_sides(pair)
    known = _false_friends(pair.languages.source)
    if not known or len(here) > LONGEST:
        return
    for token in there:
        beginnings = known.get(token.lexeme)
        friend = beginnings and _friend(here, beginnings)
        if friend and not _is_meant(token, friend, here, pair):
            said, says = friend.word.of(pair.source), token.word.of(pair.target)
            explanation = f"“{says}” looks like “{said}” and does not mean it"
            yield Issue("untranslated", "minor", explanation, (friend.word,), (token.word,))


@lru_cache(maxsize=16)
def _false_friends(language: str) -> Mapping[str, tuple[str, ...]]:
    """How the words begin that each word of the other language looks like."""
    listed = (table(language, "content") or {}).get("false_friends", {})
    return {word: tuple(map(folded, beginnings)) for word, beginnings in listed.items()}


def _friend(tokens: Sequence[Token], beginnings: tuple[str, ...]) -> Token | None:
    return next((each for each in tokens if each.lexeme.startswith(beginnings)), None)


def _is_meant(token: Token, friend: Token, here: Sequence[Token], pair: SentencePair) -> bool:
    """Whether another word of the original is what the translation says."""
    meant = originals(token.lexeme, pair.languages)
    return any(each.lexeme in meant for each in here if each.lexeme != friend.lexeme)
