"""What ends a sentence within a line: a stop, or a capital that no stop announces.

Every mark that may end a sentence is judged once, by the word before it and
the signs after it. What a language knows (which abbreviations, which opening
words) is data, from `alignment.abbreviations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from alignment.abbreviations import Abbreviations
from alignment.marks import CLOSING, OPENING, SPACES, Rules, rules
from alignment.span import Span

# What stands before the agency of a dateline: capitals, perhaps a date ("PARIS, 3 mai ").
PLACE = re.compile(r"(?<!\S)[A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]+)*(?:, [^()\n]{1,20})? \Z")
SPACE = re.compile(rf"[{SPACES}]")
WORD = re.compile(r"\w")

# How far back the word before a mark, or a place, is looked for, in code points.
WORD_LENGTH = 40
# The longest quotation, in code points, that the clause around it holds together.
QUOTATION_LENGTH = 300
QUOTATION = re.compile(
    rf"(?:«[^«»]{{1,{QUOTATION_LENGTH}}}»|“[^“”]{{1,{QUOTATION_LENGTH}}}”)(?=[{SPACES}]*+(?P<next>.?))"
)
DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}\Z")
LIST_HEAD = re.compile(r"(?:\d{1,2}\.)*(?:\d{1,3}|[IVX]{1,5}|[^\W\d_])\Z")
# What stands for every number in a list: where ordinals have a full stop ("3. Oktober").
ANY_NUMBER = "0"
ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[ivxIVX]{1,5}|[^\W\d_])\)\Z")
ITEM_LETTER = re.compile(r"[a-z]\) ")
NUMERAL = re.compile(r"\d|[IVXLC]+\b|[A-Z]\.")
# Long enough and with vowels enough to be no abbreviation.
WHOLE_WORD = re.compile(r"(?=\w{5})(?:[^\W\d_A-Z]*?[aeiouyàâéèêîôû]){2}[^\W\d_A-Z]*\Z")
ADDRESS = re.compile(r"[/@]|\Awww\.", re.IGNORECASE)
# What may follow the full stop of an address or a file name with a capital: "Photo.JPG".
FILE_ENDING = re.compile(
    r"(?:aspx?|ca|com|css|csv|docx?|exe|fr|gif|gov|html?|jpe?g|js|json|md|mp[34]|net|org|pdf|php|png"
    r"|py|svg|txt|uk|xlsx?|xml|zip)\Z",
    re.IGNORECASE,
)


def boundaries(line: str, language: str) -> Iterator[Span]:
    """The gap between each two sentences of a line: blank, or empty where they are glued.

    No blank stands around the line, and its straight quotes are directed.
    """
    known = rules(language)
    quotations = held_quotations(line)
    quotation = next(quotations, None)
    start = 0
    for mark in known.marks.finditer(line):
        position = mark.start()
        while quotation and quotation.end <= position:
            quotation = next(quotations, None)
        if quotation and quotation.start < position:
            continue
        if mark["gap"] is None:
            gap = bare_gap(line, start, position, known)
        elif mark.end("gap") < len(line) and ends_stopped(line, start, mark, known):
            gap = Span(*mark.span("gap"))
        else:
            continue
        if gap:
            yield gap
            start = gap.end


def held_quotations(line: str) -> Iterator[Span]:
    """Quotations that their sentence goes on after, so that no stop in them ends it."""
    for quotation in QUOTATION.finditer(line):
        sign = quotation["next"]
        if sign.islower() or sign in (",", ";") or line[quotation.end() - 2] == ",":
            yield Span(quotation.start(), quotation.end() - 1)


def ends_stopped(line: str, start: int, mark: re.Match[str], known: Rules) -> bool:
    """Whether the sentence that began at `start` ends with this stop."""
    opening, word, position = mark["opening"], mark["word"], mark.start()
    if not word and closes(line, mark.end("opening")) and opening.strip() not in ("(", "["):
        return False
    token = last_token(line, start, position)
    if not token[-1:].isalnum() and not has_word(line, start, position):
        return False
    if word[:1].islower():
        return starts_small(token, mark, known)
    if line[position] == "!" and not mark["more"] and f"{token}!" in known.lists.maybe_final:
        return opens(mark, known)
    if line[position] == "." and not mark["more"] and token:
        verdict = after_full_stop(line, start, mark, token, known)
        if verdict is not None:
            return verdict
    if mark["closers"].startswith(")") and line[start] != "(":
        return opens(mark, known)
    return bool(mark["gap"]) or parts_glued(token, mark, known)


def after_full_stop(
    line: str, start: int, mark: re.Match[str], token: str, known: Rules
) -> bool | None:
    """What the word before a single full stop says; None where it is no abbreviation."""
    lists, word = known.lists, plain_word(token)
    if word in lists.never_final:
        return False
    if word in lists.maybe_final:
        return opens(mark, known)
    if word in lists.before_number and NUMERAL.match(line, mark.end("opening")):
        return False
    if len(word) > 3 and "." not in word:
        return None
    if LIST_HEAD.match(word) and heads_item(line, start, mark.start() - len(token), lists):
        return False
    if word.isdecimal() and ANY_NUMBER in lists.maybe_final:
        return opens(mark, known)
    dotted = DOTTED.match(word) is not None
    if dotted and "-" not in word and mark["gap"]:
        return opens(mark, known)
    if len(word) == 1 and plain_word(token_before(line, start, mark, token)) in lists.before_letter:
        return None
    if dotted or (len(word) == 1 and word.isupper()):
        return opens_plainly(line, mark.end("opening"), known)
    return None


def starts_small(token: str, mark: re.Match[str], known: Rules) -> bool:
    """Whether a sentence begins without its capital: an opening word after a whole word, "b)"."""
    if (
        len(mark["word"]) == 1
        and mark["gap"]
        and ITEM_LETTER.match(mark.string, mark.end("opening"))
    ):
        return True
    if mark["more"] or mark["closers"] or mark["opening"] or not mark["gap"]:
        return False
    word, openers = mark["word"].capitalize(), known.lists.openers
    whole = mark.string[mark.start()] == "." and WHOLE_WORD.match(plain_word(token)) is not None
    return whole and (word in openers or word + "'" in openers)


def parts_glued(token: str, mark: re.Match[str], known: Rules) -> bool:
    """Whether a stop without a blank after it ends a sentence: "politique.Cependant"."""
    opening, word = mark["opening"], mark["word"]
    if not word or word[0].isdigit() or opening[:1] in ("-", "'") or ADDRESS.search(token):
        return False
    if mark["more"] or mark["closers"] or opening or mark.string[mark.start()] != ".":
        return True
    if FILE_ENDING.match(word):
        return False
    left = plain_word(token)
    if left[-1:].isdigit() or left[-2:].isupper():
        return len(word) > 2 or opens(mark, known)
    if len(left) > 1 and left[-2:].islower():
        return True
    return not left[-1:].isalpha() or opens(mark, known)


def opens(mark: re.Match[str], known: Rules) -> bool:
    """Whether an opening word of the language stands behind this stop, without a dash."""
    dashed = mark["opening"].strip()[:1] in ("-", "–", "—")
    return not dashed and known.opener.match(mark.string, mark.end("opening")) is not None


def opens_plainly(line: str, position: int, known: Rules) -> bool:
    """Whether an opening word stands here that is no part of a name: no capital follows it."""
    opener = known.opener.match(line, position)
    if opener is None or opener.end() - position == 1:
        return False
    following = line[opener.end() : opener.end() + 3].lstrip()[:1]
    return following.islower() or following.isdigit()


def bare_gap(line: str, start: int, position: int, known: Rules) -> Span | None:
    """The gap before this opening word or agency, if a sentence without a stop ends at it."""
    dateline = line[position] == "("
    if dateline:
        place = PLACE.search(line[max(start, position - WORD_LENGTH) : position])
        if place is None:
            return None
        position -= len(place.group())
    end = position
    while end > start and SPACE.match(line, end - 1):
        end -= 1
    before = line[end - 1 : end] if end > start else ","
    if before in ",:" or (end == position and before not in ")»”"):
        return None
    if (
        dateline
        or (before == ";" and line[position : position + 2] != "I ")
        or follows_title(line, start, end, position, known)
    ):
        return Span(end, position)
    return None


def follows_title(line: str, start: int, end: int, position: int, known: Rules) -> bool:
    """Whether an opening word comes after what may be a title, or a sentence that lost its stop."""
    if line[end - 1] in OPENING + "/&|'’" or not opens_plainly(line, position, known):
        return False
    token = last_token(line, start, end)
    word = plain_word(token)
    return (
        not ITEM_NUMBER.match(token)
        and word not in known.lists.before_title
        and word.capitalize() not in known.lists.openers
    )


def closes(line: str, position: int) -> bool:
    """Whether no sentence can begin with the sign here."""
    return position >= len(line) or line[position] in CLOSING or line[position].isspace()


def has_word(line: str, start: int, end: int) -> bool:
    """Whether there is a word between `start` and `end`, not too far back."""
    return WORD.search(line, max(start, end - QUOTATION_LENGTH), end) is not None


def heads_item(line: str, start: int, position: int, lists: Abbreviations) -> bool:
    """Whether a number or letter here begins a sentence, a caption or a heading, or an item.

    An item may stand within a sentence, after a colon or a semicolon.
    """
    before = line[max(start, position - 3) : position].rstrip()
    if before.endswith((":", ";")) or not has_word(line, start, position):
        return True
    head = line[start:position] if position - start < WORD_LENGTH else ""
    word = plain_word(head.strip().removesuffix("."))
    return word in lists.headings or word in lists.before_number


def token_before(line: str, start: int, mark: re.Match[str], token: str) -> str:
    """What stands before the token in front of a stop, if one blank parts them."""
    return last_token(line, start, mark.start() - len(token) - 1)


def last_token(line: str, start: int, end: int) -> str:
    """What stands between the last blank and `end`, as far as a word can be long."""
    before = line[max(start, end - WORD_LENGTH) : end]
    return "" if before[-1:].isspace() else before.rsplit(None, 1)[-1] if before else ""


def plain_word(token: str) -> str:
    """A token as the lists have it: composed, without elision, opening signs and soft hyphens."""
    if token.isalpha():
        return token
    if not token.isascii():
        token = normalize("NFC", token.replace("\u00ad", "").replace("’", "'"))
    return token.rpartition("'")[2].lstrip(OPENING)
