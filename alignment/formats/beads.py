"""A ladder as JSON: a list of beads, each the numbers of its sentences on both sides.

`[[[0], [0]], [[1, 2], [1]], [[3], []]]`: sentences count from 0, and a side
without any is a sentence left out, or added, by the translator.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from alignment.bitext import Bead


def to_json(beads: Iterable[Bead]) -> list[list[list[int]]]:
    """The beads as plain lists, in order."""
    return [[list(bead.source), list(bead.target)] for bead in beads]


def write(beads: Iterable[Bead]) -> str:
    """The beads as one JSON text, a bead a line."""
    lines = ",\n ".join(json.dumps(bead) for bead in to_json(beads))
    return f"[{lines}]\n"
