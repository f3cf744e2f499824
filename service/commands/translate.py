"""`visavis translate`: files in, their translations or the aligned documents out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alignment.document import Languages, Severity
from alignment.units import OFFSET_UNITS
from service.commands.fidelity import FAIL_ON, IGNORE, conclude
from service.commands.files import FILE, fail, name_of, progress_bar, read_bytes, write_bytes
from service.commands.outputs import BINARY, FORMATS, Making, rendered, translated
from service.commands.translate_many import translate_many
from service.config import Settings
from service.documents.errors import SeveralArticles
from service.documents.reading import read_article
from service.engine import QUALITIES, Engine, Quality
from service.engine.loading import InstalledEngines


@click.command()
@click.argument("files", type=FILE, nargs=-1, metavar="[FILE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text: the translation; json: the aligned document; jsonl: a segment a line; "
    "html, docx: both texts side by side; tmx, xliff: for translators' programs; annotation: W3C "
    "Web Annotations; csv: a row for each segment; tsv: original, translation and issues.",
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
@IGNORE
@FAIL_ON
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write an output for each FILE into this folder: article.en.txt for article.docx.",
)
@click.option("--force", is_flag=True, help="Translate again what is there, and overwrite it.")
def translate(
    files: tuple[Path, ...],
    form: str,
    lines: bool,
    source: str,
    target: str,
    quality: Quality,
    offset_unit: str,
    ignored: tuple[str, ...],
    fail_on: Severity | None,
    output: Path | None,
    folder: Path | None,
    force: bool,
) -> None:
    """Translate each FILE, or standard input where it is - or absent.

    Plain text, Markdown, HTML, DOCX and JSONL are read. Of plain text every
    character is kept; of the others what a reader sees is the text in which
    offsets count. What a reviewer should look at first is counted on standard
    error.

    Several files, or --out, make an output each: beside the file, or in the
    folder. What is there already, from the same text and made the same way, is
    not made again; a file that cannot be read does not stop the others.
    """
    many = folder is not None or len(files) > 1
    if many and (output is not None or Path("-") in files or not files):
        raise click.UsageError("-o and standard input are for one file, without --out")
    if form in BINARY and not many and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is nothing for a terminal; give -o FILE")
    settings = Settings.from_environ()
    making = Making(settings, form, quality, lines, offset_unit, frozenset(ignored))
    engines, languages = InstalledEngines(settings), Languages(source, target)
    if many:
        translate_many(files, folder, engines.engine(languages), making, force, fail_on)
    else:
        file = files[0] if files else Path("-")
        translate_one(file, output, engines.engine(languages), making, fail_on)


def translate_one(
    file: Path, output: Path | None, engine: Engine, making: Making, fail_on: Severity | None
) -> None:
    """Translate a file, and write to `output` or standard output."""
    name = name_of(file)
    try:
        article = read_article(read_bytes(file), name)
    except SeveralArticles as error:
        fail(f"{error}: --out FOLDER takes them all")
    for remark in article.remarks:
        click.echo(f"{name}: {remark}", err=True)
    with progress_bar("Translating") as on_progress:
        document = translated(article, name, engine, making, on_progress)
    write_bytes(rendered(document, making, article.title or name), output)
    conclude(document, fail_on)
