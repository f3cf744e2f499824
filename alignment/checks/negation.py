"""Negation: what the original denies and the translation affirms, and the other way round.

French and English deny with different words, and where one has "ne … pas" the
other may have "fail" or "unable"; so the negations of the two texts are
weighed against each other, not paired. What is a negation of the sentence
must be answered; what is negative in a word (impossible, refuser) may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from alignment.checks.check import Check, SentencePair
from alignment.checks.denial import Negation, is_known, negations
from alignment.checks.language import table
from alignment.checks.markers import Found, Markers, Reading, markers, occurrences, reading
from alignment.checks.opposites import denied_by_prefix, reversals
from alignment.checks.places import answers_to, asked_by, expected_at
from alignment.checks.restriction import unrestricted
from alignment.checks.shades import shaded
from alignment.document import Issue, Languages, Severity
from alignment.span import Span

ANSWERS = ("strong", "lexical", "faint", "weak", "neutral")
REQUIRED = ("clause", "free")
# They make a negation in the translation understandable, not expected.
SOFT = ("absorbing", "undone", "affirming")
# No sentence denies more often; what a longer text holds beyond that is left out.
MOST = 60
# Characters from "pas" to the negative word that it denies in its turn.
CANCELLING = 14


@dataclass(frozen=True, slots=True)
class _Target:
    expressions: Markers
    limits: Markers
    affixes: re.Pattern[str]
    numbering: frozenset[str]
    added: Markers


@lru_cache(maxsize=16)
def _target(language: str) -> _Target | None:
    data: Any = table(language, "negation")
    if not data or "target" not in data:
        return None
    target = data["target"]
    return _Target(
        markers({kind: target[kind] for kind in (*ANSWERS, "ignored")}),
        markers({"limit": target["limits"]}),
        re.compile(target["affixes"]),
        frozenset(target["numbering"]),
        markers({"added": target["added"], "doubtful": target["perhaps_added"]}),
    )


def _knows(languages: Languages) -> bool:
    return is_known(languages.source) and _target(languages.target) is not None


@dataclass(frozen=True, slots=True)
class _Answers:
    """The negative words of a translation, by their kind."""

    strong: tuple[Span, ...]
    lexical: tuple[Span, ...]
    faint: tuple[Span, ...]
    weak: tuple[Span, ...]
    neutral: tuple[Span, ...]


def _is_numbering(read: Reading, found: Found, target: _Target) -> bool:
    """Whether "no" is "No. 4"."""
    after = "".join(read.words[found.last + 1 : found.last + 3])
    return read.words[found.first] in target.numbering and after.lstrip(".").isdigit()


def _answers(read: Reading, target: _Target) -> _Answers:
    by_kind: dict[str, list[Span]] = {kind: [] for kind in ANSWERS}
    taken: set[int] = set()
    for each in occurrences(read, target.expressions):
        if each.kind == "ignored" or _is_numbering(read, each, target):
            continue
        by_kind[each.kind].append(read.between(each.first, each.last))
        taken.update(range(each.first, each.last + 1))
    for number, word in enumerate(read.words):
        if len(word) > 4 and number not in taken and target.affixes.fullmatch(word):
            by_kind["lexical"].append(read.spans[number])
    return _Answers(**{kind: tuple(spans[:MOST]) for kind, spans in by_kind.items()})


def find(pair: SentencePair) -> Iterator[Issue]:
    """The negations that the translation lost, and those that it added."""
    target = _target(pair.languages.target)
    if target is None or not pair.source.strip() or not pair.target.strip():
        return
    denied = negations(pair.source, pair.languages.source)[:MOST]
    there = reading(pair.target)
    answers = _answers(there, target)
    told: list[Issue] = []
    for found in (
        _turned(pair, denied, answers, there),
        _lost(pair, denied, answers),
        unrestricted(pair, denied, there),
        _added(pair, denied, answers, there, target),
        shaded(pair, denied, there),
    ):
        # What was turned round, or lost, is told once.
        new = [issue for issue in found if not any(_is_same(issue, each) for each in told)]
        told += new
        yield from new


def _is_same(issue: Issue, other: Issue) -> bool:
    """Whether two issues are of the same words."""
    return any(
        one.overlaps(two)
        for ours, theirs in (
            (issue.source_spans, other.source_spans),
            (issue.target_spans, other.target_spans),
        )
        for one in ours
        for two in theirs
    )


def _turned(
    pair: SentencePair, denied: Sequence[Negation], answers: _Answers, there: Reading
) -> Iterator[Issue]:
    """Words of opposite meaning, where both texts deny as often: nothing undoes the change."""
    clauses = sum(each.kind in REQUIRED for each in denied)
    if clauses != len(answers.strong):
        return
    found = list(reversals(pair, reading(pair.source), there))
    if not clauses:
        found += (each for each in denied_by_prefix(pair) if each.lost or not denied)
    severity: Severity = "minor" if clauses else "major"
    for each in found:
        says = f"the French says “{each.source.of(pair.source)}”"
        yield Issue(
            "negation_lost" if each.lost else "negation_added",
            severity,
            f"{says}, the English the opposite: “{each.target.of(pair.target)}”",
            (each.source,),
            (each.target,),
        )


def _lost(pair: SentencePair, denied: Sequence[Negation], answers: _Answers) -> Iterator[Issue]:
    lost, severity = _missing(pair, denied, answers)
    for each in lost:
        says = f"the French denies with “{_quoted(pair.source, each.spans)}”"
        yield Issue(
            "negation_lost",
            severity,
            f"{says}; {_LOST[severity]}",
            each.spans,
            answers_to(pair, each.spans),
        )


def _missing(
    pair: SentencePair, denied: Sequence[Negation], answers: _Answers
) -> tuple[Sequence[Negation], Severity]:
    """The negations that the translation hasn't, and how bad that is."""
    required = [each for each in denied if each.kind in REQUIRED]
    denying = [each for each in denied if each.kind in ("denying", "lacking")]
    absorbing = sum(each.kind in ("absorbing", "undone") for each in denied)
    plain = len(answers.strong) + len(answers.neutral)
    if required and denying and _cancelled(required, denying):
        if plain or len(answers.lexical) != 1:
            return (), "none"  # neither word is denied, or both: "unable to stop"
        return required[:1], "major"
    worded = len(answers.lexical) + len(answers.faint) - len(denying)
    missing = len(required) - plain - max(worded, 0)
    if missing > 0:
        undone = [each for each in denied if each.kind in ("undone", "lacking")]
        litotes = len(required) == missing == 1 and _cancelled(required, undone)
        severity = "minor" if litotes else _severity(required, answers)
        return _unanswered(pair, required, answers)[:missing], severity
    missing = len(required) - plain - max(worded - absorbing, 0)
    if missing > 0:
        return _unanswered(pair, required, answers)[:missing], "minor"
    if denying and len(required) + len(denying) > _count(answers):
        hard = denying[0].kind == "denying" and _count(answers) == plain
        return denying[:1], "major" if hard else "minor"
    return (), "none"


def _count(answers: _Answers) -> int:
    return sum(len(getattr(answers, kind)) for kind in ANSWERS)


def _cancelled(required: Sequence[Negation], denying: Sequence[Negation]) -> bool:
    """Whether two negations make an affirmation: "il n'est pas impossible"."""
    return any(
        each.spans[0].start < other.spans[0].start < each.spans[-1].end + CANCELLING
        for each in required
        for other in denying
    )


_LOST = {
    "critical": "nothing in the English is negative",
    "major": "nothing in the English denies it",
    "minor": "the English has fewer negations",
}


def _severity(required: Sequence[Negation], answers: _Answers) -> Severity:
    if answers.strong or answers.neutral:
        return "minor"
    if not _count(answers):
        return "critical" if any(each.kind == "clause" for each in required) else "major"
    return "minor" if answers.faint or answers.lexical else "major"


def _unanswered(
    pair: SentencePair, required: Sequence[Negation], answers: _Answers
) -> list[Negation]:
    """The negations of the original, those first whose place in the translation denies least."""
    negative = answers.strong + answers.lexical

    def distance(negation: Negation) -> float:
        place = expected_at(pair, negation.spans[-1])
        return min((abs(place - span.start) for span in negative), default=0)

    return sorted(required, key=distance, reverse=True)


def _added(
    pair: SentencePair,
    denied: Sequence[Negation],
    answers: _Answers,
    there: Reading,
    target: _Target,
) -> Iterator[Issue]:
    surplus = len(answers.strong) - sum(each.kind not in SOFT for each in denied)
    restrictions = sum(each.kind == "restriction" for each in denied)
    if restrictions and surplus <= 0:
        # "ne … que" that is "only" in the translation has nothing to do with its "not".
        surplus += min(restrictions, sum(1 for _ in occurrences(there, target.limits)))
    if surplus <= 0:
        if not denied:
            yield from _denying(pair, there, target)
        return
    severity: Severity = "minor" if denied else "major"
    for span in _unasked(pair, denied, answers)[:surplus]:
        says = f"the English denies with “{span.of(pair.target)}”; the French doesn’t"
        yield Issue("negation_added", severity, says, asked_by(pair, span), (span,))


def _denying(pair: SentencePair, there: Reading, target: _Target) -> Iterator[Issue]:
    """Words that deny in their own way, beside an original that denies in none."""
    for each in islice(occurrences(there, target.added), 1):
        span = there.between(each.first, each.last)
        says = f"the English denies with “{span.of(pair.target)}”; the French doesn’t"
        severity: Severity = "minor" if each.kind == "doubtful" else "major"
        yield Issue("negation_added", severity, says, asked_by(pair, span), (span,))


def _unasked(pair: SentencePair, denied: Sequence[Negation], answers: _Answers) -> list[Span]:
    """The negative words of the translation, the farthest from any place for one first."""
    places = [expected_at(pair, each.spans[-1]) for each in denied if each.kind not in SOFT]

    def distance(span: Span) -> float:
        return min((abs(place - span.start) for place in places), default=0)

    return sorted(answers.strong, key=distance, reverse=True)


def _quoted(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


CHECK = Check(
    name="negation",
    types=("negation_lost", "negation_added"),
    covers="negations (not, never, no, without) and restrictions (only) that were lost or added",
    knows=_knows,
    find=find,
)
