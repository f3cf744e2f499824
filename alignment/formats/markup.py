"""XML, as far as TMX and XLIFF need it: written with nothing lost, and read with nothing risked.

XML 1.0 has no way to say most control characters, nor half a surrogate pair;
each format has an element of its own for them, and JSON inside XML escapes
them. A file to be read may come from anybody, so what is dangerous in XML is
refused by name: declarations of its own, and nesting or size beyond reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from alignment.errors import AlignmentError, UnencodableText

XML = "http://www.w3.org/XML/1998/namespace"
UNCARRIED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A parser makes a bare carriage return a line feed; it leaves a reference to one alone.
REFERENCES = {"\r": "&#13;"}
DEEPEST = 200
LARGEST_BYTES = 64 * 2**20


class MalformedMarkup(AlignmentError):
    """A file that is no XML, or XML of another kind than it should be."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


class ForbiddenMarkup(MalformedMarkup):
    """XML that declares entities, or is nested or long beyond reason: it is not read."""


@dataclass(slots=True)
class Element:
    """An element, its text and its elements in order.

    `attributes` are by local name; those of a namespace by `namespace name`,
    but for `xml:lang` and its kin. `line` counts from 1.
    """

    namespace: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def elements(self, *names: str) -> Iterator[Element]:
        """Its own elements of these names, of whatever namespace."""
        for child in self.children:
            if isinstance(child, Element) and child.name in names:
                yield child

    def element(self, name: str) -> Element | None:
        """The first of its own elements of this name."""
        return next(self.elements(name), None)

    def wrong(self, reason: str) -> NoReturn:
        """Raises MalformedMarkup with the line of this element."""
        raise MalformedMarkup(self.line, reason)


def content(text: str, uncarried: Callable[[str], str]) -> str:
    """Text between tags; `uncarried` gives the markup of a character that XML has no way to say."""
    if not UNCARRIED.search(text):
        return escape(text, REFERENCES)
    pieces = re.split(f"({UNCARRIED.pattern})", text)
    return "".join(
        uncarried(piece) if number % 2 else escape(piece, REFERENCES)
        for number, piece in enumerate(pieces)
    )


def replaced(text: str) -> str:
    """Text between tags where no element can stand: U+FFFD for what XML has no way to say."""
    return content(text, lambda _: "\ufffd")


def attribute(text: str) -> str:
    """A quoted attribute, with U+FFFD for what XML has no way to say."""
    return quoteattr(UNCARRIED.sub("\ufffd", text))


def json_content(value: object) -> str:
    """JSON between tags; its own escapes carry every character."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return escape(UNCARRIED.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def json_of(element: Element) -> object:
    """The JSON that an element holds. Raises MalformedMarkup."""
    try:
        return json.loads(text_of(element))
    except (ValueError, RecursionError) as error:
        element.wrong(f"<{element.name}> holds no JSON: {error}")


def text_of(element: Element) -> str:
    """The text that an element holds itself, without that of the elements in it."""
    return "".join(child for child in element.children if isinstance(child, str))


def character(element: Element, digits: str) -> str:
    """A character by its code point in hexadecimal. Raises MalformedMarkup."""
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        element.wrong(f"{digits!r:.40} is no code point in hexadecimal")


def parse(data: bytes | str, largest_bytes: int = LARGEST_BYTES) -> Element:
    """The root element of a file, its encoding taken from itself where `data` is bytes.

    A DOCTYPE that only names a DTD is passed over, as many TMX files have one;
    nothing is ever fetched. Raises MalformedMarkup, ForbiddenMarkup, and
    UnencodableText for half a surrogate pair in a string.
    """
    try:
        raw = data.encode("utf-8") if isinstance(data, str) else data
    except UnicodeEncodeError as error:
        raise UnencodableText(error.start) from None
    if len(raw) > largest_bytes:
        raise ForbiddenMarkup(1, f"{len(raw)} bytes are more than the limit of {largest_bytes}")
    encoding = "utf-8" if isinstance(data, str) else None
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    top = Element("", "", {}, 1)
    _listen(parser, top)
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise MalformedMarkup(error.lineno, f"no XML: {expat.ErrorString(error.code)}") from None
    except (LookupError, ValueError) as error:
        raise MalformedMarkup(1, f"no XML that can be decoded: {error}") from None
    return next(child for child in top.children if isinstance(child, Element))


def _listen(parser: expat.XMLParserType, top: Element) -> None:
    """Have the parser build the tree below `top`."""
    open_elements = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        line = parser.CurrentLineNumber
        if len(open_elements) > DEEPEST:
            raise ForbiddenMarkup(line, f"elements are nested more than {DEEPEST} deep")
        namespace, _, local = name.rpartition(" ")
        named = {key.replace(f"{XML} ", "xml:"): value for key, value in attributes.items()}
        element = Element(namespace, local, named, line)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def doctype(name: str, system: str | None, public: str | None, has_declarations: bool) -> None:
        if has_declarations:
            reason = f"the DOCTYPE of {name} declares things of its own; such files are not read"
            raise ForbiddenMarkup(parser.CurrentLineNumber, reason)

    def entity(name: str, *_: object) -> None:
        raise ForbiddenMarkup(parser.CurrentLineNumber, f"the entity &{name}; is not read")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.CharacterDataHandler = lambda text: open_elements[-1].children.append(text)
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = entity
