"""Bitext of a small grammar: what it means is known, so what a model learnt can be told."""

from __future__ import annotations

from itertools import product
from pathlib import Path

SUBJECTS = {
    "le maire": "the mayor",
    "la ministre": "the minister",
    "le pêcheur": "the fisherman",
    "la voisine": "the neighbour",
    "mon frère": "my brother",
    "sa sœur": "his sister",
}
VERBS = {
    "cherche": "looks for",
    "ouvre": "opens",
    "ferme": "closes",
    "vend": "sells",
    "ne voit pas": "does not see",
}
ADJECTIVES = {"rouge": "red", "noire": "black", "blanche": "white", "verte": "green"}
THINGS = {
    "la porte": "the door",
    "la maison": "the house",
    "la valise": "the suitcase",
    "la voiture": "the car",
    "une boîte": "a box",
}


def phrases() -> list[tuple[str, str]]:
    """Every sentence of the grammar with its translation."""
    return [
        (
            f"{subject} {verb} {thing} {adjective}.".capitalize(),
            f"{SUBJECTS[subject]} {VERBS[verb]} {_article(thing)} {ADJECTIVES[adjective]} "
            f"{_noun(thing)}.".capitalize(),
        )
        for subject, verb, thing, adjective in product(SUBJECTS, VERBS, THINGS, ADJECTIVES)
    ]


def write_bitext(prefix: Path, pairs: list[tuple[str, str]], origin: str | None = None) -> Path:
    """Write `pairs` as a bitext and return its prefix."""
    for suffix, lines in (("fr", [fr for fr, _ in pairs]), ("en", [en for _, en in pairs])):
        text = "".join(f"{line}\n" for line in lines)
        prefix.with_name(f"{prefix.name}.{suffix}").write_text(text, encoding="utf-8")
    if origin:
        prefix.with_name(f"{prefix.name}.src").write_text(f"{origin}\n" * len(pairs))
    return prefix


def _article(thing: str) -> str:
    return THINGS[thing].split()[0]


def _noun(thing: str) -> str:
    return THINGS[thing].split()[1]
