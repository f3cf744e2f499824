"""JSONL: an article a line, as {"text": …} with an optional "id" and "title"."""

from __future__ import annotations

import json
from collections.abc import Iterator

from service.documents.article import Article
from service.documents.encodings import Decoded
from service.documents.errors import DamagedFile, NothingToRead


def read(decoded: Decoded, name: str) -> Iterator[Article]:
    """The articles of a JSONL file, in order; blank lines are passed over.

    Other fields are left out. Raises DamagedFile for the first line that is no
    article, and NothingToRead where there is none.
    """
    seen: set[str] = set()
    # Only line feeds end a line: JSON may hold U+2028 as it is.
    for number, line in enumerate(decoded.text.removeprefix("\ufeff").split("\n"), 1):
        if line and not line.isspace():
            article = _article(line, number, name, decoded.encoding)
            identity = article.id or str(number)
            if identity in seen:
                raise DamagedFile(name, f"line {number}: a second article has the id {identity!r}")
            seen.add(identity)
            yield article
    if not seen:
        raise NothingToRead(name, "there is no article in it")


def _article(line: str, number: int, name: str, encoding: str) -> Article:
    where = f"line {number}"
    try:
        value = json.loads(line)
    except ValueError as error:
        raise DamagedFile(name, f"{where} is no JSON: {error}") from None
    except RecursionError:
        raise DamagedFile(name, f"{where} is no article: it is nested too deep") from None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise DamagedFile(name, f'{where} is no object with a "text": {line.strip()[:60]!r}')
    identity, title = value.get("id"), value.get("title")
    if not isinstance(identity, str | int | None) or not isinstance(title, str | None):
        raise DamagedFile(name, f'{where}: "id" and "title" are strings')
    if not value["text"].strip():
        raise DamagedFile(name, f"{where}: the text is empty")
    # Articles without a name are known by their line.
    known = str(number) if identity is None else str(identity)
    return Article(value["text"], "jsonl", encoding, title, id=known)
