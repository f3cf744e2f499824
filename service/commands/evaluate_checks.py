"""`visavis evaluate checks`: what the checks find where there is something to find, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from alignment.checks.check import SentencePair, sentence_pair
from alignment.checks.guard import CHECKS, inspect
from alignment.checks.scoring import (
    CheckScore,
    Flagged,
    UnknownCheck,
    Verdict,
    alarms,
    flagged,
    missed,
    scores,
)
from alignment.document import FRENCH_ENGLISH, Issue
from alignment.errors import AlignmentError
from alignment.formats.challenge import Challenge, challenges
from alignment.lexicon import lexicon
from service.align import link_words, side_of
from service.commands.files import FILE, fail, name_of, progress_bar, read_text
from service.translate import Progress

Inspect = Callable[[SentencePair], Sequence[Issue]]
Row = Sequence[str | int | float]

TYPES: Mapping[str, tuple[str, ...]] = {check.name: check.types for check in CHECKS}
TITLES = (
    "check",
    "entries",
    "caught",
    "major",
    "recall",
    "noticed",
    "alarms",
    "major",
    "elsewhere",
    "precision",
)


@click.command()
@click.argument("files", type=FILE, nargs=-1, metavar="[CHALLENGE]...")
@click.option("--source", type=FILE, help="French, a sentence a line; with --target.")
@click.option("--target", type=FILE, help="A faithful translation of each line into English.")
@click.option("--json", "as_json", is_flag=True, help="Counts, figures and ids, for programs.")
def checks(
    files: tuple[Path, ...], source: Path | None, target: Path | None, as_json: bool
) -> None:
    """Fidelity checks: what they catch, and what they flag for nothing.

    A CHALLENGE file has a faithful and an unfaithful translation of every
    sentence. "caught" counts the unfaithful ones that the right check flags,
    "noticed" those with more flags than the faithful one, "alarms" the
    faithful ones that the check flags, and "elsewhere" those among other
    checks' entries. On --source and --target every flag counts as false.

    \b
    visavis evaluate checks benchmarks/challenge/dev.fr-en.jsonl
    visavis evaluate checks --source newstest.fr --target newstest.en
    """
    if not files and not source:
        raise click.UsageError("Nothing to measure on: name a CHALLENGE file, or --source.")
    if (source is None) != (target is None):
        raise click.UsageError("--source and --target go together.")
    pairs = line_pairs(source, target) if source and target else []
    with progress_bar("Checking") as bar:
        verdicts = judged([entry for file in files for entry in _challenges(file)], inspect, bar)
        bitext = flagged(inspected(pairs, inspect, bar)) if source else None
    if as_json:
        click.echo(json.dumps(figures(verdicts, bitext, TYPES), ensure_ascii=False))
        return
    if verdicts:
        click.echo("\n".join(challenge_table(verdicts, TYPES)))
    if bitext:
        click.echo("\n".join(bitext_table(bitext)))


def judged(
    entries: Sequence[Challenge], inspect: Inspect, on_progress: Progress = lambda done, total: None
) -> list[Verdict]:
    """What `inspect` raises on both translations of each entry."""
    pairs = [
        (entry.source, translation)
        for entry in entries
        for translation in (entry.faithful, entry.unfaithful)
    ]
    issues = inspected(pairs, inspect, on_progress)
    return [Verdict(entry, next(issues), next(issues)) for entry in entries]


def inspected(
    pairs: Sequence[tuple[str, str]],
    inspect: Inspect,
    on_progress: Progress = lambda done, total: None,
) -> Iterator[tuple[Issue, ...]]:
    """What `inspect` raises on each pair of sentences, whose words the lexicon links."""
    known = lexicon(FRENCH_ENGLISH)
    for number, (source, target) in enumerate(pairs, 1):
        links = link_words(side_of(source), side_of(target), None, known).links
        issues = tuple(inspect(sentence_pair(source, target, FRENCH_ENGLISH, links)))
        on_progress(number, len(pairs))
        yield issues


def line_pairs(source: Path, target: Path) -> list[tuple[str, str]]:
    """The lines of two files, each with its translation; pairs with a blank side are left out."""
    here, there = _lines(source), _lines(target)
    if len(here) != len(there):
        fail(
            f"{name_of(source)} has {len(here)} lines and {name_of(target)} {len(there)}: "
            "every line must be the translation of its like."
        )
    return [pair for pair in zip(here, there, strict=True) if all(map(str.strip, pair))]


def challenge_table(
    verdicts: Sequence[Verdict], types: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """A row for each check and one for all, and what became of the faithful translations."""
    found = scores(verdicts, types)
    total = sum(found.values(), CheckScore())
    rows: list[Row] = [_cells(name, score) for name, score in (found | {"all": total}).items()]
    yield from _table(TITLES, rows)
    faithful = flagged(verdict.faithful for verdict in verdicts)
    yield ""
    yield f"faithful translations: {_summary(faithful)}"


def bitext_table(found: Flagged) -> Iterator[str]:
    """How many segments are flagged, and with what."""
    yield f"segments of the bitext: {_summary(found)}"
    rows: list[Row] = [
        (name, some, 100 * found.share(some), serious, 100 * found.share(serious))
        for name, some, serious in found.types
    ]
    if rows:
        yield from _table(("type", "segments", "%", "major", "%"), rows)


def figures(
    verdicts: Sequence[Verdict], bitext: Flagged | None, types: Mapping[str, Sequence[str]]
) -> dict[str, object]:
    """All of it as plain values; shares are from 0 to 1."""
    answer: dict[str, object] = {}
    if verdicts:
        found = scores(verdicts, types)
        answer |= {
            "checks": {name: _figures(score) for name, score in found.items()},
            "all": _figures(sum(found.values(), CheckScore())),
            "missed": [verdict.challenge.id for verdict in missed(verdicts, types)],
            "alarms": {
                verdict.challenge.id: [issue.type for issue in verdict.faithful]
                for verdict in alarms(verdicts)
            },
            "faithful": _shares(flagged(verdict.faithful for verdict in verdicts)),
        }
    if bitext:
        answer["bitext"] = _shares(bitext)
    return answer


def _challenges(file: Path) -> list[Challenge]:
    try:
        entries = challenges(read_text(file))
        for entry in entries:
            if entry.check not in TYPES:
                raise UnknownCheck(entry, TYPES)
    except AlignmentError as error:
        fail(f"{name_of(file)}, {error}")
    return entries


def _lines(file: Path) -> list[str]:
    # Not splitlines: a bitext may hold U+2028 or a form feed within a line.
    return read_text(file).removeprefix("\ufeff").removesuffix("\n").split("\n")


def _cells(name: str, score: CheckScore) -> Row:
    return (
        name,
        score.entries,
        score.caught,
        score.serious,
        100 * score.recall,
        score.noticed,
        score.alarms,
        score.serious_alarms,
        score.elsewhere,
        100 * score.precision,
    )


def _table(titles: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    cells = [
        [f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(titles, *cells, strict=True)]
    for first, *others in [list(titles), *cells]:
        yield "  ".join(
            [
                first.ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)),
            ]
        )


def _summary(found: Flagged) -> str:
    return (
        f"{found.segments}, flagged {found.flagged} ({100 * found.share(found.flagged):.2f} %), "
        f"major or critical {found.serious} ({100 * found.share(found.serious):.2f} %)"
    )


def _figures(score: CheckScore) -> dict[str, int | float]:
    return asdict(score) | {"precision": score.precision, "recall": score.recall}


def _shares(found: Flagged) -> dict[str, object]:
    return {
        "segments": found.segments,
        "flagged": found.flagged,
        "serious": found.serious,
        "flagged_share": found.share(found.flagged),
        "serious_share": found.share(found.serious),
        "types": {
            name: {"flagged": some, "serious": serious} for name, some, serious in found.types
        },
    }
