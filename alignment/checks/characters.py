"""Characters that are no text: broken encodings, holes in the vocabulary, lost symbols."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from alignment.checks.check import Check, SentencePair
from alignment.checks.language import table
from alignment.document import Issue, Languages
from alignment.span import Span, touching
from alignment.words import PICTURE

# The replacement character, the mark of an unknown piece, private use, half a surrogate pair,
# characters that Unicode does not have, and controls that are no white space.
BROKEN = re.compile(
    "\ufffd+|\u2047+|[□▯]+|▁|(?:<|&lt;)unk(?:>|&gt;)|[<\\[]/?(?:s|unk|UNK|pad|PAD|eos|bos)[>\\]]"
    "|[\ue000-\uf8ff\U000f0000-\U0010ffff]+|[\ud800-\udfff]+"
    "|[\ufdd0-\ufdef\ufffe\uffff]+|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+"
    # Overrides of the direction, and what has no width within a Latin word.
    "|[\u202a-\u202e\u2066-\u2069]+|(?<=[a-zA-Z])[\u200b-\u200d\u2060\ufeff]+(?=[a-zA-Z])"
)
# What a program writes for a character: bytes, escapes, entities, quoted-printable, URLs' codes.
ESCAPE = re.compile(
    r"<0x[0-9A-F]{2}>|\\(?:[ux][0-9a-fA-F]{2,8}|u\{[0-9a-fA-F]+\}|[nrt](?![a-zA-Z])|[\"'])"
    r"|&(?:[a-zA-Z]{2,8}\d?|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
    r"|(?:=[C-F][0-9A-F]=[89AB][0-9A-F])+|(?:%[C-F][0-9A-Fa-f]%[89ABab][0-9A-Fa-f])+|%20"
)
# What Windows-1252 makes of the bytes 80 to BF; Latin-1 makes controls and signs of them.
_TAIL = "\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# UTF-8 that was read as Windows-1252, Latin-1 or Mac Roman: "Ã©" or "√©" for "é", "â€™" for "’".
MISREAD = re.compile(
    f"(?:[ÂÃÄÅÐÑ][{_TAIL}])+|â[€‚„\u0080-\u0083][{_TAIL}]?|â[†‡ˆ‰\u0086-\u0089][{_TAIL}]"
    f"|ï»¿|ï¿½|ðŸ[{_TAIL}]*|ð\u009f[{_TAIL}]*|√[©®†°¢´ª∂ßÆÅÄâßπ±∏]|‚Ä[ôúùìîò¶î]|¬[´ªª∞†]|├[®¿áóí«]"
)
# What is left of a letter that an encoding lacks: "Besan?on".
GAP = re.compile(r"(?<=[^\W\d_])\?+(?=[a-zß-ÿ])")
ADDRESS = re.compile(r"\S+")
# A word of two alphabets, of which one looks like the other.
MIXED = re.compile("(?<=[a-zA-Z])[\u0400-\u04ff]+|[\u0400-\u04ff](?=[a-zA-Z])")
PATTERNS = (BROKEN, ESCAPE, MISREAD, GAP, MIXED)
# Patterns of signs that addresses are made of.
WRITTEN = (ESCAPE, GAP)
# What no pattern begins without: most texts have nothing of the kind.
SUSPECT = re.compile(
    r"[^A-Za-z0-9\s.,;:!?%'\"()/’‘“”–—«»éèêëàçùûîïôöüáíóúñäß$€£+*#@-]|\?[a-zß-ÿ]|%[0-9A-F]"
)
# Signs that stand for something; their words, in the translation, are as good.
SYMBOL = re.compile(rf"[€$£¥§©®™‰°%†‡¶]|{PICTURE}")


def find(pair: SentencePair) -> Iterator[Issue]:
    """Broken characters that the original does not have, and symbols that it has alone."""
    yield from _broken(pair)
    if pair.target_words:
        yield from _lost(pair)


def _broken(pair: SentencePair) -> Iterator[Issue]:
    if SUSPECT.search(pair.target) is None:
        return
    seen: dict[str, bool] = {}
    found: list[Span] = []
    addresses = [
        Span(*match.span()) for match in ADDRESS.finditer(pair.target) if "/" in match.group()
    ]
    for pattern in PATTERNS:
        for match in pattern.finditer(pair.target):
            signs = match.group()
            if pattern in WRITTEN and touching(addresses, Span(*match.span())):
                continue
            if signs not in seen:
                seen[signs] = signs in pair.source
            if not seen[signs]:
                found.append(Span(*match.span()))
    found = _apart(found)
    if found:
        named = ", ".join(sorted({_named(span.of(pair.target)) for span in found})[:5])
        yield Issue(
            "unknown_characters",
            "major",
            f"characters that are no text, and that the original does not have: {named}",
            (),
            tuple(found),
        )


def _apart(found: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    apart: list[Span] = []
    for span in sorted(found):
        if apart and span.start <= apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart


def _lost(pair: SentencePair) -> Iterator[Issue]:
    symbols = (table(pair.languages.target, "characters") or {}).get("symbols", {})
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
