"""Word links in the Pharaoh format: a line for each sentence pair, `i-j` for each link.

i is a source word, j a target word, both from 0; a pair without links has an
empty line. Moses, fast_align, eflomal and awesome-align read and write it.
Links that are only possible, not sure, are written `ipj` in gold files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from alignment.document import AlignedDocument
from alignment.errors import AlignmentError
from alignment.span import touching
from alignment.words import words

WordLink = tuple[int, int]

LINK = re.compile(r"([0-9]+)([-p])([0-9]+)")


class MalformedPharaoh(AlignmentError):
    """A line of a Pharaoh file that holds something else than links."""

    def __init__(self, line: int, token: str) -> None:
        super().__init__(f"line {line}: {token!r} is not a link such as 0-0")
        self.line = line
        self.token = token


def to_line(links: Iterable[WordLink]) -> str:
    """The links of one sentence pair, sorted, without a line break."""
    return " ".join(f"{source}-{target}" for source, target in sorted(set(links)))


def to_lines(document: AlignedDocument) -> Iterator[str]:
    """The links of each segment of a document, between its words as `alignment.words` has them."""
    for segment in document.segments:
        here = list(words(document.source, segment.source))
        there = list(words(document.target, segment.target))
        yield to_line(
            (here.index(source), there.index(target))
            for link in segment.links
            for source in touching(here, link.source)
            for target in touching(there, link.target)
        )


def from_text(text: str) -> list[set[WordLink]]:
    """The links of each line, the possible ones among them. Raises MalformedPharaoh."""
    return [_links(number, line) for number, line in enumerate(text.splitlines(), start=1)]


def _links(number: int, line: str) -> set[WordLink]:
    links = set()
    for token in line.split():
        found = LINK.fullmatch(token)
        if not found:
            raise MalformedPharaoh(number, token)
        links.add((int(found.group(1)), int(found.group(3))))
    return links
