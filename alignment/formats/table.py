"""Comma-separated values, RFC 4180: a row for each segment, for spreadsheets.

A text that a spreadsheet would take for a formula (one that begins with `=`,
`+`, `-`, `@`, a tab or a line break) gets an apostrophe before it, as does one
that begins with apostrophes followed by such a character; so taking one
apostrophe away from whatever begins like that gives the text back exactly.
Each row says which texts it quotes, so that it can be copied out alone.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO

from alignment.document import AlignedDocument, Segment, Side
from alignment.errors import AlignmentError
from alignment.formats.provenance import FORMAT_VERSION, Provenance, provenance, signature
from alignment.span import Span

COLUMNS = (
    "segment",
    "paragraph",
    "source_start",
    "source_end",
    "source",
    "target_start",
    "target_end",
    "target",
    "score",
    "issues",
    "explanations",
    "source_language",
    "target_language",
    "source_sha256",
    "target_sha256",
    "model",
    "tool_version",
    "format_version",
)
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


class MalformedTable(AlignmentError):
    """A table that has other columns than ours, or a row that has not all of them."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"row {row}: {reason}")
        self.row = row


def write(document: AlignedDocument, guard: bool = True) -> str:
    """The segments as CSV, offsets in code points; without `guard`, every text as it stands.

    Several issues of a segment are parted by line breaks.
    """
    origin = provenance(document)
    rows = (_row(document, segment, origin) for segment in document.segments)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) if guard else cell for cell in row] for row in rows)
    return out.getvalue()


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a guarded table of ours, the guards taken away. Raises MalformedTable."""
    # A field may be as long as a text.
    limit = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    try:
        found = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise MalformedTable(1, f"no CSV: {error}") from None
    finally:
        csv.field_size_limit(limit)
    if not found or tuple(found[0]) != COLUMNS:
        raise MalformedTable(1, f"the columns are not {', '.join(COLUMNS)}")
    for number, row in enumerate(found[1:], 2):
        if len(row) != len(COLUMNS):
            raise MalformedTable(number, f"{len(row)} cells in {len(COLUMNS)} columns")
    return [dict(zip(COLUMNS, map(unguarded, row), strict=True)) for row in found[1:]]


def guarded(cell: str | float | None) -> str | float | None:
    """A text that no spreadsheet takes for a formula; a number is what it is."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if GUARDED.match(cell) else cell


def _row(
    document: AlignedDocument, segment: Segment, origin: Provenance
) -> Iterable[str | float | None]:
    return (
        segment.id,
        segment.paragraph,
        *_quote(document, segment, "source"),
        *_quote(document, segment, "target"),
        segment.score,
        "\n".join(f"{issue.type} ({issue.severity})" for issue in segment.issues),
        "\n".join(issue.explanation for issue in segment.issues),
        document.languages.source,
        document.languages.target,
        origin.source_sha256,
        origin.target_sha256,
        signature(document.model),
        origin.tool_version,
        FORMAT_VERSION,
    )


def _quote(document: AlignedDocument, segment: Segment, side: Side) -> tuple[int, int, str]:
    span: Span = segment.side(side)
    return span.start, span.end, span.of(document.text(side))
