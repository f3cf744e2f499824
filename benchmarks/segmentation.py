"""Sentence splitters side by side on gold files: F1, glued F1, speed, and what they lose.

Boundaries at line ends are not counted. For the glued figures 30 % of the
blanks between sentences are taken out, where the left one ends with a stop and
the next begins with a capital. CPU time, not wall time: other work on the
machine disturbs it less. The table goes into docs/alignment.md.

    python -m benchmarks.segmentation [GOLD.jsonl …] [--language fr]
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.progress import track

from alignment.formats.gold import GoldArticle, articles
from alignment.scoring import Counts, boundaries, inner_starts
from alignment.span import Span
from benchmarks.page import cell, table, write
from benchmarks.splitters import SPLITTERS, Split

ROOT = Path(__file__).resolve().parent.parent
STRESS = ROOT / "benchmarks" / "stress.fr.txt"
DEV = ROOT.parent / "shared" / "data" / "dev" / "segmentation"
STOPS = '.!?…»”")'
GLUED_SHARE = 0.3
SEED = 20
# Each splitter runs over all the texts again until it has used this much processor time.
CPU_SECONDS = 2.0

Gold = dict[str, list[GoldArticle]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One splitter: its counts on each set, as it is and glued; None where it is not installed.

    `speed` is in megabytes of UTF-8 a CPU-second.
    """

    splitter: str
    counts: dict[str, Counts]
    speed: float
    lossless: bool


def marked(lines: str) -> list[GoldArticle]:
    """Texts in which "¶" stands before each sentence but the first; "# " begins a comment."""
    return [
        _marked(line) for line in lines.split("\n") if line.strip() and not line.startswith("# ")
    ]


def _marked(line: str) -> GoldArticle:
    text, starts = "", [0]
    for part in line.split("¶"):
        text += part
        starts.append(len(text))
    spans = (Span(start, start + len(text[start:end].rstrip())) for start, end in pairwise(starts))
    return GoldArticle(text, tuple(spans))


def glued(gold: Iterable[GoldArticle], share: float = GLUED_SHARE) -> list[GoldArticle]:
    """The same articles with that share of the blanks between their sentences taken out."""
    chooser = random.Random(SEED)
    return [_glued(article, share, chooser) for article in gold]


def _glued(article: GoldArticle, share: float, chooser: random.Random) -> GoldArticle:
    text, spans, end = "", [], 0
    for span in article.sentences:
        gap, sentence = article.text[end : span.start], span.of(article.text)
        joins = text[-1:] in tuple(STOPS) and sentence[0].isupper() and "\n" not in gap
        if not (joins and chooser.random() < share):
            text += gap
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
        end = span.end
    return GoldArticle(text + article.text[end:], tuple(spans))


def counted(split: Split, gold: Iterable[GoldArticle]) -> Counts:
    """The boundaries that a splitter finds."""
    return sum(
        (
            boundaries(
                inner_starts(article.text, split(article.text)),
                inner_starts(article.text, article.sentences),
            )
            for article in gold
        ),
        Counts(),
    )


def keeps_everything(split: Split, texts: Iterable[str]) -> bool:
    """Whether its spans follow each other and leave out nothing but blanks."""
    return all(_covered(text, split(text)) for text in texts)


def _covered(text: str, spans: Sequence[Span]) -> bool:
    end = 0
    for span in (*spans, Span(len(text), len(text))):
        if span.start < end or text[end : span.start].strip("\ufeff\u00ad\u200b\x00 \t\n\r\u00a0"):
            return False
        end = span.end
    return end == len(text)


def speed(split: Split, texts: Sequence[str]) -> float:
    """Megabytes of UTF-8 a CPU-second, in the fastest of several rounds over the texts."""
    rounds: list[float] = []
    while sum(rounds) < CPU_SECONDS:
        began = time.process_time()
        for text in texts:
            split(text)
        rounds.append(time.process_time() - began)
    return sum(len(text.encode()) for text in texts) / 1e6 / min(rounds)


def measure(gold: Gold, language: str, console: Console) -> list[Measured | str]:
    """Every splitter on every set; the name alone of one that is not installed."""
    sets = gold | {f"{name}, glued": glued(each) for name, each in gold.items()}
    texts = [article.text for each in gold.values() for article in each]
    found: list[Measured | str] = []
    for name, make, _ in track(SPLITTERS, "Measuring", console=console, transient=True):
        try:
            split = make(language)
        except ImportError:
            found.append(name)
            continue
        counts = {each: counted(split, sets[each]) for each in sets}
        found.append(Measured(name, counts, speed(split, texts), keeps_everything(split, texts)))
    return found


def report(rows: Iterable[Measured | str], gold: Gold) -> str:
    """The measurements as a Markdown table; F1 in percent, glued F1 behind the stroke."""
    head = ["splitter", *gold, "MB a CPU-second", "loses nothing"]
    body = []
    for row in rows:
        if isinstance(row, str):
            body.append([row, *["not installed"] * (len(head) - 1)])
            continue
        figures = [
            f"{cell(row.counts[each].f1)} / {cell(row.counts[f'{each}, glued'].f1)}"
            for each in gold
        ]
        kept = "yes" if row.lossless else "no"
        body.append([row.splitter, *figures, f"{row.speed:.2g}", kept])
    return table(head, body)


def machine() -> str:
    """What was measured, and with what."""
    installed = []
    for _, _, distribution in SPLITTERS:
        try:
            installed += [f"{distribution} {version(distribution)}"] if distribution else []
        except PackageNotFoundError:
            continue
    return f"Measured by `make bench-segmentation`; Python {platform.python_version()}, " + (
        ", ".join(installed) or "no other splitter installed"
    )


def gold_sets(files: Sequence[Path], language: str) -> Gold:
    """The gold files by name and, for French, our own stress set."""
    sets = {file.stem: articles(file.read_text(encoding="utf-8")) for file in files}
    if language == "fr":
        sets["stress"] = marked(STRESS.read_text(encoding="utf-8"))
    return sets


def main() -> None:
    """Measure everything and print the table; that of the development sets is written down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path, help="default: the development sets")
    parser.add_argument("--language", default="fr")
    chosen = parser.parse_args()
    development = sorted(DEV.glob("*.jsonl"))
    gold = gold_sets(chosen.gold or development, chosen.language)
    console = Console()
    text = f"{report(measure(gold, chosen.language, console), gold)}\n\n{machine()}."
    console.print(text, markup=False, highlight=False, soft_wrap=True)
    if development and not chosen.gold:
        write("segmentation", text)


if __name__ == "__main__":
    main()
