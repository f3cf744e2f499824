"""Where a name of one text is found in the other: as it is, folded, translated, or as initials."""

from __future__ import annotations

from dataclasses import dataclass

from alignment.checks.check import SentencePair
from alignment.checks.gazetteer import same_meaning
from alignment.checks.proper import Name, Part, proper_names
from alignment.checks.spelling import NEAR, key, nearness
from alignment.checks.tokens import Token, both_sides
from alignment.checks.translations import originals, translations
from alignment.document import Languages

# A name may be within a longer word: "Alqaida".
SHORTEST_WITHIN = 5
# Beyond so many code points, and so many words with a capital, no such thing is looked for.
LONGEST = 10_000
LONGEST_INITIALS = 400


@dataclass(frozen=True, slots=True)
class NamedText:
    """One text of a pair, as the names of the other are looked for in it."""

    names: tuple[Name, ...]
    lexemes: frozenset[str]
    keys: frozenset[str]
    meanings: frozenset[str]
    squeezed: str
    initials: str
    acronyms: frozenset[str]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all names, in order."""
        return tuple(part for name in self.names for part in name.parts)


def named_texts(pair: SentencePair) -> tuple[NamedText, NamedText]:
    """Both texts of a pair."""
    source, target = both_sides(pair)
    return (
        _named_text(source, proper_names(pair, "source")),
        _named_text(target, proper_names(pair, "target")),
    )


def _named_text(tokens: tuple[Token, ...], names: tuple[Name, ...]) -> NamedText:
    capitals = [token.lexeme for token in tokens if token.capital]
    return NamedText(
        names,
        frozenset(token.lexeme for token in tokens),
        frozenset(key(each) for each in capitals),
        frozenset(part.meaning for name in names for part in name.parts if part.meaning),
        "".join(token.lexeme for token in tokens)[:LONGEST],
        "".join(each[0] for each in capitals)[:LONGEST_INITIALS],
        frozenset(_letters(part) for name in names for part in name.parts if part.acronym),
    )


# Of "Saint-Malo" and "Saint-Étienne", what they have in common is no name.
GENERIC = frozenset(
    {"saint", "sainte", "saints", "st", "ste", "notre", "dame", "mont", "bois", "port"}
)


def in_target(part: Part, target: NamedText, languages: Languages) -> bool:
    """Whether a name of the source is in the target."""
    if _is_in(part, target):
        return True
    answered = [
        not target.lexemes.isdisjoint(translations(lexeme, languages)) for lexeme in _telling(part)
    ]
    return _enough(part, answered)


def in_source(part: Part, source: NamedText, languages: Languages) -> bool:
    """Whether a name of the target is in the source."""
    if _is_in(part, source):
        return True
    answered = [
        not source.lexemes.isdisjoint(originals(lexeme, languages)) for lexeme in _telling(part)
    ]
    return _enough(part, answered)


def _telling(part: Part) -> list[str]:
    """The lexemes that a part is told by."""
    telling = [each for each in part.lexemes if len(each) > 2]
    return [each for each in telling if each not in GENERIC] or telling


def _enough(part: Part, answered: list[bool]) -> bool:
    """North Korea isn't answered by "Korea" alone; of a compound without a meaning, a part is."""
    return bool(answered) and (all(answered) if part.meaning else any(answered))


def is_same(one: Part, other: Part, languages: Languages) -> bool:
    """Whether a part of the source and one of the target say the same name."""
    if one.meaning and other.meaning:
        return same_meaning(one.meaning, other.meaning)
    if key(one.longest) == key(other.longest):
        return True
    return any(
        not set(translations(lexeme, languages)).isdisjoint(other.lexemes)
        for lexeme in one.lexemes
        if len(lexeme) > 2
    )


def is_near(one: Part, other: Part) -> bool:
    """Whether two parts may be two spellings of one name, or one of them a slip."""
    return part_nearness(one, other) >= NEAR


def part_nearness(one: Part, other: Part) -> float:
    """How near the nearest two words of two parts are; acronyms are near to nothing."""
    if one.acronym or other.acronym:
        return 0.0
    return max(
        max(nearness(this, that), nearness(key(this), key(that)))
        for this in one.lexemes
        for that in other.lexemes
    )


def _is_in(part: Part, text: NamedText) -> bool:
    if part.meaning and any(same_meaning(part.meaning, each) for each in text.meanings):
        return True
    longest = max(_telling(part), key=len, default=part.longest)
    if part.meaning and len(part.lexemes) > 1:
        return text.lexemes.issuperset(part.lexemes)
    if longest in text.lexemes or key(longest) in text.keys:
        return True
    if len(longest) >= SHORTEST_WITHIN and longest in text.squeezed:
        return True
    return part.acronym and (
        _letters(part) in text.acronyms or _are_initials(longest, text.initials)
    )


def _letters(part: Part) -> str:
    """The letters of an acronym in no order: English has those of "OTAN" in another one."""
    return "".join(sorted(part.longest))


def _are_initials(acronym: str, initials: str) -> bool:
    """Whether words in a row begin with these letters, in the order of either language."""
    letters, size = sorted(acronym), len(acronym)
    return any(
        sorted(initials[start : start + size]) == letters
        for start in range(len(initials) - size + 1)
    )
