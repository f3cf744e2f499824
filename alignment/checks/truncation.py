"""A translation that stops in the middle of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from alignment.checks.check import Check, SentencePair
from alignment.checks.counterparts import Carrier, counterparts
from alignment.checks.language import table
from alignment.checks.tokens import both_sides, listed
from alignment.document import Issue, Languages
from alignment.lexicon import lexicon
from alignment.span import Span

# What closes a sentence, and what may stand behind that.
ENDED = re.compile(r"[.!?…:;。！？][\s\"'»”’)\]]*\Z")
# What can't be the last of one.
OPEN = re.compile(r"[,(\[«“‘–—-]\s*\Z")
# Where the stop is missing, the unanswered words at the end must weigh so much
# (`counterparts.WEIGHTS`): one is enough, even where it is perhaps answered.
MISSING = 1.0
PLAIN = 4.0
# No sentence's end is further back than this many characters.
TAIL = 40


def find(pair: SentencePair) -> Iterator[Issue]:
    """The last word, where the translation breaks off behind it."""
    last = cut_short(pair)
    if last is not None:
        said = last.of(pair.target)
        yield Issue(
            "truncated",
            "major" if _is_plain(pair) else "minor",
            f"the translation breaks off after “{said}”; the original goes on to its end",
            (_unsaid(pair),),
            (last,),
        )


def _is_plain(pair: SentencePair) -> bool:
    """Whether there is more to see than a stop that is missing beside a free translation."""
    unsaid = sum(carrier.weight for carrier in _tail(pair))
    return _hangs(pair) or _is_half_a_word(pair) or unsaid >= PLAIN


def cut_short(pair: SentencePair) -> Span | None:
    """The last word of a translation that stops before its end, None where it does not."""
    if not pair.source_words or not pair.target_words:
        return None
    end = pair.target[-TAIL:]
    if _ended(pair.target) or OPEN.search(pair.source[-TAIL:]):
        return None
    broken = OPEN.search(end) or _hangs(pair) or _is_half_a_word(pair) or _tail(pair)
    return pair.target_words[-1] if broken else None


def _is_half_a_word(pair: SentencePair) -> bool:
    """Whether the last word, without the stop that the original has, is none that is known."""
    last = both_sides(pair)[1][-1]
    known = lexicon(pair.languages)
    return (
        known is not None
        and _ended(pair.source)
        and not last.capital
        and last.lexeme.isalpha()
        and last.lexeme not in known.targets
        and all(last.lexeme != token.lexeme for token in both_sides(pair)[0])
    )


def _hangs(pair: SentencePair) -> bool:
    """Whether the last word is one that nothing ends with.

    A heading without a stop may well end with a preposition ("enough to live on").
    """
    last = both_sides(pair)[1][-1]
    language = pair.languages.target
    lists = ["unfinished", "stranded"] if _ended(pair.source) else ["unfinished"]
    return not last.capital and any(last.lexeme in listed(language, each) for each in lists)


def _ended(text: str) -> bool:
    return ENDED.search(text[-TAIL:]) is not None


def _tail(pair: SentencePair) -> Sequence[Carrier]:
    """The words at the end of the original that the translation no longer answers.

    Where the original does not end as a sentence either, a missing stop says nothing.
    """
    found = counterparts(pair) if _ended(pair.source) else None
    if found is None:
        return ()
    best, start, weight = 0.0, len(found.source), 0.0
    for number in range(len(found.source) - 1, -1, -1):
        weight += found.source[number].weight
        if weight > best:
            best, start = weight, number
    return found.source[start:] if best >= MISSING else ()


def _unsaid(pair: SentencePair) -> Span:
    """What the translation did not come to; the last word of the original at least."""
    first = [carrier.word for carrier in _tail(pair)] or pair.source_words[-1:]
    return Span(first[0].start, pair.source_words[-1].end)


def knows(languages: Languages) -> bool:
    """Whether there is a table of the language of the translation."""
    return table(languages.target, "content") is not None


CHECK = Check(
    name="truncation",
    types=("truncated",),
    covers="a translation without an end: the stop is missing, and words at the end with it",
    knows=knows,
    find=find,
)
