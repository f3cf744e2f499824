"""Waiting for the end of a job, with a bar that shows how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep
from typing import Any

import structlog

from service.config import Settings
from service.engine import Engines
from service.jobs.webhooks import deliver_due
from service.store.database import Store
from service.store.jobs.errors import RunnerElsewhere
from service.store.jobs.reading import read_job
from service.store.jobs.records import Job

# Seconds between two looks at the job, and between two tries to run it ourselves.
PAUSE = 0.3
TRY_AGAIN = 10.0
ENDED = ("done", "cancelled")


def wait_for(job_id: str, settings: Settings, engines: Engines, store: Store) -> Job:
    """The job at its end. Jobs are run here, unless somebody else runs those of this store.

    Raises NoSuchJob.
    """
    job = read_job(store, job_id)
    ours = False
    with ExitStack() as running, bar(job) as show:
        while job.state not in ENDED:
            ours = ours or _run_here(running, settings, engines, store)
            until = monotonic() + TRY_AGAIN
            while job.state not in ENDED and monotonic() < until:
                sleep(PAUSE)
                job = read_job(store, job_id)
                show(job)
    if ours:
        deliver_due(store, settings)
    return job


def _run_here(running: ExitStack, settings: Settings, engines: Engines, store: Store) -> bool:
    """Whether jobs are run here from now on."""
    # Loads the machinery that does the work, which most commands need not.
    from service.jobs.runner import embedded_runner
    from service.logs import configure_logs

    if settings.broker:
        return False
    configure_logs()
    # Lines about the ordinary course of things would tear the bar to pieces.
    warnings_alone = structlog.make_filtering_bound_logger("warning")
    structlog.configure(wrapper_class=warnings_alone)
    try:
        running.enter_context(embedded_runner(settings, engines, store))
    except RunnerElsewhere:
        return False
    return True


@contextmanager
def bar(job: Job) -> Iterator[Callable[[Job], None]]:
    """A bar of articles on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.fields[state]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles, {task.fields[sentences]} sentences{task.fields[left]}"),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not sys.stderr.isatty()
    ) as progress:
        task = progress.add_task("", total=job.counts.articles, **_fields(job))

        def show(job: Job) -> None:
            counts = job.counts
            ended = counts.done + counts.failed + counts.cancelled
            progress.update(task, completed=ended, **_fields(job))

        show(job)
        yield show


def _fields(job: Job) -> dict[str, Any]:
    left = job.seconds_left
    return {
        "state": job.state,
        "sentences": job.counts.sentences,
        "left": "" if left is None else f", {time_left(left)} left",
    }


def time_left(seconds: float) -> str:
    """Roughly how long, in the unit that suits."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
