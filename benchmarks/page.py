"""Measurements as Markdown, and their place in a page of docs/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "alignment.md"


def cell(share: float) -> str:
    """A share in percent."""
    return f"{100 * share:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def write(part: str, text: str, page: Path = PAGE) -> None:
    """Put `text` between the marks of a part, in place of what was there."""
    bounds = re.compile(rf"(<!-- {part} -->\n).*(<!-- /{part} -->)", re.DOTALL)
    before = page.read_text(encoding="utf-8")
    after, count = bounds.subn(lambda match: f"{match[1]}{text}\n{match[2]}", before)
    if count != 1:
        raise ValueError(f"{page.name} has no place marked {part!r}")
    page.write_text(after, encoding="utf-8")
