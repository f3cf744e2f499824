"""What a file holds: the text that is stored and translated, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alignment.document import AlignedDocument
from alignment.span import Span

Kind = Literal["text", "markdown", "html", "docx", "jsonl", "tmx", "xliff"]

BLANK_LINE = "\n\n"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read; all offsets count in code points of `text`.

    `paragraphs` are what is to be translated, in order; what stands outside of
    them (code, marks of blocks) is carried over as it is. None: every line that
    is not blank is one. `encoding` is what the
    bytes were in. `id` is the name that a collection gave the article.
    `existing` is the translation that the file holds already; `remarks` are
    what somebody should be told who knows the file.
    """

    text: str
    kind: Kind
    encoding: str = "utf-8"
    title: str | None = None
    paragraphs: tuple[Span, ...] | None = None
    id: str | None = None
    existing: AlignedDocument | None = None
    remarks: tuple[str, ...] = ()
