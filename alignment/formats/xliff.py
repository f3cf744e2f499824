"""XLIFF 2.1, for translators' editors: a unit for each paragraph, a segment for each sentence.

What stands between sentences is `<ignorable>`; a character that XML has no way
to say is `<cp>`. Ours is in a namespace of its own, where the core schema lets
others in: `<vv:provenance>` in the file and, in each unit, one `<vv:segment>`
for each of its segments, which `ref` names, as in our JSON. Versions 2.0 to 2.2
and 1.2 of other programs are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, get_args

from alignment.document import AlignedDocument, Languages, Segment, Severity
from alignment.errors import AlignmentError
from alignment.formats.exchange import (
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
from alignment.formats.provenance import Provenance, from_object, provenance, to_object

State = Literal["initial", "translated", "reviewed", "final"]
STATES: tuple[State, ...] = get_args(State)

NAMESPACE = "urn:visavis:1.0"
LANGUAGE = re.compile("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
NAME = re.compile("[A-Za-z0-9._-]+")
UNDETERMINED = "und"
# From 1, the highest, to 10.
PRIORITIES: dict[Severity, int] = {"critical": 1, "major": 3, "minor": 6, "none": 10}


class UnknownState(AlignmentError):
    """A state that XLIFF has not, or one of a segment that is not there."""


def write(
    document: AlignedDocument,
    original: str = "article",
    states: Mapping[str, State] | None = None,
) -> str:
    """The document as XLIFF 2.1, to be written as UTF-8.

    `original` is the name of what was translated; `states` are by segment id,
    and a segment without one is translated, or initial where it has no
    translation. Raises UnknownState.
    """
    _check(states or {}, document)
    source, target = (
        _code(each) for each in (document.languages.source, document.languages.target)
    )
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"'
            f' xmlns:vv="{NAMESPACE}" version="2.1" srcLang="{source}" trgLang="{target}">\n',
            f'<file id="f1" original={attribute(original)} canResegment="no"'
            ' xml:space="preserve">\n'
            f"<vv:provenance>{json_content(to_object(provenance(document)))}</vv:provenance>\n",
            *_units(document, states or {}),
            "</file>\n</xliff>\n",
        ]
    )


def _check(states: Mapping[str, str], document: AlignedDocument) -> None:
    ids = {segment.id for segment in document.segments}
    for segment, state in states.items():
        if segment not in ids:
            raise UnknownState(f"the document has no segment {segment!r} to be {state}")
        if state not in STATES:
            raise UnknownState(f"segment {segment}: {state!r} is not one of {', '.join(STATES)}")


def _code(language: str) -> str:
    return language if LANGUAGE.fullmatch(language) else UNDETERMINED


def _units(document: AlignedDocument, states: Mapping[str, State]) -> Iterator[str]:
    *befores, after = gaps(document)
    if not document.segments:
        # A unit without a segment, or a file without a unit, is none.
        yield f'<unit id="p1">\n{_pair("segment", EMPTY)}{_ignorable(after)}</unit>\n'
        return
    named = all(NAME.fullmatch(segment.id) for segment in document.segments)
    records = to_json(document)["segments"]
    numbered = list(enumerate(zip(document.segments, records, befores, strict=True), 1))
    for paragraph, group in groupby(numbered, key=lambda each: each[1][0].paragraph):
        notes: list[str] = []
        ours: list[str] = []
        pairs: list[str] = []
        for number, (segment, record, before) in group:
            name = segment.id if named else f"s{number}"
            ours.append(f'<vv:segment ref="{name}">{json_content(record)}</vv:segment>\n')
            notes.extend(_notes(name, segment))
            pairs.append(_ignorable(before) + _segment(document, segment, name, states))
        if number == len(numbered):
            pairs.append(_ignorable(after))
        noted = f"<notes>\n{''.join(notes)}</notes>\n" if notes else ""
        yield f'<unit id="p{paragraph + 1}">\n{"".join(ours)}{noted}{"".join(pairs)}</unit>\n'


def _notes(name: str, segment: Segment) -> Iterator[str]:
    """What an editor should show of the segment's issues; a note belongs to a unit."""
    for number, issue in enumerate(segment.issues, 1):
        yield (
            f'<note id="{name}-{number}" category={attribute(issue.type)}'
            f' priority="{PRIORITIES[issue.severity]}">'
            f"{replaced(f'{name}, {issue.severity}: {issue.explanation}')}</note>\n"
        )


def _segment(
    document: AlignedDocument, segment: Segment, name: str, states: Mapping[str, State]
) -> str:
    pair = segment.source.of(document.source), segment.target.of(document.target)
    state = states.get(segment.id, "translated" if pair[1] else "initial")
    return _pair("segment", pair, f' id="{name}" state="{state}"')


def _ignorable(gap: Pair) -> str:
    return _pair("ignorable", gap) if gap != EMPTY else ""


def _pair(element: str, pair: Pair, attributes: str = "") -> str:
    source, target = (content(text, _code_point) for text in pair)
    return (
        f"<{element}{attributes}><source>{source}</source><target>{target}</target></{element}>\n"
    )


def _code_point(character: str) -> str:
    return f'<cp hex="{ord(character):04X}"/>'


def read(data: bytes | str, languages: Languages | None = None) -> AlignedDocument:
    """The document of an XLIFF file: ours as it was written, another's as existing pairs.

    The files in it follow each other. Where `languages` are given, the file
    has to be in them, or in a variety: fr-FR is fr. A unit without a translation
    is flagged. Raises MalformedMarkup, ForbiddenMarkup, NoSuchPair, and what the
    document's own checks raise.
    """
    return aligned(exchange(data, languages))


def states(data: bytes | str) -> dict[str, State]:
    """The state of each segment of an XLIFF 2 file that has an id. Raises MalformedMarkup."""
    found: dict[str, State] = {}
    for unit in _of_kind(parse(data), "unit"):
        for segment in unit.elements("segment"):
            state = segment.attributes.get("state", "initial")
            known = next((each for each in STATES if each == state), None)
            if known is None:
                segment.wrong(f"{state!r} is not one of {', '.join(STATES)}")
            if "id" in segment.attributes:
                found[segment.attributes["id"]] = known
    return found


def exchange(data: bytes | str, languages: Languages | None = None) -> Exchange:
    """The units of an XLIFF file as they stand; raises as `read` does."""
    root = parse(data)
    files = list(root.elements("file"))
    if root.name != "xliff" or not files:
        root.wrong(f"<{root.name}> is no XLIFF file")
    first = root.attributes if "srcLang" in root.attributes else files[0].attributes
    said = Languages(
        first.get("srcLang") or first.get("source-language") or UNDETERMINED,
        first.get("trgLang") or first.get("target-language") or UNDETERMINED,
    )
    own = _own(files[0], "provenance")
    origin = None if own is None else from_object(json_of(own))
    pair = languages or (origin.languages if origin else said)
    for code, wanted in ((said.source, pair.source), (said.target, pair.target)):
        if code != UNDETERMINED and not matches(code, wanted):
            raise NoSuchPair(pair, said)
    return _read_units(files, pair, origin)


def _read_units(
    files: Sequence[Element], languages: Languages, origin: Provenance | None
) -> Exchange:
    found: list[Unit] = []
    before = EMPTY
    units = (unit for file in files for unit in _of_kind(file, "unit", "trans-unit"))
    for paragraph, unit in enumerate(units):
        if not origin and paragraph:
            before = before[0] + "\n", before[1] + "\n"
        records = _records(unit)
        parts = [unit] if unit.name == "trans-unit" else unit.elements("segment", "ignorable")
        for part in parts:
            if part.namespace != unit.namespace:
                continue
            source, target = _text(part, "source"), _text(part, "target")
            if part.name == "ignorable":
                # What need not be translated stands on both sides as it is.
                both = source or "", source or "" if target is None else target
                before = before[0] + both[0], before[1] + both[1]
                continue
            record = records.get(part.attributes.get("id", ""))
            if source or target or record is not None:
                found.append(Unit(source, target, before, paragraph, part.line, record))
                before = EMPTY
    return Exchange(tuple(found), before, languages, origin)


def _of_kind(element: Element, *names: str) -> Iterator[Element]:
    """Elements of these names wherever they stand below `element`, not one inside another."""
    for child in element.children:
        if isinstance(child, Element):
            if child.name in names:
                yield child
            elif child.namespace == element.namespace:
                yield from _of_kind(child, *names)


def _records(unit: Element) -> dict[str, object]:
    return {
        each.attributes.get("ref", ""): json_of(each)
        for each in unit.elements("segment")
        if each.namespace == NAMESPACE
    }


def _own(element: Element, name: str) -> Element | None:
    return next((each for each in element.elements(name) if each.namespace == NAMESPACE), None)


def _text(part: Element, side: str) -> str | None:
    element = part.element(side)
    return None if element is None else inline_text(element)
