import json
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest

from alignment.anchoring import text_sha256
from alignment.formats import native, tmx, xliff
from alignment.formats.verification import verify
from service.documents.exports import EXPORTS, UnknownFormat, export, format_of
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, WITHOUT_SEGMENTS

READERS = {
    "json": lambda data: native.from_json(json.loads(data)),
    "tmx": tmx.read,
    "xliff": xliff.read,
}


def test_a_format_that_says_so_is_read_back():
    assert {name for name, each in EXPORTS.items() if each.read_back} == set(READERS)


@pytest.mark.parametrize("document", [DOCUMENT, BY_PEOPLE, WITHOUT_SEGMENTS])
@pytest.mark.parametrize("name", READERS)
def test_it_gives_back_the_very_document(name, document):
    assert READERS[name](export(document, name, "Title")) == document


@pytest.mark.parametrize("name", sorted({*EXPORTS} - {"text"}))
def test_every_export_says_which_texts_it_was_made_from(name):
    data = export(DOCUMENT, name, "Title")
    if name == "docx":
        data = ZipFile(BytesIO(data)).read("word/document.xml")
    for text in (DOCUMENT.source, DOCUMENT.target):
        assert text_sha256(text).encode() in data
    assert b"ab" * 32 in data


@pytest.mark.parametrize("name", ["json", "jsonl", "tmx", "xliff", "annotation", "csv"])
def test_every_export_that_quotes_can_be_verified(name):
    found = verify(export(DOCUMENT, name, "Title"), DOCUMENT.source, DOCUMENT.target)
    assert (found.format, found.holds, found.unread) == (name, True, 0)


def test_text_is_the_translation_alone():
    assert export(BY_PEOPLE, "text", "Title") == b"Yes. No."


def test_a_table_begins_with_the_mark_that_excel_asks_for():
    assert export(BY_PEOPLE, "csv", "Title").startswith(b"\xef\xbb\xbfsegment,paragraph,")


def test_a_page_holds_both_texts():
    read = HTMLParser()
    texts = []
    read.handle_data = texts.append
    read.feed(export(BY_PEOPLE, "html", "Title").decode("utf-8"))
    assert {"Oui", "Yes"} <= {text.strip(" .") for text in texts}


def test_a_format_that_there_is_not_is_refused_by_name():
    with pytest.raises(UnknownFormat, match="'pdf' is not one of text, json, jsonl, html, tmx"):
        format_of("pdf")


def test_no_two_formats_share_an_extension():
    assert len({each.extension for each in EXPORTS.values()}) == len(EXPORTS)
