"""Characters that are no text: broken encodings, holes in the vocabulary, lost symbols."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from alignment.checks.check import Check, SentencePair
from alignment.checks.language import table
from alignment.document import Issue, Languages
from alignment.span import Span
from alignment.words import PICTURE

# The replacement character, the mark of an unknown piece, private use, half a surrogate pair,
# characters that Unicode does not have, and controls that are no white space.
BROKEN = re.compile(
    "\ufffd+|\u2047+|[□▯]+|▁|(?:<|&lt;)unk(?:>|&gt;)|<0x[0-9A-F]{2}>|\\\\[ux][0-9a-fA-F]{2,4}"
    "|&(?:lt|gt|amp|quot|apos|nbsp|#\\d{2,5});|[\ue000-\uf8ff\U000f0000-\U0010ffff]+|[\ud800-\udfff]+"
    "|[\ufdd0-\ufdef\ufffe\uffff]+|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+"
)
# UTF-8 that was read as Windows-1252 or Latin-1: "Ã©" for "é", "â€™" for "’".
MISREAD = re.compile(
    "Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œž¦“”˜]|Â[\u00a0-\u00bf]|ï»¿|ðŸ"
)
# Signs that stand for something; their words, in the translation, are as good.
SYMBOL = re.compile(rf"[€$£¥§©®™]|{PICTURE}")


def find(pair: SentencePair) -> Iterator[Issue]:
    """Broken characters that the original does not have, and symbols that it has alone."""
    yield from _broken(pair)
    if pair.target_words:
        yield from _lost(pair)


def _broken(pair: SentencePair) -> Iterator[Issue]:
    seen: dict[str, bool] = {}
    found = []
    for pattern in (BROKEN, MISREAD):
        for match in pattern.finditer(pair.target):
            signs = match.group()
            if signs not in seen:
                seen[signs] = signs in pair.source
            if not seen[signs]:
                found.append(Span(*match.span()))
    if found:
        named = ", ".join(sorted({_named(span.of(pair.target)) for span in found})[:5])
        yield Issue(
            "unknown_characters",
            "major",
            f"characters that are no text, and that the original does not have: {named}",
            (),
            tuple(sorted(found)),
        )


def _lost(pair: SentencePair) -> Iterator[Issue]:
    symbols = (table(pair.languages.target, "content") or {}).get("symbols", {})
    there = Counter(SYMBOL.findall(pair.target))
    lost: dict[str, list[Span]] = defaultdict(list)
    for match in SYMBOL.finditer(pair.source):
        if not there[match.group()]:
            lost[match.group()].append(Span(*match.span()))
    for symbol, spans in lost.items():
        if not any(word in pair.target.lower() for word in symbols.get(symbol, ())):
            yield Issue(
                "unknown_characters",
                "minor",
                f"the original has “{symbol}”, the translation neither this nor a word for it",
                tuple(spans),
                (),
            )


def _named(text: str) -> str:
    return "".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in text[:8])


def knows(languages: Languages) -> bool:
    """Characters are the same in every language."""
    return True


CHECK = Check(
    name="characters",
    types=("unknown_characters",),
    covers="broken encodings, unknown pieces and lost symbols",
    knows=knows,
    find=find,
)
