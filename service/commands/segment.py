"""`visavis segment`: the sentences of files, as spans."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alignment.sentences import sentences
from service.commands.files import FILE, read_text


@click.command()
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
