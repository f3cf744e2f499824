"""What the French says and the English leaves out, what it adds, and what it turns round.

A run of words without a counterpart is an omission where the sentence is also
short for its length; what a translator only put otherwise leaves words
unanswered on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from alignment.checks.check import Check, SentencePair
from alignment.checks.counterparts import (
    ANSWERED,
    UNANSWERED,
    Carrier,
    Counterparts,
    counterparts,
)
from alignment.checks.kinds import mistaken
from alignment.checks.language import table
from alignment.checks.length import longer
from alignment.checks.senses import Mentioned, mentioned, senses
from alignment.checks.telling import telling
from alignment.checks.thesaurus import thesaurus
from alignment.checks.tokens import both_sides, listed
from alignment.checks.truncation import cut_short
from alignment.document import Issue, Languages, Severity
from alignment.span import Span

# What the unanswered words of the other side say against it, and what the length says for it.
AGAINST = 0.25
LENGTH = 13.0
# Added to both lengths, so that those of short sentences say less; in characters.
STEADY = 10
# Of the 7,000 pairs of newstest2011, newstest2013 and FLORES dev, about 0.1 % reach MAJOR and
# 2.5 % MINOR, in each direction; of 1,300 of them that lost a clause, 23 and 59 %.
MAJOR = 12.5
MINOR = 6.5
# Of these, none stands for another.
KINDS = ("colour", "season", "frequency", "amount", "pace")
# How much shorter than expected a translation is that says less, as the log of a ratio: of 500
# faithful translations that were written for such tests, 1 % have so few words of their own.
SHORT = 0.1
SHORTER = 0.2
# So many dictionary words of a run must be unanswered, and so many may be named.
FEWEST = 2
NAMED = 60
# What commas and the like set off, and how many words of the translation may be unanswered then.
PART = re.compile(r"[^,;:()–—«»“”\"]+")
SPARE = 1


class Run(NamedTuple):
    """Words that stand together and that the other side does not answer."""

    carriers: tuple[Carrier, ...]
    weight: float

    @property
    def span(self) -> Span:
        """From the first word to the last, in code points."""
        return Span(self.carriers[0].word.start, self.carriers[-1].word.end)


def find(pair: SentencePair) -> Iterator[Issue]:
    """Runs of words, and single ones that change the sense, without a counterpart."""
    if not pair.source_words or not pair.target_words:
        return
    found = counterparts(pair)
    told = [] if found is None else list(_left_out(pair, found))
    told += _senses(pair)
    told += _mistaken(pair, [span for issue in told for span in issue.source_spans])
    yield from told
    if not cut_short(pair):
        yield from telling(pair, found, told)


def _left_out(pair: SentencePair, found: Counterparts) -> Iterator[Issue]:
    shorter = longer(pair, STEADY)
    run = heaviest_run(found.source)
    severity = _severity(run, found.target, shorter)
    spans = (run.span,) if run and severity != "none" else _set_off(pair, found)
    spans = spans or _missed(pair, found)
    spans = spans or _short(found, shorter, listed(pair.languages.source, "light"))
    if spans and not cut_short(pair):
        said = _shown(pair.source, spans[0])
        explanation = f"nothing in the translation answers “{said}”"
        severity = "minor" if severity == "none" else severity
        yield Issue("omission", severity, explanation, spans, ())
    run = heaviest_run(found.target)
    severity = _severity(run, found.source, -shorter)
    if run and severity != "none":
        said = _shown(pair.target, run.span)
        explanation = f"nothing in the original answers “{said}”"
        yield Issue("addition", severity, explanation, (), (run.span,))


def _missed(pair: SentencePair, found: Counterparts) -> tuple[Span, ...]:
    """Single words without an answer, where the original answers all that the translation says.

    They have no excuse then, if they are words that are always translated the same. Words that
    are added are no such sign: translators explain.
    """
    known = thesaurus(pair.languages)
    if known is None or any(each.answer != ANSWERED for each in found.target):
        return ()
    light = listed(pair.languages.source, "light")
    return tuple(
        each.word
        for each in found.source
        if each.answer == UNANSWERED
        and each.common
        and each.lexeme in known.sharp
        and each.lexeme not in light
    )


def _set_off(pair: SentencePair, found: Counterparts) -> tuple[Span, ...]:
    """What stands between commas and has no word that is answered: ", faute de preuves,"."""
    if sum(each.answer != ANSWERED for each in found.target) > SPARE:
        return ()
    parts = [match.span() for match in PART.finditer(pair.source)]
    for start, end in parts if len(parts) > 1 else ():
        words = [each for each in found.source if start <= each.word.start < end]
        common = [each for each in words if each.common]
        if len(common) < FEWEST or any(each.answer == ANSWERED for each in words):
            continue
        if any(each.answer == UNANSWERED for each in common):
            return (Span(common[0].word.start, common[-1].word.end),)
    return ()


def _mistaken(pair: SentencePair, known: Sequence[Span]) -> Iterator[Issue]:
    """A thing that became another of its kind, other than what is `known`."""
    for old, new in mistaken(pair, KINDS):
        if not any(old.overlaps(span) for span in known):
            says = (
                f"the original says “{old.of(pair.source)}”, "
                f"the translation “{new.of(pair.target)}” in its place"
            )
            yield Issue("omission", "minor", says, (old,), (new,))


def _short(found: Counterparts, shorter: float, light: Set[str]) -> tuple[Span, ...]:
    """Words without an answer, where the translation is short and has fewer of its own.

    What a translator puts otherwise leaves words unanswered on both sides.
    """
    ours = [
        each
        for each in found.source
        if each.common and each.answer != ANSWERED and each.lexeme not in light
    ]
    gone = [each for each in ours if each.answer == UNANSWERED]
    strange = sum(each.answer != ANSWERED for each in found.target)
    if (len(gone) > strange and shorter > SHORT) or (ours and not strange and shorter > SHORTER):
        return tuple(each.word for each in gone or ours)
    return ()


def heaviest_run(carriers: Sequence[Carrier]) -> Run | None:
    """The run that says most for having been left out (the maximum subarray of Kadane)."""
    best, best_start, best_end = 0.0, 0, 0
    weight, start = 0.0, 0
    for number, carrier in enumerate(carriers):
        if weight <= 0:
            weight, start = 0.0, number
        weight += carrier.weight
        if weight > best:
            best, best_start, best_end = weight, start, number + 1
    run = tuple(carriers[best_start:best_end])
    common = sum(carrier.common and carrier.weight > 0 for carrier in run)
    return Run(run, best) if common >= FEWEST else None


def _severity(run: Run | None, other: Sequence[Carrier], shorter: float) -> Severity:
    score = evidence(run, other, shorter) if run else 0.0
    return "major" if score >= MAJOR else "minor" if score >= MINOR else "none"


def evidence(run: Run, other: Sequence[Carrier], shorter: float) -> float:
    """What speaks for a run's having been left out of the `other` side, in log-odds."""
    against = sum(max(0.0, each.weight) for each in other)
    return run.weight - AGAINST * against + LENGTH * shorter


def _senses(pair: SentencePair) -> Iterator[Issue]:
    known, others = senses(pair.languages.source), senses(pair.languages.target)
    if known is None or others is None:
        return
    source, target = both_sides(pair)
    here = mentioned(source, pair.languages.source)
    there = mentioned(target, pair.languages.target)
    for sense, spans in here.said.items():
        if sense in known.severities and sense not in there.answered:
            said = _shown(pair.source, spans[0])
            explanation = f"the original says “{said}”; nothing in the translation does"
            yield Issue("omission", known.severities[sense], explanation, tuple(spans), ())
    for sense, spans in there.said.items():
        if sense in others.severities and sense not in here.answered:
            said = _shown(pair.target, spans[0])
            explanation = f"the translation says “{said}”; nothing in the original does"
            # A translator may have it from the context; what is lost is lost.
            yield Issue("addition", "minor", explanation, (), tuple(spans))
    for pole in here.said:
        opposite, severity = known.opposites.get(pole, ("", "none"))
        if opposite and _reversed(pole, opposite, here, there):
            one, other = here.said[pole], there.said[opposite]
            explanation = (
                f"the original says “{_shown(pair.source, one[0])}”, the translation the opposite, "
                f"“{_shown(pair.target, other[0])}”"
            )
            yield Issue("omission", severity, explanation, tuple(one), tuple(other))


def _reversed(pole: str, opposite: str, here: Mentioned, there: Mentioned) -> bool:
    return opposite in there.said and opposite not in here.answered and pole not in there.answered


def _shown(text: str, span: Span) -> str:
    said = span.of(text)
    return said if len(said) <= NAMED else f"{said[:NAMED]}…"


def knows(languages: Languages) -> bool:
    """Whether there is a lexicon of the pair and a table of both languages."""
    return thesaurus(languages) is not None and all(
        table(language, "content") for language in (languages.source, languages.target)
    )


CHECK = Check(
    name="omission",
    types=("omission", "addition"),
    covers="words left out or added: whole runs of them, or one that changes what is said; "
    "and a word replaced by its opposite",
    knows=knows,
    find=find,
)
