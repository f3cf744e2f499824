"""What the French says and the English leaves out, what it adds, and what it turns round.

A run of words without a counterpart is an omission where the sentence is also
short for its length; what a translator only put otherwise leaves words
unanswered on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from alignment.checks.thesaurus import stem, thesaurus, translations
from alignment.checks.tokens import Token, both_sides, listed
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
KINDS = ("colour", "season")
# How much shorter than expected a translation is that says less, as the log of a ratio: of 500
# faithful translations that were written for such tests, 1 % have so few words of their own.
SHORT = 0.1
SHORTER = 0.2
# So many words of the other side may be without an answer themselves where one word is missed.
SPARE = 1
# So many dictionary words of a run must be unanswered, and so many may be named.
FEWEST = 2
NAMED = 60


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
    yield from _telling(pair, found, told)


def _left_out(pair: SentencePair, found: Counterparts) -> Iterator[Issue]:
    shorter = longer(pair, STEADY)
    run = heaviest_run(found.source)
    severity = _severity(run, found.target, shorter)
    spans = (run.span,) if run and severity != "none" else _missed(pair, found)
    spans = spans or _short(found, shorter)
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
    return tuple(
        each.word
        for each in found.source
        if each.answer == UNANSWERED and each.common and each.lexeme in known.sharp
    )


def _mistaken(pair: SentencePair, known: Sequence[Span]) -> Iterator[Issue]:
    """A thing that became another of its kind, other than what is `known`."""
    for old, new in mistaken(pair, KINDS):
        if not any(old.overlaps(span) for span in known):
            says = (
                f"the original says “{old.of(pair.source)}”, "
                f"the translation “{new.of(pair.target)}” in its place"
            )
            yield Issue("omission", "minor", says, (old,), (new,))


def _short(found: Counterparts, shorter: float) -> tuple[Span, ...]:
    """Words without an answer, where the translation is short and has fewer of its own.

    What a translator puts otherwise leaves words unanswered on both sides.
    """
    ours = [each for each in found.source if each.common and each.answer != ANSWERED]
    gone = [each for each in ours if each.answer == UNANSWERED]
    strange = sum(each.answer != ANSWERED for each in found.target)
    if (len(gone) > strange and shorter > SHORT) or (ours and not strange and shorter > SHORTER):
        return tuple(each.word for each in gone or ours)
    return ()


def _telling(
    pair: SentencePair, found: Counterparts | None, told: Sequence[Issue]
) -> Iterator[Issue]:
    """Single words that narrow, widen or colour what is said, and that nothing may translate."""
    source, target = both_sides(pair)
    here, there = (found.source, found.target) if found else ((), ())
    lost = _telling_words(source, pair.languages.source, here, there)
    new = _telling_words(target, pair.languages.target, there, here)
    if not (lost or new) or cut_short(pair):
        return
    answered = {link.source for link in pair.links}
    answering = {link.target for link in pair.links}
    said = {stem(token.lexeme) for token in target}
    gone = tuple(
        token.word
        for token in lost
        if token.word not in answered and _meanings(token, pair).isdisjoint(said)
    )
    gone = _fresh(gone, [span for issue in told for span in issue.source_spans])
    if gone:
        shown = _shown(pair.source, gone[0])
        yield Issue("omission", "minor", f"nothing in the translation answers “{shown}”", gone)
    meant = frozenset[str]().union(*(_meanings(token, pair) for token in source if new))
    added = tuple(
        token.word
        for token in new
        if token.word not in answering and stem(token.lexeme) not in meant
    )
    added = _fresh(added, [span for issue in told for span in issue.target_spans])
    if added:
        shown = _shown(pair.target, added[0])
        yield Issue("addition", "minor", f"nothing in the original answers “{shown}”", (), added)


def _fresh(words: Sequence[Span], told: Sequence[Span]) -> tuple[Span, ...]:
    """The words that no other issue tells of."""
    return tuple(word for word in words if not any(word.overlaps(span) for span in told))


def _telling_words(
    sentence: Sequence[Token], language: str, own: Sequence[Carrier], other: Sequence[Carrier]
) -> list[Token]:
    """The words whose loss tells: where hardly any word of the other side could stand for them."""
    telling, shading = listed(language, "telling"), listed(language, "shading")
    if telling.isdisjoint(each.lexeme for each in sentence) and shading.isdisjoint(
        each.lexeme for each in sentence
    ):
        return []
    spare = sum(each.answer != ANSWERED for each in other)
    if spare > SPARE:
        return []
    plain = not spare and sum(each.answer != ANSWERED for each in own) <= SPARE
    return [
        each for each in sentence if each.lexeme in telling or (plain and each.lexeme in shading)
    ]


def _meanings(token: Token, pair: SentencePair) -> frozenset[str]:
    """The stems of what may translate a word, its own among them."""
    return translations(token.lexeme, pair.languages) | {stem(token.lexeme)}


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
