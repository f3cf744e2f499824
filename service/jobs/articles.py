"""From what somebody sends to the articles of a job; what is no article comes as one that failed.

One bad article does not stop the others, so nothing is raised here: its reason
stands where its text would.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import BinaryIO

from alignment.errors import AlignmentError
from alignment.span import Span
from service.article import check_article, check_characters, join_paragraphs, read_upload
from service.config import Settings
from service.documents.article import Article
from service.documents.errors import DamagedFile, FileTooLarge
from service.documents.reading import read_articles
from service.errors import ArticleRejected, ServiceError
from service.store.jobs.records import NewArticle
from service.store.records import REFUSED, Origin

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_NAME = 200
LONGEST_TITLE = 300
LONGEST_REASON = 500
# Bytes of a file that is read whole: pictures in it count too.
LARGEST_FILE = 32 * 2**20
# What an article may come as, in JSON; it has one of these.
TEXTS = ("text", "paragraphs", "html")


def article_of(data: bytes | None, number: int, settings: Settings) -> NewArticle:
    """The article of a JSON object, known as `number` where it has no id of its own.

    None stands for an object that was too long to be read. Other members than
    id, title and one of text, paragraphs and html are left out.
    """
    name = str(number)
    try:
        value = _value(data, settings)
        name = _identity(value) or name
        return _article(value, name, settings)
    except (AlignmentError, ServiceError) as error:
        return refused(name, str(error))


def articles_of_lines(file: BinaryIO, largest: int, settings: Settings) -> Iterator[NewArticle]:
    """An article a line, in UTF-8; blank lines are passed over, and known by number where nameless.

    A line of more than `largest` bytes is no article.
    """
    for number in count(1):
        line = file.readline(largest + 1)
        if not line:
            return
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if len(line) > largest and not line.endswith(b"\n"):
            _pass_line(file)
            yield article_of(None, number, settings)
        elif line.strip():
            yield article_of(line, number, settings)


def articles_of_file(
    data: bytes, name: str, media_type: str | None, settings: Settings
) -> Iterator[NewArticle]:
    """The articles of a file of any kind that is read; `name` as its sender knows it."""
    known = _storable(name)[-LONGEST_NAME:] or "file"

    try:
        if len(data) > LARGEST_FILE:
            raise FileTooLarge(known, f"it has more than {LARGEST_FILE} bytes")
        origin = Origin(_storable(media_type or ""), known, data)
        for article in read_articles(data, known, media_type):
            yield _of_file(article, origin, settings)
    except (AlignmentError, ServiceError) as error:
        yield refused(known, str(error))


def refused(name: str, reason: str) -> NewArticle:
    """An article that cannot be translated, and why."""
    return NewArticle(name, "", reason=_storable(reason)[:LONGEST_REASON])


def _value(data: bytes | None, settings: Settings) -> Mapping[str, object]:
    if data is None:
        limit = settings.max_characters
        raise _no_article(f"it is longer than the limit of {limit} characters")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_distinct)
    except UnicodeDecodeError as error:
        raise _no_article(f"no UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise _no_article(f"no JSON at character {error.pos}: {error.msg}") from None
    except RecursionError:
        raise _no_article("it is nested too deeply") from None
    except ValueError:
        # Python turns no more than 4300 digits into a number.
        raise _no_article("a number in it has too many digits") from None
    if not isinstance(value, dict):
        raise _no_article('it is no object with a "text"')
    return value


def _no_article(reason: str) -> ArticleRejected:
    return ArticleRejected("article", None, reason)


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _no_article("one of its members is there twice")
    return fields


def _identity(value: Mapping[str, object]) -> str:
    name = value.get("id")
    if name is None:
        return ""
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise ArticleRejected("id", name, "it is neither a string nor a whole number")
    return _short(str(name), "id", LONGEST_NAME)


def _article(value: Mapping[str, object], name: str, settings: Settings) -> NewArticle:
    title = value.get("title")
    if not isinstance(title, str | None):
        raise ArticleRejected("title", title, "it is no string")
    title = _short(title or "", "title", LONGEST_TITLE)
    given = [each for each in TEXTS if value.get(each) is not None]
    if len(given) != 1:
        raise ArticleRejected("text", None, f"give {' or '.join(TEXTS)}, and only one of them")
    field, content = given[0], value[given[0]]
    if field == "paragraphs":
        text, paragraphs = _joined(content)
        return _checked(NewArticle(name, text, title, paragraphs), field, settings)
    if not isinstance(content, str):
        raise ArticleRejected(field, content, "it is no string")
    if field == "text":
        return _checked(NewArticle(name, content, title), field, settings)
    check_characters(content, field)
    data = content.encode()
    page = read_upload(data, field, "text/html", field)
    origin = Origin("text/html", "", data)
    title = title or (page.title or "")[:LONGEST_TITLE]
    return _checked(NewArticle(name, page.text, title, page.paragraphs, origin), field, settings)


def _joined(content: object) -> tuple[str, tuple[Span, ...]]:
    if not isinstance(content, list) or not all(isinstance(each, str) for each in content):
        raise ArticleRejected("paragraphs", content, "it is no list of strings")
    return join_paragraphs(content)


def _of_file(article: Article, origin: Origin, settings: Settings) -> NewArticle:
    name = origin.filename
    if article.existing:
        raise DamagedFile(name, "it holds a translation already")
    title = _storable(article.title or "")[:LONGEST_TITLE]
    if article.kind == "text":
        # Its bytes are its text.
        origin = Origin(origin.media_type or "text/plain", origin.filename)
    found = NewArticle(name, article.text, title, article.paragraphs, origin)
    return _checked(found, name, settings)


def _checked(article: NewArticle, field: str, settings: Settings) -> NewArticle:
    check_article(article.text, field, settings)
    return article


def _short(text: str, field: str, longest: int) -> str:
    check_characters(text, field)
    if len(text) > longest:
        raise ArticleRejected(field, text, f"it has more than {longest} characters")
    return text


def _storable(text: str) -> str:
    """A text for people, with a mark where no database takes a character."""
    return REFUSED.sub("\ufffd", text)


def _pass_line(file: BinaryIO) -> None:
    """Go on to the next line."""
    while (part := file.readline(65_536)) and not part.endswith(b"\n"):
        pass
