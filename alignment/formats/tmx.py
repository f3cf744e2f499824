"""Translation memory exchange, TMX 1.4b: a unit for each segment, for translators' tools.

A side without text has no variant, as a memory has no use for it. What makes a
unit more than a pair of texts stands in properties: `x-visavis-segment` is the
segment as in our JSON, `x-visavis-gap` what stands before it on both sides,
`x-visavis-blank` the sides without a variant, where they are white space. A
character that XML has no way to say is `<ph type="x-visavis-character">`, its
code point in hexadecimal. The header has `x-visavis-provenance` and, where
something follows the last segment, `x-visavis-after`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alignment.document import AlignedDocument, Languages, Segment
from alignment.formats.exchange import (
    CHARACTER_TYPE,
    EMPTY,
    Exchange,
    NoSuchPair,
    Pair,
    Unit,
    aligned,
    gaps,
    inline_text,
    matches,
)
from alignment.formats.markup import (
    Element,
    attribute,
    content,
    json_content,
    json_of,
    parse,
    replaced,
)
from alignment.formats.native import to_json
from alignment.formats.provenance import (
    TOOL,
    Provenance,
    from_object,
    project_version,
    provenance,
    to_object,
)

PREFIX = "x-visavis-"
ANY_LANGUAGE = "*all*"


def write(document: AlignedDocument) -> str:
    """The document as TMX, both sides' text exactly as it stands; to be written as UTF-8."""
    header = _property("provenance", to_object(provenance(document)))
    *before, after = gaps(document)
    if after != EMPTY:
        header += _property("after", after)
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n',
            f'<header creationtool="{TOOL}" creationtoolversion={attribute(project_version())}'
            f' segtype="sentence" o-tmf="{TOOL}" adminlang="en"'
            f' srclang={attribute(document.languages.source)} datatype="plaintext">\n',
            f"{header}</header>\n<body>\n",
            *_units(document, before),
            "</body>\n</tmx>\n",
        ]
    )


def _units(document: AlignedDocument, befores: Sequence[Pair]) -> Iterator[str]:
    languages = document.languages
    records = to_json(document)["segments"]
    for segment, record, gap in zip(document.segments, records, befores, strict=True):
        source, target = segment.source.of(document.source), segment.target.of(document.target)
        # The standard wants at least one variant.
        with_source = bool(source.strip()) or not target.strip()
        with_target = bool(target.strip())
        yield f"<tu tuid={attribute(segment.id)}>\n"
        yield from _notes(segment)
        yield _property("segment", record)
        if gap != EMPTY:
            yield _property("gap", gap)
        blank = ("" if with_source else source, "" if with_target else target)
        if blank != EMPTY:
            yield _property("blank", blank)
        yield _variant(languages.source, source) if with_source else ""
        yield _variant(languages.target, target) if with_target else ""
        yield "</tu>\n"


def _notes(segment: Segment) -> Iterator[str]:
    """What a reader should know of the segment."""
    for issue in segment.issues:
        yield f"<note>{replaced(f'{issue.type}: {issue.explanation}')}</note>\n"


def _property(name: str, value: object) -> str:
    return f'<prop type="{PREFIX}{name}">{json_content(value)}</prop>\n'


def _variant(language: str, text: str) -> str:
    return f"<tuv xml:lang={attribute(language)}><seg>{content(text, _placeholder)}</seg></tuv>\n"


def _placeholder(character: str) -> str:
    return f'<ph type="{CHARACTER_TYPE}">{ord(character):04X}</ph>'


def read(data: bytes | str, languages: Languages | None = None) -> AlignedDocument:
    """The document of a TMX file: ours as it was written, another program's as existing pairs.

    Of another program's file those units are read that have one of the two
    languages, by default the file's own source language and the first other
    one; a unit with one side alone is flagged. Raises MalformedMarkup,
    ForbiddenMarkup, NoSuchPair, and what the document's own checks raise.
    """
    return aligned(exchange(data, languages))


def exchange(data: bytes | str, languages: Languages | None = None) -> Exchange:
    """The units of a TMX file as they stand; raises as `read` does."""
    root = parse(data)
    header, body = root.element("header"), root.element("body")
    if root.name != "tmx" or header is None or body is None:
        root.wrong(f"<{root.name}> is no TMX file with a header and a body")
    origin = _provenance(header)
    units = list(body.elements("tu"))
    pair = languages or (origin.languages if origin else _own_languages(header, units))
    if origin and not _same_way(origin.languages, pair):
        # What is ours in the file speaks of its own two sides.
        origin = None
    found = tuple(_read_units(units, pair, ours=origin is not None))
    if units and not found:
        raise NoSuchPair(pair, ", ".join(sorted(_languages(units))) or "none")
    after = _pair(header, "after") if origin else None
    return Exchange(found, after or EMPTY, pair, origin)


def _same_way(ours: Languages, wanted: Languages) -> bool:
    return matches(ours.source, wanted.source) and matches(ours.target, wanted.target)


def _read_units(units: Sequence[Element], pair: Languages, ours: bool) -> Iterator[Unit]:
    number = 0
    for element in units:
        one = _variant_in(pair.source, element)
        other = _variant_in(pair.target, element, not_this=one)
        source, target = _seg(one), _seg(other)
        if source is None and target is None:
            continue
        blank = (_pair(element, "blank") if ours else None) or EMPTY
        between = ("\n", "\n") if number else EMPTY
        yield Unit(
            source=blank[0] or None if source is None else source,
            target=blank[1] or None if target is None else target,
            before=(_pair(element, "gap") or EMPTY) if ours else between,
            paragraph=number,
            line=element.line,
            record=_value(element, "segment") if ours else None,
        )
        number += 1


def _variant_in(language: str, unit: Element, not_this: Element | None = None) -> Element | None:
    """A unit's variant in a language: one of that very code before one of a variety."""
    variants = [each for each in unit.elements("tuv") if matches(_language(each), language)]
    variants.sort(key=lambda each: _language(each).lower() != language.lower())
    return next((each for each in variants if each is not not_this), None)


def _seg(variant: Element | None) -> str | None:
    seg = variant.element("seg") if variant else None
    return None if seg is None else inline_text(seg)


def _language(variant: Element) -> str:
    # Before 1.4, the attribute was `lang`.
    return variant.attributes.get("xml:lang") or variant.attributes.get("lang") or ""


def _languages(units: Sequence[Element]) -> set[str]:
    return {_language(variant) for unit in units for variant in unit.elements("tuv")} - {""}


def _own_languages(header: Element, units: Sequence[Element]) -> Languages:
    """The languages that a file is from and to, as it says itself."""
    source = header.attributes.get("srclang", ANY_LANGUAGE)
    said = [_language(each) for unit in units for each in unit.elements("tuv") if _language(each)]
    if source.lower() == ANY_LANGUAGE:
        source = said[0] if said else "und"
    return Languages(source, next((each for each in said if not matches(each, source)), "und"))


def _provenance(header: Element) -> Provenance | None:
    value = _value(header, "provenance")
    return None if value is None else from_object(value)


def _pair(element: Element, name: str) -> Pair | None:
    value = _value(element, name)
    match value:
        case None:
            return None
        case [str(one), str(other)]:
            return one, other
        case _:
            element.wrong(f"{PREFIX}{name} holds no pair of texts, but {value!r:.40}")


def _value(element: Element, name: str) -> object:
    for each in element.elements("prop"):
        if each.attributes.get("type") == f"{PREFIX}{name}":
            return json_of(each)
    return None
