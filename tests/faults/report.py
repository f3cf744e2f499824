"""Every fault at length, and a table of what became of the articles: `make faults`."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.faults.faults import FAULTS, FOR_ROOT, Fault
from tests.faults.servers import postgresql, rabbitmq
from tests.faults.stage import Stage

COLUMNS = ("fault", "articles", "times", "failed as meant", "lost", "twice", "wrong", "seconds")


def main() -> int:
    """Do them one after the other; 1 if an article is lost, there twice, wrong or failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="as the tests do it")
    parser.add_argument("--only", default="", help="faults whose name has this in it")
    parser.add_argument("--seed", type=int, default=random.randrange(1000), help="of the moments")
    given = parser.parse_args()
    # The servers end with the blocks that started them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    shown = Table(*COLUMNS, title=f"What became of the articles (seed {given.seed})")
    harmed = False
    with ExitStack() as stack:
        stage = Stage(
            postgres=stack.enter_context(postgresql()),
            rabbit=stack.enter_context(rabbitmq()),
            folder=Path(stack.enter_context(tempfile.TemporaryDirectory())),
            chance=random.Random(given.seed),
        )
        for fault in FAULTS:
            if given.only in fault.name:
                row, unharmed = _tried(fault, stage, given.short)
                harmed = harmed or not unharmed
                print(*row, sep="; ", file=sys.stderr)
                shown.add_row(*row)
    Console(width=120).print(shown)
    return int(harmed)


def _tried(fault: Fault, stage: Stage, short: bool) -> tuple[list[str], bool]:
    """The row of a fault, and whether every article is there once."""
    size = fault.short if short else fault.long
    if fault.happen in FOR_ROOT and os.geteuid():
        return [fault.name, "needs root", *("" for _ in COLUMNS[2:])], True
    begun = time.monotonic()
    found = fault.happen(stage, size)
    counts = (found.articles, size.times, found.failed, found.lost, found.twice, found.wrong)
    seconds = f"{time.monotonic() - begun:.0f}"
    return [fault.name, *map(str, counts), seconds], found == fault.expected(size)


if __name__ == "__main__":
    sys.exit(main())
