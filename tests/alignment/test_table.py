import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.anchoring import text_sha256
from alignment.formats import table
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, SENTENCES, TEXTS, documents


def read(text):
    """As any reader of CSV does."""
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_segment_is_a_row_that_says_which_texts_it_quotes():
    assert read(table.write(BY_PEOPLE))[1] == {
        "segment": "s2",
        "paragraph": "0",
        "source_start": "5",
        "source_end": "9",
        "source": "Non.",
        "target_start": "5",
        "target_end": "8",
        "target": "No.",
        "score": "",
        "issues": "",
        "explanations": "",
        "source_language": "fr",
        "target_language": "en",
        "source_sha256": text_sha256("Oui. Non."),
        "target_sha256": text_sha256("Yes. No."),
        "model": "people",
        "tool_version": read(table.write(DOCUMENT))[0]["tool_version"],
        "format_version": "1",
    }


def test_issues_are_parted_by_line_breaks():
    row = read(table.write(DOCUMENT))[0]
    assert row["issues"] == "hedge_lost (major)\nnumber_changed (minor)"
    assert row["model"] == f"small|1|ctranslate2|beam:4|int8|sha256:{'ab' * 32}"
    assert row["score"] == "-0.31"


def test_rows_end_as_rfc_4180_has_it():
    written = table.write(BY_PEOPLE)
    assert written.endswith("\r\n")
    assert written.count("\n") == written.count("\r\n") == 3


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@a", "\t=1", "\r\n=1", "＝1", "'=1", "''-"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text):
    assert table.guarded(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Oui.", "’tis", "'tis", "", " -", -0.5, 3, None])
def test_anything_else_stands_as_it_is(cell):
    assert table.guarded(cell) == cell


def test_a_table_without_guards_has_every_text_as_it_stands():
    rows = read(table.write(DOCUMENT, guard=False))
    assert [(row["source"], row["target"]) for row in rows] == SENTENCES


@given(TEXTS | st.text("'=+-@\t a"))
def test_a_guard_is_taken_away_without_loss(text):
    assert table.unguarded(table.guarded(text)) == text


@settings(max_examples=40)
@given(documents())
def test_the_rows_of_any_document_are_read_back(document):
    rows = table.rows(table.write(document))
    assert [(row["segment"], row["source"], row["target"]) for row in rows] == [
        (each.id, each.source.of(document.source), each.target.of(document.target))
        for each in document.segments
    ]


def test_a_cell_may_be_longer_than_python_reads_by_default():
    table_of_one = table.write(BY_PEOPLE).replace("Non.", "N" * 200_000)
    assert len(table.rows(table_of_one)[1]["source"]) == 200_000
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "row 1: the columns are not segment, paragraph"),
        ("a,b\r\n1,2\r\n", "row 1: the columns are not"),
        (f"{','.join(table.COLUMNS)}\r\ns1,0\r\n", "row 2: 2 cells in 18 columns"),
        (f'{",".join(table.COLUMNS)}\r\n"s1', "row 1: no CSV"),
    ],
)
def test_another_table_is_refused_by_row(text, named):
    with pytest.raises(table.MalformedTable, match=named):
        table.rows(text)
