"""`visavis translate`: a file in, its translation or the aligned document out."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from alignment.document import AlignedDocument, Languages
from alignment.formats import html, native
from alignment.units import OFFSET_UNITS
from service.article import check_article
from service.commands.files import FILE, name_of, progress_bar, read_text, write_text
from service.config import Settings
from service.engine import QUALITIES, Quality
from service.engine.loading import InstalledEngines
from service.translate import translate_article, translate_lines


@click.command()
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
    text = read_text(file)
    settings = Settings.from_environ()
    # A service must bound what strangers send; one's own machine needs no such limit.
    check_article(text, name_of(file), replace(settings, max_characters=sys.maxsize))
    engine = InstalledEngines(settings).engine(Languages(source, target))
    with progress_bar("Translating") as on_progress:
        translated = translate_lines if lines else translate_article
        document = translated(text, engine, quality=quality, on_progress=on_progress)
    write_text(render(document, form, name_of(file), offset_unit), output)


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
