"""The French conditional, known by its forms, and what each use of it says.

French news reports without vouching in the conditional ("aurait proposé":
*reportedly* proposed). The same form also answers a condition, tells the
future from the past ("a dit qu'il viendrait"), wishes, and softens a modal
verb; the words around tell these apart.

The form is a future stem, which ends in r, and an ending of the imperfect. An
imperfect whose own stem ends in r looks alike (montrait, tirait), so a stem
counts where it is an infinitive in -er, where the data of the language has it,
or where it is in -ir and not one of the few verbs in -irer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from alignment.checks.language import table
from alignment.checks.markers import BREAKS, Found, Markers, Reading, markers, occurrences, reading
from alignment.span import Span

Use = Literal["report", "hypothesis", "future in the past", "modal", "wish"]

ENDING = re.compile(r"(\w+r)(?:ais|ait|ions|iez|aient)")
IMPERFECT = re.compile(r"\w+(?:ais|ait|iez|aient)")
PARTICIPLE = re.compile(r"\w+(?:[éiu]|ée|ie|(?<![qg])ue|ert|it|oint|eint|aint|ort|is|us)(?:es?|s)?")
QUOTES = frozenset('«»“”"')
# Words between an auxiliary and its participle: "aurait, selon lui, très clairement refusé".
REACH = 7
# Words from a verb of saying to the conditional that it governs.
GOVERNED = 25
# Words from what is denied or sought to the conditional said of it, and what stands between.
SOUGHT = 12
RELATIVES = frozenset({"qui", "que", "qu'", "dont", "où"})
SOME = frozenset({"quelconque", "quelconques", "aucun", "aucune"})
NONE = frozenset({("pas", "de"), ("pas", "d'"), ("plus", "de"), ("jamais", "de")})
CONTENT = frozenset({"lequel", "laquelle", "lesquels", "lesquelles"})
# Words between a condition and what it conditions.
WITHIN = 40


@dataclass(frozen=True, slots=True)
class Conditional:
    """A verb group in the conditional.

    `span` runs from the verb to its participle, where there is one, in code
    points; `verb` is the verb alone. `past` is "aurait proposé".
    """

    span: Span
    verb: Span
    use: Use
    past: bool

    @property
    def reports(self) -> bool:
        """Whether it is the conditional of the press: told, not vouched for."""
        return self.use == "report"


@dataclass(frozen=True, slots=True)
class _Grammar:
    stems: re.Pattern[str]
    imperfect_stems: frozenset[str]
    modal: re.Pattern[str]
    wish: re.Pattern[str]
    no_imperfects: frozenset[str]
    participles: frozenset[str]
    no_participles: frozenset[str]
    barriers: frozenset[str]
    modal_participles: frozenset[str]
    frames: Markers


@lru_cache(maxsize=4)
def _grammar(language: str) -> _Grammar | None:
    data: Any = (table(language, "hedging") or {}).get("conditional")
    if data is None:
        return None
    return _Grammar(
        re.compile("|".join(data["stems"])),
        frozenset(data["imperfect_stems"]),
        re.compile("|".join(data["modal_stems"])),
        re.compile("|".join(data["wish_stems"])),
        frozenset(data["no_imperfects"]),
        frozenset(data["participles"]),
        frozenset(data["no_participles"]),
        frozenset(data["barriers"]),
        frozenset(data["modal_participles"]),
        markers(data["frames"]),
    )


def conditionals(text: str, language: str = "fr") -> tuple[Conditional, ...]:
    """The verb groups of `text` in the conditional, in order; none for a language without data."""
    return tuple(read_conditionals(reading(text), language))


def read_conditionals(read: Reading, language: str) -> Iterator[Conditional]:
    """The same of a text already read, one by one."""
    grammar = _grammar(language)
    if grammar is None:
        return
    stems = ((number, _stem(word, grammar)) for number, word in enumerate(read.words))
    frames: list[Found] | None = None
    for number, stem in stems:
        if stem:
            frames = _frames(read, grammar) if frames is None else frames
            yield _group(read, number, stem, frames, grammar)


def _frames(read: Reading, grammar: _Grammar) -> list[Found]:
    """What may make a conditional something else than a report; an "if" only with its verb."""
    return [
        frame
        for frame in occurrences(read, grammar.frames)
        if frame.kind != "if" or _has_imperfect(read, frame.last, grammar)
    ]


def _has_imperfect(read: Reading, number: int, grammar: _Grammar) -> bool:
    return any(
        IMPERFECT.fullmatch(word) and word not in grammar.no_imperfects and not _stem(word, grammar)
        for word in read.words[number + 1 : number + 1 + GOVERNED]
    )


def _stem(word: str, grammar: _Grammar) -> str:
    """The future stem of a verb in the conditional, nothing for any other word."""
    if word[-3:] not in ("ait", "ais", "ent", "ons", "iez"):
        return ""
    match = ENDING.fullmatch(word)
    if not match:
        return ""
    stem = match[1]
    if stem.endswith("ir"):
        return "" if stem in grammar.imperfect_stems else stem
    if stem.endswith("er"):
        return stem
    return stem if grammar.stems.fullmatch(stem) else ""


def _group(
    read: Reading, number: int, stem: str, frames: Sequence[Found], grammar: _Grammar
) -> Conditional:
    last = number
    auxiliary = stem in ("aur", "ser")
    if auxiliary:
        last = _participle(read, number, grammar)
    past = last > number and (stem == "aur" or _is_reflexive(read, number))
    use: Use
    if grammar.modal.fullmatch(stem) or (past and read.words[last] in grammar.modal_participles):
        use = "modal"
    elif grammar.wish.fullmatch(stem):
        use = "wish"
    else:
        use = _use(read, number, past, frames)
    return Conditional(read.between(number, last), read.spans[number], use, past)


def _participle(read: Reading, number: int, grammar: _Grammar) -> int:
    """The number of the participle that goes with an auxiliary, or the auxiliary's own."""
    last, aside = number, False
    if "y" in read.words[max(number - 2, 0) : number]:  # "il y aurait", "il n'y en aurait"
        return number + (read.words[number + 1 : number + 2] == ("eu",))
    for place in range(number + 1, min(number + 1 + REACH, len(read.words))):
        word = read.words[place]
        if word == ",":
            if place > number + 1 and not aside:
                break
            aside = not aside  # "aurait, selon la police, fui"
        elif word in BREAKS or word in QUOTES or (word in grammar.barriers and not aside):
            break
        elif _is_participle(word, grammar):
            last = place
            if word not in ("été", "eu"):
                break
    return last


def _is_participle(word: str, grammar: _Grammar) -> bool:
    if word in grammar.participles:
        return True
    known = word in grammar.no_participles or word in grammar.barriers
    return len(word) > 2 and not known and PARTICIPLE.fullmatch(word) is not None


def _is_reflexive(read: Reading, number: int) -> bool:
    return read.words[max(number - 1, 0)] in ("se", "s'")


def _is_imagined(words: Sequence[str], number: int) -> bool:
    """Whether it is said of what there is not, or of any at all: "pas de train qui irait"."""
    clause = words[max(0, number - SOUGHT) : number]
    link = next((place for place, word in enumerate(clause) if word in RELATIVES), None)
    before = clause[:link] if link else ()
    return not SOME.isdisjoint(before) or any(pair in NONE for pair in pairwise(before))


def _is_content(words: Sequence[str], number: int) -> bool:
    """Whether it is what a plan or an idea says: "le plan selon lequel la ville paierait"."""
    clause = words[max(0, number - GOVERNED) : number]
    return BREAKS.isdisjoint(clause) and any(
        one == "selon" and other in CONTENT for one, other in pairwise(clause)
    )


def _use(read: Reading, number: int, past: bool, frames: Sequence[Found]) -> Use:
    """What a conditional says that is neither of a modal verb nor a wish."""
    if _is_imagined(read.words, number):
        return "hypothesis"
    if not past and _is_content(read.words, number):
        return "future in the past"
    first = bisect_left(frames, number - WITHIN, key=lambda frame: frame.first)
    last = bisect_left(frames, number + WITHIN, key=lambda frame: frame.first)
    for frame in frames[first:last]:
        low, high = min(frame.last, number), max(frame.last, number)
        between = read.words[low + 1 : high]
        if not BREAKS.isdisjoint(between):
            continue
        if frame.kind != "told":
            return "hypothesis"
        governed = frame.last < number <= frame.last + GOVERNED
        if governed and not past and ("que" in between or "qu'" in between):
            return "future in the past"
    return "report"
