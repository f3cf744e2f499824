"""`visavis check`: a translation that there is already, and what to look at in it first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

import click

from alignment.checks.check import sentence_pair
from alignment.checks.guard import inspect
from alignment.document import AlignedDocument, Issue, Languages, Severity
from alignment.formats import native
from alignment.lexicon import lexicon
from alignment.span import Span
from alignment.units import ruler
from service.align import link_words, side_of
from service.bitext import align_texts, by_lines, one_sided
from service.commands.fidelity import FAIL_ON, IGNORE, conclude, exit_if_flagged, explained
from service.commands.files import FILE, name_of, paired, progress_bar, read_text, write_text
from service.config import Settings


@click.command()
@click.argument("source", type=FILE, metavar="FR")
@click.argument("target", type=FILE, metavar="EN")
@click.option(
    "--lines",
    is_flag=True,
    help='Line n of EN translates line n of FR; json is an object a line: {"line": 1, "issues": '
    "[…]}, its spans counted from the start of each line.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: what is flagged, in words; json: the aligned document with its issues.",
)
@click.option("--from", "source_language", default="fr", show_default=True, help="Language of FR.")
@click.option("--to", "target_language", default="en", show_default=True, help="Language of EN.")
@IGNORE
@FAIL_ON
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
def check(
    source: Path,
    target: Path,
    lines: bool,
    form: str,
    source_language: str,
    target_language: str,
    ignored: tuple[str, ...],
    fail_on: Severity | None,
    output: Path | None,
) -> None:
    """Check EN, a translation of FR that somebody made (- is standard input).

    Numbers, names, negations, doubts, who said what, what was left out: each
    flag says what it found, and where. No model is needed. docs/fidelity.md
    says what is looked at, and how often it is right.

    \b
    visavis check original.txt translation.txt
    visavis check --lines source.fr target.en --format json --fail-on major
    """
    languages = Languages(source_language, target_language)
    texts = read_text(source), read_text(target)
    to_ignore = {*Settings.from_environ().ignored, *ignored}
    if lines:
        pairs = _pairs(texts, (name_of(source), name_of(target)), languages)
        issues = _inspected(pairs, languages, to_ignore)
        numbered = zip(range(1, len(pairs) + 1), pairs, issues, strict=True)
        found = "".join(_line(form, *each) for each in numbered)
        if found or output:
            write_text(found, output)
        exit_if_flagged((issue for each in issues for issue in each), fail_on)
        return
    document = align_texts(*texts, languages, engine=None, ignored=to_ignore)
    if form == "json":
        write_text(json.dumps(native.to_json(document), ensure_ascii=False, indent=2), output)
    elif (report := "".join(_report(document))) or output:
        write_text(report, output)
    conclude(document, fail_on)


def _pairs(
    texts: tuple[str, str], names: tuple[str, str], languages: Languages
) -> list[tuple[str, str]]:
    ours = by_lines(texts[0], languages.source).strings()
    theirs = by_lines(texts[1], languages.target).strings()
    return paired(ours, theirs, names)


def _inspected(
    pairs: list[tuple[str, str]], languages: Languages, ignored: Collection[str]
) -> list[tuple[Issue, ...]]:
    known = lexicon(languages)
    found: list[tuple[Issue, ...]] = []
    with progress_bar("Checking") as on_progress:
        for one, other in pairs:
            if one.strip() and other.strip():
                links = link_words(side_of(one), side_of(other), None, known).links
                pair = sentence_pair(one, other, languages, links)
                found.append(inspect(pair, ignored))
            else:
                sides = Span(0, len(one.strip())), Span(0, len(other.strip()))
                lone = (each for each in one_sided(*sides) if each.type not in ignored)
                found.append(tuple(lone))
            on_progress(len(found), len(pairs))
    return found


def _line(form: str, number: int, pair: tuple[str, str], issues: tuple[Issue, ...]) -> str:
    if form == "json":
        source, target = (ruler(text, "codepoint").out for text in pair)
        data = {
            "line": number,
            "issues": [native.issue_to_json(each, source, target) for each in issues],
        }
        return json.dumps(data, ensure_ascii=False) + "\n"
    return "".join(
        f"line {number}: " + "\n".join(explained(issue, *pair)) + "\n" for issue in issues
    )


def _report(document: AlignedDocument) -> Iterator[str]:
    """Each flagged segment with its issues; offsets count from the start of the texts."""
    for segment in document.segments:
        if not segment.issues:
            continue
        yield f"{segment.id}\n"
        yield f"  {' '.join(segment.source.of(document.source).split())}\n"
        yield f"  {' '.join(segment.target.of(document.target).split())}\n"
        for issue in segment.issues:
            yield "\n".join(explained(issue, document.source, document.target)) + "\n"
        yield "\n"
