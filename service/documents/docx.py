"""DOCX in two columns: both texts, a row for each sentence, to read, to mark and to print.

What an issue speaks of is highlighted, and its explanation stands below the
translation; the provenance stands at the end. It is for people: what XML has
no way to say is a picture, and nothing reads the file back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from unicodedata import category

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from alignment.document import SEVERITIES, AlignedDocument, Issue, Segment, Severity, Side
from alignment.formats.html import LIMITS, LIMITS_OF_LINKS
from alignment.formats.markup import UNCARRIED
from alignment.formats.provenance import TOOL, provenance, signature
from alignment.span import Span

SIDES: tuple[Side, Side] = ("source", "target")
PAGE, MARGIN = (Cm(29.7), Cm(21.0)), Cm(1.8)  # A4 on its side
SMALL = Pt(8)
COLOURS: dict[Severity, WD_COLOR_INDEX] = {
    "none": WD_COLOR_INDEX.GRAY_25,
    "minor": WD_COLOR_INDEX.TURQUOISE,
    "major": WD_COLOR_INDEX.YELLOW,
    "critical": WD_COLOR_INDEX.PINK,
}
# Control characters have pictures of their own; the rest has a common one.
PICTURES = {code: chr(0x2400 + code) for code in range(0x20)}
BREAK = re.compile("\r\n|\r")


def write(document: AlignedDocument, title: str) -> bytes:
    """The document as a DOCX file."""
    sheet = docx.Document()
    _lay_out(sheet, title)
    sheet.add_heading(_carried(title), level=1)
    table = sheet.add_table(rows=1, cols=2, style="Table Grid")
    _head(table, document)
    gaps = [document.gaps(side) for side in SIDES]
    for number, segment in enumerate(document.segments):
        _gap_row(table, document, [each[number] for each in gaps])
        row = _row(table)
        for side, cell in zip(SIDES, row.cells, strict=True):
            marks = [mark for mark in _marks(segment.issues, side) if mark[0].start < mark[0].end]
            _write_runs(cell.paragraphs[0], document, side, segment.side(side), marks)
        _explain(row.cells[1], segment)
    _gap_row(table, document, [each[-1] for each in gaps])
    sheet.add_heading("About this translation", level=2)
    for line in _facts(document):
        sheet.add_paragraph(_carried(line), style="List Bullet")
    out = BytesIO()
    sheet.save(out)
    return out.getvalue()


def _lay_out(sheet: Document, title: str) -> None:
    section = sheet.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    properties = sheet.core_properties
    # Word takes 255 characters.
    properties.title, properties.author = _carried(title)[:255], TOOL
    properties.created = properties.modified = datetime.now(UTC)


def _head(table: Table, document: AlignedDocument) -> None:
    row = table.rows[0]
    codes = document.languages.source, document.languages.target
    for cell, code in zip(row.cells, codes, strict=True):
        cell.paragraphs[0].add_run(_carried(code)).bold = True
    # Said again at the top of each page.
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _row(table: Table) -> _Row:
    """A further row, kept on one page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _gap_row(table: Table, document: AlignedDocument, gaps: Sequence[Span]) -> None:
    """A row for what stands between two segments, unless it is blank."""
    texts = [gap.of(document.text(side)) for side, gap in zip(SIDES, gaps, strict=True)]
    if any(map(_shows, texts)):
        row = _row(table)
        for side, gap, cell in zip(SIDES, gaps, row.cells, strict=True):
            _write_runs(cell.paragraphs[0], document, side, gap, [])


def _shows(text: str) -> bool:
    """Whether anything is to be seen of a text: white space and a byte order mark are not."""
    return any(not each.isspace() and category(each) != "Cf" for each in text)


def _marks(issues: Iterable[Issue], side: Side) -> Iterator[tuple[Span, Severity]]:
    for issue in issues:
        for span in issue.source_spans if side == "source" else issue.target_spans:
            yield span, issue.severity


def _write_runs(
    paragraph: Paragraph,
    document: AlignedDocument,
    side: Side,
    span: Span,
    marks: Sequence[tuple[Span, Severity]],
) -> None:
    """A span of a text, cut wherever a mark begins or ends."""
    languages = document.languages
    language = languages.source if side == "source" else languages.target
    cuts = sorted({*span, *(edge for mark, _ in marks for edge in mark)})
    for part in map(Span, cuts, cuts[1:]):
        run = paragraph.add_run(_carried(part.of(document.text(side))))
        found = [severity for mark, severity in marks if mark.overlaps(part)]
        if found:
            run.font.highlight_color = COLOURS[max(found, key=SEVERITIES.index)]
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), _carried(language))
        run._r.get_or_add_rPr().append(spoken)


def _explain(cell: _Cell, segment: Segment) -> None:
    for issue in segment.issues:
        note = cell.add_paragraph()
        for text, bold in (
            (f"{issue.type} ({issue.severity}): ", True),
            (issue.explanation, False),
        ):
            run = note.add_run(_carried(text))
            run.bold, run.italic, run.font.size = bold, True, SMALL


def _facts(document: AlignedDocument) -> Iterator[str]:
    origin = provenance(document)
    yield f"Translated by: {signature(document.model)}"
    yield f"Original: {len(document.source):,} characters, sha256 {origin.source_sha256}"
    yield f"Translation: {len(document.target):,} characters, sha256 {origin.target_sha256}"
    yield f"Written by {TOOL} {origin.tool_version}, format {origin.format_version}"
    yield LIMITS if document.model else LIMITS_OF_LINKS


def _carried(text: str) -> str:
    """Text that a DOCX file can hold; a line break of any kind is one there."""
    return UNCARRIED.sub(lambda found: PICTURES.get(ord(found[0]), "\ufffd"), BREAK.sub("\n", text))
