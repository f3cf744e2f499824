"""The `visavis` command.

Exit codes: 0 done; 1 it could not be done, and standard error says why; 2 the
command was not understood.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from alignment.document import AlignedDocument, Languages
from alignment.errors import AlignmentError
from alignment.formats import html, native
from alignment.sentences import sentences
from alignment.units import OFFSET_UNITS
from service.article import check_article
from service.config import BadSetting, Settings
from service.demo import demo
from service.engine import QUALITIES, Quality
from service.errors import ServiceError
from service.models_command import models
from service.serve import serve
from service.translate import Progress, translate_article, translate_lines

HELP = {"help_option_names": ["-h", "--help"]}
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


class Visavis(click.Group):
    """A group whose commands end with one clear line where something is wrong."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (AlignmentError, ServiceError, BadSetting) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Visavis, context_settings=HELP)
@click.version_option(package_name="vis-a-vis")
def visavis() -> None:
    """Translate French articles and keep the thread back to every original word.

    \b
    visavis translate article.txt                the translation
    visavis translate article.txt --format html  both texts, aligned, in one page
    visavis serve                                the service and its page
    """


@visavis.command()
@click.argument("file", type=FILE, default="-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "jsonl"]),
    default="text",
    show_default=True,
    help="text: the translation; json: the aligned document; jsonl: a segment a line; "
    "html: both texts side by side in a page of its own.",
)
@click.option("--lines", is_flag=True, help="Each line is one sentence: as many lines out as in.")
@click.option("--from", "source", default="fr", show_default=True, help="Language of FILE.")
@click.option("--to", "target", default="en", show_default=True, help="Language to translate to.")
@click.option(
    "--quality",
    type=click.Choice(QUALITIES),
    default="best",
    show_default=True,
    help="best: beam 4; fast: greedy.",
)
@click.option(
    "--offset-unit",
    type=click.Choice(OFFSET_UNITS),
    default="codepoint",
    show_default=True,
    help="What the offsets in json and jsonl count.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
def translate(
    file: Path,
    form: str,
    lines: bool,
    source: str,
    target: str,
    quality: Quality,
    offset_unit: str,
    output: Path | None,
) -> None:
    """Translate FILE, or standard input where it is - or absent.

    FILE is plain text in UTF-8. Its characters are kept as they are: every
    offset in the result counts from its very first one.
    """
    from service.engine.loading import InstalledEngines

    text = read_text(file)
    settings = Settings.from_environ()
    # A service must bound what strangers send; one's own machine needs no such limit.
    check_article(text, name_of(file), replace(settings, max_characters=sys.maxsize))
    engine = InstalledEngines(settings).engine(Languages(source, target))
    with progress_bar("Translating") as on_progress:
        translated = translate_lines if lines else translate_article
        document = translated(text, engine, quality=quality, on_progress=on_progress)
    write_text(render(document, form, name_of(file), offset_unit), output)


@visavis.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--language", default="fr", show_default=True, help="Language of the files.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"]),
    default="jsonl",
    show_default=True,
    help="jsonl: an object a file, each on its own line; json: one list of them.",
)
def segment(files: tuple[Path, ...], language: str, form: str) -> None:
    """Find the sentences of each FILE (- is standard input), as spans in code points.

    \b
    {"file": "article.txt", "sentences": [[0, 42], [43, 97]]}
    """
    found = (
        {"file": str(file), "sentences": [list(span) for span in sentences(text, language)]}
        for file in files
        for text in [read_text(file)]
    )
    if form == "json":
        click.echo(json.dumps(list(found), ensure_ascii=False, indent=2))
        return
    for each in found:
        click.echo(json.dumps(each, ensure_ascii=False))


visavis.add_command(serve)
visavis.add_command(models)
visavis.add_command(demo)


def read_text(file: Path) -> str:
    """The text of a file, untouched: no new line, no byte order mark is dropped."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8")
    except OSError as error:
        fail(f"{name_of(file)} can't be read: {error.strerror}")
    except UnicodeDecodeError as error:
        fail(
            f"{name_of(file)} is not UTF-8: byte 0x{error.object[error.start]:02x} at position "
            f"{error.start}. Convert it first: iconv -f WINDOWS-1252 -t UTF-8 {file}"
        )


def name_of(file: Path) -> str:
    """A file as a reader knows it."""
    return "standard input" if str(file) == "-" else str(file)


def write_text(text: str, output: Path | None) -> None:
    """Write UTF-8, whatever the locale, to a file or to standard output."""
    data = text.encode("utf-8")
    if not data.endswith(b"\n"):
        data += b"\n"
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        fail(f"{output} can't be written: {error.strerror}")


def render(document: AlignedDocument, form: str, title: str, offset_unit: str) -> str:
    """The document in one of the formats of `visavis translate`."""
    match form:
        case "json":
            return json.dumps(native.to_json(document, offset_unit), ensure_ascii=False, indent=2)
        case "jsonl":
            return "\n".join(
                json.dumps(line, ensure_ascii=False)
                for line in native.to_jsonl(document, offset_unit)
            )
        case "html":
            return html.page(document, title)
        case _:
            return document.target


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A bar on standard error, where that is a terminal, that counts sentences."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def fail(reason: str) -> NoReturn:
    """End the command with one clear line."""
    raise click.ClickException(reason)


if __name__ == "__main__":
    visavis()
