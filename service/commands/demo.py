"""The demonstration behind `make demo`: a real service, one article, one word led back home.

It talks to the service as any client would, over HTTP, so that what a newcomer
sees is the whole way of an article and not a short cut through it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from alignment.document import AlignedDocument, Side
from alignment.formats import html, native
from alignment.project import Projection, trace
from alignment.span import Span
from alignment.words import words

SAMPLE = Path(__file__).parent.parent / "samples" / "article.fr.txt"
SERVE = (str(Path(sys.executable).with_name("visavis")), "serve", "--port", "0")
LISTENS = re.compile(r"listens on (http://\S+)")
MARK = "bold black on yellow"
# A first start converts the model, which a slow disk can stretch to a minute or two.
START_SECONDS = 300.0
# Two words that share more than this read as one word in two spellings.
ALIKE = 0.5
SURE = 0.8
# A proxy named in the environment could not reach the loopback address.
OPENER = build_opener(ProxyHandler({}))


@click.command()
@click.option(
    "--article",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=SAMPLE,
    help="A French article in UTF-8; without it, a sample.",
)
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("demo.html"),
    show_default=True,
    help="Where the page with both texts is written.",
)
def demo(article: Path, page: Path) -> None:
    """Start a service, send it an article, and show both texts side by side."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console(highlight=False)
    text = article.read_bytes().decode("utf-8")
    with console.status("Starting the service …"), running(SERVE) as url:
        console.print(f"The service listens on {url}; sending it {article.name} …")
        began = time.monotonic()
        document = translated(url, text)
        seconds = time.monotonic() - began
    page.write_text(html.page(document, article.name), encoding="utf-8", newline="")
    show(console, document, seconds)
    console.print(f"\nWrote [bold]{page}[/]: open it in a browser, and point at any word.")
    console.print("Next: [bold]make serve[/], then open the address that it prints.")


@contextmanager
def running(command: Sequence[str] = SERVE, start_seconds: float = START_SECONDS) -> Iterator[str]:
    """Run a service for as long as the block lasts; yields its address once its model is loaded.

    Raises ClickException, with what the service printed last, if it ends or
    is not ready within `start_seconds`.
    """
    # One who runs jobs of the same store already must not keep the demonstration away.
    alone = {"VISAVIS_RUNNER": "none", **os.environ}
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=alone)
        try:
            yield _ready_address(process, log, time.monotonic() + start_seconds)
        finally:
            process.terminate()
            process.wait()


def _ready_address(process: subprocess.Popen[bytes], log: Path, deadline: float) -> str:
    while process.poll() is None and time.monotonic() < deadline:
        found = LISTENS.search(log.read_text(encoding="utf-8", errors="replace"))
        if found and _is_ready(found[1]):
            return found[1]
        time.sleep(0.1)
    why = "ended" if process.poll() is not None else "was not ready in time"
    last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    raise click.ClickException(f"the service {why}; it last said:\n{last}")


def _is_ready(url: str) -> bool:
    try:
        with OPENER.open(f"{url}/readyz", timeout=5):
            return True
    except URLError:
        return False


def translated(url: str, text: str) -> AlignedDocument:
    """What the service at `url` makes of a French article. Raises ClickException if it refuses."""
    body: dict[str, Any] = {"text": text, "source_language": "fr", "target_language": "en"}
    request = Request(
        f"{url}/v1/translations",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with OPENER.open(request) as response:
            return native.from_json(json.load(response))
    except HTTPError as error:
        raise click.ClickException(f"the service refused: {error.read().decode()}") from None


def show(console: Console, document: AlignedDocument, seconds: float) -> None:
    """Print both texts side by side, and one word with the French characters behind it."""
    claim = telling_word(document)
    console.print(side_by_side(document, claim))
    model = document.model
    made = f" by {model.name} ({model.engine}, {model.decoding})" if model else ""
    console.print(f"{len(document.segments)} sentences in {seconds:.1f} s{made}")
    if claim is None:
        return
    word, projection = claim
    console.print("\nOne word, led back to the characters that it came from:")
    for side, span in (("target", word), *(("source", span) for span in projection.spans)):
        language = getattr(document.languages, side)
        text = span.of(document.target if side == "target" else document.source)
        line = Text(f"  {language}  characters {span.start:>4} to {span.end:<4}  ")
        console.print(line.append(text, MARK))
    console.print(f"  confidence {projection.confidence:.0%}")


def side_by_side(document: AlignedDocument, claim: tuple[Span, Projection] | None) -> Table:
    """Both texts, a sentence a row, a rule between paragraphs, the `claim` marked on both sides."""
    marked: dict[Side, tuple[Span, ...]] = {"source": (), "target": ()}
    if claim:
        marked = {"source": claim[1].spans, "target": (claim[0],)}
    table = Table(document.languages.source, document.languages.target, expand=True)
    table.columns[0].ratio = table.columns[1].ratio = 1
    before = 0
    for segment in document.segments:
        if segment.paragraph != before:
            table.add_section()
            before = segment.paragraph
        table.add_row(
            _lit(document.source, segment.source, marked["source"]),
            _lit(document.target, segment.target, marked["target"]),
        )
    return table


def _lit(text: str, sentence: Span, marked: Sequence[Span]) -> Text:
    line = Text(sentence.of(text))
    for span in marked:
        if sentence.contains(span):
            line.stylize(MARK, span.start - sentence.start, span.end - sentence.start)
    return line


def telling_word(document: AlignedDocument) -> tuple[Span, Projection] | None:
    """The word of the translation that shows best what a trace is, and what it traces to.

    That is the longest of those that are sure and whose original looks different.
    """
    best = None
    rank = (False, 0)
    for word in words(document.target):
        projection = trace(document, word)
        origin = " ".join(span.of(document.source) for span in projection.spans)
        if not origin or _alike(word.of(document.target), origin):
            continue
        here = (projection.confidence >= SURE, word.end - word.start)
        if here > rank:
            best, rank = (word, projection), here
    return best


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() > ALIKE
