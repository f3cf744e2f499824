"""Whether an export still holds: every quote where its span says, every hash that of its text.

It reads what stands in a file and nothing that could be inferred, so a file in
which one letter was changed is found out. Without the texts, a format that
only quotes (JSON Lines, CSV, Web Annotation) shows no more than that its
quotes are as long as their spans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from alignment.anchoring import text_sha256
from alignment.document import Side
from alignment.formats.evidence import Evidence, Quote, collect
from alignment.span import Span

Texts = Mapping[Side, str]
NAMES: Mapping[Side, str] = {"source": "original", "target": "translation"}
# Characters of a quote that a finding shows.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold, and where: a segment, a line, or the file."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of checking a file.

    `quotes` were compared with the text of their side, `unread` could not be,
    as neither the file nor the caller has that text. `hashes` counts texts
    whose sha256 was computed and compared.
    """

    format: str
    quotes: int
    unread: int
    hashes: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(
    data: bytes | str, original: str | None = None, translation: str | None = None
) -> Verification:
    """Check an export: JSON, JSON Lines, TMX, XLIFF, Web Annotation or CSV, which it tells apart.

    With the `original` or the `translation`, the texts as they should be, the
    file is checked against them too. Raises UnknownExport for a file of no such
    format, and an AlignmentError that says where one is malformed.
    """
    evidence = collect(data)
    given: dict[Side, str] = {}
    if original is not None:
        given["source"] = original
    if translation is not None:
        given["target"] = translation
    texts = {**evidence.texts, **given}
    compared = [quote for quote in evidence.quotes if quote.side in texts]
    findings = [
        *(Finding(*each) for each in evidence.faults),
        *_hashes(evidence, given),
        *(found for quote in evidence.quotes for found in _quote(quote, texts.get(quote.side))),
    ]
    return Verification(
        format=evidence.format,
        quotes=len(compared),
        unread=len(evidence.quotes) - len(compared),
        hashes=len(evidence.texts) + len(given) if evidence.hashes else 0,
        findings=tuple(dict.fromkeys(findings)),
    )


def _hashes(evidence: Evidence, given: Texts) -> Iterator[Finding]:
    """Texts whose sha256 is not the one that the file names."""
    for side, named in evidence.hashes:
        for whose, text in (("in the file", evidence.texts.get(side)), ("given", given.get(side))):
            if text is not None and text_sha256(text) != named:
                yield Finding(
                    NAMES[side],
                    f"the text {whose} has the sha256 {text_sha256(text)}, "
                    f"and the file was made from {named}",
                )
    for side, text in given.items():
        held = evidence.texts.get(side)
        if held is not None and held != text:
            yield Finding(NAMES[side], _difference(held, text))


def _difference(held: str, given: str) -> str:
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(held, given, strict=False))
    )
    return (
        f"at character {same} the file has {_shown(held[same:])}, "
        f"and the text given {_shown(given[same:])}"
    )


def _quote(quote: Quote, text: str | None) -> Iterator[Finding]:
    span = quote.span
    where = f"the {NAMES[quote.side]} at {span.start}:{span.end}"
    if not 0 <= span.start <= span.end:
        yield Finding(quote.place, f"{where} is no span")
    elif text is None:
        if span.end - span.start != len(quote.text):
            length = span.end - span.start
            yield Finding(
                quote.place, f"{where} is {length} characters long, its quote {len(quote.text)}"
            )
    elif span.end > len(text):
        yield Finding(quote.place, f"{where} is not inside a text of {len(text)} characters")
    elif span.of(text) != quote.text:
        yield Finding(
            quote.place, f"{where} reads {_shown(Span.of(span, text))}, not {_shown(quote.text)}"
        )


def _shown(text: str) -> str:
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
