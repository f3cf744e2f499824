"""What an article has to be before it is translated, whichever door it came in by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alignment.span import Span
from service.config import Settings
from service.documents.article import Article
from service.documents.reading import read_article
from service.errors import ArticleRejected, ArticleTooLong

PARAGRAPH_GAP = "\n\n"
# No UTF encodes half a surrogate pair, and NUL ends a string wherever C reads it.
REFUSED = re.compile("[\0\ud800-\udfff]")

# Bytes of the longest form of one code point: two escaped surrogates in JSON.
BYTES_A_CHARACTER = 12
BYTES_BESIDE_THE_ARTICLE = 65_536


def largest_body(max_characters: int) -> int:
    """The bytes of the largest body that an article of `max_characters` can take."""
    return max_characters * BYTES_A_CHARACTER + BYTES_BESIDE_THE_ARTICLE


def check_article(text: str, field: str, settings: Settings) -> None:
    """Refuse what cannot be translated, naming the `field` that it came in.

    Raises ArticleTooLong, and ArticleRejected for a text without anything but
    white space or with a character that no text holds.
    """
    if len(text) > settings.max_characters:
        raise ArticleTooLong(field, len(text), settings.max_characters)
    check_characters(text, field)
    if not text or text.isspace():
        raise ArticleRejected(field, text, "there is nothing to translate but white space")


def check_characters(text: str, field: str) -> None:
    """Refuse NUL and half a surrogate pair; raises ArticleRejected with the position."""
    found = REFUSED.search(text)
    if found:
        name = "NUL" if found.group() == "\0" else "half a surrogate pair"
        raise ArticleRejected(
            field,
            f"U+{ord(found.group()):04X}",
            f"the character at code point {found.start()} is {name}",
        )


def read_upload(data: bytes, name: str, media_type: str | None, field: str = "file") -> Article:
    """The article in a file that is not plain text, `name` as its sender knows it.

    Raises an UnreadableFile, and ArticleRejected for a file that holds its translation already.
    """
    article = read_article(data, name, media_type)
    if article.existing:
        raise ArticleRejected(
            field, name, "it holds a translation already; POST /v1/alignments takes both texts"
        )
    return article


def join_paragraphs(paragraphs: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """One text, its paragraphs parted by a blank line, and where each of them stands in it."""
    spans = []
    start = 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start = spans[-1].end + len(PARAGRAPH_GAP)
    return PARAGRAPH_GAP.join(paragraphs), tuple(spans)
