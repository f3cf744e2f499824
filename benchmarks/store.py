"""What keeping documents costs, and how fast a full store answers, into docs/performance.md.

Real documents are made by the built-in model and saved; then a store of its
own is filled with copies of one of them, each with words of its own, until it
has as many segments as asked for.

    python -m benchmarks.store [--segments 100000]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import track

from alignment.document import FRENCH_ENGLISH, AlignedDocument
from alignment.span import Span
from benchmarks.corpus import sentences
from benchmarks.page import table, write
from service.config import Settings
from service.engine.loading import InstalledEngines
from service.store.claims import add_claim, read_claim
from service.store.database import Store
from service.store.documents import read_document, save_document
from service.store.listing import list_documents
from service.store.opening import open_store
from service.store.traces import trace
from service.translate import translate_article

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
SENTENCES = 250
ARTICLE = 25  # sentences
ROUNDS = 3
TRIES = 50


def main() -> None:
    """Measure, print the tables and write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--segments", type=int, default=100_000, help="default: %(default)s")
    segments = parser.parse_args().segments
    texts = list(articles(sentences(SENTENCES)))
    with TemporaryDirectory() as folder:
        costs, documents = overhead(texts, Path(folder))
        store = open_store(Path(folder) / "full.db")
        answers = full(store, documents[0], segments)
        store.close()
    text = f"Measured by `python -m benchmarks.store`.\n\n{costs}\n\n{answers}"
    Console().print(text, markup=False, highlight=False, soft_wrap=True)
    write("store", text, PAGE)


def articles(lines: Sequence[str]) -> Iterator[str]:
    """The sentences in articles of 25."""
    for start in range(0, len(lines), ARTICLE):
        yield "\n".join(lines[start : start + ARTICLE])


def overhead(texts: Sequence[str], folder: Path) -> tuple[str, list[AlignedDocument]]:
    """CPU seconds of translating articles and of saving what comes out."""
    engine = InstalledEngines(replace(Settings(), threads=1)).engine(FRENCH_ENGLISH)
    spent: dict[str, list[float]] = {"translated": [], "saved": []}
    documents: list[AlignedDocument] = []
    for number in range(ROUNDS):
        store = open_store(folder / f"round-{number}.db")
        begun = time.process_time()
        documents = [translate_article(text, engine) for text in texts]
        spent["translated"].append(time.process_time() - begun)
        begun = time.process_time()
        for document in documents:
            save_document(store, document)
        spent["saved"].append(time.process_time() - begun)
        store.close()
    base = median(spent["translated"])
    rows = [
        [f"{len(texts)} articles {name}", f"{median(each):.2f}", f"{100 * median(each) / base:.1f}"]
        for name, each in spent.items()
    ]
    return table(["", "CPU seconds", "% of translation"], rows), documents


def full(store: Store, document: AlignedDocument, segments: int) -> str:
    """How long a store of so many segments takes to answer, in milliseconds on the clock."""
    each = len(document.segments)
    ids = [
        save_document(
            store,
            document,
            title=f"Article {number} sur le lieu{number % 997}",
            options={"copy": str(number)},
        )
        for number in track(range(segments // each), "Filling", console=Console(stderr=True))
    ]
    numbers = count()

    def some() -> str:
        return ids[(next(numbers) * 7919) % len(ids)]

    middle = Span(len(document.target) // 2, len(document.target) // 2 + 40)
    asked: dict[str, Callable[[], object]] = {
        "search for a rare word": lambda: list_documents(store, f"lieu{next(numbers) % 997}"),
        "search for a word that is everywhere": lambda: list_documents(store, "article"),
        "the newest documents": lambda: list_documents(store),
        "trace a span of 40 characters": lambda: trace(store, some(), "target", middle),
        "read a document": lambda: read_document(store, some()),
        "make a claim": lambda: add_claim(store, some(), "target", middle),
        "read a sentence as a claim": lambda: read_claim(store, f"{some()}-s3"),
    }
    rows = [[name, *map("{:.1f}".format, _milliseconds(work))] for name, work in asked.items()]
    head = [
        f"{len(ids) * each:,} segments in {len(ids):,} documents, SQLite",
        "median ms",
        "max ms",
    ]
    return table(head, rows)


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    taken = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return median(taken), max(taken)


if __name__ == "__main__":
    main()
