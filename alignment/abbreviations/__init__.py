"""What a language knows of its abbreviations and of the words that open its sentences, as data.

One file a language, `<code>.txt`: a section in brackets, then its entries,
parted by white space. The comments at the top of each file say how they read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The lists of one language; an unknown language has empty ones.

    `never_final`    no sentence ends with them: a name or a word follows ("Mme", "cf")
    `maybe_final`    they end a sentence only where an opener follows ("etc", "Cie")
    `before_number`  abbreviations before a number or a numeral, plain words elsewhere ("art")
    `before_letter`  words that a single letter ends: a full stop behind it is one ("plan B.")
    `headings`       words that open a heading with a number ("Tableau 3. Résultats")
    `before_title`   words that a title follows ("roman"), so that its capital opens no sentence
    `openers`        words that, with a capital, begin a sentence ("Il", "Cependant")
    """

    never_final: frozenset[str] = frozenset()
    maybe_final: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    before_letter: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    before_title: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()


@cache
def abbreviations(language: str) -> Abbreviations:
    """The lists for a BCP 47 code; of "fr-CA" only "fr" counts."""
    lists = {path.name: path for path in files(__name__).iterdir()}
    path = lists.get(f"{language.partition('-')[0].lower()}.txt")
    return parse(path.read_text(encoding="utf-8")) if path else Abbreviations()


def parse(lines: str) -> Abbreviations:
    """The lists that a file holds."""
    sections: dict[str, set[str]] = {}
    for line in lines.splitlines():
        entries, _, _ = line.partition("#")
        if entries.startswith("["):
            section = sections.setdefault(entries.strip().strip("[]").replace(" ", "_"), set())
        elif entries.strip():
            section.update(entries.split())
    return Abbreviations(**{name: frozenset(with_capitals(s)) for name, s in sections.items()})


def with_capitals(entries: set[str]) -> set[str]:
    """The entries, and those in lower case with a capital too, except single letters."""
    return entries | {entry[:1].upper() + entry[1:] for entry in entries if len(entry) > 1}
