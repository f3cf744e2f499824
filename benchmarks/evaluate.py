"""Every figure of alignment beside the published ones, written into docs/alignment.md.

The gold is not part of the project: `--data` says where it lies, in the layout
that docs/alignment.md describes. What is not there is left out, and said so.

    python -m benchmarks.evaluate [--data FOLDER]
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path

from rich.console import Console

from alignment.formats.gold import GoldBeads, GoldWords, articles, ladders, words
from alignment.gale_church import length_ladder
from alignment.scoring import Bead, Counts, WordLink, beads, projections
from benchmarks.page import cell, table, write
from benchmarks.segmentation import STRESS, glued, marked
from benchmarks.silver import europarl, silver
from service.commands.evaluate import (
    LONGEST,
    Aligner,
    Links,
    Witness,
    bead_aligner,
    link_words,
    segmentation_counts,
    word_counts,
)

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
EUROPARL_TEXTS = 20
NOVELS = "TransRead dev, four novels"
# Goals of F1 for each segmentation set, as it is and glued.
GOALS = {
    "ud-gsd-dev": ("96.5", "95"),
    "ud-sequoia-dev": ("87", ""),
    "ud-partut-dev": ("97", ""),
    "news-2021": ("98", "97"),
    "stress": ("98", ""),
}
WITNESS_NAMES: dict[Witness, str] = {
    "lexicon": "ours, lexicon alone (goal 11)",
    "model": "ours, attention of the built-in model alone",
    "both": "ours, both (goal 8)",
}
# AER on the 447 test sentences of Hansards, from the systems' own pages.
PUBLISHED_AER = (
    ("fast_align, grow-diag (lilt/alignment-scripts)", "10.5"),
    ("eflomal (its README)", "8.1"),
    ("MGIZA, grow-diag (lilt/alignment-scripts)", "5.9"),
    ("awesome-align, fine-tuned (its README)", "4.1"),
)
# Strict and lax F1 on Text+Berg, German–French, from the README of each.
PUBLISHED_BEADS = (
    ("Bleualign, Text+Berg, run by us with a translation by Google", "80.9", "95.0"),
    ("vecalign, Text+Berg", "90.2", "98.6"),
    ("Bertalign, Text+Berg", "93.6", "98.9"),
)

GoldLinks = frozenset[WordLink]


def main() -> None:
    """Measure everything, print the tables and write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="default: %(default)s")
    data = parser.parse_args().data
    parts = [
        machine(),
        *(f"### {title}\n\n{part(data)}" for title, part in PARTS.items()),
    ]
    text = "\n\n".join(parts)
    Console().print(text, markup=False, highlight=False, soft_wrap=True)
    if data.is_dir():
        write("figures", text)
    else:
        Console(stderr=True).print(f"{data} is not there, so docs/alignment.md stays as it was.")


def segmentation(data: Path) -> str:
    """French sentence boundaries, as they are and with 30 % of the blanks taken out."""
    sets = {
        name: articles(file.read_text(encoding="utf-8"))
        for name in GOALS
        if (file := data / "dev" / "segmentation" / f"{name}.jsonl").exists()
    }
    sets["stress"] = marked(STRESS.read_text(encoding="utf-8"))
    head = ["set", "precision", "recall", "F1", "goal", "F1 glued", "goal glued"]
    rows = []
    for name, gold in sets.items():
        plain, stuck = segmentation_counts(gold, "fr"), segmentation_counts(glued(gold), "fr")
        goal, glued_goal = GOALS[name]
        figures = [cell(plain.precision), cell(plain.recall), cell(plain.f1), goal]
        rows.append([name, *figures, cell(stuck.f1), glued_goal])
    return table(head, rows)


def word_links(data: Path) -> str:
    """Precision, recall and AER of each witness, and the published error rates."""
    gold = hansards(data)
    rows = []
    for by, name in WITNESS_NAMES.items() if gold else ():
        counts = word_counts(gold, link_words(gold, by))
        rows.append([name, cell(counts.precision), cell(counts.recall), cell(counts.aer)])
    rows += [[name, "", "", aer] for name, aer in PUBLISHED_AER]
    return table(["system", "precision", "recall", "AER"], rows)


def spans(data: Path) -> str:
    """F1 of projected spans by what is taken for gold, each way and together."""
    gold = hansards(data)
    if not gold:
        return "No gold here."
    links = link_words(gold, "both")
    rows = [
        [name, *(cell(each.f1) for each in projected(gold, links, take))]
        for name, take in (
            ("precision over all links, recall over the sure (goal 90)", _two_golds),
            ("the sure links alone", _sure),
            ("all links, sure or possible", _all),
        )
    ]
    return table(["gold", "French to English", "English to French", "both"], rows)


def projected(
    gold: Sequence[GoldWords],
    links: Links,
    take: Callable[[GoldWords], tuple[GoldLinks, GoldLinks]],
) -> tuple[Counts, Counts, Counts]:
    """Spans of 1 to 8 words from source to target, back, and both together."""
    there = back = Counts()
    for pair, found in zip(gold, links, strict=True):
        sure, possible = take(pair)
        there += projections(found, sure, possible, LONGEST)
        back += projections(_turned(found), _turned(sure), _turned(possible), LONGEST)
    return there, back, there + back


def _two_golds(pair: GoldWords) -> tuple[GoldLinks, GoldLinks]:
    return pair.sure, pair.possible


def _sure(pair: GoldWords) -> tuple[GoldLinks, GoldLinks]:
    return pair.sure, frozenset()


def _all(pair: GoldWords) -> tuple[GoldLinks, GoldLinks]:
    return pair.sure | pair.possible, frozenset()


def _turned(links: Iterable[WordLink]) -> set[WordLink]:
    return {(there, here) for here, there in links}


def sentence_beads(data: Path) -> str:
    """Strict and lax bead F1 on novels and on silver, Gale & Church beside ours."""
    rows = []
    for name, goal, texts in bead_sets(data):
        systems: dict[str, Aligner] = {f"ours{goal}": bead_aligner(translate=False)}
        if name == NOVELS:
            systems["ours, with our own translation"] = bead_aligner(translate=True)
        for system, align in (systems | {"Gale & Church": gale_church}).items():
            found = [(list(align(each.source, each.target)), each.beads) for each in texts]
            strict = sum((beads(*each) for each in found), Counts())
            lax = sum((beads(*each, lax=True) for each in found), Counts())
            figures = [cell(strict.precision), cell(strict.recall), cell(strict.f1)]
            rows.append([f"{system}: {name}", *figures, cell(lax.f1)])
    rows += [[name, "", "", strict_f1, lax_f1] for name, strict_f1, lax_f1 in PUBLISHED_BEADS]
    return table(["system", "precision", "recall", "strict F1", "lax F1"], rows)


def bead_sets(data: Path) -> Iterator[tuple[str, str, list[GoldBeads]]]:
    """The sets there are: each with its name, what we aim at, and its texts."""
    novels = data / "dev" / "sentences" / "transread.jsonl"
    if novels.exists():
        texts = ladders(novels.read_text(encoding="utf-8"))
        yield NOVELS, " (goal 80)", texts
    if (data / "train" / "more.src.xz").exists():
        yield "Europarl silver", " (goal 96)", europarl(data / "train", EUROPARL_TEXTS)
    news = data / "dev" / "translation" / "newstest2013"
    if news.with_suffix(".fr").exists():
        sides = [
            news.with_suffix(side).read_text(encoding="utf-8").removesuffix("\n").split("\n")
            for side in (".fr", ".en")
        ]
        yield "news silver (newstest2013)", "", silver(*sides)


def gale_church(source: Sequence[str], target: Sequence[str]) -> Iterator[Bead]:
    """The beads that lengths alone give."""
    steps = length_ladder([len(each) for each in source], [len(each) for each in target])
    here = pairwise([0, *accumulate(step.source for step in steps)])
    there = pairwise([0, *accumulate(step.target for step in steps)])
    for one, other in zip(here, there, strict=True):
        yield tuple(range(*one)), tuple(range(*other))


def hansards(data: Path) -> list[GoldWords]:
    """The word links of Hansards, or none where they are not here."""
    file = data / "dev" / "words" / "hansards.jsonl"
    return words(file.read_text(encoding="utf-8")) if file.exists() else []


def machine() -> str:
    """With what it was measured."""
    return (
        f"Measured by `make evaluate`; Python {platform.python_version()}, "
        f"ctranslate2 {version('ctranslate2')}. All figures in percent."
    )


PARTS: dict[str, Callable[[Path], str]] = {
    "Sentences: boundaries, French": segmentation,
    "Words: the 184 sentence pairs of Hansards dev": word_links,
    "Spans of 1 to 8 words, projected; Hansards dev, by lexicon and model": spans,
    "Two texts: beads": sentence_beads,
}

if __name__ == "__main__":
    main()
