"""Who says it: the words of a text by which it reports what somebody said, and who that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from alignment.checks.markers import Found, Reading, occurrences, reading
from alignment.checks.saying import reporting, vocabulary, voicing
from alignment.span import Span

Manner = Literal["according", "clause", "object", "opinion", "aside"]
AUXILIARIES = frozenset(
    {"a", "ai", "as", "ont", "avons", "avez", "avait", "avais", "avaient", "aurait", "auraient"}
    | {"avoir", "ayant", "eut", "eurent", "est", "sont", "été"}
)
COMPARED = frozenset({"comme"})
INVERTED = frozenset({"il", "elle", "on", "ils", "elles", "je"})
# So many words may stand between a verb and its "que", or between auxiliary and participle.
REACH = 5
BREAKS = frozenset(".!?;:…")
QUOTES = frozenset('«»“”"')
STOPS = QUOTES | frozenset(",()")
# What may stand between a verb of saying and its infinitive ("dit ne pas savoir"), and how those
# end; some nouns and adverbs do too.
CLITICS = frozenset({"ne", "n'", "pas", "plus", "jamais", "se", "s'", "y", "en"})
INFINITIVE = re.compile(r"\w+(?:er|oir|[^ao]ir|ndre|ttre|être|aître|[iu]re|ivre)")
NO_INFINITIVE = frozenset({"hier", "premier", "dernier", "soir", "cher", "lire"})
ARTICLES = frozenset(
    {"le", "la", "les", "l'", "un", "une", "ce", "cet", "cette", "ces", "son", "sa"}
)
# "Pour les syndicats, …": the comma stands within so many words.
HEAD = 9
# Who says it stands within so many words of the verb, or right beside it, or somewhere around.
FIRST, NEXT, FAR = 4, 2, 16
SUBJECT = 7
CLOSERS = frozenset("»”\"’',-–—")


@dataclass(frozen=True, slots=True)
class Report:
    """Words that attribute something, and where the one it is attributed to is named.

    `manner` is "according" for "selon", "clause" for a verb with "que",
    "object" for one that needs none, "opinion" for one of thinking, "aside" for a
    verb put in between ("a-t-il dit"). `source` is the stretch that may name the
    speaker.
    """

    manner: Manner
    span: Span
    verb: str
    source: Span


def reports(text: str, language: str) -> Iterator[Report]:
    """Where a text of a source language attributes what it says, in order."""
    read = reading(text)
    if headed := _heading(text, read, language):
        yield headed
    for found in occurrences(read, reporting(language)):
        span, verb = read.between(found.first, found.last), read.words[found.first]
        if found.kind == "according":
            yield Report("according", span, verb, _after(read, found.last, FIRST))
        elif found.kind != "manner" and (manner := _manner(read, found.first, found.kind)):
            source = _before(read, _verb_start(read.words, found.first), FIRST)
            if manner == "aside":
                source = _after(read, found.last, FIRST)
            yield Report(manner, span, verb, source)


def voices(text: str, language: str) -> Iterator[Report]:
    """Every verb of saying or thinking, however it is used, and its subject's stretch."""
    read = reading(text)
    for found in occurrences(read, voicing(language)):
        number = found.first
        if found.kind == "aside" or (
            read.words[number].endswith("é") and not _has_auxiliary(read.words, number)
        ):
            continue
        source = _subject(read, _verb_start(read.words, number))
        yield Report("object", read.between(number, found.last), read.words[number], source)


def _subject(read: Reading, number: int) -> Span:
    """What stands before a verb; where that is a comma, what stands before the words between."""
    if read.words[number - 1 : number] != (",",):
        return _before(read, number, SUBJECT)
    for place in range(number - 2, max(-1, number - 2 - HEAD), -1):
        if read.words[place] == ",":
            return _before(read, place, SUBJECT)
        if read.words[place] in BREAKS or read.words[place] in QUOTES:
            break
    return _before(read, number, SUBJECT)


def marked(text: str, language: str, *kinds: str) -> tuple[Span, ...]:
    """The words of some kinds of a language's table, in order within each kind."""
    read = reading(text)
    return tuple(
        read.between(found.first, found.last)
        for kind in kinds
        for found in _found(text, language, kind)
    )


# Who says it is asked of the same text in several ways.
@lru_cache(maxsize=16)
def _found(text: str, language: str, kind: str) -> tuple[Found, ...]:
    return tuple(occurrences(reading(text), vocabulary(language, kind)))


def speakers(text: str, language: str) -> Iterator[Span]:
    """The stretches next to the words of saying of a target language: who may have said it."""
    read = reading(text)
    for found in _found(text, language, "according"):
        yield _after(read, found.last, FIRST)
    for kind in ("speech", "factive"):
        for found in _found(text, language, kind):
            before = _before(read, found.first, NEXT)
            # Who says it follows the verb where a quotation or a comma stands before it.
            yield before if before.start < before.end else _after(read, found.last, NEXT)


def surroundings(text: str, language: str) -> Iterator[tuple[Span, Span]]:
    """All of what stands before and after the words of saying of a target language."""
    read = reading(text)
    for found in _found(text, language, "according"):
        after = _after(read, found.last, FAR)
        yield Span(after.start, after.start), after
    for kind in ("speech", "factive"):
        for found in _found(text, language, kind):
            yield _before(read, found.first, FAR, QUOTES), _after(read, found.last, FAR, QUOTES)


def _manner(read: Reading, number: int, kind: str) -> Manner | None:
    """How a verb of saying is used here; None where it says nothing."""
    words = read.words
    if words[number].endswith("é") and not _has_auxiliary(words, number):
        return None
    if _is_inverted(words, number):
        return "aside"
    if _has_clause(words, number):
        return "clause" if kind == "verb" else "opinion"
    if kind != "object" and _has_infinitive(words, number):
        return "object"
    before = _verb_start(words, number) - 1
    if before >= 0 and words[before] in CLOSERS and words[before] != "-":
        closed = words[before] != "," or before == 0 or words[before - 1] in CLOSERS
        if closed or _names(read, number):
            return "aside"
    return "object" if kind == "object" or _holds(words, number) else None


def _has_clause(words: Sequence[str], number: int) -> bool:
    """Whether "que" follows, soon and before the sentence ends."""
    for word in words[number + 1 : number + 1 + REACH]:
        if word in BREAKS:
            return False
        if word in ("que", "qu'"):
            return True
    return False


def _has_infinitive(words: Sequence[str], number: int) -> bool:
    """Whether the verb's clause is an infinitive: "affirme avoir vu", "dit ne pas savoir"."""
    after = [word for word in words[number + 1 : number + 5] if word not in CLITICS]
    return bool(after) and after[0] not in NO_INFINITIVE and bool(INFINITIVE.fullmatch(after[0]))


def _holds(words: Sequence[str], number: int) -> bool:
    """Whether "juge" says what somebody thinks of a thing, and isn't a judge."""
    before, after = words[max(0, number - 1) : number], words[number + 1 : number + 2]
    return (
        words[number] in ("juge", "jugent", "estime", "estiment")
        and bool(before and after)
        and before[0] not in ARTICLES | {"de", "d'", "du", "au", "par"}
        and after[0] in ARTICLES
    )


def _heading(text: str, read: Reading, language: str) -> Report | None:
    """ "Pour les syndicats, …" at the head of a sentence: what they think of it."""
    if read.words[:1] != ("pour",) or "," not in read.words[2:HEAD]:
        return None
    first = 2 if read.words[1] in ARTICLES else 1
    holders = occurrences(read, vocabulary(language, "holders"))
    is_holder = any(found.first in (first, first + 1) for found in holders)
    if not (is_holder or text[read.spans[first].start].isupper()):
        return None
    return Report("opinion", read.between(0, 0), "pour", _after(read, 0, FIRST))


def _has_auxiliary(words: Sequence[str], number: int) -> bool:
    return any(word in AUXILIARIES for word in words[max(0, number - REACH) : number])


def _is_inverted(words: Sequence[str], number: int) -> bool:
    """Whether the subject follows: "dit-il", "a-t-il déclaré", "comme le rappelle"."""
    after = [word for word in words[number + 1 : number + 5] if word not in ("-", "t")]
    if words[number + 1 : number + 2] == ("-",) and after and after[0] in INVERTED:
        return True
    if words[number - 1 : number] and COMPARED & set(words[max(0, number - 2) : number]):
        return True
    before = [word for word in words[max(0, number - 5) : number] if word not in ("-", "t")]
    return (
        len(before) > 1
        and before[-1] in INVERTED
        and before[-2] in AUXILIARIES
        and "-" in words[max(0, number - 5) : number]
    )


def _verb_start(words: Sequence[str], number: int) -> int:
    """The number of the auxiliary, or of the verb itself; "a aussitôt déclaré" is one verb."""
    for place in range(number - 1, max(-1, number - 4), -1):
        if words[place] in AUXILIARIES:
            return place - (words[place - 1 : place] == ("l'",))
        if words[place] in CLOSERS:
            break
    return number


def _names(read: Reading, number: int) -> bool:
    """Whether somebody is named right after the verb, as after "…, a déclaré le ministre"."""
    after = read.words[number + 1 : number + 2]
    return bool(after) and after[0] not in BREAKS and after[0] not in CLOSERS


def _after(read: Reading, number: int, reach: int, stops: frozenset[str] = STOPS) -> Span:
    """What follows within `reach` words, up to a comma, a quote or a stop."""
    last = number
    for place in range(number + 1, min(len(read.words), number + 1 + reach)):
        if read.words[place] in BREAKS or read.words[place] in stops:
            break
        last = place
    end = read.spans[last].end
    return Span(min(read.spans[number].end, end), end)


def _before(read: Reading, number: int, reach: int, stops: frozenset[str] = STOPS) -> Span:
    """What stands before within `reach` words, back to a comma, a quote or a stop."""
    first = number
    for place in range(number - 1, max(-1, number - 1 - reach), -1):
        if read.words[place] in BREAKS or read.words[place] in stops:
            break
        first = place
    return Span(read.spans[first].start, max(read.spans[first].start, read.spans[number].start))
