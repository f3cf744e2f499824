"""What an export claims of its texts, taken from it as it stands, whatever its format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alignment.document import AlignedDocument, Side
from alignment.errors import AlignmentError, MalformedDocument
from alignment.formats import native, table, tmx, xliff
from alignment.formats.exchange import Exchange
from alignment.formats.markup import parse
from alignment.formats.native import Json
from alignment.formats.provenance import Provenance, from_object
from alignment.span import Span

SIDES: tuple[Side, Side] = ("source", "target")
Fault = tuple[str, str]
WITHOUT_PROVENANCE: Fault = ("the file", "it does not say which texts it was made from")


class UnknownExport(AlignmentError):
    """A file that is none of the formats whose spans can be checked."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands, or should, at a span of one side's text; `place` names it for a reader."""

    place: str
    side: Side
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a file claims.

    `texts` are those that it holds in full, `hashes` each sha256 that it names,
    `faults` what contradicts itself within the file.
    """

    format: str
    quotes: tuple[Quote, ...]
    texts: Mapping[Side, str]
    hashes: tuple[tuple[Side, str], ...]
    faults: tuple[Fault, ...] = ()


def collect(data: bytes | str) -> Evidence:
    """What a file claims. Raises UnknownExport, or an AlignmentError where it is malformed."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise UnknownExport(f"byte {error.start} of the file is not UTF-8") from None
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "<":
        return _of_markup(data)
    if start == "{":
        return _of_json(text)
    if text.removeprefix("\ufeff").startswith(f"{table.COLUMNS[0]},{table.COLUMNS[1]},"):
        return _of_table(text)
    raise UnknownExport(
        "the file is no JSON, JSON Lines, TMX, XLIFF, Web Annotation or CSV of ours"
    )


def _of_markup(data: bytes | str) -> Evidence:
    root = parse(data)
    match root.name:
        case "tmx":
            return _of_exchange("tmx", tmx.exchange(data))
        case "xliff":
            return _of_exchange("xliff", xliff.exchange(data))
        case name:
            raise UnknownExport(f"<{name}> is neither TMX nor XLIFF")


def _of_exchange(name: str, exchange: Exchange) -> Evidence:
    source, target = exchange.texts()
    quotes: list[Quote] = []
    faults: list[Fault] = []
    for unit in exchange.units:
        place = f"line {unit.line}"
        if unit.record is None:
            if exchange.provenance:
                faults.append((place, "it does not say where its texts stand"))
            continue
        quotes.extend(_of_segment(unit.record, (unit.source or "", unit.target or ""), place))
    origin = exchange.provenance
    if origin is None:
        return Evidence(name, tuple(quotes), {}, (), (WITHOUT_PROVENANCE,))
    texts: dict[Side, str] = {"source": source, "target": target}
    faults.extend(_of_document(origin, texts, [unit.record for unit in exchange.units]))
    return Evidence(name, tuple(quotes), texts, _hashes(origin), tuple(faults))


def _of_document(origin: Provenance, texts: Mapping[Side, str], records: list[Any]) -> list[Fault]:
    """What the document's own checks say of the segments in a file."""
    whole: Json = {
        "source_language": origin.languages.source,
        "target_language": origin.languages.target,
        "offset_unit": "codepoint",
        "model": None,
        "source": texts["source"],
        "target": texts["target"],
        "segments": [record for record in records if record is not None],
    }
    try:
        native.from_json(whole)
    except AlignmentError as error:
        return [("the file", str(error))]
    return []


def _of_json(text: str) -> Evidence:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _of_lines(text)
    if isinstance(data, dict) and data.get("type") == "AnnotationCollection":
        return _of_annotations(data)
    if isinstance(data, dict) and "segments" not in data and "provenance" in data:
        return _of_lines(text)
    document = native.from_json(data)
    texts: dict[Side, str] = {"source": document.source, "target": document.target}
    if "provenance" not in data:
        return Evidence("json", _spans(document), texts, (), (WITHOUT_PROVENANCE,))
    origin = from_object(data["provenance"])
    faults = [
        ("provenance", f"its {name} is not the document's")
        for name, one, other in (
            ("languages", origin.languages, document.languages),
            ("model", origin.model, document.model),
            ("checked", origin.checked, document.checked),
        )
        if one != other
    ]
    return Evidence("json", _spans(document), texts, _hashes(origin), tuple(faults))


def _spans(document: AlignedDocument) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            f"segment {segment.id}",
            side,
            segment.side(side),
            segment.side(side).of(document.text(side)),
        )
        for segment in document.segments
        for side in SIDES
    )


def _of_lines(text: str) -> Evidence:
    """JSON Lines: the provenance, then a segment a line."""
    quotes: list[Quote] = []
    origin = None
    # Not splitlines: JSON may hold U+2028 as it is.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise MalformedDocument(f"line {number} is no JSON: {error}") from None
        if isinstance(data, dict) and "provenance" in data:
            origin = from_object(data["provenance"])
            if data["provenance"].get("offset_unit") != "codepoint":
                raise MalformedDocument(
                    f"line {number}: only offsets in code points can be checked"
                )
            continue
        quotes.extend(_of_segment(data, None, f"line {number}"))
    if origin is None:
        return Evidence("jsonl", tuple(quotes), {}, (), (WITHOUT_PROVENANCE,))
    return Evidence("jsonl", tuple(quotes), {}, _hashes(origin))


def _of_segment(data: Any, pair: tuple[str, str] | None, place: str) -> Iterator[Quote]:
    """Both quotes of a segment in our JSON, their texts beside it or in it."""
    try:
        named = f"segment {data['id']}, {place}"
        for number, side in enumerate(SIDES):
            span = _span(data[side]["start"], data[side]["end"])
            text = pair[number] if pair else data[side]["text"]
            yield Quote(named, side, span, _text(text))
    except KeyError as error:
        raise MalformedDocument(f"{place}: the field {error} is missing") from None
    except (TypeError, ValueError) as error:
        raise MalformedDocument(f"{place}: a field is of the wrong kind: {error}") from None


def _of_annotations(data: Any) -> Evidence:
    try:
        origin = from_object(data["visavis:provenance"]["@value"])
        sides = {f"urn:sha256:{sha256}": side for side, sha256 in _hashes(origin)}
        quotes = tuple(
            quote
            for item in data["first"]["items"]
            for resource in [*_listed(item.get("body")), *_listed(item["target"])]
            if resource["type"] == "SpecificResource"
            for quote in _of_resource(item["id"], resource, sides)
        )
    except KeyError as error:
        raise MalformedDocument(f"annotation: {error} is missing or names no text") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise MalformedDocument(f"annotation: a field is of the wrong kind: {error}") from None
    return Evidence("annotation", quotes, {}, _hashes(origin))


def _of_resource(place: str, resource: Any, sides: Mapping[str, Side]) -> Iterator[Quote]:
    """A quote, and what it says stands before and after it."""
    side = sides[resource["source"]["id"]]
    selectors = {each["type"]: each for each in resource["selector"]}
    position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    start, end = _span(position["start"], position["end"])
    exact, before, after = (_text(quote[name]) for name in ("exact", "prefix", "suffix"))
    yield Quote(place, side, Span(start, end), exact)
    yield Quote(f"{place}, prefix", side, Span(start - len(before), start), before)
    yield Quote(f"{place}, suffix", side, Span(end, end + len(after)), after)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _of_table(text: str) -> Evidence:
    quotes: list[Quote] = []
    hashes: dict[tuple[Side, str], None] = {}
    for number, row in enumerate(table.rows(text), 2):
        for side in SIDES:
            try:
                span = Span(int(row[f"{side}_start"]), int(row[f"{side}_end"]))
            except ValueError as error:
                raise table.MalformedTable(number, f"no offset: {error}") from None
            quotes.append(Quote(f"segment {row['segment']}, row {number}", side, span, row[side]))
            hashes[side, row[f"{side}_sha256"]] = None
    return Evidence("csv", tuple(quotes), {}, tuple(hashes))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _span(start: object, end: object) -> Span:
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"{start!r:.40} and {end!r:.40} are no offsets")
    return Span(start, end)


def _hashes(origin: Provenance) -> tuple[tuple[Side, str], ...]:
    return tuple((side, origin.sha256(side)) for side in SIDES)
