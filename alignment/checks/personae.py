"""Who it is that speaks: a friend of the minister's is not the minister, nor are some all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.counterparts import ANSWERED, Carrier, worded
from alignment.checks.language import table
from alignment.checks.markers import Markers, Reading, markers, occurrences, reading
from alignment.checks.speech import Report, marked, speakers, surroundings, voices
from alignment.checks.thesaurus import stem, translations
from alignment.checks.tokens import Token, both_sides
from alignment.checks.translations import translations as likely
from alignment.document import Issue, Languages
from alignment.span import Span

# A text of more words is no sentence, and more speakers are no prose.
LONGEST = 120
MOST = 10
# Those who stand beside somebody by themselves; after the others comes a word for "of".
ADJECTIVES = frozenset({"former", "deputy", "source"})
# Letters of one who speaks that tell.
SHORTEST = 4


class Persona(NamedTuple):
    """What the original says of a speaker, and what stands for it, if anything does."""

    source: Span
    target: Span | None
    is_gone: bool


def mistaken_personae(pair: SentencePair, told: Sequence[Report]) -> Iterator[Issue]:
    """The first speaker who was made another one, or nobody."""
    for each in islice(_mistaken(pair, told), 1):
        old = each.source.of(pair.source)
        said = f"“{each.target.of(pair.target)}”" if each.target else "nobody of the kind"
        yield Issue(
            "attribution_lost" if each.is_gone else "attribution_changed",
            "minor",
            f"the original leaves it to “{old}”, the translation to {said}",
            (each.source,),
            (each.target,) if each.target else (),
        )


def _mistaken(pair: SentencePair, told: Sequence[Report]) -> Iterator[Persona]:
    here, there = reading(pair.source), reading(pair.target)
    if len(here.words) + len(there.words) > 2 * LONGEST:
        return
    spoken = islice(voices(pair.source, pair.languages.source), MOST)
    sources = [report.source for report in (*told[:MOST], *spoken)]
    if sources:
        around = islice(surroundings(pair.target, pair.languages.target), MOST)
        stretches = [before if before.start < before.end else after for before, after in around]
        yield from _of_roles(pair, here, there, (sources, stretches))
        yield from _of_proxies(pair, here, there, sources)
        yield from _of_shares(pair, here, there, sources)
        yield from _of_nobody(pair, told)
    yield from _of_anybody(pair, here, there)


def are_of_one_role(pair: SentencePair, mine: Span, theirs: Span) -> bool:
    """Whether a stretch of either text has the same role: "élus" and "councillors"."""
    here, there = reading(pair.source), reading(pair.target)
    language = pair.languages.target
    return any(
        any(theirs.overlaps(each) for _, each in _found(there, _one(language, "roles", kind)))
        for kind, span in _found(here, _all(pair.languages.source, "roles"))
        if mine.overlaps(span)
    )


def _of_roles(
    pair: SentencePair,
    here: Reading,
    there: Reading,
    stretches: tuple[Sequence[Span], Sequence[Span]],
) -> Iterator[Persona]:
    """A minister who became the prime minister: neither is in the other text."""
    said = dict(_found(here, _all(pair.languages.source, "roles")))
    mine = {kind: span for kind, span in said.items() if _is_in(span, stretches[0])}
    if not mine:
        return
    says = dict(_found(there, _all(pair.languages.target, "roles")))
    for new, place in says.items():
        if new in said or not _is_in(place, stretches[1]) or _is_meant(pair, place):
            continue
        for old, span in mine.items():
            answers = _found(there, _one(pair.languages.target, "roles", old))
            # The minister within "prime minister" is no answer.
            is_part = all(place.overlaps(each) and each != place for _, each in answers)
            if is_part and not _is_translated(pair, span, place):
                yield Persona(span, place, False)
                return


def _of_proxies(
    pair: SentencePair, here: Reading, there: Reading, sources: Sequence[Span]
) -> Iterator[Persona]:
    """Somebody close to one who speaks, when the translation has that one speak."""
    of = _joining(pair.languages.source)
    for found in occurrences(here, _all(pair.languages.source, "proxies")):
        span = here.between(found.first, found.last)
        beside = here.words[found.last + 1 : found.last + 2]
        if not _is_in(span, sources):
            continue
        if found.kind not in ADJECTIVES and of.isdisjoint(beside):
            continue
        if not _is_answered(pair, there, "proxies", found.kind) and not _is_translated(pair, span):
            yield Persona(span, None, False)


def _of_shares(
    pair: SentencePair, here: Reading, there: Reading, sources: Sequence[Span]
) -> Iterator[Persona]:
    """Some who say so, where the translation has all of them, or the other way round."""
    for found in occurrences(here, _all(pair.languages.source, "shares")):
        span = here.between(found.first, found.last)
        if _is_in(span, sources) and not _is_answered(pair, there, "shares", found.kind):
            yield Persona(span, None, False)


def _of_nobody(pair: SentencePair, told: Sequence[Report]) -> Iterator[Persona]:
    """One who is named in the original, and of whom the translation says "it is said"."""
    language = pair.languages.target
    vague = marked(pair.target, language, "impersonal")
    said = marked(pair.target, language, "according", "speech", "factive") if vague else ()
    if not vague or any(not any(each.overlaps(span) for span in vague) for each in said):
        return
    carriers = worded(pair)
    for report in told:
        asked = _within(carriers.source if carriers else (), [report.source])
        if asked and all(each.answer != ANSWERED for each in asked):
            yield Persona(asked[0].word, vague[0], True)
            return


def _of_anybody(pair: SentencePair, here: Reading, there: Reading) -> Iterator[Persona]:
    """Nobody in particular in the original, and somebody in the translation."""
    vague = next(occurrences(here, _all(pair.languages.source, "vague")), None)
    if vague is None or _is_answered(pair, there, "vague", "vague"):
        return
    carriers = worded(pair)
    stretches = tuple(islice(speakers(pair.target, pair.languages.target), MOST))
    for each in _within(carriers.target if carriers else (), stretches):
        if each.answer != ANSWERED:
            yield Persona(here.between(vague.first, vague.last), each.word, False)
            return


@lru_cache(maxsize=16)
def _all(language: str, section: str) -> Markers:
    listed: Any = table(language, "voices") or {}
    return markers(listed.get(section, {}))


@lru_cache(maxsize=256)
def _one(language: str, section: str, kind: str) -> Markers:
    listed: Any = table(language, "voices") or {}
    return markers({kind: listed.get(section, {}).get(kind, ())})


@lru_cache(maxsize=4)
def _joining(language: str) -> frozenset[str]:
    """The words between one who stands beside somebody and that one: "de", "du"."""
    return frozenset((table(language, "voices") or {}).get("of", ()))


def _found(read: Reading, index: Markers) -> Iterator[tuple[str, Span]]:
    for each in occurrences(read, index):
        yield each.kind, read.between(each.first, each.last)


def _is_in(span: Span, stretches: Sequence[Span]) -> bool:
    return any(each.overlaps(span) for each in stretches)


def _within(carriers: Sequence[Carrier], stretches: Sequence[Span]) -> list[Carrier]:
    return [each for each in carriers if _is_in(each.word, stretches)]


def _is_answered(pair: SentencePair, there: Reading, section: str, kind: str) -> bool:
    return next(occurrences(there, _one(pair.languages.target, section, kind)), None) is not None


def _is_translated(pair: SentencePair, span: Span, but: Span | None = None) -> bool:
    """Whether the translation has any word of a stretch of the original, or what it surely is.

    What it says in the stretch `but` doesn't count.
    """
    here, there = both_sides(pair)
    said = {token.lexeme for token in there if but is None or not but.overlaps(token.word)}
    return any(
        not said.isdisjoint((token.lexeme, *likely(token.lexeme, pair.languages)))
        for token in here
        if span.overlaps(token.word) and len(token.lexeme) >= SHORTEST
    )


def _is_meant(pair: SentencePair, span: Span) -> bool:
    """Whether words of the original may be all of what a stretch of the translation says."""
    here, there = both_sides(pair)
    known = frozenset[str]().union(
        *(_meanings(token, pair.languages) for token in here if len(token.lexeme) >= SHORTEST)
    )
    return all(stem(token.lexeme) in known for token in there if span.overlaps(token.word))


def _meanings(token: Token, languages: Languages) -> frozenset[str]:
    return translations(token.lexeme, languages) | {stem(token.lexeme)}
