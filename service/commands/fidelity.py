"""What the commands say of a translation's issues, and when they fail because of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from alignment.checks.guard import ISSUE_TYPES
from alignment.checks.summary import Fidelity, fidelity
from alignment.document import SEVERITIES, AlignedDocument, Issue, Severity
from alignment.span import Span

FLAGGED = 3
BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
Option = Callable[[Callable[..., Any]], Callable[..., Any]]

IGNORE: Option = click.option(
    "--ignore",
    "ignored",
    multiple=True,
    type=click.Choice(ISSUE_TYPES),
    metavar="TYPE",
    help="Don't look for issues of this type; may be repeated. VISAVIS_IGNORED does it for good.",
)
FAIL_ON: Option = click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES[1:]),
    help=f"End with exit code {FLAGGED} if an issue is at least that severe.",
)


def conclude(document: AlignedDocument, fail_on: Severity | None) -> None:
    """Say on standard error what was found, and exit if it is too much."""
    found = fidelity(document)
    click.echo(summary(found), err=True)
    exit_if_flagged((issue for segment in document.segments for issue in segment.issues), fail_on)


def exit_if_flagged(issues: Iterable[Issue], fail_on: Severity | None) -> None:
    """Exit where an issue is as severe as `fail_on` or more."""
    if fail_on and any(severe(issue, fail_on) for issue in issues):
        sys.exit(FLAGGED)


def severe(issue: Issue, least: Severity) -> bool:
    """Whether an issue is at least that severe."""
    return SEVERITIES.index(issue.severity) >= SEVERITIES.index(least)


def summary(found: Fidelity) -> str:
    """A line: how many segments there are, how many have issues, and how severe ones."""
    sentences = "1 sentence" if found.segments == 1 else f"{found.segments:,} sentences"
    counts = ", ".join(f"{count:,} {name}" for name, count in found.severities.items() if count)
    flagged = f"{found.flagged:,} to look at ({counts})" if found.flagged else "none flagged"
    line = f"{sentences}, {flagged}; fidelity {found.score:g} of 100"
    if found.not_checked:
        line += f"; not checked: {', '.join(found.not_checked)}"
    return line


def columns(document: AlignedDocument) -> Iterator[str]:
    """Original, translation and issues of each sentence, parted by tabs, after their names.

    A line break or a tab within a sentence becomes a space.
    """
    yield "original\ttranslation\tissues"
    for segment in document.segments:
        issues = "; ".join(f"{issue.severity} {issue.type}" for issue in segment.issues)
        cells = segment.source.of(document.source), segment.target.of(document.target), issues
        yield "\t".join(BREAKS.sub(" ", cell) for cell in cells)


def explained(issue: Issue, source: str, target: str) -> Iterator[str]:
    """An issue in plain words: what it is, and the words that it is about, on both sides."""
    yield f"{issue.severity} {issue.type}: {issue.explanation}"
    for mark, text, spans in (("<", source, issue.source_spans), (">", target, issue.target_spans)):
        for span in spans:
            yield f"  {mark} {span.start}:{span.end} {quoted(text, span)}"


def quoted(text: str, span: Span) -> str:
    """The words of a span on one line."""
    return BREAKS.sub(" ", span.of(text))
