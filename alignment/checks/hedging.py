"""Hedging: what the original says without vouching for it, and the translation states as a fact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from alignment.checks.check import Check, SentencePair
from alignment.checks.conditional import Conditional, read_conditionals
from alignment.checks.intent import intentions
from alignment.checks.language import table
from alignment.checks.markers import BREAKS, Found, Markers, Reading, markers, occurrences, reading
from alignment.checks.places import answers_to, expected_at
from alignment.checks.strength import mistaken_strength
from alignment.checks.surmise import surmises
from alignment.checks.tokens import both_sides
from alignment.checks.translations import originals
from alignment.document import Issue, Languages, Severity
from alignment.span import Span, touching

# No sentence holds more hedges; what a longer text holds beyond them is left out.
MOST = 60
# How far from where it is expected an answer may stand: in code points, or as a share of the text.
NEAR = 60
FAR = 0.3
# What a conditional of each use says, for the reader of an issue.
SAYS = {
    "report": "which reports without vouching for it",
    "attributed": "which reports without vouching for it",
    "supposed": "which reports or supposes without vouching for it",
    "future in the past": "the future as seen from the past",
    "hypothesis": "which holds only under a condition",
    "modal": "which says that it may or should be so",
    "wish": "a wish or a polite request",
    "advice": "which only advises",
    "appearance": "which says that it only seems so",
    "chance": "which says that it is not certain",
    "rumour": "which passes on what others say",
    "belief": "which says what somebody only thinks",
    "suspicion": "which charges and doesn’t prove",
    "open": "which leaves it open",
    "possible": "which says that it may never come to that",
    "threat": "which says that it may come to that",
    "liable": "which says that it may come to that",
    "plan": "which tells of a plan",
    "idea": "which tells of an idea",
    "provisional": "which holds only for now",
    "reserve": "which makes a reservation",
    "hint": "which says what there are only signs of",
    "lead": "which says what is only supposed",
    "suspecting": "which charges and doesn’t prove",
}
# Kinds of answers that are nouns as often: they may be said of something else.
NOUNS = frozenset({"odds", "threat", "charge"})
# Speakers named as the source of all that is said: "selon la police".
NAMED = "named"
# Words between such a source and the verb.
TOLD = 12
# What is conditional without any doubt about who says so: a "perhaps" beside it is new.
SUPPOSING = frozenset({"hypothesis", "future in the past", "wish"})
CERTAIN = SUPPOSING | {"plan", "idea", "provisional"}
# Where a loss turns what is reported or uncertain into a fact.
FACTUAL = frozenset({"report", "attributed", "supposed", "rumour", "appearance", "chance", "modal"})
FACTUAL |= {"suspicion", "open"}


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that keep a statement from being one of fact; `span` in code points."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Source:
    hedges: Markers
    speakers: Markers
    answers: dict[str, tuple[str, ...]]
    tolerated: dict[str, tuple[str, ...]]
    partial: dict[str, tuple[str, ...]]


@lru_cache(maxsize=16)
def _source(language: str) -> _Source | None:
    data: Any = table(language, "hedging")
    if not data or "source" not in data:
        return None
    return _Source(
        markers(data["source"]),
        markers(data["attribution"]),
        *(
            {kind: tuple(answers) for kind, answers in data[name].items()}
            for name in ("answers", "tolerated_answers", "partial_answers")
        ),
    )


@lru_cache(maxsize=16)
def _target(language: str) -> Markers | None:
    data: Any = table(language, "hedging")
    if not data or "target" not in data:
        return None
    return markers(data["target"])


def _knows(languages: Languages) -> bool:
    return _source(languages.source) is not None and _target(languages.target) is not None


def find(pair: SentencePair) -> Iterator[Issue]:
    """The hedges of the original that the translation lost, and those that it added."""
    source, target = _source(pair.languages.source), _target(pair.languages.target)
    if source is None or target is None or not pair.source.strip() or not pair.target.strip():
        return
    here, there = reading(pair.source), reading(pair.target)
    hedges = _hedges(here, source, pair.languages.source)
    told = False
    if hedges:
        answers = [each for each in _marked(there, target) if not _is_of_others(each, hedges, pair)]
        for issue in _lost(pair, hedges, answers, source):
            told = True
            yield issue
    if all(hedge.kind in CERTAIN for hedge in hedges):
        spoken = next(occurrences(here, source.speakers), None) is not None
        yield from surmises(pair, spoken, any(hedge.kind in SUPPOSING for hedge in hedges))
    if not told:
        yield from mistaken_strength(pair)


def _is_of_others(answer: Hedge, hedges: Sequence[Hedge], pair: SentencePair) -> bool:
    """Whether other words of the original are what an answer translates: "risque", "risk"."""
    if answer.kind not in NOUNS:
        return False
    here, there = both_sides(pair)
    meant = {
        lexeme
        for token in there
        if answer.span.overlaps(token.word)
        for lexeme in originals(token.lexeme, pair.languages)
    }
    return any(
        token.lexeme in meant
        for token in here
        if not any(hedge.span.overlaps(token.word) for hedge in hedges)
    )


def _hedges(read: Reading, source: _Source, language: str) -> list[Hedge]:
    """Conditionals and expressions; where both stand on the same words, the expression."""
    expressions = list(islice(occurrences(read, source.hedges), MOST))
    taken = [_span(read, each) for each in expressions]
    said = [
        Hedge(each.kind, span)
        for each, span in zip(expressions, taken, strict=True)
        if each.kind != "neutral"
    ]
    verbs = [
        _of_verb(each, read, source) for each in islice(read_conditionals(read, language), MOST)
    ]
    verbs += [Hedge("plan", span) for span in islice(intentions(read, language), MOST)]
    said += [each for each in verbs if not any(each.span.overlaps(span) for span in taken)]
    return sorted(said, key=lambda hedge: hedge.span)[:MOST]


def _of_verb(verb: Conditional, read: Reading, source: _Source) -> Hedge:
    if not verb.reports:
        return Hedge(verb.use, verb.span)
    inside = touching(read.spans, verb.span)
    after = bisect_left(read.spans, Span(verb.verb.end, verb.verb.end))
    if read.words[after : after + 1] == ("-",) and "?" in read.words[after:]:
        return Hedge("hypothesis", verb.span)  # who asks claims nothing
    if (len(inside) > 2 and _speaks(read, inside, source)) or _is_told(read, inside, source):
        return Hedge("attributed", verb.span)
    return Hedge("report" if verb.past else "supposed", verb.span)


def _speaks(read: Reading, inside: Sequence[Span], source: _Source) -> bool:
    """Whether a speaker stands within the verb: "aurait, selon la police, fui"."""
    first = bisect_left(read.spans, inside[0])
    part = Reading(read.words[first + 1 : first + len(inside) - 1], tuple(inside[1:-1]))
    return any(True for _ in occurrences(part, source.speakers))


def _is_told(read: Reading, inside: Sequence[Span], source: _Source) -> bool:
    """Whether a source stands before the verb or, after a comma, behind: ", selon la police"."""
    first = bisect_left(read.spans, inside[0])
    last = first + len(inside) - 1
    start = max(first - TOLD, 0)
    part = Reading(read.words[start : last + TOLD], read.spans[start : last + TOLD])
    for each in occurrences(part, source.speakers):
        place = start + each.first
        between = read.words[min(place, last) : max(place, first)]
        behind = place > last and read.words[place - 1] == ","
        if each.kind == NAMED and (place < first or behind) and BREAKS.isdisjoint(between):
            return True
    return False


def _span(read: Reading, found: Found) -> Span:
    return read.between(found.first, found.last)


def _marked(read: Reading, index: Markers) -> list[Hedge]:
    found = (each for each in occurrences(read, index) if each.kind != "neutral")
    return [Hedge(each.kind, _span(read, each)) for each in islice(found, MOST)]


def _lost(
    pair: SentencePair, hedges: Sequence[Hedge], answers: Sequence[Hedge], source: _Source
) -> Iterator[Issue]:
    answered = _matched(pair, hedges, answers, source)
    kinds = {answer.kind for answer in answers}
    for number, hedge in enumerate(hedges):
        if number in answered:
            continue
        severity = _severity(hedge, kinds, source)
        if severity == "none":
            continue
        yield Issue(
            "hedge_lost",
            severity,
            _explained(hedge, pair.source, severity),
            (hedge.span,),
            answers_to(pair, (hedge.span,)),
        )


def _severity(hedge: Hedge, kinds: set[str], source: _Source) -> Severity:
    """How bad it is that a hedge has no answer of its own, `kinds` being what else there is."""
    if kinds.intersection(source.tolerated.get(hedge.kind, ())):
        return "none"
    kept = kinds.intersection(source.partial[hedge.kind] + source.answers[hedge.kind])
    return "minor" if kept or hedge.kind not in FACTUAL else "major"


def _explained(hedge: Hedge, text: str, severity: Severity) -> str:
    says = f"the French says “{hedge.span.of(text)}”, {SAYS[hedge.kind]}"
    if severity == "minor":
        return f"{says}; the English says less of that, or leaves it to other words"
    return f"{says}; nothing in the English does"


def _matched(
    pair: SentencePair, hedges: Sequence[Hedge], answers: Sequence[Hedge], source: _Source
) -> set[int]:
    """The numbers of the hedges that have an answer of their own, the nearest ones first."""
    places = [expected_at(pair, hedge.span) for hedge in hedges]
    reach = max(NEAR, FAR * len(pair.target))
    steps = sorted(
        (distance, one, other)
        for one, (hedge, place) in enumerate(zip(hedges, places, strict=True))
        for other, answer in enumerate(answers)
        if answer.kind in source.answers[hedge.kind]
        if (distance := abs(place - answer.span.start)) <= reach
    )
    answered: set[int] = set()
    used: set[int] = set()
    for _, one, other in steps:
        if one not in answered and other not in used:
            answered.add(one)
            used.add(other)
    return answered


CHECK = Check(
    name="hedging",
    types=("hedge_lost", "hedge_added"),
    covers="doubt and hearsay: the conditional of the press, words such as “perhaps”, “reportedly”",
    knows=_knows,
    find=find,
)
