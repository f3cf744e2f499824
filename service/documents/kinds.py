"""What kind of file this is: told by its content first, and by its name where that is silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from service.documents.article import Kind
from service.documents.errors import MisnamedFile, NothingToRead, UnsupportedFile

WHAT_IS_READ = (
    "plain text, Markdown, HTML, DOCX, JSONL and, as existing translations, TMX and XLIFF are read"
)
ZIP = b"PK\x03\x04"
EXTENSIONS: Mapping[str, Kind] = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "markdown",
    "markdown": "markdown",
    "mdown": "markdown",
    "docx": "docx",
    "docm": "docx",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "tmx": "tmx",
    "xlf": "xliff",
    "xliff": "xliff",
}
MEDIA_TYPES: Mapping[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-word.document.macroenabled.12": "docx",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/jsonlines": "jsonl",
    "application/x-tmx+xml": "tmx",
    "application/x-xliff+xml": "xliff",
    "application/xliff+xml": "xliff",
}
# What a file begins with, what it is then, and what would help.
STRANGERS = (
    (b"%PDF-", "a PDF", "Save its text as DOCX or plain text first"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file (.doc, .xls, .ppt) or one with a password",
        "Save it as DOCX without a password first",
    ),
    (b"{\\rtf", "RTF", "Save it as DOCX first"),
    (b"\x89PNG\r\n", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"II*\x00", "a TIFF image", ""),
    (b"MM\x00*", "a TIFF image", ""),
    (b"\x1f\x8b\x08", "a gzip archive", "Unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database", ""),
    (b"\x7fELF", "a program", ""),
)
UNREAD_EXTENSIONS = {
    "json": 'JSON of one value; a line for each article, {"text": …}, is read (.jsonl)',
}
# A comment, a processing instruction or a DOCTYPE before the first element.
PROLOGUE = re.compile(
    r"\ufeff?(?:\s+|<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!doctype[^>\[]{0,500}>)*+", re.I | re.S
)
ELEMENT = re.compile(r"<([a-z][\w:.-]{0,50})", re.I)
HTML_TYPE = re.compile(r"<!doctype\s+html", re.I)
XML = re.compile(r"\ufeff?\s*<\?xml\s", re.I)
# How HTML and XML name their encoding.
CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
XML_ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""")
OPENING = 8_000  # characters that say what a text is


def check_bytes(data: bytes, name: str) -> None:
    """Refuse what is plainly no file of ours. Raises NothingToRead and UnsupportedFile."""
    if not data:
        raise NothingToRead(name, "the file is empty")
    for beginning, what, help_text in STRANGERS:
        if data.startswith(beginning):
            raise UnsupportedFile(name, _not_read(what, help_text))
    if data[4:12] in (b"ftypmp42", b"ftypisom", b"ftypheic", b"ftypavif"):
        raise UnsupportedFile(name, _not_read("a film or an image", ""))
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise UnsupportedFile(name, _not_read("an image, a sound or a film", ""))


def said_kind(name: str, media_type: str | None) -> Kind | None:
    """The kind that a media type says, or a name where the type says nothing."""
    plain = (media_type or "").partition(";")[0].strip().lower()
    return MEDIA_TYPES.get(plain) or EXTENSIONS.get(extension(name))


def kind_of_text(text: str, name: str, said: Kind | None) -> Kind:
    """The kind of a file that is text, by its first element, or else as it was `said`.

    Raises MisnamedFile, and UnsupportedFile for XML and JSON of other kinds.
    """
    if said == "docx":
        raise MisnamedFile(name, "it is named as a DOCX, and its content is text")
    opening = text[:OPENING]
    prologue = PROLOGUE.match(opening)
    root = ELEMENT.match(opening, prologue.end() if prologue else 0)
    element = root[1].rpartition(":")[2].lower() if root else ""
    if element in ("tmx", "xliff"):
        return "tmx" if element == "tmx" else "xliff"
    if said in ("tmx", "xliff"):
        if not element and opening.startswith("<", prologue.end() if prologue else 0):
            return said  # such as a DOCTYPE with declarations: its reader has a word for it
        what = f"its content is <{element}>" if element else "its content is no XML"
        raise MisnamedFile(name, f"it is named as {said.upper()}, and {what}")
    if said in ("markdown", "jsonl"):
        return said
    if said == "html" or element == "html" or HTML_TYPE.search(prologue[0] if prologue else ""):
        return "html"
    if XML.match(opening):
        raise UnsupportedFile(name, _not_read(f"XML of another kind (<{element}>)", ""))
    if extension(name) in UNREAD_EXTENSIONS:
        raise UnsupportedFile(name, _not_read(UNREAD_EXTENSIONS[extension(name)], ""))
    return "text"


def named_encoding(opening: bytes) -> str | None:
    """The encoding that HTML or XML names in its first bytes."""
    found = XML_ENCODING.match(opening) or CHARSET.search(opening)
    return found[1].decode("ascii") if found else None


def extension(name: str) -> str:
    """What follows the last full stop of a name, in small letters."""
    return PurePath(name).suffix.removeprefix(".").lower()


def _not_read(what: str, help_text: str) -> str:
    return f"this is {what}; {WHAT_IS_READ}" + (f". {help_text}" if help_text else "")
