"""Markdown: its blocks as they stand, and the prose in them without its inline marks.

A model takes `**pont**` for a word that it does not know, so the text that is
stored, and in which offsets count, has plain words there: emphasis, the
addresses of links and inline HTML are left out, and a paragraph stands on one
line. Marks of headings, lists, quotes and tables, code, front matter and HTML
blocks are carried over as they are. Blocks are those of CommonMark, found by
markdown-it, and tables those of GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from alignment.span import Span
from service.documents.article import Article
from service.documents.encodings import Decoded
from service.documents.errors import FileTooLarge, NothingToRead

LARGEST = 2_000_000  # characters
# Beyond, marks are taken as they stand: "![[![[…" takes time by the square of its length.
LONGEST_BLOCK = 20_000
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
TITLE = re.compile(r"^title:[ \t]*(['\"]?)(.+?)\1[ \t]*\r?$", re.M)
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
MARGIN = re.compile(r"[ \t>]*")
TASK = re.compile(r"\[[ xX]\][ \t]+")
WORD = re.compile(r"[^\W_]")
LEFT_OUT = "emphasis, the addresses of links and inline HTML are left out"


@dataclass(frozen=True, slots=True)
class Prose:
    """What stands in place of a stretch of the file: prose, with marks between its parts."""

    place: Span
    parts: tuple[str, ...]
    before: str = ""
    between: str = ""
    after: str = ""


def read(decoded: Decoded, name: str) -> Article:
    """The article of a Markdown file. Raises NothingToRead and FileTooLarge."""
    text = decoded.text
    if len(text) > LARGEST:
        raise FileTooLarge(name, f"{len(text)} characters of Markdown; at most {LARGEST} are read")
    front = FRONT_MATTER.match(text)
    start = front.end() if front else int(text.startswith("\ufeff"))
    tokens = _parsed(text[start:])
    lines = [span.shifted(start) for span in _lines(text[start:])]
    stored, paragraphs = _stored(text, _prose(text, tokens, lines))
    if not paragraphs:
        raise NothingToRead(name, "there is no prose in it, only code, markup or nothing at all")
    titled = TITLE.search(front[0]) if front else None
    title = titled[2] if titled else _first_heading(tokens)
    marked = any(child.nesting or child.type == "html_inline" for child in _children(tokens))
    remarks = (LEFT_OUT,) if marked else ()
    return Article(stored, "markdown", decoded.encoding, title, paragraphs, remarks=remarks)


def _parsed(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    references: dict[str, Any] = {}
    tokens = parser.parse(text, references)
    for token in tokens:
        if token.type == "inline":
            token.children = []
            if len(token.content) <= LONGEST_BLOCK:
                parser.inline.parse(token.content, parser, references, token.children)
            else:
                plain = Token("text", "", 0, content=token.content.replace("\n", " "))
                token.children.append(plain)
    return tokens


def _lines(text: str) -> list[Span]:
    """Every line with its break, as markdown-it counts them."""
    lengths = [len(found[0]) for found in LINE.finditer(text)]
    ends = accumulate(lengths)
    return [Span(end - length, end) for length, end in zip(lengths, ends, strict=True)]


def _stored(text: str, stretches: Iterator[Prose]) -> tuple[str, tuple[Span, ...]]:
    """The text with its stretches of prose in their places, and where each part then stands."""
    pieces: list[str] = []
    paragraphs: list[Span] = []
    length = end = 0
    for prose in stretches:
        between = text[end : prose.place.start] + prose.before
        for part in prose.parts:
            pieces += (between, part)
            paragraphs.append(Span(length + len(between), length + len(between) + len(part)))
            length = paragraphs[-1].end
            between = prose.between
        pieces.append(prose.after)
        length += len(prose.after)
        end = prose.place.end
    return "".join([*pieces, text[end:]]), tuple(
        span for span in paragraphs if span.start < span.end
    )


def _prose(text: str, tokens: Sequence[Token], lines: Sequence[Span]) -> Iterator[Prose]:
    cells: list[str] | None = None
    row = Span(0, 0)
    for token in tokens:
        if token.type == "tr_open" and token.map:
            cells, row = [], lines[token.map[0]]
        elif token.type == "tr_close" and cells is not None:
            yield _row(text, row, cells)
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append("".join(_shown(token)).replace("|", "\\|"))
        elif token.type == "inline" and token.map:
            yield from _block(text, token, lines[token.map[0] : token.map[1]])


def _row(text: str, line: Span, cells: Sequence[str]) -> Prose:
    margin = MARGIN.match(text, *line)
    start = margin.end() if margin else line.start
    content = text[start : line.end].rstrip()
    return Prose(Span(start, start + len(content)), tuple(cells), "| ", " | ", " |")


def _block(text: str, token: Token, lines: Sequence[Span]) -> Iterator[Prose]:
    """A heading, or a paragraph of a list, a quote or the text itself."""
    contents = token.content.split("\n")
    first = _place(text, lines[0], contents[0])
    last = _place(text, lines[len(contents) - 1], contents[-1])
    parts = [part.strip() for part in _shown(token)]
    task = TASK.match(text, *first)
    if task:
        first, parts[0] = Span(task.end(), first.end), TASK.sub("", parts[0], count=1)
    words = [part for part in parts if WORD.search(part)]
    if words and any(child.type not in ("image", "softbreak") for child in token.children or ()):
        margin = text[lines[len(contents) - 1].start : last.start] if len(contents) > 1 else ""
        yield Prose(Span(first.start, last.end), tuple(words), between=f"  \n{margin}")


def _place(text: str, line: Span, content: str) -> Span:
    """Where the content of a block stands in a line of its own, behind the marks of the block."""
    content = content.strip()
    start = text.find(content, *line)
    if start < 0:  # markdown-it changed it, as it does NUL
        margin = MARGIN.match(text, *line)
        start = margin.end() if margin else line.start
        content = text[start : line.end].rstrip()
    return Span(start, start + len(content))


def _shown(token: Token) -> list[str]:
    """What a reader sees of the inside of a block; one part for each line that the author broke."""
    parts = [""]
    for child in token.children or ():
        if child.type == "hardbreak":
            parts.append("")
        elif child.type == "softbreak":
            parts[-1] += " "
        elif child.type != "html_inline":
            parts[-1] += child.content
    return parts


def _children(tokens: Sequence[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or ())


def _first_heading(tokens: Sequence[Token]) -> str | None:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return "".join(_shown(inline)).strip() or None
    return None
