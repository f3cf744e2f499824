"""Our own JSON, the one format that carries everything: written, and read back without loss.

A segment reads as in docs/api.md: spans as `{"start", "end"}`, the ends of
links and issues as `[start, end]`, in whichever unit the document names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, cast, get_args

from alignment.checks.summary import fidelity
from alignment.document import (
    AlignedDocument,
    Issue,
    Languages,
    Link,
    ModelInfo,
    NullMass,
    Segment,
    Severity,
)
from alignment.errors import MalformedDocument
from alignment.project import coverage
from alignment.span import Span
from alignment.units import Ruler, ruler

Json = dict[str, Any]
# From a span in code points to one in the unit that is written.
Measure = Callable[[Span], Span]
PLACES = 4


def to_json(document: AlignedDocument, offset_unit: str = "codepoint") -> Json:
    """The document as plain dicts and lists, its offsets in `offset_unit`.

    Raises UnknownOffsetUnit, and UnencodableText for text that no UTF encodes.
    """
    source = ruler(document.source, offset_unit)
    target = ruler(document.target, offset_unit)
    model = document.model
    return {
        "source_language": document.languages.source,
        "target_language": document.languages.target,
        "offset_unit": offset_unit,
        "model": model and {name: getattr(model, name) for name in ModelInfo.__slots__},
        "coverage": {
            "source": round(coverage(document, "source"), PLACES),
            "target": round(coverage(document, "target"), PLACES),
        },
        "checked": list(document.checked),
        "fidelity": _fidelity(document),
        "source": document.source,
        "target": document.target,
        "segments": [_segment(segment, source, target) for segment in document.segments],
    }


def to_jsonl(document: AlignedDocument, offset_unit: str = "codepoint") -> Iterator[Json]:
    """Each segment as an object of its own, its texts beside its spans."""
    whole = to_json(document, offset_unit)
    for segment, data in zip(document.segments, whole["segments"], strict=True):
        data["source"]["text"] = segment.source.of(document.source)
        data["target"]["text"] = segment.target.of(document.target)
        yield data


def _fidelity(document: AlignedDocument) -> Json:
    found = asdict(fidelity(document))
    return {**found, "not_checked": list(found["not_checked"])}


def _segment(segment: Segment, source: Ruler, target: Ruler) -> Json:
    return {
        "id": segment.id,
        "paragraph": segment.paragraph,
        "source": source.out(segment.source)._asdict(),
        "target": target.out(segment.target)._asdict(),
        "score": segment.score,
        "links": [
            {
                "source": list(source.out(link.source)),
                "target": list(target.out(link.target)),
                "score": link.score,
            }
            for link in segment.links
        ],
        "nulls": [
            {"target": list(target.out(null.target)), "mass": null.mass} for null in segment.nulls
        ],
        "issues": [issue_to_json(issue, source.out, target.out) for issue in segment.issues],
    }


def issue_to_json(issue: Issue, source: Measure, target: Measure) -> Json:
    """An issue as a plain dict, each side's spans as its measure gives them out."""
    return {
        "type": issue.type,
        "severity": issue.severity,
        "explanation": issue.explanation,
        "source_spans": [list(source(span)) for span in issue.source_spans],
        "target_spans": [list(target(span)) for span in issue.target_spans],
    }


def from_json(data: Any) -> AlignedDocument:
    """Read back what `to_json` wrote, whatever its unit.

    Raises MalformedDocument naming the field, or the AlignmentError that the
    document's own checks raise.
    """
    try:
        source = ruler(_string(data["source"]), data["offset_unit"])
        target = ruler(_string(data["target"]), data["offset_unit"])
        return AlignedDocument(
            source=data["source"],
            target=data["target"],
            segments=tuple(_read_segment(each, source, target) for each in data["segments"]),
            languages=Languages(_string(data["source_language"]), _string(data["target_language"])),
            model=_read_model(data["model"]),
            checked=tuple(_string(each) for each in data.get("checked", ())),
        )
    except KeyError as error:
        raise MalformedDocument(f"the field {error} is missing") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise MalformedDocument(f"a field is of the wrong kind: {error}") from None


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no string")
    return value


def _read_model(data: Json | None) -> ModelInfo | None:
    return None if data is None else ModelInfo(**{key: _string(data[key]) for key in data})


def _read_segment(data: Json, source: Ruler, target: Ruler) -> Segment:
    return Segment(
        id=_string(data["id"]),
        paragraph=_whole(data["paragraph"]),
        source=_read_span((data["source"]["start"], data["source"]["end"]), source),
        target=_read_span((data["target"]["start"], data["target"]["end"]), target),
        score=data["score"],
        links=tuple(
            Link(
                _read_span(link["source"], source),
                _read_span(link["target"], target),
                link["score"],
            )
            for link in data["links"]
        ),
        nulls=tuple(
            NullMass(_read_span(null["target"], target), null["mass"])
            for null in data.get("nulls", ())
        ),
        issues=tuple(_read_issue(issue, source, target) for issue in data["issues"]),
    )


def _read_issue(data: Json, source: Ruler, target: Ruler) -> Issue:
    return Issue(
        type=_string(data["type"]),
        severity=_severity(data["severity"]),
        explanation=_string(data["explanation"]),
        source_spans=_read_spans(data["source_spans"], source),
        target_spans=_read_spans(data["target_spans"], target),
    )


def _severity(value: object) -> Severity:
    for severity in get_args(Severity):
        if value == severity:
            return cast(Severity, severity)
    raise ValueError(f"{value!r:.40} is no severity")


def _read_spans(pairs: Iterable[Iterable[object]], unit: Ruler) -> tuple[Span, ...]:
    return tuple(_read_span(pair, unit) for pair in pairs)


def _read_span(pair: Iterable[object], unit: Ruler) -> Span:
    start, end = pair
    return unit.codepoints(Span(_whole(start), _whole(end)))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r:.40} is no whole number")
    return value
