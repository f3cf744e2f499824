"""A file of any kind that is read → the article, or the articles, that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alignment.errors import AlignmentError
from alignment.formats import tmx, xliff
from service.documents import json_lines, kinds
from service.documents.article import Article, Kind
from service.documents.encodings import Decoded, decode
from service.documents.errors import DamagedFile, SeveralArticles

# Bytes of a text that say what it is.
OPENING = 16_000


def read_article(data: bytes, name: str, media_type: str | None = None) -> Article:
    """The article of a file; `name` is what it is called, in messages too.

    What a file is, its content says first, then `media_type`, then its name.
    Raises an UnreadableFile that says which file and why; SeveralArticles for
    a collection of more than one.
    """
    articles = read_articles(data, name, media_type)
    first = next(articles)
    if next(articles, None) is not None:
        raise SeveralArticles(name, "it holds several articles, and one is wanted")
    return first


def read_articles(data: bytes, name: str, media_type: str | None = None) -> Iterator[Article]:
    """The articles of a file: at least one, and more only of JSONL. Raises as `read_article`."""
    kinds.check_bytes(data, name)
    said = kinds.said_kind(name, media_type)
    if data.startswith(kinds.ZIP):
        # Loads lxml, which plain text does without.
        from service.documents import wordprocessing

        yield wordprocessing.read(data, name)
        return
    decoded = decode(data, name, declared_encoding(data, media_type))
    kind = kinds.kind_of_text(decoded.text, name, said)
    remarks = _remarks(decoded, kind, said)
    for article in _articles(decoded, kind, data, name):
        yield replace(article, remarks=(*remarks, *article.remarks))


def declared_encoding(data: bytes, media_type: str | None) -> str | None:
    """The encoding that came with a file, or else the one that markup names at its beginning."""
    for parameter in (media_type or "").split(";")[1:]:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("'\"")
    return kinds.named_encoding(data[:OPENING])


def _articles(decoded: Decoded, kind: Kind, data: bytes, name: str) -> Iterator[Article]:
    if kind == "text":
        yield Article(decoded.text, "text", decoded.encoding)
    elif kind == "markdown":
        from service.documents import markdown

        yield markdown.read(decoded, name)
    elif kind == "jsonl":
        yield from json_lines.read(decoded, name)
    elif kind == "html":
        from service.documents import web_page

        yield web_page.read(decoded, name)
    else:
        yield _existing(kind, data, decoded.encoding, name)


def _existing(kind: Kind, data: bytes, encoding: str, name: str) -> Article:
    try:
        document = tmx.read(data) if kind == "tmx" else xliff.read(data)
    except AlignmentError as error:
        raise DamagedFile(name, str(error)) from None
    return Article(document.source, kind, encoding, existing=document)


def _remarks(decoded: Decoded, kind: Kind, said: Kind | None) -> Iterator[str]:
    if decoded.guessed:
        yield f"read as {decoded.encoding}, which its letters show; it is not UTF-8"
    if said is not None and kind != said:
        yield f"read as {kind}, which its content is, not as {said}"
