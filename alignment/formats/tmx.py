"""Translation memory exchange, TMX 1.4b: a unit for each segment, for translators' tools.

Only segments with text on both sides are units: a memory has no use for the
others. What XML 1.0 cannot carry (most control characters, half a surrogate
pair) becomes U+FFFD, the one format here that loses anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from alignment.document import AlignedDocument, Segment

TOOL = "vis-a-vis"
TOOL_VERSION = "1"
UNCARRIED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A parser makes a bare carriage return a line feed.
REFERENCES = {"\r": "&#13;"}


def write(document: AlignedDocument) -> str:
    """The document's segments as TMX, both sides' text exactly as it stands."""
    source = quoteattr(_carried(document.languages.source))
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n',
            f'<header creationtool="{TOOL}" creationtoolversion="{TOOL_VERSION}"'
            f' segtype="sentence" o-tmf="{TOOL}" adminlang="en" srclang={source}'
            ' datatype="plaintext"/>\n<body>\n',
            *_units(document),
            "</body>\n</tmx>\n",
        ]
    )


def _units(document: AlignedDocument) -> Iterator[str]:
    languages = document.languages
    for segment in document.segments:
        source, target = segment.source.of(document.source), segment.target.of(document.target)
        if not source.strip() or not target.strip():
            continue
        yield f"<tu tuid={quoteattr(_carried(segment.id))}>\n"
        yield from _notes(segment)
        yield _variant(languages.source, source)
        yield _variant(languages.target, target)
        yield "</tu>\n"


def _notes(segment: Segment) -> Iterator[str]:
    """What a reader should know of the segment."""
    for issue in segment.issues:
        yield f"<note>{_content(f'{issue.type}: {issue.explanation}')}</note>\n"


def _variant(language: str, text: str) -> str:
    name = quoteattr(_carried(language))
    return f"<tuv xml:lang={name}><seg>{_content(text)}</seg></tuv>\n"


def _content(text: str) -> str:
    return escape(_carried(text), REFERENCES)


def _carried(text: str) -> str:
    return UNCARRIED.sub("\ufffd", text)
