"""How long the bench takes to answer a reviewer, in a real browser, into docs/performance.md.

Sentences are translated by the built-in model and repeated until the document
is as long as asked for. A real service serves it to a real Chromium, which is
pointed at and typed on; the time is from the event to the frame that shows what
came of it.

    python -m benchmarks.bench_page [--segments 2000]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Segment
from benchmarks.corpus import sentences
from benchmarks.page import table, write
from service.commands.demo import running
from service.config import Settings
from service.engine.loading import InstalledEngines
from service.store.documents import save_document
from service.store.opening import open_store
from service.translate import translate_article

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SENTENCES = 100
PARAGRAPH = 5  # sentences
TRIES = 40
# Milliseconds between two keys: as fast as a key that is held down, and a little slower.
APART = 60
# Between two paragraphs.
BREAK = "\n\n"
WATCH = """() => {
  window.taken = {};
  const painted = (act) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = act;
    channel.port2.postMessage(0);
  });
  for (const kind of ["pointerover", "keydown"]) {
    addEventListener(kind, (event) => painted(() => {
      const name = kind === "keydown" ? event.key : kind;
      (window.taken[name] ??= []).push(performance.now() - event.timeStamp);
    }), { capture: true });
  }
}"""


def main() -> None:
    """Measure, print the table and write it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--segments", type=int, default=2000, help="default: %(default)s")
    segments = parser.parse_args().segments
    with TemporaryDirectory() as folder:
        os.environ["VISAVIS_DATABASE"] = database = str(Path(folder) / "bench.db")
        store = open_store(Path(database))
        document = save_document(store, long_document(segments), title="A long article")
        store.close()
        with running() as url:
            found = measured(f"{url}/documents/{document}")
    text = f"Measured by `python -m benchmarks.bench_page`, {segments:,} segments.\n\n{found}"
    Console().print(text, markup=False, highlight=False, soft_wrap=True)
    write("bench-page", text, PAGE)


def long_document(segments: int) -> AlignedDocument:
    """A document of so many segments, made of the same sentences over and over."""
    lines = list(sentences(SENTENCES))
    paragraphs = (" ".join(lines[at : at + PARAGRAPH]) for at in range(0, len(lines), PARAGRAPH))
    engine = InstalledEngines(Settings()).engine(FRENCH_ENGLISH)
    once = translate_article(BREAK.join(paragraphs), engine)
    times = -(-segments // len(once.segments))
    source, target = len(once.source) + len(BREAK), len(once.target) + len(BREAK)
    last = once.segments[-1].paragraph + 1
    repeated = tuple(
        moved(each, f"s{number * len(once.segments) + index}", number, source, target, last)
        for number in range(times)
        for index, each in enumerate(once.segments, start=1)
    )
    return replace(
        once,
        source=BREAK.join([once.source] * times),
        target=BREAK.join([once.target] * times),
        segments=repeated[:segments],
    )


def moved(
    segment: Segment, name: str, number: int, source: int, target: int, paragraphs: int
) -> Segment:
    """A segment in the copy of this number, each so many code points and paragraphs long."""
    here, there = number * source, number * target
    return Segment(
        id=name,
        paragraph=segment.paragraph + number * paragraphs,
        source=segment.source.shifted(here),
        target=segment.target.shifted(there),
        links=tuple(link.shifted(here, there) for link in segment.links),
        nulls=tuple(null.shifted(there) for null in segment.nulls),
        score=segment.score,
        issues=tuple(issue.shifted(here, there) for issue in segment.issues),
    )


def measured(address: str) -> str:
    """What each interaction took, in milliseconds, as a table."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        begun = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("#bar:visible")
        opened = 1000 * (time.perf_counter() - begun)
        page.evaluate(WATCH)
        rows = [["open the page", "", f"{opened:.0f}"]]
        for name, event, act in INTERACTIONS:
            rows.append([name, *_taken(page, event, act)])
        browser.close()
    return table(["", "median ms", "worst ms"], rows)


def _taken(page: Page, event: str, act: Callable[[Page], None]) -> tuple[str, str]:
    page.evaluate("window.taken = {}")
    act(page)
    page.wait_for_timeout(300)
    taken: list[float] = page.evaluate(f"window.taken[{event!r}]")
    return f"{median(taken):.0f}", f"{max(taken):.0f}"


def _press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.wait_for_timeout(APART)


def _hover(page: Page) -> None:
    for number in range(TRIES):
        page.hover(f"#t{1 + number % 3}w{number // 3 % 8}")
        page.wait_for_timeout(APART)


def _step(page: Page) -> None:
    for _ in range(TRIES):
        _press(page, "j")


def _choose(page: Page) -> None:
    for _ in range(TRIES // 4):
        _press(page, "Shift+ArrowRight")


def _open(page: Page) -> None:
    for _ in range(TRIES):
        _press(page, "j")
        _press(page, "Enter")
        page.wait_for_selector(".panel .chosen")
        _press(page, "Escape")


def _approve(page: Page) -> None:
    for _ in range(TRIES):
        _press(page, "k")
        _press(page, "a")
        page.wait_for_selector(".current[data-revision='1']")


def _filter(page: Page) -> None:
    for _ in range(TRIES // 4 * 3):
        _press(page, "/")


def _jump(page: Page) -> None:
    page.focus(".strip")
    for _ in range(TRIES // 2):
        _press(page, "PageDown")


INTERACTIONS: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("point at a word", "pointerover", _hover),
    ("next segment (j)", "j", _step),
    ("choose one more word (Shift →)", "ArrowRight", _choose),
    ("open the claim panel (Enter)", "Enter", _open),
    ("approve a segment (a)", "a", _approve),
    ("filter all segments (/)", "/", _filter),
    ("jump over 20 segments in the picture (Page Down)", "PageDown", _jump),
)


if __name__ == "__main__":
    main()
