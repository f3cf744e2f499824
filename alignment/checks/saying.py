"""The words by which a language says that somebody said something: its table "attribution"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from alignment.checks.language import table
from alignment.checks.markers import Markers, markers

# What a verb of saying is conjugated with, for verbs that are listed by their stems.
ENDINGS = ("e", "ent", "ait", "aient", "a", "èrent", "é", "ant")


@lru_cache(maxsize=16)
def vocabulary(language: str, kind: str) -> Markers:
    """The expressions of one kind in a language's table "attribution"."""
    listed: Any = table(language, "attribution")
    return markers({kind: listed.get(kind, [])})


@lru_cache(maxsize=16)
def reporting(language: str) -> Markers:
    """How a language attributes, by the kind: manner, according, verb, opinion, object, milder."""
    listed: Any = table(language, "attribution")
    verbs = [stem + ending for stem in listed["stems"] for ending in ENDINGS]
    milder = [stem + ending for stem in listed.get("milder_stems", ()) for ending in ENDINGS]
    return markers(
        {
            "manner": listed["manner"],
            "according": listed["according"],
            "verb": [*verbs, *listed["forms"]],
            "opinion": listed["opinion"],
            "object": _elided(listed["objects"]),
            "milder": [*milder, *_elided(listed.get("milder", ()))],
        }
    )


@lru_cache(maxsize=16)
def voicing(language: str) -> Markers:
    """Every verb of saying or thinking, and as "aside" what is none."""
    listed: Any = table(language, "attribution")
    stems = [
        *listed["stems"],
        *listed.get("milder_stems", ()),
        *listed.get("voice_stems", ()),
    ]
    return markers(
        {
            "aside": [*listed["manner"], *listed["according"]],
            "verb": [
                *(stem + ending for stem in stems for ending in ENDINGS),
                *listed["forms"],
                *listed["opinion"],
                *_elided(listed["objects"]),
                *_elided(listed.get("milder", ())),
                *_elided(listed.get("voices", ())),
            ],
        }
    )


def _elided(entries: Sequence[str]) -> list[str]:
    """The entries, and with "parle de" also "parle d'", "parle du" and "parle des"."""
    ends = ("e", "'", "u", "es")
    return [
        form
        for entry in entries
        for form in ([entry[:-1] + end for end in ends] if entry.endswith(" de") else [entry])
    ]
