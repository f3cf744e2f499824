"""DOCX: the text that a reader of the document sees, a paragraph a line.

Read from the XML itself: python-docx, which writes our DOCX files, passes over
what stands in tracked insertions, content controls and text boxes. Deleted,
moved away and hidden text is left out, and so are headers, footers and
comments; footnotes and endnotes follow the text.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from service.documents.article import BLANK_LINE, Article
from service.documents.errors import DamagedFile, NothingToRead, UnsafeFile, UnsupportedFile

LARGEST_PART, LARGEST_SUM = 32 * 2**20, 512 * 2**20  # bytes
MOST_PARTS = 20_000
# XML shrinks to a tenth, a table of the same words to a hundredth.
HIGHEST_RATIO, RATIO_FROM = 300, 4 * 2**20
NOTES = ("footnotes", "endnotes")
# The text of a tracked deletion is in elements of its own, `delText`.
UNSEEN = frozenset({"moveFrom", "Fallback", "rt"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
TEXT_NAMESPACES = ("/wordprocessingml/", "/officeDocument/2006/math", "/officeDocument/math")
OFF = frozenset({"0", "false", "off", "none"})
OTHERS = (
    ("application/vnd.oasis.opendocument", "an OpenDocument file"),
    ("application/epub+zip", "an EPUB book"),
    ("spreadsheetml", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
)
# What goes wrong within a ZIP archive, whichever part of it is damaged.
BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error)


def read(data: bytes, name: str) -> Article:
    """The article of a DOCX file.

    Raises DamagedFile, UnsafeFile, NothingToRead, and UnsupportedFile for ZIP
    archives of other kinds.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_size(archive, len(data), name)
            main = _main_part(archive, name)
            parts = [main, *_notes(archive, main, name)]
            roots = [_parsed(archive, part, name) for part in parts]
            title = _title(archive, name)
    except BROKEN as error:
        raise DamagedFile(name, f"this DOCX is damaged: {error}") from None
    except RuntimeError as error:  # zipfile's word for a password
        raise UnsupportedFile(name, f"this DOCX cannot be opened: {error}") from None
    paragraphs = [paragraph for root in roots for paragraph in _paragraphs(root)]
    if not paragraphs:
        raise NothingToRead(name, "there is no text in this DOCX")
    return Article(BLANK_LINE.join(paragraphs), "docx", title=title)


def _check_size(archive: zipfile.ZipFile, packed: int, name: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_SUM:
        raise UnsafeFile(name, f"{len(parts)} parts of {unpacked} bytes unpacked; it is not opened")
    if unpacked > RATIO_FROM and unpacked > HIGHEST_RATIO * packed:
        raise UnsafeFile(
            name, f"{packed} bytes would unpack to {unpacked}, as in a ZIP bomb; it is not opened"
        )


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    """The part that holds the text. Raises UnsupportedFile where the archive is no DOCX."""
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "word/document.xml"
    if "_rels/.rels" in names:
        for target in _related(archive, "", "/officeDocument", name):
            if target in names and _is_word(archive, target):
                return target
    hints = b""
    for part in ("mimetype", "[Content_Types].xml"):
        if part in names:
            hints += _bytes(archive, part, name)
    what = next((said for sign, said in OTHERS if sign.encode() in hints), "a ZIP archive")
    raise UnsupportedFile(name, f"this is {what}, not a DOCX. Save it as DOCX first")


def _is_word(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as file:
        return b"wordprocessingml" in file.read(4096)


def _notes(archive: zipfile.ZipFile, main: str, name: str) -> Iterator[str]:
    for kind in NOTES:
        for part in _related(archive, main, f"/{kind}", name):
            if part in archive.namelist():
                yield part


def _related(archive: zipfile.ZipFile, part: str, kind: str, name: str) -> Iterator[str]:
    """The parts that a part says are related to it in a way."""
    folder, _, file = part.rpartition("/")
    relations = join(folder, "_rels", f"{file}.rels")
    if relations not in archive.namelist():
        return
    for relation in _parsed(archive, relations, name):
        if str(relation.get("Type", "")).endswith(kind) and relation.get("TargetMode") is None:
            target = str(relation.get("Target", ""))
            yield normpath(join("/", dirname(part), target)).lstrip("/")


def _bytes(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """A part unpacked, and never more of it than it may have, whatever its header says."""
    with archive.open(part) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise UnsafeFile(name, f"{part} unpacks to more than {LARGEST_PART} bytes; it is not read")
    return data


def _parsed(archive: zipfile.ZipFile, part: str, name: str) -> Any:
    """The root of a part. Raises UnsafeFile for XML with a DOCTYPE, which no Word writes."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(_bytes(archive, part, name), parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(name, f"{part} is no XML: {error.msg}") from None
    if root.getroottree().docinfo.doctype:
        raise UnsafeFile(name, f"{part} declares a DOCTYPE; such files are not read")
    return root


def _paragraphs(root: Any) -> Iterator[str]:
    """Each paragraph that is not blank, in reading order; one of a text box before its host."""
    buffers: list[list[str]] = [[]]
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _name(element)
        if name in UNSEEN or (name == "r" and _is_hidden(element)):
            unseen += 1 if event == "start" else -1
        elif name == "p":
            if event == "start":
                buffers.append([])
            else:
                yield from _lines("".join(buffers.pop()))
        elif event == "start" and not unseen and (name == "t" or name in SIGNS):
            buffers[-1].append(_shown(element, name))


def _name(element: Any) -> str:
    """The local name of an element of text; that of others, such as pictures, is empty."""
    return _local(element.tag)


@lru_cache(maxsize=512)
def _local(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    known = name in UNSEEN or any(each in namespace for each in TEXT_NAMESPACES)
    return name if known else ""


def _lines(paragraph: str) -> Iterator[str]:
    text = "\n".join(line.strip(" \t") for line in paragraph.split("\n"))
    if text.strip():
        yield text.strip("\n")


def _shown(element: Any, name: str) -> str:
    if name == "t":
        return element.text or ""
    # Tab stops are listed in the properties of a paragraph under the same name.
    return SIGNS[name] if _name(element.getparent()) == "r" else ""


def _is_hidden(run: Any) -> bool:
    properties = next((each for each in run if _name(each) == "rPr"), ())
    for mark in properties:
        if _name(mark) == "vanish":
            values = [value for key, value in mark.attrib.items() if key.endswith("}val")]
            return not values or values[0] not in OFF
    return False


def _title(archive: zipfile.ZipFile, name: str) -> str | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    return (_parsed(archive, "docProps/core.xml", name).findtext("{*}title") or "").strip() or None
