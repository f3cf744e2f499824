"""Quotation marks: what is quoted in the one language is quoted in the other, word for word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from alignment.checks.check import Check, SentencePair
from alignment.checks.language import table
from alignment.checks.quotes import Quote, quotes
from alignment.checks.speech import marked, reports
from alignment.checks.tokens import Token, both_sides
from alignment.checks.translations import originals, translations
from alignment.document import Issue, Languages
from alignment.span import Span, touching

# Words of fewer letters stand anywhere.
SHORTEST = 4
# A quotation stands alone where two of its words at least, and this share of them, are known
# to have their counterparts outside of all quotes.
KNOWN = 0.2
# More words than this aren't followed one by one.
MOST = 400
MOST_PLACES = 20
# So much of a quotation is shown in an explanation, in code points.
SHOWN = 60
# Fewer words in quotes are a title, or a word held at arm's length.
SPEECH = 6
PHRASE = 4
# What names a thing rather than quotes anybody.
TERM = re.compile(r"\b(?:as|called|termed|dubbed|named|nicknamed|entitled|titled|term|phrase)\s*$")
# With any such word the translation still leaves it to a speaker.
TELLING = ("according", "speech", "factive", "opinion", "loose")


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a pair: its tokens, its quotes, and where each of its lexemes stands."""

    text: str
    tokens: tuple[Token, ...]
    quotes: tuple[Quote, ...]
    places: Mapping[str, tuple[Span, ...]]

    def is_quoted(self, span: Span) -> bool:
        """Whether a word stands in quotes."""
        return any(quote.inside.contains(span) for quote in self.quotes)


def knows(languages: Languages) -> bool:
    """Whether the marks of both languages are known."""
    return all(
        table(each, "punctuation") is not None for each in (languages.source, languages.target)
    )


def find(pair: SentencePair) -> Iterator[Issue]:
    """Quotes that the translation dropped, put in, or drew around other words."""
    here = quotes(pair.source, pair.languages.source)
    there = quotes(pair.target, pair.languages.target)
    if not here and not there:
        return
    if not pair.source_words or not pair.target_words:
        return
    tokens = both_sides(pair)
    source, target = _side(pair.source, tokens[0], here), _side(pair.target, tokens[1], there)
    lost = [quote for quote in here if quote.whole and _is_alone(quote, source, target, pair, True)]
    added = [
        quote for quote in there if quote.whole and _is_alone(quote, target, source, pair, False)
    ]
    yield from (_lost(pair, source, quote) for quote in lost)
    if not _speaks(pair):
        yield from (_added(pair, target, quote) for quote in added)
    if len(here) == len(there) == 1 and not lost and not added:
        yield from _moved(source, target, pair)


def _side(text: str, tokens: tuple[Token, ...], found: tuple[Quote, ...]) -> Side:
    places: dict[str, tuple[Span, ...]] = {}
    for token in tokens:
        known = places.get(token.lexeme, ())
        if len(known) < MOST_PLACES:
            places[token.lexeme] = (*known, token.word)
    return Side(text, tokens, found, places)


def _is_alone(quote: Quote, mine: Side, other: Side, pair: SentencePair, is_source: bool) -> bool:
    """Whether what is quoted on one side isn't on the other: no marks, or around other words."""
    if not other.quotes:
        return True
    known = [
        any(other.is_quoted(span) for span in spans)
        for token in _inside(mine, quote)
        if (spans := _counterparts(token, other, pair, is_source))
    ]
    count = sum(1 for _ in touching(_words(pair, is_source), quote.inside))
    return not any(known) and len(known) >= max(min(2, count), KNOWN * count)


def _inside(side: Side, quote: Quote) -> tuple[Token, ...]:
    """The words in a quotation that are long enough to follow."""
    first = bisect_left(side.tokens, quote.inside.start, key=lambda token: token.word.start)
    last = bisect_left(side.tokens, quote.inside.end, key=lambda token: token.word.start)
    inside = (token for token in side.tokens[first:last] if len(token.lexeme) >= SHORTEST)
    return tuple(islice(inside, MOST))


def _words(pair: SentencePair, is_source: bool) -> tuple[Span, ...]:
    return pair.source_words if is_source else pair.target_words


def _counterparts(token: Token, other: Side, pair: SentencePair, is_source: bool) -> list[Span]:
    """Where the other text has a word of the same meaning, spelling, or link."""
    same = {token.lexeme}
    same.update((translations if is_source else originals)(token.lexeme, pair.languages))
    linked = pair.answering(token.word) if is_source else pair.answered(token.word)
    return [*linked, *(span for lexeme in same for span in other.places.get(lexeme, ()))]


def _moved(source: Side, target: Side, pair: SentencePair) -> Iterator[Issue]:
    """A word next to a mark, on its other side in the translation."""
    here, there = source.quotes[0], target.quotes[0]
    if not (here.whole and there.whole) or len(source.tokens) + len(target.tokens) > MOST:
        return
    out = _across(source, target, here, there, pair, True)
    into = _across(target, source, there, here, pair, False)
    if out:
        yield Issue(
            "quotation_lost",
            "minor",
            f"“{out[0].of(source.text)}” is within the quotation in the original, "
            f"and outside of it in the translation",
            (out[0],),
            (out[1],),
        )
    if into:
        yield Issue(
            "quotation_added",
            "minor",
            f"“{into[0].of(target.text)}” is within the quotation in the translation, "
            f"and outside of it in the original",
            (into[1],),
            (into[0],),
        )


def _across(
    mine: Side, other: Side, quote: Quote, rival: Quote, pair: SentencePair, is_source: bool
) -> tuple[Span, Span] | None:
    """A word within `quote` whose only counterpart is outside of `rival`; both, or None."""
    for token in _inside(mine, quote):
        if len(mine.places[token.lexeme]) > 1:
            continue
        spans = _counterparts(token, other, pair, is_source)
        if len(set(spans)) == 1 and not rival.span.overlaps(spans[0]):
            return token.word, spans[0]
    return None


def _speaks(pair: SentencePair) -> bool:
    """Whether the original opens with the dash of a speaker."""
    listed = table(pair.languages.source, "punctuation") or {}
    first = pair.source.lstrip()[:1]
    return bool(first) and first in listed.get("dialogue", "")


def _lost(pair: SentencePair, side: Side, quote: Quote) -> Issue:
    """What was quoted and is now told, with the speaker still named, is a change of style."""
    told = marked(pair.target, pair.languages.target, *TELLING)
    grave = not told and _words_inside(side, quote, pair.source_words) >= SPEECH
    return Issue(
        "quotation_lost",
        "major" if grave and not _is_all(side, quote) else "minor",
        f"“{_shown(side, quote)}” is quoted in the original, and not in the translation",
        quote.marks,
    )


def _added(pair: SentencePair, side: Side, quote: Quote) -> Issue:
    told = any(True for _ in reports(pair.source, pair.languages.source))
    # What follows "known as" is a term and nobody's words.
    told = told or TERM.search(side.text, 0, quote.span.start) is not None
    grave = not told and _words_inside(side, quote, pair.target_words) >= PHRASE
    return Issue(
        "quotation_added",
        "major" if grave and not _is_all(side, quote) else "minor",
        f"“{_shown(side, quote)}” is quoted in the translation, and not in the original",
        (),
        quote.marks,
    )


def _words_inside(side: Side, quote: Quote, words: Sequence[Span]) -> int:
    """How many words are quoted; none where most have a capital, as in a title."""
    inside = [side.text[word.start] for word in touching(words, quote.inside)]
    large = sum(letter.isupper() or letter.isdigit() for letter in inside)
    return len(inside) if 2 * large < len(inside) else 0


def _is_all(side: Side, quote: Quote) -> bool:
    """Whether the whole text is quoted: the sentences around it may well say by whom."""
    return not any(
        sign.isalnum() for sign in side.text[: quote.span.start] + side.text[quote.span.end :]
    )


def _shown(side: Side, quote: Quote) -> str:
    inside = quote.inside.of(side.text).strip()
    return inside if len(inside) <= SHOWN else f"{inside[:SHOWN].rstrip()}…"


CHECK = Check(
    name="quotation",
    types=("quotation_lost", "quotation_added"),
    covers="quotation marks of every kind, nested and half open, and which words they hold",
    knows=knows,
    find=find,
)
