"""Speakers who are gone, who were taken for others, or who changed places.

They are known by their words alone: who says it in the original must be
answered where somebody says it in the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, Literal, NamedTuple

from alignment.checks.check import SentencePair
from alignment.checks.counterparts import ANSWERED, Carrier, worded
from alignment.checks.language import table
from alignment.checks.personae import are_of_one_role
from alignment.checks.speech import Report, marked, reports, speakers, voices
from alignment.checks.thesaurus import stem, translations
from alignment.checks.tokens import Token, both_sides
from alignment.checks.translations import translations as likely
from alignment.document import Issue, Languages
from alignment.span import Span

# Characters before a verb in which its auxiliary stands.
BACK = 24
# More reports than this aren't prose, and more words no sentence.
MOST = 30
MOST_WORDS = 120
# "Of" says nothing of "parle de".
SHORTEST = 3
# What parts what one says from what another says.
CLAUSE = re.compile(
    r"[;:]|,(?!\d)|\b(?:tandis que|alors que|while|whereas|but|mais|contrairement|unlike)\b"
)
# What was said by the one is said by the other where so many words more say so.
MARGIN = 2
# Characters around a speaker in which other words may name who that is, and what ends them.
REACH = 60
STOP = re.compile(r"[,.;:!?«»“”\"()—]")


class Voice(NamedTuple):
    """A speaker of the original, and who stands there in the translation, if anybody does."""

    kind: Literal["gone", "other"]
    verb: Span
    speaker: Span
    target: Span | None


def mistaken_voices(pair: SentencePair, told: Sequence[Report]) -> Iterator[Issue]:
    """What can be said of the speakers of a pair: the first thing that is wrong with them."""
    for voice in islice(_changed(pair, told), 1):
        old = voice.speaker.of(pair.source)
        if voice.target is None:
            says = f"“{voice.verb.of(pair.source)}” leaves it to “{old}”; the translation to nobody"
        else:
            new = voice.target.of(pair.target)
            says = f"the original leaves it to “{old}”, the translation to “{new}”"
        yield Issue(
            "attribution_lost" if voice.target is None else "attribution_changed",
            "minor",
            says,
            (voice.verb, voice.speaker),
            (voice.target,) if voice.target else (),
        )


def _changed(pair: SentencePair, told: Sequence[Report]) -> Iterator[Voice]:
    """The first speaker who is gone or was taken for another."""
    if len(pair.source_words) + len(pair.target_words) > MOST_WORDS:
        return
    found = worded(pair)
    if found is None:
        return
    if len(told) == 1:
        stretches = tuple(islice(speakers(pair.target, pair.languages.target), 2))
        yield from _taken(pair, told, found.source, found.target, stretches)
    yield from _gone(pair, found.source)
    yield from _swapped(pair, found.source)


def _gone(pair: SentencePair, carriers: Sequence[Carrier]) -> Iterator[Voice]:
    said: frozenset[str] | None = None
    for report in islice(voices(pair.source, pair.languages.source), MOST):
        subject = [each for each in carriers if report.source.overlaps(each.word)]
        if not subject or any(each.answer == ANSWERED for each in subject):
            continue
        said = frozenset(each.lexeme for each in both_sides(pair)[1]) if said is None else said
        if not _means(pair, report.span, said) and not _is_said(pair):
            yield Voice("gone", report.span, subject[0].word, None)
            return


def _means(pair: SentencePair, verb: Span, said: frozenset[str]) -> bool:
    """Whether a verb has a translation among the lexemes of the target."""
    return any(
        not said.isdisjoint((token.lexeme, *likely(token.lexeme, pair.languages)))
        for token in both_sides(pair)[0]
        if verb.overlaps(token.word) and len(token.lexeme) >= SHORTEST
    )


def _spoken(text: str, language: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Those of the words of saying by which somebody says something, as far as their form tells.

    "Signalling" and "accusations" are nouns, and what "was maintained" or is "to blame" may be
    anything, unless "that" or "to" follows.
    """
    listed: Any = table(language, "attribution")
    nouns, passive, opening = (re.compile(listed[name]) for name in ("nouns", "passive", "opening"))
    return tuple(
        span
        for span in spans
        if not nouns.search(span.of(text))
        and (
            not passive.search(text[max(0, span.start - BACK) : span.start])
            or opening.match(text, span.end)
        )
    )


def _is_said(pair: SentencePair) -> bool:
    """Whether anybody says or thinks anything in the translation, if only "it is said"."""
    language = pair.languages.target
    vague = marked(pair.target, language, "impersonal")
    said = marked(pair.target, language, "according", "speech", "opinion", "factive")
    said = _spoken(pair.target, language, said)
    return any(not any(each.overlaps(span) for span in vague) for each in said)


def _stems(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(stem(token.lexeme) for token in tokens)


def _meanings(pair: SentencePair, spans: Sequence[Span]) -> frozenset[str]:
    """The stems of what the original's words within `spans` may be, and of those themselves."""
    return frozenset[str]().union(
        *(
            translations(token.lexeme, pair.languages) | {stem(token.lexeme)}
            for token in both_sides(pair)[0]
            if any(span.overlaps(token.word) for span in spans)
        )
    )


def _taken(
    pair: SentencePair,
    told: Sequence[Report],
    source: Sequence[Carrier],
    target: Sequence[Carrier],
    stretches: Sequence[Span],
) -> Iterator[Voice]:
    """Where one speaker says it in either text, and none of the words around are the same."""
    one_each = len(told) == len(stretches) == 1
    if not one_each or sum(1 for _ in voices(pair.source, pair.languages.source)) > 1:
        return
    mine = _around(pair.source, told[0].source, source)
    theirs = _around(pair.target, stretches[0], target)
    if not mine or not theirs or not all(each.common for each in (*mine, *theirs)):
        return
    if are_of_one_role(pair, told[0].source, Span(theirs[0].word.start, theirs[-1].word.end)):
        return
    if _meanings(pair, [each.word for each in mine]).isdisjoint(
        stem(each.lexeme) for each in theirs
    ):
        yield Voice("other", told[0].span, mine[0].word, theirs[0].word)


def _around(text: str, stretch: Span, carriers: Sequence[Carrier]) -> list[Carrier]:
    """The words in the clause of a stretch, none where the stretch itself has none."""
    start = max((each.end() for each in STOP.finditer(text, 0, stretch.start)), default=0)
    after = STOP.search(text, stretch.end)
    clause = Span(start, after.start() if after else len(text))
    near = Span(max(clause.start, stretch.start - REACH), min(clause.end, stretch.end + REACH))
    if not any(stretch.overlaps(each.word) for each in carriers):
        return []
    return [each for each in carriers if near.overlaps(each.word)]


def _swapped(pair: SentencePair, carriers: Sequence[Carrier]) -> Iterator[Voice]:
    """Two who say or do, in two clauses, what the other does in the original."""
    borders = [list(islice(CLAUSE.finditer(text), 3)) for text in (pair.source, pair.target)]
    if not all(0 < len(each) < 3 for each in borders):
        return
    here, there = both_sides(pair)
    clauses, others = _clauses(pair.source, here), _clauses(pair.target, there)
    if len(clauses) != 2 or len(others) != 2:
        return
    subjects = _subjects(pair, carriers)
    actors = [[token for token in each if token.word in subjects] for each in clauses]
    if not all(actors):
        return
    near, far = (_stems(each) for each in others)
    who = [_said(each, pair.languages) for each in actors]
    if not (who[0] & far - near and who[1] & near - far):
        return
    what = [
        _said((token for token in each if token.word not in subjects), pair.languages)
        for each in clauses
    ]
    straight = len(what[0] & near - far) + len(what[1] & far - near)
    crossed = len(what[0] & far - near) + len(what[1] & near - far)
    # The clauses changed places where what they say did, too.
    if straight >= MARGIN and not crossed:
        other = next(token for token in others[0] if stem(token.lexeme) in who[1])
        yield Voice("other", actors[0][0].word, actors[0][0].word, other.word)


def _subjects(pair: SentencePair, carriers: Sequence[Carrier]) -> frozenset[Span]:
    """The words of names, and of those who say something."""
    said = [each.source for each in islice(voices(pair.source, pair.languages.source), MOST)]
    said += [each.source for each in islice(reports(pair.source, pair.languages.source), MOST)]
    return frozenset(
        each.word
        for each in carriers
        if not each.common or any(span.overlaps(each.word) for span in said)
    )


def _clauses(text: str, tokens: Sequence[Token]) -> list[list[Token]]:
    borders = [0, *(match.start() for match in CLAUSE.finditer(text)), len(text)]
    found = [
        [token for token in tokens if start <= token.word.start < end]
        for start, end in pairwise(borders)
    ]
    return [each for each in found if each]


def _said(tokens: Iterable[Token], languages: Languages) -> frozenset[str]:
    return frozenset[str]().union(
        *(translations(token.lexeme, languages) | {stem(token.lexeme)} for token in tokens)
    )
