"""A translation far longer or shorter than translations of such sentences are."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log

from alignment.checks.check import Check, SentencePair
from alignment.checks.language import table
from alignment.document import Issue, Languages
from alignment.span import Span

# The log of the ratio of both lengths, STEADY characters added to each so that one measure fits
# short sentences and long ones. Of the 7,000 pairs of newstest2011, newstest2013 and FLORES dev,
# 5 lie beyond MAJOR and 44 beyond MINOR, either way.
STEADY = 20
MAJOR = 0.6
MINOR = 0.4


def find(pair: SentencePair) -> Iterator[Issue]:
    """Both sentences, where their lengths hardly go together."""
    if not pair.source_words or not pair.target_words:
        return
    ratio = longer(pair, STEADY)
    if abs(ratio) < MINOR:
        return
    percent = round(100 * exp(-ratio))
    yield Issue(
        "length_ratio",
        "major" if abs(ratio) >= MAJOR else "minor",
        f"the translation has about {percent} % of the length that one would expect",
        (Span(0, len(pair.source)),),
        (Span(0, len(pair.target)),),
    )


def longer(pair: SentencePair, steady: int) -> float:
    """Log of how much longer the original is than one would expect of its translation.

    `steady` characters are added to both, so that short sentences say less.
    """
    source = _length(pair.source) / density(pair.languages.source)
    target = _length(pair.target) / density(pair.languages.target)
    return log((source + steady) / (target + steady))


def _length(text: str) -> int:
    """The characters of a text, its spaces at both ends left out."""
    return len(text.strip())


def density(language: str) -> float:
    """How many characters a language takes for what takes one in English."""
    return float((table(language, "content") or {}).get("density", 1.0))


def knows(languages: Languages) -> bool:
    """Whether it is known how many characters both languages take."""
    return all(table(each, "content") for each in (languages.source, languages.target))


CHECK = Check(
    name="length",
    types=("length_ratio",),
    covers="a translation much longer or shorter than its original leads one to expect",
    knows=knows,
    find=find,
)
