"""How long aligning two long texts takes, and how much memory: ours and Gale & Church.

Europarl lines cut into sentences again (`benchmarks.silver`), one text after
the other until there are enough. What is found is in docs/alignment.md, by
`benchmarks.evaluate`; here it only shows that the band loses nothing.

    python -m benchmarks.bitext [--data FOLDER] [SENTENCES ...]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from alignment.formats.gold import GoldBeads
from alignment.scoring import Bead, beads
from benchmarks.evaluate import DATA, gale_church
from benchmarks.page import cell, table
from benchmarks.silver import LINES_A_TEXT, europarl
from service.commands.evaluate import Aligner, bead_aligner

SIZES = (1_000, 10_000)
# Gale & Church look at every cell of the table, which is too many in longer texts.
WHOLE = 2_000
HEAD = ("system", "sentences", "strict F1", "CPU seconds", "peak MB")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="default: %(default)s")
    parser.add_argument("sentences", type=int, nargs="*", default=SIZES)
    given = parser.parse_args()
    texts = europarl(given.data / "train", max(given.sentences) // LINES_A_TEXT)
    rows = []
    # The peak is the process's own, so that the small ones have to come first.
    for size in sorted(given.sentences):
        text = joined(texts, size)
        if size <= WHOLE:
            rows.append(measured("Gale & Church", gale_church, text))
        rows.append(measured("ours", bead_aligner(translate=False), text))
    Console().print(table(HEAD, rows), soft_wrap=True)


def joined(texts: Iterable[GoldBeads], size: int) -> GoldBeads:
    """The texts one after the other, until there are `size` source sentences."""
    source: list[str] = []
    target: list[str] = []
    ladder: list[Bead] = []
    for text in texts:
        if len(source) >= size:
            break
        ladder += [
            (
                tuple(number + len(source) for number in bead[0]),
                tuple(number + len(target) for number in bead[1]),
            )
            for bead in text.beads
        ]
        source += text.source
        target += text.target
    return GoldBeads(tuple(source), tuple(target), tuple(ladder))


def measured(name: str, align: Aligner, text: GoldBeads) -> Sequence[str]:
    """One row of the table."""
    start = time.process_time()
    found = list(align(text.source, text.target))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{len(text.source):,} × {len(text.target):,}"
    return name, size, cell(beads(found, text.beads).f1), f"{seconds:.1f}", f"{peak:.0f}"


if __name__ == "__main__":
    main()
