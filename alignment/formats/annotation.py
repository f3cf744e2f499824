"""W3C Web Annotation: a collection that ties each English sentence to its French original.

An annotation for each segment has the translation's span as its body and the
original's as its target, each by position (code points) and by quote; one
for each issue has its explanation as its body. Both texts are named by their
sha256, so that whoever holds the very text can follow, and nobody else by
mistake. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from alignment.anchoring import CONTEXT as AROUND
from alignment.document import AlignedDocument, Issue, Segment, Side
from alignment.formats.native import Json
from alignment.formats.provenance import (
    TOOL,
    Provenance,
    as_text,
    provenance,
    to_object,
)
from alignment.span import Span

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"visavis": "urn:visavis:1.0:"}]


def write(document: AlignedDocument) -> str:
    """The collection as JSON-LD, to be written as UTF-8."""
    return as_text(to_object_of(document), indent=1)


def to_object_of(document: AlignedDocument) -> Json:
    """The collection as plain dicts and lists."""
    origin = provenance(document)
    languages = document.languages
    name = collection_id(origin)
    items = [
        each for segment in document.segments for each in _annotations(document, segment, origin)
    ]
    return {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": f"The {languages.source} original of each {languages.target} sentence",
        "generator": generator(origin),
        "visavis:provenance": {"@type": "@json", "@value": to_object(origin)},
        "total": len(items),
        "first": {
            "id": f"{name}:page:1",
            "type": "AnnotationPage",
            "partOf": name,
            "startIndex": 0,
            "items": items,
        },
    }


def collection_id(origin: Provenance) -> str:
    """A name that two texts have wherever they are exported."""
    return f"urn:visavis:{origin.source_sha256}:{origin.target_sha256}"


def generator(origin: Provenance) -> Json:
    """The program, as a Web Annotation names one."""
    name = f"{TOOL} {origin.tool_version}"
    return {"id": f"urn:visavis:software:{origin.tool_version}", "type": "Software", "name": name}


def linking(
    document: AlignedDocument,
    origin: Provenance,
    source: Sequence[Span],
    target: Sequence[Span],
    name: str,
) -> Json:
    """An annotation that leads from spans of the translation to those of the original.

    `origin` is the document's, `name` its id, an IRI. With spans on one side
    alone it highlights them.
    """
    here = [_resource(document, origin, "source", span) for span in source]
    there = [_resource(document, origin, "target", span) for span in target]
    if not here or not there:
        found = {"motivation": "highlighting", "target": here or there}
    else:
        found = {"motivation": "linking", "body": there, "target": here}
    return {"id": name, "type": "Annotation", **found}


def _annotations(document: AlignedDocument, segment: Segment, origin: Provenance) -> Iterator[Json]:
    name = f"{collection_id(origin)}:{quote(segment.id, safe='', errors='replace')}"
    source = tuple(each for each in [segment.source] if each.start < each.end)
    target = tuple(each for each in [segment.target] if each.start < each.end)
    if not source and not target:
        return
    found = linking(document, origin, source, target, name)
    yield {**found, "visavis:segment": segment.id, "visavis:score": segment.score}
    for number, issue in enumerate(segment.issues, 1):
        spans: list[tuple[Side, Span]] = [
            *(("source", each) for each in issue.source_spans or source),
            *(("target", each) for each in issue.target_spans or target),
        ]
        yield {
            "id": f"{name}:issue:{number}",
            "type": "Annotation",
            "motivation": "assessing",
            "body": _opinion(issue),
            "target": [_resource(document, origin, side, span) for side, span in spans],
        }


def _opinion(issue: Issue) -> Json:
    return {
        "type": "TextualBody",
        "value": issue.explanation,
        "format": "text/plain",
        "language": "en",
        "purpose": "assessing",
        "visavis:issue": issue.type,
        "visavis:severity": issue.severity,
    }


def _resource(document: AlignedDocument, origin: Provenance, side: Side, span: Span) -> Json:
    text = document.text(side)
    languages = document.languages
    return {
        "type": "SpecificResource",
        "source": {
            "id": f"urn:sha256:{origin.sha256(side)}",
            "type": "Text",
            "format": "text/plain",
            "language": languages.source if side == "source" else languages.target,
        },
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }
