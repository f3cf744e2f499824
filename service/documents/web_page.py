"""HTML: the article of a page, as a reader sees it, without what stands around it.

trafilatura says what the article is. It makes every blank a space and drops
what is invisible; so the no-break spaces of French, soft hyphens and joined
emoji pass it under the guise of letters that the page has not got.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from alignment.span import Span
from service.documents.article import Article
from service.documents.encodings import Decoded
from service.documents.errors import FileTooLarge, NothingToRead, UnsafeFile

LARGEST = 8_000_000  # characters
# With more, as in tables of ten thousand rows, trafilatura takes minutes.
MOST_ELEMENTS = 25_000
# What libxml2 takes by default, and twenty times what pages have.
DEEPEST = 256
# Blanks that only lay out the source of a page.
LAYOUT = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Where trafilatura finds no article, this much is left out.
LEFT_OUT = frozenset(
    {"head", "title", "script", "style", "noscript", "template", "svg", "math", "object", "iframe"}
    | {"nav", "header", "footer", "aside", "form", "button", "select", "textarea", "dialog", "menu"}
)
# trafilatura has <hi> and <ref> for emphasis and links.
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"hi", "i", "ins", "kbd", "label", "mark", "q", "ref", "s", "samp", "small", "span"}
    | {"strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
PARAGRAPH_GAP = "\n"
FIRST_GUISE = 0xAC00  # Hangul syllables: letters, and nothing that trafilatura knows
GUISES = 11_172
NO_ARTICLE = "no article was found in the page; all of its text is taken"


@dataclass(frozen=True, slots=True)
class Block:
    """The text of a block, and whether it is prose rather than code."""

    text: str
    is_prose: bool


def read(decoded: Decoded, name: str) -> Article:
    """The article of a page. Raises NothingToRead, FileTooLarge and UnsafeFile."""
    root = _parsed(decoded.text, name)
    title = _title(root)
    guises = _guises(root)
    _change(root, guises)
    faces = {ord(guise): chr(face) for face, guise in guises.items()}
    blocks = _unmasked(_blocks(_article_of(root)), faces)
    remarks: tuple[str, ...] = ()
    if not blocks:
        blocks, remarks = _unmasked(_blocks(root, LEFT_OUT), faces), (NO_ARTICLE,)
    if not any(block.is_prose for block in blocks):
        raise NothingToRead(name, "there is no text in this page" + " but code" * bool(blocks))
    text, paragraphs = _laid_out(blocks)
    return Article(text, "html", decoded.encoding, title, paragraphs, remarks=remarks)


def _parsed(text: str, name: str) -> Any:
    if len(text) > LARGEST:
        raise FileTooLarge(name, f"{len(text)} characters of HTML; at most {LARGEST} are read")
    # A string with an encoding of its own to declare would be refused; bytes are told theirs.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = text.removeprefix("\ufeff").replace("\0", "\ufffd").encode()
    try:
        root = html.document_fromstring(data, parser=parser) if data.strip() else None
    except etree.ParserError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise UnsafeFile(name, f"its elements are nested more than {DEEPEST} deep; it is not read")
    if root is None:
        raise NothingToRead(name, "there is no text in this page")
    return root


def _title(root: Any) -> str | None:
    """What a page calls its article: to others first, then in its only heading, then in a tab."""
    found = list(root.xpath("//meta[@property='og:title']/@content"))
    for path in ("//h1[count(//h1)=1]", "//title"):
        found.extend(each.text_content() for each in root.xpath(path))
    titles = (LAYOUT.sub(" ", each).strip() for each in found)
    return next((title for title in titles if title), None)


def _guises(root: Any) -> dict[int, str]:
    """A letter that the page has not got for each character that trafilatura would change."""
    found = {character for part in root.itertext() for character in part if character > "\x7f"}
    delicate = sorted(
        each
        for each in found
        if (each.isspace() or not each.isprintable()) and not LAYOUT.match(each)
    )
    letters = (chr(FIRST_GUISE + number) for number in range(GUISES))
    return dict(
        zip(map(ord, delicate), (each for each in letters if each not in found), strict=False)
    )


def _change(root: Any, guises: dict[int, str]) -> None:
    for element in root.iter() if guises else ():
        if element.text:
            element.text = element.text.translate(guises)
        if element.tail:
            element.tail = element.tail.translate(guises)


def _article_of(root: Any) -> Any:
    """The body that trafilatura finds, or None."""
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return None
    # Loads a calendar of the world's languages, among others.
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, deduplicate=False
    )
    return getattr(found, "body", None)


def _blocks(body: Any, left_out: frozenset[str] = frozenset()) -> Iterator[Block]:
    """What each block of a page holds; those of the elements `left_out` are passed over."""
    pending: list[str] = []
    unseen = code = 0
    for event, element in etree.iterwalk(body, events=("start", "end")) if body is not None else ():
        tag = _tag(element)
        if tag not in INLINE:
            yield Block("".join(pending), not code)
            pending = []
        change = 1 if event == "start" else -1
        unseen += change * (tag in left_out)
        code += change * (tag == "pre")
        text = element.text if event == "start" else element.tail
        if text and not unseen and (event == "start" or element is not body):
            pending.append(text)
    yield Block("".join(pending), is_prose=True)


def _tag(element: Any) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    # trafilatura has <code> for both; what stands in no other block is one.
    parent = element.getparent()
    return "pre" if tag == "code" and parent is not None and parent.tag == "body" else tag


def _unmasked(blocks: Iterator[Block], faces: dict[int, str]) -> list[Block]:
    """The blocks that are not blank, with the characters that the page has."""
    found = []
    for block in blocks:
        text = block.text if block.is_prose else "\n".join(block.text.splitlines())
        text = LAYOUT.sub(" ", text).strip(" ") if block.is_prose else text.strip("\n")
        text = text.translate(faces)
        if text.strip():
            found.append(Block(text, block.is_prose))
    return found


def _laid_out(blocks: list[Block]) -> tuple[str, tuple[Span, ...]]:
    """A text with each block on its own line or lines, and where the prose stands in it."""
    start = 0
    prose = []
    for block in blocks:
        end = start + len(block.text)
        if block.is_prose:
            prose.append(Span(start, end))
        start = end + len(PARAGRAPH_GAP)
    return PARAGRAPH_GAP.join(block.text for block in blocks), tuple(prose)
