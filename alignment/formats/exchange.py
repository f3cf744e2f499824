"""What the exchange formats of translators share: pairs of texts, in order, and what we add.

A file of ours gives back the very document: its gaps and pairs give both
texts, and the objects beside them the rest. Once a text was edited elsewhere,
its hash no longer fits: then the pairs are taken as they now stand, and links,
scores and issues, which spoke of another text, are left out. So is a file that
another program wrote, whose pairs are joined by line breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alignment.document import AlignedDocument, Issue, Languages, Segment
from alignment.errors import AlignmentError
from alignment.formats import native
from alignment.formats.markup import Element, character
from alignment.formats.provenance import Provenance, to_object
from alignment.span import Span

Pair = tuple[str, str]

EMPTY: Pair = ("", "")
# Elements around running text; what others hold is code of the original format.
AROUND_TEXT = frozenset({"hi", "g", "mrk", "pc"})
CHARACTER_TYPE = "x-visavis-character"


class NoSuchPair(AlignmentError):
    """A file that holds nothing in the two languages asked for."""

    def __init__(self, languages: object, found: object) -> None:
        super().__init__(f"the file holds nothing in {languages}; its languages are: {found}")
        self.languages = languages


@dataclass(frozen=True, slots=True)
class Unit:
    """A pair of texts and what stands before it on both sides.

    None where the file has no text of that side. `paragraph` counts from 0;
    `record` is the segment as `native.to_json` has it, None in other programs'
    files; `line` is where it stands in the file.
    """

    source: str | None
    target: str | None
    before: Pair
    paragraph: int
    line: int
    record: object = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a file says: its units in order, and what follows the last one on both sides."""

    units: tuple[Unit, ...]
    after: Pair
    languages: Languages
    provenance: Provenance | None

    def texts(self) -> Pair:
        """Both texts in full."""
        source = [text for unit in self.units for text in (unit.before[0], unit.source or "")]
        target = [text for unit in self.units for text in (unit.before[1], unit.target or "")]
        return "".join([*source, self.after[0]]), "".join([*target, self.after[1]])

    def spans(self) -> Iterator[tuple[Span, Span]]:
        """Where each unit stands in both texts."""
        here = there = 0
        for unit in self.units:
            here, there = here + len(unit.before[0]), there + len(unit.before[1])
            one = Span(here, here + len(unit.source or ""))
            other = Span(there, there + len(unit.target or ""))
            here, there = one.end, other.end
            yield one, other


def gaps(document: AlignedDocument) -> list[Pair]:
    """What stands before each segment on both sides, and after the last one."""
    spans = zip(document.gaps("source"), document.gaps("target"), strict=True)
    return [(one.of(document.source), other.of(document.target)) for one, other in spans]


def aligned(exchange: Exchange) -> AlignedDocument:
    """The document that a file holds; one of ours, unedited, equals what was written.

    Raises MalformedDocument, or the AlignmentError that the document's own
    checks raise.
    """
    source, target = exchange.texts()
    origin = exchange.provenance
    records = [unit.record for unit in exchange.units]
    if origin and None not in records and origin.describes(source, target):
        return native.from_json(
            {
                **to_object(origin),
                "offset_unit": "codepoint",
                "source": source,
                "target": target,
                "segments": records,
            }
        )
    spans = zip(exchange.units, exchange.spans(), strict=True)
    segments = (_plain(number, unit, *each) for number, (unit, each) in enumerate(spans, 1))
    return AlignedDocument(source, target, tuple(segments), exchange.languages)


def _plain(number: int, unit: Unit, source: Span, target: Span) -> Segment:
    issues = _missing(unit, source, target)
    return Segment(f"s{number}", unit.paragraph, source, target, issues=issues)


def _missing(unit: Unit, source: Span, target: Span) -> tuple[Issue, ...]:
    """What a reader should know of a unit that has but one side."""
    said, translated = ((text or "").strip() for text in (unit.source, unit.target))
    if said and not translated:
        why = "The file holds no translation of this."
        return (Issue("untranslated", "major", why, source_spans=(source,)),)
    if translated and not said:
        why = "The file holds no original of this."
        return (Issue("addition", "minor", why, target_spans=(target,)),)
    return ()


def inline_text(element: Element) -> str:
    """The text of a segment: that of inline elements kept, codes of the original format not."""
    return "".join(
        child if isinstance(child, str) else _inline(child) for child in element.children
    )


def _inline(element: Element) -> str:
    if element.name in AROUND_TEXT:
        return inline_text(element)
    if element.name == "cp":
        return character(element, element.attributes.get("hex", ""))
    if element.name == "ph" and element.attributes.get("type") == CHARACTER_TYPE:
        return character(element, "".join(map(str, element.children)))
    # What an XLIFF 2 code, or an XLIFF 1.2 one, says it stands for.
    return element.attributes.get("equiv") or element.attributes.get("equiv-text") or ""


def matches(code: str, wanted: str) -> bool:
    """Whether a language code is that language, or a variety of it: fr_FR is fr."""
    said, asked = (each.replace("_", "-").lower() for each in (code, wanted))
    return said == asked or said.startswith(f"{asked}-") or asked.startswith(f"{said}-")
