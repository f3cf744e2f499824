"""Attribution: who says it, and whether the translation still leaves it to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from alignment.checks.acts import mistaken_acts
from alignment.checks.check import Check, SentencePair
from alignment.checks.counterparts import ANSWERED, counterparts, worded
from alignment.checks.language import table
from alignment.checks.name_text import is_near, is_same
from alignment.checks.personae import are_of_one_role, mistaken_personae
from alignment.checks.proper import Name, Part, proper_names
from alignment.checks.quotes import quotes
from alignment.checks.speech import Report, marked, reports, speakers, surroundings
from alignment.checks.tokens import both_sides
from alignment.checks.translations import originals, translations
from alignment.checks.voices import mistaken_voices
from alignment.document import Issue, Languages, Severity, Side
from alignment.span import Span

# More reports than this aren't prose.
MOST = 30
MOST_NAMES = 300
MOST_WORDS = 1_000
THAT = re.compile(r"\s+that\b")
SURE = ("according", "speech", "factive")
# Words of fewer letters, and less likely translations, show nothing.
SHORTEST = 4
LIKELIEST = 6


def knows(languages: Languages) -> bool:
    """Whether the one table says how the source attributes, the other how the target does."""
    source, target = (
        table(languages.source, "attribution"),
        table(languages.target, "attribution"),
    )
    return bool(source and "stems" in source and target and "speech" in target)


def find(pair: SentencePair) -> Iterator[Issue]:
    """What the translation no longer attributes, says of another, or vouches for."""
    if not pair.source.strip() or not pair.target.strip():
        return
    told = tuple(islice(reports(pair.source, pair.languages.source), MOST))
    found = list(_of_reports(pair, told)) if told else []
    found = found or list(mistaken_voices(pair, told)) or list(mistaken_personae(pair, told))
    yield from found or mistaken_acts(pair)


def _of_reports(pair: SentencePair, told: Sequence[Report]) -> Iterator[Issue]:
    """What is wrong with the words by which the original reports."""
    answers = marked(pair.target, pair.languages.target, *SURE)
    unanswered = not answers or _answer_others(pair, told, answers)
    if unanswered and not _is_hinted(pair, told) and (lost := _lost(pair, told, bool(answers))):
        yield lost
        return
    if not answers:
        return
    if vouched := _vouched(pair, told, answers):
        yield vouched
    if changed := _changed(pair, told) or _exchanged(pair, told) or _replaced(pair, told):
        yield changed


def _is_hinted(pair: SentencePair, told: Sequence[Report]) -> bool:
    """Whether any word leaves it to somebody, or translates what does so in the original."""
    language = pair.languages.target
    if marked(pair.target, language, "hint"):
        return True
    thought = any(report.manner in ("according", "opinion") for report in told)
    if thought and marked(pair.target, language, "opinion"):
        return True
    here, there = both_sides(pair)
    words = {token.lexeme for token in there}
    return any(
        not words.isdisjoint(translations(token.lexeme, pair.languages)[:LIKELIEST])
        for report in told
        for token in here
        if report.span.contains(token.word) and len(token.lexeme) >= SHORTEST
    )


def _answer_others(pair: SentencePair, told: Sequence[Report], answers: Sequence[Span]) -> bool:
    """Whether all words of saying are meant by other words of the original: "rapport", "report"."""
    here, there = both_sides(pair)
    if len(here) > MOST_WORDS:
        return False
    inside, outside = set[str](), set[str]()
    for token in here:
        is_inside = any(report.span.overlaps(token.word) for report in told)
        (inside if is_inside else outside).add(token.lexeme)
    for token in there:
        if any(span.overlaps(token.word) for span in answers):
            meant = set(originals(token.lexeme, pair.languages))
            if meant.isdisjoint(outside) or not meant.isdisjoint(inside):
                return False
    return True


def _own(pair: SentencePair, told: Sequence[Report], spans: Sequence[Span]) -> list[Span]:
    """Those of the words of saying that no other word of the original means: "plans"."""
    return [span for span in spans if not _answer_others(pair, told, [span])]


def _lost(pair: SentencePair, told: Sequence[Report], doubtful: bool) -> Issue | None:
    # Of a quotation only the words are left, as if they were the writer's own.
    bare = quotes(pair.source, pair.languages.source) and not quotes(
        pair.target, pair.languages.target
    )
    grave = any(
        report.manner in ("according", "clause") or (report.manner == "aside" and bare)
        for report in told
    )
    loose = marked(pair.target, pair.languages.target, "loose", "opinion")
    if not grave and _own(pair, told, loose):
        return None
    weak = doubtful or loose or marked(pair.target, pair.languages.target, "weak")
    shown = told[0].span.of(pair.source)
    return Issue(
        "attribution_lost",
        "major" if grave and not weak else "minor",
        f"the original leaves it to somebody with “{shown}”; the translation says it itself",
        tuple(report.span for report in told),
    )


def _vouched(pair: SentencePair, told: Sequence[Report], answers: Sequence[Span]) -> Issue | None:
    """A verb of saying that became one of knowing: "affirme" and "proved"."""
    spans = marked(pair.target, pair.languages.target, "factive")
    claims = [span for span in spans if THAT.match(pair.target, span.end)]
    if not spans or (not claims and len(answers) - len(spans) >= len(told)):
        return None
    if marked(pair.source, pair.languages.source, "factive"):
        return None
    verb, old = (claims or spans)[0], told[0].span
    return Issue(
        "attribution_changed",
        "major" if told[0].manner in ("according", "clause") else "minor",
        f"the original leaves it to the speaker with “{old.of(pair.source)}”; "
        f"“{verb.of(pair.target)}” says that it is so",
        (old,),
        (verb,),
    )


def _changed(pair: SentencePair, told: Sequence[Report]) -> Issue | None:
    """Somebody else who says it: "selon Moscou" and "according to Kyiv"."""
    names, others = _names(pair, "source"), _names(pair, "target")
    if not names or not others:
        return None
    language = pair.languages.target
    said = _parts(others, islice(speakers(pair.target, language), MOST))
    around = [
        part
        for before, after in islice(surroundings(pair.target, language), MOST)
        for part in _parts(others, [before]) or _parts(others, [after])
    ]
    for report in told:
        sources = _parts(names, [report.source])
        if not sources or not said or _is_said(pair, said[0], report.source):
            continue
        if not any(_are_same(pair, one, two) for one in sources for two in (*around, *said)):
            severity: Severity = "minor" if report.manner == "aside" else "major"
            return _turned(pair, report, sources[0].span, said[0].span, severity)
    return None


def _exchanged(pair: SentencePair, told: Sequence[Report]) -> Issue | None:
    """Speakers without a name: "la maire" accuses "son adjoint", and the deputy the mayor.

    Only links can tell them apart.
    """
    told = [report for report in told if report.manner != "aside"]
    is_long = len(pair.source_words) + len(pair.target_words) > MOST_WORDS
    carriers = counterparts(pair) if told and pair.links and not is_long else None
    if carriers is None:
        return None
    stretches = tuple(islice(speakers(pair.target, pair.languages.target), MOST))
    subjects = [each for each in carriers.target if _is_within(each.word, stretches)]
    sources = [report.source for report in told]
    strangers = [each for each in subjects if _all_outside(pair.answered(each.word), sources)]
    for report in told:
        asked = [each for each in carriers.source if _is_within(each.word, [report.source])]
        places = [place for each in asked for place in pair.answering(each.word)]
        if asked and not places and report.manner == "according":
            return _unheard(pair, report, asked[0].word)
        if not strangers or len(strangers) < len(subjects):
            continue
        if places and not any(_is_within(place, stretches) for place in places):
            return _turned(pair, report, asked[0].word, strangers[0].word, "minor")
    return None


def _replaced(pair: SentencePair, told: Sequence[Report]) -> Issue | None:
    """Speakers without a name of whom nothing is left: "la police" became "prosecutors".

    Links are left aside: a model links whatever stands in the same place.
    """
    if len(pair.source_words) + len(pair.target_words) > MOST_WORDS:
        return None
    carriers = worded(pair)
    if carriers is None:
        return None
    stretches = tuple(islice(speakers(pair.target, pair.languages.target), MOST))
    said = [each for each in carriers.target if each.common and _is_within(each.word, stretches)]
    strangers = [each for each in said if each.answer != ANSWERED]
    for report in told:
        asked = [each for each in carriers.source if _is_within(each.word, [report.source])]
        named = not all(each.common for each in asked)
        if not asked or any(each.answer == ANSWERED for each in asked) or (named and not strangers):
            continue
        if strangers:
            other = strangers[0].word
            if not are_of_one_role(pair, report.source, other):
                return _turned(pair, report, asked[0].word, other, "minor")
        elif len(told) > len(stretches):
            return _unheard(pair, report, asked[0].word)
    return None


def _turned(pair: SentencePair, report: Report, old: Span, new: Span, severity: Severity) -> Issue:
    return Issue(
        "attribution_changed",
        severity,
        f"the original leaves it to “{old.of(pair.source)}”, "
        f"the translation to “{new.of(pair.target)}”",
        (report.span, old),
        (new,),
    )


def _unheard(pair: SentencePair, report: Report, speaker: Span) -> Issue:
    return Issue(
        "attribution_lost",
        "minor",
        f"the original leaves it to “{speaker.of(pair.source)}”; "
        f"nobody in the translation answers to that",
        (report.span, speaker),
    )


def _all_outside(places: Sequence[Span], stretches: Iterable[Span]) -> bool:
    """Whether there are places, and none of them in a stretch."""
    return bool(places) and not any(_is_within(place, stretches) for place in places)


def _is_within(word: Span, stretches: Iterable[Span]) -> bool:
    return any(stretch.overlaps(word) for stretch in stretches)


def _names(pair: SentencePair, side: Side) -> tuple[Name, ...]:
    return proper_names(pair, side)[:MOST_NAMES]


def _parts(names: Iterable[Name], within: Iterable[Span]) -> list[Part]:
    """The parts of every name that reaches into one of the stretches, if they may well be names."""
    stretches = tuple(within)
    return [
        part
        for name in names
        if any(span.overlaps(name.span) for span in stretches)
        for part in name.parts
        if part.sure or part.likely
    ]


def _are_same(pair: SentencePair, one: Part, other: Part) -> bool:
    if is_same(one, other, pair.languages) or sorted(one.longest) == sorted(other.longest):
        return True
    return not (one.meaning and other.meaning) and is_near(one, other)


def _is_said(pair: SentencePair, part: Part, within: Span) -> bool:
    """Whether a word of the original's stretch, though no name, says what `part` says."""
    return any(
        not set(originals(lexeme, pair.languages)).isdisjoint(
            token.lexeme for token in both_sides(pair)[0] if within.overlaps(token.word)
        )
        for lexeme in part.lexemes
    )


CHECK = Check(
    name="attribution",
    types=("attribution_lost", "attribution_changed"),
    covers=(
        "who says it: according to, verbs of saying and of opinion, whom they are said of, "
        "and verbs that vouch for it"
    ),
    knows=knows,
    find=find,
)
