"""Single words that narrow, widen or colour what is said, left out or added.

Some are listed by language; others are adverbs and adjectives by their form, where the
lexicon translates them by words of the same form: "lentement", "slowly".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from alignment.checks.check import SentencePair
from alignment.checks.counterparts import ANSWERED, Carrier, Counterparts
from alignment.checks.language import table
from alignment.checks.length import longer
from alignment.checks.thesaurus import stem
from alignment.checks.thesaurus import translations as meanings
from alignment.checks.tokens import Token, both_sides, listed
from alignment.checks.translations import originals, translations
from alignment.document import Issue, Languages
from alignment.span import Span

# So many words of the other side may be without an answer themselves where one word is missed.
SPARE = 1
# Added to both lengths, and how much longer a translation is that says more, as a log.
STEADY = 10
LONGER = 0.1
# Shorter words are grammar.
SHORTEST = 4
# Of so many translations of an adverb, one must be an adverb.
LIKELIEST = 3


def telling(
    pair: SentencePair, found: Counterparts | None, told: Sequence[Issue]
) -> Iterator[Issue]:
    """The words of either side whose loss tells, and that nothing may translate."""
    lost, new = _lost_words(pair, found), _new_words(pair, found)
    if not (lost or new):
        return
    source, target = both_sides(pair)
    answered = {link.source for link in pair.links}
    answering = {link.target for link in pair.links}
    said = {stem(token.lexeme) for token in target}
    gone = [
        token.word
        for token in lost
        if token.word not in answered
        and (_meanings(token, pair) - _of_neighbours(token, pair)).isdisjoint(said)
    ]
    gone = _fresh(gone, [span for issue in told for span in issue.source_spans])
    if gone:
        says = f"nothing in the translation answers “{gone[0].of(pair.source)}”"
        yield Issue("omission", "minor", says, tuple(gone))
    meant = frozenset[str]().union(*(_meanings(token, pair) for token in source if new))
    added = [
        token.word
        for token in new
        if token.word not in answering and stem(token.lexeme) not in meant
    ]
    added = _fresh(added, [span for issue in told for span in issue.target_spans])
    if added:
        says = f"nothing in the original answers “{added[0].of(pair.target)}”"
        yield Issue("addition", "minor", says, (), tuple(added))


def _fresh(words: Sequence[Span], told: Sequence[Span]) -> list[Span]:
    """The words that no other issue tells of."""
    return [word for word in words if not any(word.overlaps(span) for span in told)]


def _lost_words(pair: SentencePair, found: Counterparts | None) -> list[Token]:
    here, there = (found.source, found.target) if found else ((), ())
    source = both_sides(pair)[0]
    spare = _unanswered(there)
    if spare > SPARE:
        return []
    words = _listed_words(source, pair.languages.source, here, spare)
    if not spare or longer(pair, STEADY) > 0:
        words += [each for each in _modifiers(source, pair.languages, True) if each not in words]
    return words


def _new_words(pair: SentencePair, found: Counterparts | None) -> list[Token]:
    here, there = (found.source, found.target) if found else ((), ())
    target = both_sides(pair)[1]
    spare = _unanswered(here)
    if spare > SPARE:
        return []
    words = _listed_words(target, pair.languages.target, there, spare)
    if not spare and longer(pair, STEADY) < -LONGER:
        words += [each for each in _modifiers(target, pair.languages, False) if each not in words]
    return words


def _unanswered(carriers: Sequence[Carrier]) -> int:
    return sum(each.answer != ANSWERED for each in carriers)


def _listed_words(
    sentence: Sequence[Token], language: str, own: Sequence[Carrier], spare: int
) -> list[Token]:
    """Those of the tables: the shading ones only where both sides answer each other."""
    known, shading = listed(language, "telling"), listed(language, "shading")
    plain = not spare and _unanswered(own) <= SPARE
    return [each for each in sentence if each.lexeme in known or (plain and each.lexeme in shading)]


def _modifiers(sentence: Sequence[Token], languages: Languages, source: bool) -> list[Token]:
    return [
        each
        for each in sentence
        if not each.capital and is_modifier(each.lexeme, languages, source)
    ]


@lru_cache(maxsize=16_384)
def is_modifier(lexeme: str, languages: Languages, source: bool) -> bool:
    """Whether a word of the source, or of the target, is an adverb or adjective on both sides."""
    own, other = languages.source, languages.target
    if not source:
        own, other = other, own
    if len(lexeme) < SHORTEST or lexeme in listed(own, "function") | listed(own, "loose"):
        return False
    adverb, adjective = _endings(own, "adverb_endings"), _endings(own, "adjective_endings")
    if not lexeme.endswith(adverb + adjective):
        return False
    likely = (translations if source else originals)(lexeme, languages)
    if adverb and lexeme.endswith(adverb):
        adverbs = _endings(other, "adverb_endings")
        return bool(adverbs) and any(each.endswith(adverbs) for each in likely[:LIKELIEST])
    return any(each.endswith(_endings(other, "adjective_endings")) for each in likely[:1])


@lru_cache(maxsize=16)
def _endings(language: str, name: str) -> tuple[str, ...]:
    return tuple((table(language, "content") or {}).get(name, "").split())


def _of_neighbours(token: Token, pair: SentencePair) -> frozenset[str]:
    """The stems of what the words right beside it are translated by, and it isn't itself.

    "Âgées" may be "people", but beside "personnes" that is what is left of the two.
    """
    own = {stem(each) for each in translations(token.lexeme, pair.languages)[:LIKELIEST]}
    source = both_sides(pair)[0]
    place = source.index(token)
    beside = (*source[max(place - 1, 0) : place], *source[place + 1 : place + 2])
    grammar = listed(pair.languages.source, "function")
    taken = {
        stem(each)
        for other in beside
        if other.lexeme not in grammar
        for each in translations(other.lexeme, pair.languages)[:1]
    }
    return frozenset(taken - own)


def _meanings(token: Token, pair: SentencePair) -> frozenset[str]:
    """The stems of what may translate a word, its own among them."""
    return meanings(token.lexeme, pair.languages) | {stem(token.lexeme)}
