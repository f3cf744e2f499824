"""Plain text: the translation alone, or both texts side by side, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from alignment.document import AlignedDocument


def translation(document: AlignedDocument) -> str:
    """The translated article, laid out as its original."""
    return document.target


def side_by_side(document: AlignedDocument) -> Iterator[tuple[str, str]]:
    """Each sentence and its translation, in reading order."""
    for segment in document.segments:
        yield segment.source.of(document.source), segment.target.of(document.target)
