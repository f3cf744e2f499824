"""Which words of a sentence the other sentence answers, as far as a lexicon can tell.

A word is answered where any word of the other side may translate it or is
spelt alike. That asks little, on purpose: what is still unanswered is worth
counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.thesaurus import loose_translations, stem, thesaurus, translations
from alignment.checks.tokens import Token, both_sides, listed
from alignment.document import Languages
from alignment.span import Span

# A word of fewer letters carries nothing that could be missed.
SHORTEST = 3
UNANSWERED, PERHAPS, ANSWERED = range(3)
# What a word that is unanswered, perhaps answered or answered says for its being left out: about
# the log of how often that is so in pairs that do not belong together (61, 30 and 9 % of words)
# over how often in translations (8, 9 and 83 %; newstest2013 and FLORES dev).
WEIGHTS = (2.0, 1.2, -2.2)


class Carrier(NamedTuple):
    """A word that carries meaning: no grammar, no number.

    `answer` is how well the other side answers it; `common` is whether it is a
    word of the dictionary rather than a name.
    """

    lexeme: str
    word: Span
    answer: int
    common: bool

    @property
    def weight(self) -> float:
        """What the word says for its being left out, in log-odds."""
        return WEIGHTS[self.answer]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The words that carry meaning on both sides, in order."""

    source: tuple[Carrier, ...]
    target: tuple[Carrier, ...]


def counterparts(pair: SentencePair) -> Counterparts | None:
    """What is answered on either side of a pair; None where there is no lexicon.

    A link is an answer, where the pair has links.
    """
    found = worded(pair)
    if found is None or not pair.links:
        return found
    sources = {link.source for link in pair.links}
    targets = {link.target for link in pair.links}
    return Counterparts(_linked(found.source, sources), _linked(found.target, targets))


def _linked(carriers: Iterable[Carrier], linked: Set[Span]) -> tuple[Carrier, ...]:
    return tuple(
        carrier._replace(answer=ANSWERED) if carrier.word in linked else carrier
        for carrier in carriers
    )


# Several checks ask for the same pair one after the other.
@lru_cache(maxsize=8)
def worded(pair: SentencePair) -> Counterparts | None:
    """The same by the words alone: a model links whatever stands in the same place."""
    here, there = both_sides(pair)
    languages = pair.languages
    if thesaurus(languages) is None:
        return None
    stems = frozenset(stem(token.lexeme) for token in there)
    answers = []
    asked: dict[str, int] = {}
    for token in here:
        level, found = _answer(token.lexeme, languages, stems)
        answers.append(level)
        for each in found:
            asked[each] = max(asked.get(each, UNANSWERED), level)
    backwards = [asked.get(stem(token.lexeme), UNANSWERED) for token in there]
    return Counterparts(
        _carriers(here, answers, languages.source), _carriers(there, backwards, languages.target)
    )


def _answer(lexeme: str, languages: Languages, stems: frozenset[str]) -> tuple[int, frozenset[str]]:
    """How well a source word is answered, and by which stems of the target."""
    near = translations(lexeme, languages) & stems
    own = stem(lexeme)
    if own in stems and own not in near:
        near |= {own}
    if near:
        return ANSWERED, near
    far = loose_translations(lexeme, languages) & stems
    return (PERHAPS, far) if far else (UNANSWERED, far)


def _carriers(
    sentence: Sequence[Token], answers: Sequence[int], language: str
) -> tuple[Carrier, ...]:
    grammar = listed(language, "function")
    return tuple(
        Carrier(token.lexeme, token.word, answer, not token.capital)
        for token, answer in zip(sentence, answers, strict=True)
        if token.lexeme not in grammar and len(token.lexeme) >= SHORTEST and token.lexeme.isalpha()
    )
