"""What the issues of its segments come to for a document as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from alignment.checks.guard import TYPES
from alignment.document import SEVERITIES, AlignedDocument, Segment, Severity

# How much of a segment its worst issue costs.
COSTS: dict[Severity, float] = {"none": 0.0, "minor": 0.1, "major": 0.5, "critical": 1.0}


@dataclass(frozen=True, slots=True)
class Fidelity:
    """A document's issues, counted.

    `severities` counts segments by their worst issue, the worst first, and
    `types` issues, the most frequent first. `score` is from 0 to 100: a segment
    loses all of its share by a critical issue, half by a major one, a tenth by
    a minor one. `not_checked` are the types that were not looked for.
    """

    segments: int
    flagged: int
    severities: dict[Severity, int]
    types: dict[str, int]
    score: float
    not_checked: tuple[str, ...]


def fidelity(document: AlignedDocument) -> Fidelity:
    """The summary of a document's issues."""
    worst = Counter(worst_severity(segment) for segment in document.segments)
    total = len(document.segments)
    cost = sum(COSTS[severity] * count for severity, count in worst.items())
    types = Counter(
        issue.type
        for segment in document.segments
        for issue in segment.issues
        if issue.severity != "none"
    )
    return Fidelity(
        segments=total,
        flagged=total - worst["none"],
        severities={severity: worst[severity] for severity in reversed(SEVERITIES[1:])},
        types=dict(types.most_common()),
        score=round(100 * (1 - cost / total), 1) if total else 100.0,
        not_checked=tuple(name for name in TYPES if name not in document.checked),
    )


def worst_severity(segment: Segment) -> Severity:
    """That of the segment's worst issue; none where it has none."""
    found = (issue.severity for issue in segment.issues)
    return max(found, key=SEVERITIES.index, default="none")
