from io import BytesIO

import docx
import mammoth
import pytest
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given, settings

from service.documents.docx import write
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, MODEL, WITHOUT_SEGMENTS, documents


def opened(document, title="Title"):
    return docx.Document(BytesIO(write(document, title)))


def cells(document):
    (table,) = opened(document).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_each_sentence_stands_beside_its_translation():
    assert cells(BY_PEOPLE) == [["fr", "en"], ["Oui.", "Yes."], ["Non.", "No."]]


def test_another_reader_makes_a_page_of_it():
    page = mammoth.convert_to_html(BytesIO(write(BY_PEOPLE, "Title"))).value
    assert "<h1>Title</h1>" in page
    assert "<td><p>Non.</p></td><td><p>No.</p></td>" in page


def test_what_stands_between_sentences_is_shown_unless_it_is_blank():
    assert cells(WITHOUT_SEGMENTS) == [["fr", "en"], ["\u2400 \n", "…"]]
    assert cells(DOCUMENT)[-1] == ["\n", "\x85 end"]


def test_what_xml_cannot_say_is_a_picture():
    assert cells(DOCUMENT)[2][0].endswith("]]>\u2400")
    assert cells(DOCUMENT)[2][1].endswith("]]>\u240b\u241b")


def test_an_issue_is_explained_below_the_translation_and_its_words_are_highlighted():
    row = opened(DOCUMENT).tables[0].rows[1]
    runs = [run for paragraph in row.cells[0].paragraphs for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == ["aurait"]
    assert row.cells[0].text == "«\u00a0Il aurait démissionné\u202f!\u00a0»"
    assert [paragraph.text for paragraph in row.cells[1].paragraphs] == [
        "“He has resigned!”",
        "hedge_lost (major): “aurait” is no <fact>\u2400",
        "number_changed (minor): =2",
    ]


def test_each_side_is_marked_as_its_language():
    row = opened(BY_PEOPLE).tables[0].rows[1]
    spoken = [cell._tc.xpath(".//w:lang/@w:val") for cell in row.cells]
    assert spoken == [["fr"], ["en"]]


def test_the_provenance_stands_at_the_end():
    lines = [each.text for each in opened(DOCUMENT).paragraphs if each.style.name == "List Bullet"]
    assert lines[0] == f"Translated by: small|1|ctranslate2|beam:4|int8|sha256:{MODEL.sha256}"
    assert [line.split(":")[0].split(" ")[0] for line in lines] == [
        "Translated",
        "Original",
        "Translation",
        "Written",
        "This",
    ]


def test_the_head_is_said_again_on_each_page_and_no_row_is_parted():
    first, second, *_ = opened(BY_PEOPLE).tables[0].rows
    assert first._tr.xpath("./w:trPr/w:tblHeader")
    assert second._tr.xpath("./w:trPr/w:cantSplit")


@pytest.mark.parametrize("title", ["A\x00 <b>&", "t" * 300])
def test_any_title_will_do(title):
    sheet = opened(BY_PEOPLE, title)
    assert sheet.paragraphs[0].text == title.replace("\x00", "\u2400")
    assert len(sheet.core_properties.title) <= 255


@settings(max_examples=15)
@given(documents())
def test_any_document_can_be_opened(document):
    (table,) = opened(document).tables
    assert len(table.rows) > len(document.segments)
