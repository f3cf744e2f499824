"""Jobs for benchmarks: their articles, how they are run, and what running them takes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import sentences
from service.config import Settings
from service.jobs.waking import wake
from service.store.database import Store
from service.store.jobs.intake import add_articles, begin_job, end_intake
from service.store.jobs.reading import read_job
from service.store.jobs.records import Counts, JobOptions, NewArticle

ARTICLE = 8  # sentences
# Articles taken in at a time, as the API does.
BATCH = 100
# Seconds between two looks at how far a job is; looking takes processor time, too.
PAUSE = 0.2
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of translating the articles: seconds on the clock and of processor time."""

    seconds: float
    cpu_seconds: float


def settings(database: str) -> Settings:
    """One thread a process, so that a worker is a core."""
    return replace(Settings(), database=database or "unused", threads=1)


def articles(count: int, seed: int = 20) -> Iterator[str]:
    """Articles of 8 sentences, none of which is there twice."""
    lines = sentences(ARTICLE * count, seed)
    for start in range(0, len(lines), ARTICLE):
        yield "\n".join(lines[start : start + ARTICLE])


def numbered(count: int) -> Iterator[str]:
    """Short articles without end, made one by one."""
    for number in range(count):
        yield f"La ville {number} vote lundi.\nLe maire n’a rien promis en {number}.\n"


def take_in(store: Store, there: Settings, texts: Iterator[str]) -> str:
    """A job of these articles, taken in some at a time; its id."""
    job = begin_job(store, JobOptions())
    batch: list[NewArticle] = []
    for number, text in enumerate(texts, start=1):
        batch.append(NewArticle(str(number), text))
        if len(batch) == BATCH:
            add_articles(store, job, batch, there.chunk_characters)
            batch = []
    add_articles(store, job, batch, there.chunk_characters)
    end_intake(store, job)
    wake(there, store)
    return job


def run_job(store: Store, there: Settings, texts: Iterator[str]) -> Counts:
    """Take a job in and wait for its end."""
    job = take_in(store, there, texts)
    while read_job(store, job).state != "done":
        time.sleep(PAUSE)
    counts = read_job(store, job).counts
    if counts.failed:
        raise RuntimeError(f"{counts.failed} articles failed")
    return counts


@contextmanager
def taken() -> Iterator[list[Measured]]:
    """What is done within, measured."""
    spent: list[Measured] = []
    begun = time.perf_counter(), time.process_time()
    yield spent
    spent.append(Measured(time.perf_counter() - begun[0], time.process_time() - begun[1]))


def cpu_seconds(process: int) -> float:
    """Of a process and of its children, the dead ones included."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    total = 0.0
    for each in (str(process), *children):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) / TICKS
    return total


def megabytes() -> float:
    """The memory of this process that is in use."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
