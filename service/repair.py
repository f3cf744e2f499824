"""A translation that says what the original says, where the likeliest one does not.

The model's beam often holds, a place or two down, a translation that keeps
the "not" or the "according to" that the first one lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from alignment.checks.check import sentence_pair
from alignment.checks.worded import WORDED, worded
from alignment.document import Issue, Languages
from service.engine import Choice, Translation

ALARMING = ("major", "critical")
# How much less likely than the first a translation may be, in nats a piece.
FURTHEST = 0.5


def alarms(
    source: str, target: str, languages: Languages, ignored: Collection[str] = ()
) -> list[Issue]:
    """What a sentence's translation lost that another one may have kept: major issues and worse."""
    pair = sentence_pair(source, target, languages)
    found = (
        issue
        for check in WORDED
        if check.knows(languages)
        for issue in worded(check, pair)
        if issue.type not in ignored
    )
    return [issue for issue in found if issue.severity in ALARMING]


def repairing(languages: Languages, ignored: Collection[str] = ()) -> Choice:
    """The Choice of the likeliest translation that passes the checks, if the first does not.

    Where none passes, the first is taken. Issues of the types `ignored` don't count.
    """

    def choice(text: str, translations: Iterator[Translation]) -> Translation:
        first = next(translations)
        # What was copied is no translation that could be better.
        if first.score is None:
            return first
        found = alarms(text, first.text, languages, ignored)
        for other in translations if found else ():
            if _far(first, other):
                break
            if not alarms(text, other.text, languages, ignored):
                return _repaired(other, first, found)
        return first

    return choice


def _far(first: Translation, other: Translation) -> bool:
    return (first.score or 0) - (other.score or 0) > FURTHEST


def _repaired(chosen: Translation, first: Translation, found: list[Issue]) -> Translation:
    """`chosen` with a note of what it stands in for."""
    types = ", ".join(dict.fromkeys(issue.type for issue in found))
    note = Issue(
        "repaired",
        "none",
        f"taken in place of the model's first choice, “{first.text}” ({types})",
        tuple(span for issue in found for span in issue.source_spans),
    )
    return replace(chosen, issues=(*chosen.issues, note))
