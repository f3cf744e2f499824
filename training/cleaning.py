"""Which pairs of a bitext are no translations of each other, or taught already.

Each test is crude and cheap on purpose: there is more bitext than time to
learn it, so that a good pair that is thrown away costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from training.bitext import Pair

# In characters; longer lines are mostly several sentences, or lists.
LONGEST = 600
# French is a little longer than English; a short sentence may be far off.
WIDEST_RATIO = 2.0
SLACK = 15
LEAST_LETTERS = 0.5

# Words of one of the two languages only, so "on", "a", "me" and "son" are not here.
FRENCH = """
le la les des du une un et est dans pour que qui ne pas nous vous il elle ce cette ces au aux
sur avec par je mais ou où sont été être avoir plus leur leurs sa ses mon ma mes c'est j'ai
n'est qu'il d'un d'une
"""
ENGLISH = """
the of and to in is that it for was with this are be have not by from they we you he she his
her which has had will would there their what when who i my your but or if an as at
"""
FRENCH_WORDS, ENGLISH_WORDS = frozenset(FRENCH.split()), frozenset(ENGLISH.split())

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[ ., \u00a0\u202f]\d{3})*(?!\d)|\d+")
_APART = re.compile(r"(?<=\w)\s+([,;:?!])(?=\s|$)")
_NOT_DIGIT = re.compile(r"\D")


def fault(pair: Pair) -> str | None:
    """What is wrong with a pair, in a word; None where nothing is."""
    source, target = pair.source, pair.target
    if not source or not target:
        return "empty"
    if max(len(source), len(target)) > LONGEST:
        return "length"
    shorter, longer = sorted((len(source), len(target)))
    if longer > WIDEST_RATIO * shorter + SLACK:
        return "ratio"
    if min(_letters(source), _letters(target)) < LEAST_LETTERS:
        return "letters"
    if numbers(source) != numbers(target):
        return "numbers"
    return _wrong_language(source, target)


def numbers(text: str) -> list[str]:
    """The numbers of two digits or more in a text, without separators, in order of size.

    Single digits are left out: "3" and "three" translate each other.
    """
    found = (_NOT_DIGIT.sub("", number) for number in _NUMBER.findall(text))
    return sorted(number for number in found if len(number) > 1)


def tidied(pair: Pair) -> Pair:
    """A pair whose English has no space before a comma and its like.

    Europarl has "However , " by the thousand, and a model learns to write it.
    """
    return replace(pair, target=_APART.sub(r"\1", pair.target))


def first_of_each(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs less near-duplicates: sources that differ in case, digits or punctuation only."""
    seen: set[bytes] = set()
    for pair in pairs:
        letters = " ".join(_WORD.findall(pair.source.lower()))
        key = blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if key not in seen:
            seen.add(key)
            yield pair


def _letters(text: str) -> float:
    """The share of letters among what is not white space."""
    characters = "".join(text.split())
    return sum(map(str.isalpha, characters)) / len(characters)


def _wrong_language(source: str, target: str) -> str | None:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(source)]
    english = [word.lower().replace("’", "'") for word in _WORD.findall(target)]
    if len(words) > 3 and words == english:
        return "copy"
    if _count(words, FRENCH_WORDS) < _count(words, ENGLISH_WORDS):
        return "language"
    if _count(english, ENGLISH_WORDS) < _count(english, FRENCH_WORDS):
        return "language"
    return None


def _count(words: Iterable[str], listed: frozenset[str]) -> int:
    return sum(word in listed for word in words)
