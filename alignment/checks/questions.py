"""Questions and exclamations: who asks in the one language asks in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from alignment.checks.check import Check, SentencePair
from alignment.checks.language import table
from alignment.checks.markers import Markers, markers, occurrences, reading
from alignment.document import Issue, Languages, Severity
from alignment.span import Span, touching

# What may follow the mark that ends a text: quotes, brackets, further marks.
CLOSED = re.compile(r"[\s\W]*")
# A mark in brackets is the writer's doubt, or the editor's, and asks nobody.
BRACKETED = re.compile(r"[(\[][^()\[\]]{0,40}$")


def knows(languages: Languages) -> bool:
    """Whether the marks of both languages are known."""
    return all(
        table(each, "punctuation") is not None for each in (languages.source, languages.target)
    )


def find(pair: SentencePair) -> Iterator[Issue]:
    """Questions that became statements, statements that became questions, calls that fell flat."""
    if not pair.source.strip() or not pair.target.strip():
        return
    here, there = pair.languages.source, pair.languages.target
    asked = _marks(pair.source, pair.source_words, here, "question")
    answered = _marks(pair.target, pair.target_words, there, "question")
    if asked and len(answered) < len(asked):
        yield _question_lost(pair, asked, answered)
    elif answered and not asked:
        yield _question_added(pair, answered)
    if not asked and not answered:
        called = _marks(pair.source, pair.source_words, here, "exclamation")
        if called and not _marks(pair.target, pair.target_words, there, "exclamation"):
            yield _exclamation_lost(called)


def _question_lost(
    pair: SentencePair, asked: tuple[Span, ...], answered: tuple[Span, ...]
) -> Issue:
    if answered:
        return Issue(
            "question_lost",
            "minor",
            f"the original asks {_times(len(asked))}, the translation {_times(len(answered))}",
            asked,
            answered,
        )
    whole = len(asked) == 1 and _ends(pair.source, asked[0])
    softened = _has(pair.target, pair.languages.target, "requests")
    severity: Severity = "major" if whole and not softened else "minor"
    return Issue(
        "question_lost",
        severity,
        "the original asks; there is no question in the translation",
        asked,
        _end(pair.target),
    )


def _question_added(pair: SentencePair, answered: tuple[Span, ...]) -> Issue:
    whole = len(answered) == 1 and _ends(pair.target, answered[0])
    asks = _has(pair.source, pair.languages.source, "asks")
    return Issue(
        "question_added",
        "major" if whole and not asks else "minor",
        "the translation asks; there is no question in the original",
        _end(pair.source),
        answered,
    )


def _exclamation_lost(called: tuple[Span, ...]) -> Issue:
    return Issue(
        "exclamation_lost",
        "minor",
        "the original calls out; there is no exclamation mark in the translation",
        called,
    )


def _marks(text: str, words: tuple[Span, ...], language: str, kind: str) -> tuple[Span, ...]:
    """Each mark of a kind, or each row of them, outside web addresses and brackets."""
    listed: Any = table(language, "punctuation")
    wanted = listed[kind]
    if not any(mark in text for mark in wanted):
        return ()
    return tuple(
        span
        for match in _rows(language).finditer(text)
        if any(mark in match.group() for mark in wanted)
        and not touching(words, span := Span(*match.span()))
        and not BRACKETED.search(text, max(0, match.start() - 41), match.start())
    )


@lru_cache(maxsize=16)
def _rows(language: str) -> re.Pattern[str]:
    listed: Any = table(language, "punctuation")
    return re.compile(f"[{re.escape(listed['question'] + listed['exclamation'])}]+")


@lru_cache(maxsize=64)
def _expressions(language: str, kind: str) -> Markers:
    listed: Any = table(language, "punctuation")
    return markers({kind: listed[kind]})


def _has(text: str, language: str, kind: str) -> bool:
    return any(True for _ in occurrences(reading(text), _expressions(language, kind)))


def _ends(text: str, mark: Span) -> bool:
    return CLOSED.fullmatch(text, mark.end) is not None


def _end(text: str) -> tuple[Span, ...]:
    """The last sign that isn't white space: the stop where the question mark would stand."""
    end = len(text.rstrip())
    return (Span(end - 1, end),)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


CHECK = Check(
    name="questions",
    types=("question_lost", "question_added", "exclamation_lost"),
    covers="question marks and exclamation marks, and sentences that ask without one",
    knows=knows,
    find=find,
)
