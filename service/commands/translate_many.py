"""Many files, an output each: it goes on where it stopped, and one bad file stops nothing."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from alignment.anchoring import text_sha256
from alignment.checks.summary import fidelity
from alignment.document import Issue, Severity
from alignment.errors import AlignmentError
from service.commands.fidelity import exit_if_flagged, summary
from service.commands.outputs import Making, extension, rendered, translated
from service.commands.record import Record
from service.documents.article import Article
from service.documents.reading import read_articles
from service.engine import Engine
from service.errors import ServiceError
from service.translate import Progress

UNSAFE_IN_NAMES = re.compile(r"[^\w.-]+|^[.-]+")
LONGEST_ID = 80

Say = Callable[[str], None]


class OutputExists(ServiceError):
    """A file is in the way that was not made here, or was edited since."""


@dataclass(slots=True)
class Run:
    """What goes for all files, and what came of them so far."""

    engine: Engine
    making: Making
    force: bool
    say: Say
    on_progress: Progress
    record: Record = field(default_factory=Record)
    outputs: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    issues: list[Issue] = field(default_factory=list)


def translate_many(
    files: Sequence[Path],
    folder: Path | None,
    engine: Engine,
    making: Making,
    force: bool = False,
    fail_on: Severity | None = None,
) -> None:
    """Translate each file into `folder`, or beside itself.

    Exits with 1 where a file failed, and with 3 where an issue is as severe as
    `fail_on`.
    """
    names = bases(list(dict.fromkeys(files)), folder)
    with bars(len(names)) as (say, on_progress, advance):
        run = Run(engine, making, force, say, on_progress)
        for file, base in names.items():
            try:
                _translate_file(file, base, run)
            except (AlignmentError, ServiceError) as error:
                run.counts["failed"] += 1
                say(f"Error: {error}")
            except OSError as error:
                run.counts["failed"] += 1
                say(f"Error: {file}: {error.strerror}: {error.filename or file}")
            advance()
    click.echo(", ".join(f"{count} {what}" for what, count in run.counts.items()), err=True)
    if run.counts["failed"]:
        sys.exit(1)
    exit_if_flagged(run.issues, fail_on)


def bases(files: Sequence[Path], folder: Path | None) -> dict[Path, Path]:
    """For each file a name of its own in the folder, or beside it, without an ending.

    That is the file's own name, and only where two would be the same, more of
    its path; so a file keeps its name whichever others come with it, as a rule.
    """
    chosen = {file: (folder or file.parent) / file.stem for file in files}
    common = os.path.commonpath([file.absolute().parent for file in files]) if files else ""
    for longer in (
        lambda file: file.name,
        lambda file: "-".join(file.absolute().relative_to(common).parts),
    ):
        # Some file systems take A for a.
        taken = Counter(str(base).casefold() for base in chosen.values())
        chosen = {
            file: base if taken[str(base).casefold()] == 1 else base.with_name(longer(file))
            for file, base in chosen.items()
        }
    return chosen


def _translate_file(file: Path, base: Path, run: Run) -> None:
    if run.record.holds(file):
        run.counts["left out"] += 1
        run.say(f"{file}: left out, it was made here")
        return
    told: set[str] = set()
    for article in read_articles(file.read_bytes(), str(file)):
        for remark in article.remarks:
            if remark not in told:
                run.say(f"{file}: {remark}")
        told.update(article.remarks)
        _translate_article(article, file, _output(article, base, run), run)


def _output(article: Article, base: Path, run: Run) -> Path:
    """Where the translation of an article goes: article.en.txt, or articles.17.en.txt of many."""
    part = ""
    if article.kind == "jsonl":
        part = "." + UNSAFE_IN_NAMES.sub("-", article.id or "")[:LONGEST_ID]
    ending = f"{run.engine.languages.target}.{extension(article, run.making.form)}"
    output = base.with_name(f"{base.name}{part}.{ending}")
    number = 1
    while str(output).casefold() in run.outputs:
        number += 1
        output = base.with_name(f"{base.name}{part}-{number}.{ending}")
    run.outputs.add(str(output).casefold())
    return output


def _translate_article(article: Article, file: Path, output: Path, run: Run) -> None:
    source = text_sha256(article.text)
    described = run.making.described(run.engine)
    state = run.record.state(output, source, described)
    if state == "done" and not run.force:
        run.counts["there already"] += 1
        run.say(f"{output}: there already; --force makes it again")
        return
    if state == "foreign" and not run.force:
        raise OutputExists(f"{output} is there, and not as it was made here; --force overwrites it")
    name = str(file) if article.id is None else f"{file}, {article.id}"
    document = translated(article, name, run.engine, run.making, run.on_progress)
    data = rendered(document, run.making, article.title or file.name)
    output.parent.mkdir(parents=True, exist_ok=True)
    run.record.keep(output, data, source, described)
    run.counts["translated"] += 1
    run.issues.extend(issue for segment in document.segments for issue in segment.issues)
    run.say(f"{output}: {summary(fidelity(document))}")


@contextmanager
def bars(files: int) -> Iterator[tuple[Say, Progress, Callable[[], None]]]:
    """Bars for files and sentences on standard error, where that is a terminal, and lines."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (*Bar.get_default_columns(), MofNCompleteColumn())
    with Bar(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        whole = bar.add_task("Files", total=files)
        within = bar.add_task("Sentences", total=None)

        def say(line: str) -> None:
            if console.is_terminal:
                console.print(line, markup=False, highlight=False, soft_wrap=True)
            else:
                click.echo(line, err=True)

        yield (
            say,
            lambda done, total: bar.update(within, completed=done, total=total),
            lambda: bar.advance(whole),
        )
