"""What `visavis translate` makes of an article: the translation in a format, as bytes."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from alignment.document import AlignedDocument
from alignment.formats.provenance import (
    as_text,
    project_version,
    signature,
    stamped,
    stamped_lines,
)
from service.article import check_article
from service.commands.fidelity import columns
from service.config import Settings
from service.documents.article import Article
from service.documents.errors import UnreadableFile
from service.documents.exports import EXPORTS
from service.engine import Engine, Quality
from service.translate import Progress, translate_article, translate_lines

TABLE = "tsv"
FORMATS = (*EXPORTS, TABLE)
# They would fill a terminal with signs.
BINARY = frozenset({"docx"})


class AlreadyTranslated(UnreadableFile):
    """A file that holds a translation, where an original is wanted."""


@dataclass(frozen=True, slots=True)
class Making:
    """How a translation is made and written."""

    settings: Settings
    form: str = "text"
    quality: Quality = "best"
    lines: bool = False
    offset_unit: str = "codepoint"
    ignored: frozenset[str] = frozenset()

    def described(self, engine: Engine) -> str:
        """All that the bytes written depend on but the article, on one line."""
        ignored = ",".join(sorted({*self.settings.ignored, *self.ignored}))
        return (
            f"{engine.languages}|{signature(engine.signature(self.quality))}|{self.form}"
            f"|lines:{self.lines}|{self.offset_unit}|ignored:{ignored}|{project_version()}"
        )


def translated(
    article: Article, name: str, engine: Engine, making: Making, on_progress: Progress
) -> AlignedDocument:
    """The article translated; `name` stands in messages.

    Raises AlreadyTranslated, ArticleRejected, and UnreadableFile where the
    lines of what is no plain text are to be sentences.
    """
    if article.existing is not None:
        pair = article.existing.languages
        raise AlreadyTranslated(name, f"it holds a translation already ({pair})")
    if making.lines and article.kind not in ("text", "jsonl"):
        raise UnreadableFile(name, f"--lines is for plain text, and this is {article.kind}")
    # A service must bound what strangers send; one's own machine needs no such limit.
    check_article(article.text, name, replace(making.settings, max_characters=sys.maxsize))
    ignored = {*making.settings.ignored, *making.ignored}
    if making.lines:
        return translate_lines(article.text, engine, making.quality, on_progress, ignored)
    return translate_article(
        article.text, engine, making.quality, article.paragraphs, on_progress, ignored
    )


def rendered(document: AlignedDocument, making: Making, title: str) -> bytes:
    """The document in the format that is asked for; text ends with a line break."""
    match making.form:
        case "json":
            whole = stamped(document, making.offset_unit)
            return f"{as_text(whole, indent=2)}\n".encode()
        case "jsonl":
            lines = stamped_lines(document, making.offset_unit)
            return "".join(f"{as_text(line)}\n" for line in lines).encode()
        case "tsv":
            return "".join(f"{line}\n" for line in columns(document)).encode()
    data = EXPORTS[making.form].write(document, title)
    return data if making.form in BINARY or data.endswith(b"\n") else data + b"\n"


def extension(article: Article, form: str) -> str:
    """The ending of an output's name; the text of Markdown is Markdown."""
    if form == TABLE:
        return TABLE
    return "md" if (form, article.kind) == ("text", "markdown") else EXPORTS[form].extension
