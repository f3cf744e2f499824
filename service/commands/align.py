"""`visavis align`: two texts that somebody wrote in, their links out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import click

from alignment.document import Languages
from alignment.formats import beads, native, pharaoh, tmx
from alignment.lexicon import lexicon
from service.align import align_words
from service.bitext import align_segmented, align_texts, by_lines, by_sentences
from service.commands.files import FILE, fail, name_of, paired, progress_bar, read_text, write_text
from service.config import Settings
from service.engine import Engine
from service.engine.loading import InstalledEngines

FORMS = ["json", "pharaoh", "tmx", "ladder"]
# Pairs whose attention is in memory at once.
PAIRS = 2000

Words = Sequence[str]
SPACES = re.compile(r"[ \t\r]+")


@click.command()
@click.argument("source", type=FILE, metavar="FR")
@click.argument("target", type=FILE, metavar="EN")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="json: the aligned document; tmx: a translation memory; ladder: "
    "[[source sentences], [target sentences]] for each bead; pharaoh: i-j for word i of FR and "
    "word j of EN, from 0, a line for each pair of sentences.  [default: json; with "
    "--pretokenized: pharaoh]",
)
@click.option("--lines", is_flag=True, help="Each line of both files is one sentence already.")
@click.option(
    "--pretokenized",
    is_flag=True,
    help="Line n of EN translates line n of FR, and spaces part the words. Only --format pharaoh.",
)
@click.option("--from", "source_language", default="fr", show_default=True, help="Language of FR.")
@click.option("--to", "target_language", default="en", show_default=True, help="Language of EN.")
@click.option("--lexicon-only", is_flag=True, help="Without the model: faster, less exact.")
@click.option("--model-only", is_flag=True, help="Without the lexicon; only with --pretokenized.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
def align(
    source: Path,
    target: Path,
    form: str | None,
    lines: bool,
    pretokenized: bool,
    source_language: str,
    target_language: str,
    lexicon_only: bool,
    model_only: bool,
    output: Path | None,
) -> None:
    """Align FR with EN, a translation of it that somebody made (- is standard input).

    Both are plain text in UTF-8; sentences are found, paired, and their words linked.

    \b
    visavis align original.txt translation.txt --format tmx -o memory.tmx
    visavis align --pretokenized words.fr words.en
    """
    if lexicon_only and model_only:
        raise click.UsageError("--lexicon-only and --model-only leave nothing to align with.")
    if pretokenized and (form or "pharaoh") != "pharaoh":
        raise click.UsageError(f"--pretokenized has no --format {form}, only pharaoh.")
    if model_only and not pretokenized:
        raise click.UsageError("--model-only goes with --pretokenized.")
    languages = Languages(source_language, target_language)
    if lexicon_only and not lexicon(languages):
        fail(f"there is no lexicon for {languages}; leave out --lexicon-only")
    texts = read_text(source), read_text(target)
    if pretokenized:
        pairs = _pairs(texts, (name_of(source), name_of(target)))
    engine = None
    if not lexicon_only:
        engine = InstalledEngines(Settings.from_environ()).engine(languages)
    if pretokenized:
        found = _word_links(pairs, engine, languages, with_lexicon=not model_only)
    else:
        found = _document(texts, form or "json", lines, languages, engine)
    if found or output:
        write_text(found, output)


def _document(
    texts: tuple[str, str], form: str, lines: bool, languages: Languages, engine: Engine | None
) -> str:
    if form == "ladder":
        cut = by_lines if lines else by_sentences
        here, there = cut(texts[0], languages.source), cut(texts[1], languages.target)
        return beads.write(align_segmented(here, there, languages, engine))
    document = align_texts(*texts, languages, engine, lines)
    match form:
        case "tmx":
            return tmx.write(document)
        case "pharaoh":
            return "".join(f"{line}\n" for line in pharaoh.to_lines(document))
        case _:
            return json.dumps(native.to_json(document), ensure_ascii=False, indent=2)


def _pairs(texts: tuple[str, str], names: tuple[str, str]) -> list[tuple[list[str], list[str]]]:
    """The words of each line of both texts."""
    ours, theirs = map(_lines, texts)
    return paired(ours, theirs, names)


def _lines(text: str) -> list[list[str]]:
    # Only "\n" ends a line and only a space or a tab a word: "1\u202f234" is one word.
    lines = text.removesuffix("\n").split("\n") if text else []
    return [[word for word in SPACES.split(line) if word] for line in lines]


def _word_links(
    pairs: Sequence[tuple[Words, Words]],
    engine: Engine | None,
    languages: Languages,
    with_lexicon: bool,
) -> str:
    lines: list[str] = []
    with progress_bar("Aligning") as on_progress:
        for start in range(0, len(pairs), PAIRS):
            part = pairs[start : start + PAIRS]
            links = align_words(part, engine, languages, with_lexicon)
            lines.extend(map(pharaoh.to_line, links))
            on_progress(len(lines), len(pairs))
    return "".join(f"{line}\n" for line in lines)
