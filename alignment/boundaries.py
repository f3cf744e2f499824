"""What ends a sentence within a line: a stop, or a capital that no stop announces.

Every mark that may end a sentence is judged once, by the word before it and
the signs after it. What a language knows (which abbreviations, which opening
words) is data, from `alignment.abbreviations`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from alignment.abbreviations import Abbreviations, abbreviations
from alignment.span import Span

BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
# White space within a line, controls, and format characters that nobody sees.
SPACES = (
    "\x00-\x09\x0e-\x20\x7f-\x84\x86-\xa0\xad\u061c\u1680\u180e"
    "\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
)
STOPS = ".!?…‼⁇⁈⁉。！？؟۔।॥"
OPENING = "«“‘„‹([{¿¡—–-*•‣▪●■◦"
CLOSING = ",;:.!?…)]}»›”%/=+&|<>"
EMOJI = (
    "[\u2600-\u27bf\u2b50\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+"
)
# What stays with the sentence before it: quotes, brackets, notes ("[12]", "²"), emoji.
CLOSER = rf"[{SPACES}]?(?:[»›”]|{EMOJI})|[)\]}}]|['’](?!\w)|\[\d{{1,3}}\]|[\u00b2\u00b3\u00b9]"
STOP = (
    rf"(?P<stop>[{STOPS}]++(?:[{SPACES}]?[{STOPS}]++)*+)"
    rf"(?P<closers>(?:{CLOSER})*+)(?P<gap>[{SPACES}]*+)"
)
# A place in capitals, perhaps an agency, a dash: "PARIS (Reuters) - ".
DATELINE = re.compile(
    r"[A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]+)*+(?:, [^()\n]{1,20})? \([^()\n]{2,30}\) ?[-–—] "
)
NEXT = re.compile(rf"(?P<opening>[{re.escape(OPENING)}{SPACES}]*+)(?P<word>\w*+)(?P<sign>.?)")
WORD = re.compile(r"\w")

# How far back the word before a mark is looked for, in code points.
WORD_LENGTH = 40
# The longest quotation, in code points, that the clause around it holds together.
QUOTATION_LENGTH = 300
QUOTATION = re.compile(
    rf"(?:«[^«»]{{1,{QUOTATION_LENGTH}}}»|“[^“”]{{1,{QUOTATION_LENGTH}}}”)[{SPACES}]*+(?P<next>.?)"
)
DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}\Z")
LIST_HEAD = re.compile(r"(?:\d{1,2}\.)*(?:\d{1,3}|[IVX]{1,5}|[^\W\d_])\Z")
NUMERAL = re.compile(r"\d|[IVXLC]+\b|[A-Z]\.")
ADDRESS = re.compile(r"[/@]|\Awww\.", re.IGNORECASE)
FILE_ENDINGS = frozenset(
    "asp aspx ca com css csv doc docx exe fr gif gov htm html jpeg jpg js json md mp3 mp4 net org "
    "pdf php png py svg txt uk xls xlsx xml zip".split()
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of a language, made ready for matching.

    `marks` finds all that may end a sentence: a stop with what sticks to it,
    or the gap before an opening word or a dateline.
    """

    lists: Abbreviations
    opener: re.Pattern[str]
    marks: re.Pattern[str]


@cache
def rules(language: str) -> Rules:
    """The rules of a language; its opening words composed or decomposed, with any apostrophe."""
    lists = abbreviations(language)
    words = {
        form.replace("'", "['’]") + ("" if form.endswith("'") else r"(?![\w\u0300-\u036f])")
        for word in lists.openers
        for form in (word, unicodedata.normalize("NFD", word))
    }
    opener = "|".join(sorted(words, reverse=True)) or r"(?!)"
    bare = rf"(?P<bare>[{SPACES}]++)(?={opener}|{DATELINE.pattern})"
    return Rules(lists, re.compile(opener), re.compile(f"{STOP}|{bare}"))


def boundaries(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    """The gap between each two sentences of a paragraph: blank, or empty where they are glued.

    `text` has its straight quotes `directed`.
    """
    known = rules(language)
    quotations = held_quotations(text, paragraph)
    quotation = next(quotations, None)
    start = paragraph.start
    for mark in known.marks.finditer(text, *paragraph):
        while quotation and quotation.end <= mark.start():
            quotation = next(quotations, None)
        if quotation and quotation.start < mark.start():
            continue
        if mark["stop"] is None:
            gap = Span(*mark.span("bare"))
            ends = ends_bare(text, start, gap, known)
        else:
            gap = Span(*mark.span("gap"))
            ends = gap.end < paragraph.end and ends_stopped(text, start, mark, known)
        if ends:
            yield gap
            start = gap.end


def held_quotations(text: str, paragraph: Span) -> Iterator[Span]:
    """Quotations that their sentence goes on after, so that no stop in them ends it."""
    for quotation in QUOTATION.finditer(text, *paragraph):
        sign = quotation["next"]
        closing = text.rindex("»" if text[quotation.start()] == "«" else "”", *quotation.span())
        if sign.islower() or sign in (",", ";") or text[closing - 1] == ",":
            yield Span(quotation.start(), closing)


def ends_stopped(text: str, start: int, mark: re.Match[str], known: Rules) -> bool:
    """Whether the sentence that began at `start` ends with this stop."""
    follower = NEXT.match(text, mark.end())
    assert follower is not None  # it matches the empty string too
    first = follower["word"][:1]
    if first.islower() or (not first and follower["sign"] in CLOSING):
        return False
    if not WORD.search(text, start, mark.start()):
        return False
    token = last_token(text, start, mark.start())
    if mark["stop"] == "." and token:
        verdict = after_full_stop(text, start, mark, token, follower, known)
        if verdict is not None:
            return verdict
    if mark["closers"].startswith(")") and text[start] != "(":
        return opens(text, follower, known)
    return bool(mark["gap"]) or parts_glued(token, mark, follower, known)


def after_full_stop(
    text: str, start: int, mark: re.Match[str], token: str, follower: re.Match[str], known: Rules
) -> bool | None:
    """What the word before a single full stop says; None where it is no abbreviation."""
    word = plain_word(token)
    forms = {word, word[:1].lower() + word[1:]}
    if forms & known.lists.never_final:
        return False
    if LIST_HEAD.match(word) and heads_item(text, start, mark.start() - len(token)):
        return False
    if forms & known.lists.before_number and NUMERAL.match(follower["word"] + follower["sign"]):
        return False
    if forms & known.lists.maybe_final:
        return opens(text, follower, known)
    if (len(word) == 1 and word.isupper()) or DOTTED.match(word):
        return opens_plainly(text, follower.start("word"), known)
    return None


def ends_bare(text: str, start: int, gap: Span, known: Rules) -> bool:
    """Whether a sentence without a stop, such as a title, ends at this gap."""
    if gap.start <= start:
        return False
    before = text[gap.start - 1]
    if before == ";" or DATELINE.match(text, gap.end):
        return True
    if before in OPENING + ",:/&'’" or not opens_plainly(text, gap.end, known):
        return False
    word = plain_word(last_token(text, start, gap.start))
    return word[:1].upper() + word[1:] not in known.lists.openers


def parts_glued(token: str, mark: re.Match[str], follower: re.Match[str], known: Rules) -> bool:
    """Whether a stop without a blank after it ends a sentence: "politique.Cependant"."""
    word = follower["word"]
    if (
        ADDRESS.search(token)
        or not word
        or word[0].isdigit()
        or follower["opening"][:1] in ("-", "'")
    ):
        return False
    if mark["stop"] != "." or mark["closers"] or follower["opening"]:
        return True
    left = plain_word(token)
    if word.casefold() in FILE_ENDINGS:
        return False
    if left[-1:].isdigit():
        return word[1:].islower() or follower["sign"] in ("'", "’")
    if left[-2:].isupper():
        return opens(mark.string, follower, known)
    return not left[-1:].isalpha() or (len(left) > 1 and left[-2:].islower())


def opens(text: str, follower: re.Match[str], known: Rules) -> bool:
    """Whether an opening word of the language stands here, not behind a dash."""
    dashed = follower["opening"].strip()[:1] in ("-", "–", "—")
    return not dashed and known.opener.match(text, follower.start("word")) is not None


def opens_plainly(text: str, position: int, known: Rules) -> bool:
    """Whether an opening word stands here that is no part of a name: no capital follows it."""
    opener = known.opener.match(text, position)
    if opener is None or opener.end() - position == 1:
        return False
    follower = NEXT.match(text, opener.end())
    assert follower is not None  # it matches the empty string too
    first = follower["word"][:1]
    return first.islower() or first.isdigit()


def heads_item(text: str, start: int, position: int) -> bool:
    """Whether a number or letter here begins a sentence or follows a colon or a semicolon."""
    before = text[max(start, position - 3) : position].strip(" \u00a0\u202f")
    return (
        position <= start or before.endswith((":", ";")) or not WORD.search(text, start, position)
    )


def last_token(text: str, start: int, end: int) -> str:
    """What stands between the last blank and `end`, as far as a word can be long."""
    before = text[max(start, end - WORD_LENGTH) : end]
    return "" if before[-1:].isspace() else before.split()[-1] if before else ""


def plain_word(token: str) -> str:
    """A token as it stands in the lists: composed, without elision, opening signs and soft hyphens."""
    if not token.isascii():
        token = unicodedata.normalize("NFC", token.replace("\u00ad", "").replace("’", "'"))
    return token.rpartition("'")[2].lstrip(OPENING)
