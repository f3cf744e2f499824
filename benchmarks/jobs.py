"""Jobs beside the bare engine: speed, what they cost on top, memory; into docs/scale.md.

The same articles are translated by the bare engine, by the runner inside the
service, and by one and two workers over PostgreSQL and RabbitMQ, which are
started for it. Models are loaded before the clock starts. CPU seconds, not
wall time, are what is compared: other work on the machine disturbs it less.
Memory is that of a process which takes in and runs a large job with an engine
that costs nothing.

    python -m benchmarks.jobs [--articles 200] [--many 20000] [--dry-run]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console

from alignment.document import FRENCH_ENGLISH
from benchmarks.job_runs import (
    BATCH,
    PAUSE,
    Measured,
    articles,
    cpu_seconds,
    megabytes,
    numbered,
    run_job,
    settings,
    take_in,
    taken,
)
from benchmarks.page import table, write
from benchmarks.scale import Speed, costs
from service.config import Settings
from service.engine import Engines
from service.engine.loading import InstalledEngines
from service.jobs.broker import QUEUE, broker_app
from service.jobs.runner import embedded_runner
from service.store.jobs.reading import read_job
from service.store.opening import open_store
from service.translate import translate_article
from tests.fakes import FakeEngines
from tests.faults.servers import postgresql, rabbitmq
from tests.faults.stage import new_database

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "scale.md"
WARM_UP = 4  # articles
ROUNDS = 3
MARKS = (0.1, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Size:
    """What a job came to, and the bytes that it takes in the store."""

    articles: float
    characters: float
    tokens: float
    stored: float


def main() -> None:
    """Measure, print the tables and write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=200, help="default: %(default)s")
    parser.add_argument("--many", type=int, default=40_000, help="for memory; %(default)s")
    parser.add_argument("--dry-run", action="store_true", help="write nothing down")
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    # The servers end with the blocks that started them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if given.part:
        print(
            json.dumps(PARTS[given.part](given.many if given.part == "memory" else given.articles))
        )
        return
    speed, size = speeds(given.articles)
    text = f"{machine()}\n\n{speed}"
    kept = f"{machine()}\n\n{memories(given.many)}"
    Console().print(f"{text}\n\n{kept}", markup=False, highlight=False, soft_wrap=True)
    reckoned = costs(size)
    Console().print(reckoned, markup=False, highlight=False, soft_wrap=True)
    if not given.dry_run:
        write("speed", text, PAGE)
        write("memory", kept, PAGE)
        write("costs", reckoned, PAGE)


def speeds(count: int) -> tuple[str, Speed]:
    """The table of speeds, and what the built-in model does in a core-second."""
    measured: dict[str, list[Measured]] = {}
    for _ in range(ROUNDS):
        for name in ("bare", "embedded"):
            measured.setdefault(name, []).append(Measured(**part(name, count)))
        for workers in (1, 2):
            measured.setdefault(f"workers: {workers}", []).append(with_workers(count, workers))
    size = Size(**part("kept", count))
    middle = {name: _median(each) for name, each in measured.items()}
    base = middle["bare"].cpu_seconds
    rows = [
        [
            name,
            f"{count / each.seconds:.1f}",
            f"{each.seconds:.1f}",
            f"{each.cpu_seconds:.1f}",
            f"{100 * (each.cpu_seconds / base - 1):+.1f}",
        ]
        for name, each in middle.items()
    ]
    head = [
        f"{count} articles, {size.characters:,} characters, {size.tokens:,} pieces",
        *("articles a second", "seconds", "CPU seconds", "over the bare engine, %"),
    ]
    there = middle["embedded"]
    speed = Speed(
        characters=size.characters / there.cpu_seconds,
        pieces=size.tokens / there.cpu_seconds,
        stored=size.stored / size.characters,
    )
    return table(head, rows), speed


def memories(count: int) -> str:
    """The table of memory over a large job."""
    found = part("memory", count)
    rows = [[name, f"{megabytes:.0f}"] for name, megabytes in found.items()]
    return table(["one process takes in and runs the job", "resident, MB"], rows)


def part(name: str, count: int) -> dict[str, float]:
    """What a part measures, in a process of its own."""
    amount = "--many" if name == "memory" else "--articles"
    command = [sys.executable, "-m", "benchmarks.jobs", "--part", name, amount, str(count)]
    run = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def bare(count: int) -> dict[str, float]:
    """The engine over one article after the other, and nothing kept."""
    engine = InstalledEngines(settings("")).engine(FRENCH_ENGLISH)
    for text in articles(WARM_UP, seed=1):
        translate_article(text, engine)
    texts = list(articles(count))
    with taken() as spent:
        for text in texts:
            translate_article(text, engine)
    return asdict(spent[0])


def embedded(count: int) -> dict[str, float]:
    """A job, from its intake to its end, run inside one process over SQLite."""
    with TemporaryDirectory() as folder:
        there = settings(str(Path(folder) / "visavis.db"))
        engines = InstalledEngines(there)
        with (
            closing(open_store(there.database)) as store,
            embedded_runner(there, engines, store),
        ):
            run_job(store, there, articles(WARM_UP, seed=1))
            with taken() as spent:
                run_job(store, there, articles(count))
    return asdict(spent[0])


def kept(count: int) -> dict[str, float]:
    """What a job comes to, and what its articles take in a file of SQLite.

    Sentences to be used again are left out: there is never more than a
    certain number of them.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visavis.db"
        there = replace(settings(str(path)), remembered=0)
        with closing(open_store(path)) as store:
            store.empty_log()
            before = path.stat().st_size
            with embedded_runner(there, InstalledEngines(there), store):
                counts = run_job(store, there, articles(count))
            store.empty_log()
            stored = path.stat().st_size - before
    return asdict(Size(counts.articles, counts.characters, counts.tokens, stored))


def with_workers(count: int, workers: int) -> Measured:
    """A job on workers of this machine, the CPU seconds of PostgreSQL and RabbitMQ left out."""
    with ExitStack() as stack:
        broker = stack.enter_context(rabbitmq()).address
        place = new_database(stack.enter_context(postgresql()).address)
        there = replace(settings(place), broker=broker)
        store = stack.enter_context(closing(open_store(place)))
        processes = [stack.enter_context(_worker(there)) for _ in range(workers)]
        _await_consumers(broker, processes)
        # One chunk for each article, so that every worker gets some and loads its model.
        run_job(store, replace(there, chunk_characters=1), articles(4 * WARM_UP, seed=1))
        before = sum(cpu_seconds(each.pid) for each in processes)
        with taken() as spent:
            run_job(store, there, articles(count))
        cpu = sum(cpu_seconds(each.pid) for each in processes) - before
        return Measured(spent[0].seconds, cpu)


def memory(count: int) -> dict[str, float]:
    """Resident megabytes of a process that takes in and runs a job of so many articles."""
    resident: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visavis.db"
        there = settings(str(path))
        engines: Engines = FakeEngines()
        with closing(open_store(path)) as store:
            with embedded_runner(there, engines, store):
                run_job(store, there, articles(BATCH, seed=1))
                resident["before"] = megabytes()
            job = take_in(store, there, numbered(count))
            resident[f"{count:,} articles taken in"] = megabytes()
            with embedded_runner(there, engines, store):
                for mark in MARKS:
                    while read_job(store, job).counts.done < mark * count:
                        time.sleep(PAUSE)
                    resident[f"{round(mark * count):,} articles done"] = megabytes()
    return resident


@contextmanager
def _worker(there: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """`visavis worker`, as a process."""
    environ = {
        "VISAVIS_DATABASE": there.database,
        "VISAVIS_BROKER": there.broker,
        "VISAVIS_THREADS": str(there.threads),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "service.cli", "worker"], cwd=ROOT, env=dict(os.environ) | environ
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _await_consumers(broker: str, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until every worker listens. Raises RuntimeError where one has ended."""
    app = broker_app(broker)
    with app.connection_for_write() as link, link.channel() as channel:
        queue = app.amqp.queues[QUEUE](channel)
        while queue.queue_declare().consumer_count < len(processes):
            if any(process.poll() is not None for process in processes):
                raise RuntimeError("a worker did not start")
            time.sleep(PAUSE)


def machine() -> str:
    """Where it was measured."""
    return (
        f"Measured by `make bench-jobs` on {os.cpu_count()} cores;"
        f" Python {platform.python_version()}."
    )


def _median(each: Sequence[Measured]) -> Measured:
    return Measured(median(one.seconds for one in each), median(one.cpu_seconds for one in each))


PARTS: dict[str, Callable[[int], dict[str, float]]] = {
    "bare": bare,
    "embedded": embedded,
    "kept": kept,
    "memory": memory,
}


if __name__ == "__main__":
    main()
