"""`visavis jobs`: many articles as one job, on the store itself, with or without a service."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from alignment.document import Languages
from service.article import largest_body
from service.commands.fidelity import IGNORE
from service.commands.files import fail
from service.commands.job_progress import wait_for
from service.config import Settings
from service.documents.exports import EXPORTS
from service.documents.kinds import said_kind
from service.engine import QUALITIES, Quality
from service.engine.loading import InstalledEngines
from service.errors import UnsupportedPair
from service.jobs.articles import LARGEST_FILE, articles_of_file, articles_of_lines, refused
from service.jobs.results import FORMS, files, items, results
from service.jobs.submission import Submission, submit
from service.jobs.waking import wake
from service.store.database import Store
from service.store.jobs import control
from service.store.jobs.reading import list_jobs, read_job
from service.store.jobs.records import Job, JobOptions, NewArticle
from service.store.opening import open_store

JOB = click.argument("job_id", metavar="ID")
PLACE = click.Path(exists=True, path_type=Path)
INTERRUPTED = 130
HIGHEST_PRIORITY = 9


@click.group()
def jobs() -> None:
    """Translate many articles as one job, which no interruption costs more than time.

    \b
    visavis jobs submit articles/ --wait     run it here, or wait for who does
    visavis jobs results ID -o folder/       a page with both texts for each article

    Jobs are in the store, so that no service need run for any of this.
    """


@jobs.command("submit")
@click.argument("paths", type=PLACE, nargs=-1, required=True, metavar="DIR|FILE...")
@click.option("--from", "source", default="fr", show_default=True, help="Language of the articles.")
@click.option("--to", "target", default="en", show_default=True, help="Language to translate to.")
@click.option("--quality", type=click.Choice(QUALITIES), default="best", show_default=True)
@click.option("--title", default="", help="What the job is called.")
@click.option(
    "--priority",
    type=click.IntRange(0, HIGHEST_PRIORITY),
    default=0,
    show_default=True,
    help="Jobs of a higher one go first.",
)
@IGNORE
@click.option("--wait", "waits", is_flag=True, help="Wait for its end; run it if nobody does.")
def submit_files(
    paths: tuple[Path, ...],
    source: str,
    target: str,
    quality: Quality,
    title: str,
    priority: int,
    ignored: tuple[str, ...],
    waits: bool,
) -> None:
    """Submit the article of each file, and of all files of each folder.

    Whatever `visavis translate` reads is read; of JSONL, every line is an
    article. The id of the job goes to standard output. A file that cannot be
    read fails alone, is named, and the command ends with 1.
    """
    with opened() as (settings, store):
        engines, languages = InstalledEngines(settings), Languages(source, target)
        if languages not in engines.pairs():
            raise UnsupportedPair(languages, engines.pairs())
        options = JobOptions(languages, quality, tuple(ignored))
        submission = Submission(options, title or name_of(paths), priority)
        job = submit(store, settings, submission, articles_of(paths, settings))
        click.echo(job.id)
        if waits:
            job = finished(job.id, settings, store)
        else:
            click.echo(f"{described(job)}; visavis jobs wait {job.id} runs it", err=True)
        conclude(job, store)


@jobs.command("wait")
@JOB
def wait(job_id: str) -> None:
    """Wait for the end of a job, and run it if nobody else does."""
    with opened() as (settings, store):
        conclude(finished(job_id, settings, store), store)


@jobs.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
def list_them(limit: int) -> None:
    """List the jobs there are, the newest first."""
    with opened() as (_, store):
        for job in list_jobs(store, limit=limit).jobs:
            click.echo(f"{job.id}  {job.created:%Y-%m-%d %H:%M}  {described(job)}  {job.title}")


@jobs.command("show")
@JOB
def show(job_id: str) -> None:
    """Show how far a job is, and which articles failed."""
    with opened() as (_, store):
        job = read_job(store, job_id)
        counts = job.counts
        click.echo(f"{job.id}  {job.title}")
        click.echo(f"{described(job)}, {job.options.languages}, {job.options.quality}")
        click.echo(f"{counts.sentences} sentences, {counts.tokens} tokens done")
        click.echo(f"{counts.characters_done} of {counts.characters} characters done")
        if job.seconds_left is not None:
            click.echo(f"about {job.seconds_left:.0f} seconds left")
        name_failed(job, store)


@jobs.command("results")
@JOB
@click.option("--format", "form", type=click.Choice(FORMS), default="jsonl", show_default=True)
@click.option(
    "--export",
    type=click.Choice(tuple(EXPORTS)),
    default="html",
    show_default=True,
    help="What the files are, in a zip or a folder.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, or a folder.")
def take_results(job_id: str, form: str, export: str, output: Path | None) -> None:
    """Write the results of a job, those that there are.

    Into a folder that is there goes a file for each article.
    """
    if output is None and form == "zip" and sys.stdout.isatty():
        raise click.UsageError("zip is nothing for a terminal; give -o FILE")
    with opened() as (_, store):
        if output is not None and output.is_dir():
            read_job(store, job_id)
            for name, _stored, content in files(store, job_id, export):
                write(iter([content]), output / name)
        else:
            write(results(store, job_id, form, export), output)
        name_failed(read_job(store, job_id), store)


@jobs.command("delete")
@JOB
def delete(job_id: str) -> None:
    """Cancel a job and forget it; the documents that were made of it stay."""
    with opened() as (_, store):
        control.delete_job(store, job_id)


def changing(name: str, change: Callable[[Store, str], Job], meaning: str) -> click.Command:
    """A command that does one thing to a job and says what has become of it."""

    def changed(job_id: str) -> None:
        with opened() as (settings, store):
            job = change(store, job_id)
            wake(settings, store)
            click.echo(described(job))

    return click.command(name, help=meaning)(JOB(changed))


for command in (
    changing("cancel", control.cancel_job, "Give up what is not done; what is done stays."),
    changing("pause", control.pause_job, "Let nobody work on a job until it is resumed."),
    changing("resume", control.resume_job, "Queue a paused job again."),
    changing("retry", control.retry_failed, "Queue failed and cancelled articles again."),
):
    jobs.add_command(command)


@contextmanager
def opened() -> Iterator[tuple[Settings, Store]]:
    """The settings of the environment, and the store that they name."""
    settings = Settings.from_environ()
    store = open_store(settings.database)
    try:
        yield settings, store
    finally:
        store.close()


def articles_of(paths: Sequence[Path], settings: Settings) -> Iterator[NewArticle]:
    """The articles of files, and of all files in folders but hidden ones, by name."""
    for path in paths:
        if not path.is_dir():
            yield from articles_in(path, str(path), settings)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for name in sorted(each for each in names if not each.startswith(".")):
                file = Path(folder, name)
                yield from articles_in(file, str(file.relative_to(path)), settings)


def articles_in(path: Path, name: str, settings: Settings) -> Iterator[NewArticle]:
    """The articles of a file; one that can't be read is one that fails."""
    known = os.fsencode(name).decode("utf-8", "replace")
    if not path.is_file():
        # A pipe would be waited for.
        yield refused(known, "it is no file, or none that is there")
        return
    try:
        with path.open("rb") as file:
            if said_kind(known, None) == "jsonl":
                yield from articles_of_lines(file, largest_body(settings.max_characters), settings)
            else:
                yield from articles_of_file(file.read(LARGEST_FILE + 1), known, None, settings)
    except OSError as error:
        yield refused(known, f"it can't be read: {error.strerror}")


def name_of(paths: Sequence[Path]) -> str:
    """What a job is called that was given no title."""
    name = os.fsencode(paths[0].absolute().name).decode("utf-8", "replace")
    return name if len(paths) == 1 else f"{name} and {len(paths) - 1} more"


def finished(job_id: str, settings: Settings, store: Store) -> Job:
    """The job at its end; where somebody loses patience, it stays queued."""
    try:
        return wait_for(job_id, settings, InstalledEngines(settings), store)
    except KeyboardInterrupt:
        interrupted(job_id)


def interrupted(job_id: str) -> NoReturn:
    """Ends the command."""
    click.echo(f"Nothing is lost. visavis jobs wait {job_id} goes on.", err=True)
    sys.exit(INTERRUPTED)


def conclude(job: Job, store: Store) -> None:
    """Say how it ended; ends the command with 1 where an article failed."""
    name_failed(job, store)
    if job.state in ("done", "cancelled"):
        click.echo(described(job), err=True)
    if job.counts.failed:
        sys.exit(1)


def name_failed(job: Job, store: Store) -> None:
    """Name each article that failed, and why, on standard error."""
    if job.counts.failed:
        for item in items(store, job.id, "failed"):
            click.echo(f"{item.name}: {item.reason}", err=True)


def described(job: Job) -> str:
    """A job's state, and how many of its articles are done."""
    counts = job.counts
    failed = f", {counts.failed} failed" if counts.failed else ""
    return f"{job.state}, {counts.done} of {counts.articles} articles{failed}"


def write(parts: Iterator[bytes], output: Path | None) -> None:
    """Write to standard output, or to a file that is there whole or as it was."""
    if output is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
        beside.replace(output)
    except OSError as error:
        fail(f"{output} can't be written: {error.strerror}")
    finally:
        beside.unlink(missing_ok=True)
