"""Words that the translation says again and the original does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from alignment.checks.check import Check, SentencePair
from alignment.checks.language import table
from alignment.checks.loops import loops
from alignment.checks.thesaurus import stem, translations
from alignment.checks.tokens import Token, both_sides, listed
from alignment.document import Issue, Languages, Severity
from alignment.span import Span

# The longest phrase, in lexemes, that is looked for a second time right behind itself.
LONGEST = 12
# Said twice in a row, a phrase of so many lexemes is no slip of the pen.
PHRASE = 3
# Said again further on, it is so many lexemes long and has so many words that carry meaning;
# from LONG on, nobody says it twice.
NGRAM = 5
CARRIERS = 3
LONG = 8

# No sentence has more lexemes; of a line without end, only the beginning is read.
READ = 500
# A piece of a word three times over, and once more as a rule: "lelelele".
STUTTER = re.compile(r"([^\W\d_]{2,4})\1{3}")


class Echo(NamedTuple):
    """Lexemes from `first` on, `size` of them, that come again at `again`."""

    first: int
    again: int
    size: int


def find(pair: SentencePair) -> Iterator[Issue]:
    """Loops, doubled words, phrases said twice; the worst of them alone."""
    source, target = both_sides(pair)
    stutter = STUTTER.search(pair.target)
    if stutter and not STUTTER.search(pair.source):
        yield _issue(pair, "major", "stutters", (Span(*stutter.span()),))
        return
    own = [each.lexeme for each in source[:READ]]
    said = [each.lexeme for each in target[:READ]]
    couples = list(pairwise(said))
    if len(set(couples)) == len(couples) and all(one != other for one, other in couples):
        return
    if loops(own, said):
        yield _issue(pair, "major", "goes round in a circle", (_circle(target[:READ]),))
        return
    echo = _at_once(said)
    if echo and not _at_once(own) and not _is_old(echo, pair, source, target):
        severity: Severity = "major" if echo.size >= PHRASE else "minor"
        yield _issue(pair, severity, "says the same twice in a row", _spans(target, echo))
        return
    again = _further_on(said)
    if again and _is_new(again, pair, source, target):
        severity = "major" if again.size >= LONG else "minor"
        yield _issue(pair, severity, "says again", _spans(target, again))
        return
    doubled = _doubled(target, pair.target, pair.languages.target)
    if doubled and not _doubled(source, pair.source, pair.languages.source):
        yield _issue(pair, "minor", "doubles a word", doubled)


def _issue(pair: SentencePair, severity: Severity, does: str, spans: tuple[Span, ...]) -> Issue:
    said = spans[-1].of(pair.target)
    explanation = f"the translation {does}, where the original does not: “{said[:60]}”"
    return Issue("repetition", severity, explanation, (), spans)


def _circle(target: Sequence[Token]) -> Span:
    """From the first to the last of the couples of lexemes that come more than once."""
    couples = [(one.lexeme, other.lexeme) for one, other in pairwise(target)]
    times = Counter(couples)
    places = [place for place, couple in enumerate(couples) if times[couple] > 1]
    return Span(target[places[0]].word.start, target[places[-1] + 1].word.end)


def _at_once(said: Sequence[str]) -> Echo | None:
    """The longest phrase, of two lexemes or more, that comes again right behind itself."""
    best = None
    for period in range(2, LONGEST + 1):
        run = 0
        for place in range(period, len(said)):
            run = run + 1 if said[place] == said[place - period] else 0
            if run == period and said[place] != said[place - 1]:
                best = Echo(place - 2 * period + 1, place - period + 1, period)
                break
    return best


def _further_on(said: Sequence[str]) -> Echo | None:
    """The longest phrase of NGRAM lexemes or more that comes twice without overlapping."""
    first: dict[tuple[str, ...], int] = {}
    best = None
    place = 0
    while place + NGRAM <= len(said):
        start = first.setdefault(tuple(said[place : place + NGRAM]), place)
        size = 0
        if start + NGRAM <= place:
            while place + size < len(said) and start + size < place:
                if said[start + size] != said[place + size]:
                    break
                size += 1
            if best is None or size > best.size:
                best = Echo(start, place, size)
        place += max(1, size)
    return best


def _is_new(
    echo: Echo, pair: SentencePair, source: Sequence[Token], target: Sequence[Token]
) -> bool:
    """Whether a phrase is telling enough, and the original does not say it twice as well."""
    return len(_carriers(echo, pair, target)) >= CARRIERS and not _is_old(
        echo, pair, source, target
    )


def _is_old(
    echo: Echo, pair: SentencePair, source: Sequence[Token], target: Sequence[Token]
) -> bool:
    """Whether the original says most of a phrase twice as well."""
    said = _carriers(echo, pair, target)
    may = [(stem(token.lexeme), translations(token.lexeme, pair.languages)) for token in source]
    twice = sum(
        sum(stem(each) == own or stem(each) in found for own, found in may) > 1 for each in said
    )
    return bool(said) and 2 * twice >= len(said)


def _carriers(echo: Echo, pair: SentencePair, target: Sequence[Token]) -> set[str]:
    said = {token.lexeme for token in target[echo.again : echo.again + echo.size]}
    return said - listed(pair.languages.target, "function")


def _spans(target: Sequence[Token], echo: Echo) -> tuple[Span, ...]:
    starts = (echo.first, echo.again)
    return tuple(
        Span(target[start].word.start, target[start + echo.size - 1].word.end) for start in starts
    )


def _doubled(sentence: Sequence[Token], text: str, language: str) -> tuple[Span, ...]:
    """Words that stand twice with nothing but white space between them."""
    meant = listed(language, "doubled")
    return tuple(
        Span(one.word.start, other.word.end)
        for one, other in pairwise(sentence)
        if one.lexeme == other.lexeme
        and one.word.end - one.word.start == other.word.end - other.word.start
        and one.word != other.word
        and one.lexeme.isalpha()
        and one.lexeme not in meant
        and text[one.word.end : other.word.start].isspace()
    )


def knows(languages: Languages) -> bool:
    """Whether there is a table of both languages."""
    return all(table(each, "content") for each in (languages.source, languages.target))


CHECK = Check(
    name="repetition",
    types=("repetition",),
    covers="doubled words, phrases said twice and loops that the original does not have",
    knows=knows,
    find=find,
)
