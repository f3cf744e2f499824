"""Every format that a document can be written in, in one table for all who offer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alignment.document import AlignedDocument
from alignment.formats import annotation, html, table, tmx, xliff
from alignment.formats.provenance import as_text, stamped, stamped_lines
from service.errors import ServiceError

UTF_8_MARK = b"\xef\xbb\xbf"


class UnknownFormat(ServiceError):
    """No format of this name."""

    status = 422
    field = "format"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is not one of {', '.join(EXPORTS)}")
        self.value = name


@dataclass(frozen=True, slots=True)
class Export:
    """A format: how a browser and a file system know it, and what writes it.

    `write` takes the document and a title for readers; `read_back` is whether
    what it writes gives back an equal document.
    """

    media_type: str
    extension: str
    description: str
    read_back: bool
    write: Callable[[AlignedDocument, str], bytes]


def export(document: AlignedDocument, name: str, title: str) -> bytes:
    """The document in a format of EXPORTS. Raises UnknownFormat."""
    return format_of(name).write(document, title)


def format_of(name: str) -> Export:
    """The format of this name. Raises UnknownFormat."""
    found = EXPORTS.get(name)
    if found is None:
        raise UnknownFormat(name)
    return found


def _text(document: AlignedDocument, _: str) -> bytes:
    return document.target.encode("utf-8", "replace")


def _json(document: AlignedDocument, _: str) -> bytes:
    return f"{as_text(stamped(document), indent=2)}\n".encode()


def _json_lines(document: AlignedDocument, _: str) -> bytes:
    return "".join(f"{as_text(line)}\n" for line in stamped_lines(document)).encode()


def _tmx(document: AlignedDocument, _: str) -> bytes:
    return tmx.write(document).encode()


def _xliff(document: AlignedDocument, title: str) -> bytes:
    return xliff.write(document, title).encode()


def _annotation(document: AlignedDocument, _: str) -> bytes:
    return f"{annotation.write(document)}\n".encode()


def _table(document: AlignedDocument, _: str) -> bytes:
    # Without the mark, Excel reads UTF-8 as the encoding of the machine it is on.
    return UTF_8_MARK + table.write(document).encode("utf-8", "replace")


def _html(document: AlignedDocument, title: str) -> bytes:
    return html.page(document, title).encode()


def _docx(document: AlignedDocument, title: str) -> bytes:
    # Loads lxml, which nothing else here needs.
    from service.documents import docx

    return docx.write(document, title)


EXPORTS = {
    "text": Export(
        "text/plain; charset=utf-8", "txt", "the translation alone", read_back=False, write=_text
    ),
    "json": Export(
        "application/json", "json", "the aligned document, whole", read_back=True, write=_json
    ),
    "jsonl": Export(
        "application/jsonl",
        "jsonl",
        "the provenance, then a segment a line",
        read_back=False,
        write=_json_lines,
    ),
    "html": Export(
        "text/html; charset=utf-8",
        "html",
        "both texts side by side, in a page of its own",
        read_back=False,
        write=_html,
    ),
    "tmx": Export(
        "application/x-tmx+xml", "tmx", "a translation memory, TMX 1.4b", read_back=True, write=_tmx
    ),
    "xliff": Export(
        "application/xliff+xml;version=2.1",
        "xlf",
        "for translators' editors, XLIFF 2.1",
        read_back=True,
        write=_xliff,
    ),
    "annotation": Export(
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        "jsonld",
        "W3C Web Annotations from each sentence to its original",
        read_back=False,
        write=_annotation,
    ),
    "csv": Export(
        "text/csv; charset=utf-8; header=present",
        "csv",
        "a row for each segment, for spreadsheets",
        read_back=False,
        write=_table,
    ),
    "docx": Export(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        "both texts in two columns",
        read_back=False,
        write=_docx,
    ),
}
