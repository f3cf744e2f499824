"""What to look at first, above a ladder: a document's flags, counted and named, in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from alignment.checks.summary import fidelity, worst_severity
from alignment.document import AlignedDocument

# What HTML cannot carry; the types of a document that somebody sent may hold anything.
UNCARRIED = re.compile("[\0\ud800-\udfff]")


def flags(document: AlignedDocument) -> str:
    """The summary of a document's issues, with a link to each flagged sentence of its ladder.

    An HTML fragment; empty where no type of issue was looked for.
    """
    if not document.checked:
        return ""
    found = fidelity(document)
    counts = ", ".join(f"{count:,} {name}" for name, count in found.severities.items() if count)
    sentences = "1 sentence" if found.segments == 1 else f"{found.segments:,} sentences"
    said = f"<b>{found.flagged:,} of {sentences}</b> to look at first: {counts}"
    if not found.flagged:
        said = f"<b>Nothing flagged</b> in {sentences}"
    links = "".join(_links(document))
    unchecked = ", ".join(name.replace("_", " ") for name in found.not_checked)
    return (
        '<nav class="flags" aria-label="What to look at first">'
        f'<p>{said} <span class="score">Fidelity {found.score:g} of 100</span></p>'
        + (f"<ol>{links}</ol>" if links else "")
        + (f'<p class="unchecked">Not checked: {unchecked}.</p>' if unchecked else "")
        + "</nav>"
    )


def _links(document: AlignedDocument) -> Iterator[str]:
    for number, segment in enumerate(document.segments, start=1):
        worst = worst_severity(segment)
        if worst == "none":
            continue
        types = (issue.type for issue in segment.issues if issue.severity != "none")
        named = ", ".join(name.replace("_", " ") for name in dict.fromkeys(types))
        label = escape(UNCARRIED.sub("\ufffd", f"Sentence {number}, {worst}: {named}"))
        yield (
            f'<li><a class="{worst}" href="#sentence-{number}" title="{label}"'
            f' aria-label="{label}">{number}</a></li>'
        )
