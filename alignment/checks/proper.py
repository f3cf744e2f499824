"""The proper names of a sentence: people, places, organisations, acronyms, and their people.

A capital in the middle of a sentence makes a name; at its start, where every
word has one, only what no dictionary has, or what another name follows.
Titles in capitals hold none that could be told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from alignment.checks.check import SentencePair
from alignment.checks.gazetteer import APOSTROPHES, listed, places
from alignment.checks.spelling import NEAR, key, nearness
from alignment.checks.tokens import Token, both_sides
from alignment.checks.tokens import listed as words_listed
from alignment.checks.translations import knows, originals, translations
from alignment.document import Languages, Side
from alignment.span import Span

# What may stand between two words of one name.
PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn"}
    | {"la", "le", "of", "ter", "ul", "van", "von", "y", "zu"}
)
OPENERS = frozenset('.!?…:;«“„"—–•*([\n\r\t-')
ROMAN = re.compile(r"[ivxlcdm]+(?:er?|re|eme|nd|de)?")
ORDINALS = frozenset({"ire", "ier"})
# What may stand without an article though it is no name.
PLURALS = {"en": "s"}
LONGEST_ACRONYM = 7
LONGEST_GAP = 12
# So many of the letters are capitals in a title that is written in them.
SHOUTED = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name, or what the gazetteer has as one.

    `meaning` is what the gazetteer says it means, `sure` whether it is a name
    beyond doubt: a capitalised word of the dictionary isn't. `likely` is a word
    that no dictionary has, though it stands where every word has a capital.
    """

    span: Span
    written: str
    lexemes: tuple[str, ...]
    meaning: str | None
    acronym: bool
    sure: bool
    likely: bool

    @property
    def longest(self) -> str:
        """The lexeme that it is told by."""
        return max(self.lexemes, key=len)


@dataclass(frozen=True, slots=True)
class Name:
    """Parts that stand together: "Dmitri" and "Kozak", "Croix-Rouge"."""

    parts: tuple[Part, ...]

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return Span(self.parts[0].span.start, self.parts[-1].span.end)


@dataclass(frozen=True, slots=True)
class _Side:
    """One text of a pair, as names are looked for in it."""

    text: str
    tokens: tuple[Token, ...]
    written: tuple[str, ...]
    languages: Languages
    side: Side

    @property
    def language(self) -> str:
        return self.languages.source if self.side == "source" else self.languages.target


# The names and the attribution check ask for the same two texts.
@lru_cache(maxsize=16)
def proper_names(pair: SentencePair, side: Side) -> tuple[Name, ...]:
    """The names in one text of a pair, in order."""
    text = pair.source if side == "source" else pair.target
    tokens, languages = both_sides(pair)[side == "target"], pair.languages
    written = tuple(token.word.of(text) for token in tokens)
    if _is_shouted(tokens, written):
        return ()
    here = _Side(text, tokens, written, languages, side)
    known = list(_places(here))
    taken = {word for _, words in known for word in words}
    found = [part for part, _ in known] + list(_others(here, taken))
    return tuple(_joined(text, sorted(found, key=lambda part: part.span)))


def _is_shouted(tokens: Sequence[Token], written: Sequence[str]) -> bool:
    large = sum(
        1
        for token, word in zip(tokens, written, strict=True)
        if token.capital and word[1:].isupper()
    )
    return len(tokens) > 2 and large > SHOUTED * len(tokens)


def _places(here: _Side) -> Iterator[tuple[Part, list[Span]]]:
    """What the gazetteer knows, each with the words that it takes."""
    lexemes = [token.lexeme for token in here.tokens]
    for place in places(lexemes, here.written, here.language):
        words = [token.word for token in here.tokens[place.first : place.last]]
        if _is_cut(here.tokens, place.first) or _is_cut(here.tokens, place.last):
            continue
        span = Span(words[0].start, words[-1].end)
        written = span.of(here.text)
        sure = written[0].isupper() and place.entry.capital != "none"
        names = place.entry.lexemes
        yield (
            Part(span, written, names, place.entry.meaning, _is_acronym(written), sure, sure),
            words,
        )


def _is_cut(tokens: Sequence[Token], number: int) -> bool:
    """Whether a word goes on across the border before a token: "France" in "Ouest-France"."""
    return 0 < number < len(tokens) and tokens[number - 1].word == tokens[number].word


def _others(here: _Side, taken: Collection[Span]) -> Iterator[Part]:
    """The other words with a capital that may be names."""
    titles, articles = listed(here.language, "titles"), listed(here.language, "articles")
    end, before, titled = 0, "", False
    for number, token in enumerate(here.tokens):
        if token.word.start < end:
            continue
        gap = here.text[end : token.word.start]
        if token.capital:
            starts = end == 0 or _starts(gap, len(before) == 1 or before in titles)
            if token.lexeme in articles:
                # "Le Havre", "Le Monde": an article with a capital makes a name of any word.
                titled = not starts
                end, before = token.word.end, token.lexeme
                continue
            if token.word not in taken and _may_name(token.lexeme, here.written[number], here):
                part = _part(here, number, starts, titled)
                if part.likely or not starts:
                    yield part
        end, before, titled = token.word.end, token.lexeme, False


def _may_name(lexeme: str, word: str, here: _Side) -> bool:
    if len(lexeme) < 2 or word[-1] in APOSTROPHES or word[-1].isdigit():
        return False
    if lexeme in listed(here.language, "ordinary"):
        return False
    return not (ROMAN.fullmatch(lexeme) and (word[:2].isupper() or lexeme in ORDINALS))


def _starts(gap: str, titled: bool) -> bool:
    """Whether a sentence or a quotation starts after what stands between two words."""
    return any(sign in OPENERS for sign in (gap.replace(".", "") if titled else gap))


def _part(here: _Side, number: int, starts: bool, titled: bool) -> Part:
    span, word = here.tokens[number].word, here.written[number]
    last = number + 1
    while last < len(here.tokens) and here.tokens[last].word == span:
        last += 1
    names = tuple(token.lexeme for token in here.tokens[number:last])
    acronym = _is_acronym(word)
    likely = acronym or any(_is_name(name, here.languages, here.side) for name in names)
    sure = likely
    if starts and not acronym:
        sure = likely and here.written[last : last + 1] != () and _is_large(here.written[last])
        if _is_given(here, number, last) or (
            (likely or here.side == "source") and _is_subject(here, number, last)
        ):
            likely = sure = True
    return Part(span, word, names, None, acronym, sure or titled, likely or titled)


def _is_given(here: _Side, number: int, last: int) -> bool:
    """Whether a surname follows a given name that is a word, too: "Claire Delmas"."""
    if last >= len(here.tokens) or not _is_large(here.written[last]):
        return False
    gap = here.text[here.tokens[number].word.end : here.tokens[last].word.start]
    return gap.isspace() and here.tokens[number].lexeme in listed(here.language, "given")


def _is_subject(here: _Side, number: int, last: int) -> bool:
    """Whether a verb follows a word without an article, as it does names: "Orange a annoncé"."""
    if last >= len(here.tokens) or number + 1 != last:
        return False
    after = here.tokens[last]
    verbs = listed(here.language, "finite")
    gap = here.text[here.tokens[number].word.end : after.word.start]
    return (
        gap.isspace()
        and (after.lexeme in verbs or _has(here, last))
        and not here.written[number].endswith(PLURALS.get(here.language, "?"))
        and here.tokens[number].lexeme not in words_listed(here.language, "function")
        and here.tokens[number].lexeme not in listed(here.language, "bare")
    )


def _has(here: _Side, number: int) -> bool:
    """Whether the word is "a", not "à", or "et" before "ses": lexemes are without accents."""
    after = [token.lexeme for token in here.tokens[number + 1 : number + 2]]
    written = here.written[number]
    return here.side == "source" and (
        written == "a" or (written == "et" and after in (["ses"], ["son"], ["sa"]))
    )


def _is_large(word: str) -> bool:
    return word[0].isupper() and word[-1] not in APOSTROPHES


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return 1 < len(letters) <= LONGEST_ACRONYM and letters.isupper() and letters.isalpha()


@lru_cache(maxsize=16_384)
def _is_name(lexeme: str, languages: Languages, side: Side) -> bool:
    """Whether no dictionary has the word, or has it as itself and nothing else."""
    if not knows(lexeme, languages, side):
        # A plural or a feminine that the dictionary lacks, of a word that it has.
        stem = lexeme.rstrip("s").removesuffix("e")
        return len(lexeme) > 2 and not any(
            knows(form, languages, side) and not _is_name(form, languages, side)
            for form in {lexeme.removesuffix("s"), stem, f"{stem}e"} - {lexeme}
        )
    others = translations(lexeme, languages) if side == "source" else originals(lexeme, languages)
    return bool(others) and all(nearness(key(other), key(lexeme)) >= NEAR for other in others)


def _joined(text: str, parts: Sequence[Part]) -> Iterator[Name]:
    together: list[Part] = []
    for part in parts:
        if together and not _is_one(text, together[-1], part):
            yield Name(tuple(together))
            together = []
        together.append(part)
    if together:
        yield Name(tuple(together))


def _is_one(text: str, part: Part, after: Part) -> bool:
    """Whether what stands between two capitalised words makes them one name."""
    start, end = part.span.end, after.span.start
    if end - start > LONGEST_GAP or not after.written[0].isupper():
        return False
    between = text[start:end].replace("-", " ").replace("’", " ").replace("'", " ").split()
    if between and (part.meaning or after.meaning):
        return False
    return all(
        word.lower() in PARTICLES or (len(word) == 2 and word[1] == "." and word[0].isupper())
        for word in between
    )
