import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from alignment.errors import AlignmentError, MalformedDocument
from alignment.formats import annotation, table, tmx, xliff
from alignment.formats.evidence import UnknownExport
from alignment.formats.provenance import as_text, stamped, stamped_lines
from alignment.formats.verification import Verification, verify
from alignment.span import Span
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, documents

WRITERS = {
    "json": lambda document: as_text(stamped(document)),
    "jsonl": lambda document: "".join(f"{as_text(each)}\n" for each in stamped_lines(document)),
    "tmx": tmx.write,
    "xliff": xliff.write,
    "annotation": annotation.write,
    "csv": table.write,
}
# Those that hold both texts in full.
WHOLE = ["json", "tmx", "xliff"]


def altered(name, old, new):
    """An export of the sample with something changed in it."""
    written = WRITERS[name](BY_PEOPLE)
    assert old in written
    return written.replace(old, new, 1)


def reasons(data, original=None, translation=None):
    return [str(each) for each in verify(data, original, translation).findings]


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_that_nobody_touched_holds(name):
    found = verify(WRITERS[name](DOCUMENT), DOCUMENT.source, DOCUMENT.target)
    assert (found.format, found.findings, found.unread, found.holds) == (name, (), 0, True)
    assert found.quotes >= 8


@pytest.mark.parametrize("name", WHOLE)
def test_a_format_that_holds_both_texts_is_checked_by_itself(name):
    assert verify(WRITERS[name](BY_PEOPLE)) == Verification(name, 4, 0, 2, ())


@pytest.mark.parametrize("name", sorted({*WRITERS} - {*WHOLE}))
def test_a_format_that_only_quotes_says_what_was_not_compared(name):
    found = verify(WRITERS[name](BY_PEOPLE))
    assert (found.quotes, found.hashes, found.holds) == (0, 0, True)
    assert found.unread >= 4


@settings(max_examples=40)
@given(documents())
def test_every_export_of_any_document_holds(document):
    for write in WRITERS.values():
        written = write(document)
        # No table of text in UTF-8 can hold half a surrogate pair.
        if write is table.write and any("\ud800" <= each <= "\udfff" for each in written):
            continue
        data = written.encode("utf-8", "surrogatepass")
        assert verify(data, document.source, document.target).findings == ()


@pytest.mark.parametrize("name", WRITERS)
def test_one_letter_changed_in_a_quote_is_found(name):
    old, new = ("Oui. N", "Oui. M") if name == "json" else ("Non.", "Mon.")
    assert reasons(altered(name, old, new), BY_PEOPLE.source)


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (
            "jsonl",
            '"start": 5, "end": 9',
            '"start": 4, "end": 8',
            "segment s2, line 3: the original at 4:8 reads “ Non”, not “Non.”",
        ),
        (
            "csv",
            "s2,0,5,9",
            "s2,0,5,10",
            "segment s2, row 3: the original at 5:10 is not inside a text of 9 characters",
        ),
        ("csv", "s2,0,5,9", "s2,0,9,5", "segment s2, row 3: the original at 9:5 is no span"),
        (
            "tmx",
            '"source":{"start":5,"end":9}',
            '"source":{"start":4,"end":9}',
            "segment s2, line 12: the original at 4:9 reads “ Non.”, not “Non.”",
        ),
        (
            "xliff",
            '"target":{"start":5,"end":8}',
            '"target":{"start":6,"end":8}',
            "segment s2, line 10: the translation at 6:8 reads “o.”, not “No.”",
        ),
    ],
)
def test_a_span_that_its_quote_does_not_fit_is_named(name, old, new, found):
    assert reasons(altered(name, old, new), BY_PEOPLE.source, BY_PEOPLE.target) == [found]


def test_a_context_that_is_not_there_is_found():
    data = altered("annotation", '"prefix": "Yes. "', '"prefix": "Yes! "')
    (found,) = reasons(data, translation=BY_PEOPLE.target)
    assert found.endswith(":s2, prefix: the translation at 0:5 reads “Yes. ”, not “Yes! ”")


def test_a_quote_of_another_length_than_its_span_is_found_without_the_text():
    assert reasons(altered("jsonl", '"Non."', '"Nonne."')) == [
        "segment s2, line 3: the original at 5:9 is 4 characters long, its quote 6"
    ]


def test_a_text_given_that_is_not_the_one_is_told_from_it():
    wrong, there, *_ = verify(WRITERS["json"](BY_PEOPLE), original="Oui! Non.").findings
    assert wrong.reason.startswith("the text given has the sha256")
    assert str(there) == (
        "original: at character 3 the file has “. Non.”, and the text given “! Non.”"
    )


def test_a_long_quote_is_cut_short():
    long = replace(BY_PEOPLE, source="O" * 9 + "x" * 99)
    _, there, *_ = verify(WRITERS["json"](long), original="O" * 9).findings
    assert there.reason == f"at character 9 the file has “{'x' * 40}…”, and the text given “”"


@pytest.mark.parametrize("name", WHOLE)
def test_a_hash_that_is_not_its_texts_is_found(name):
    digest = stamped(BY_PEOPLE)["provenance"]["source_sha256"]
    (found,) = reasons(altered(name, digest, "0" * 64))
    assert found.startswith("original: the text in the file has the sha256 ")


@pytest.mark.parametrize("name", ["tmx", "xliff"])
def test_segments_that_contradict_each_other_are_found(name):
    (found,) = reasons(altered(name, '"id":"s2"', '"id":"s1"'))
    assert found == "the file: two segments share an id"


def test_a_unit_without_its_place_is_found():
    data = altered("xliff", ' ref="s1"', ' ref="s7"')
    assert reasons(data) == ["line 8: it does not say where its texts stand"]


@pytest.mark.parametrize("name", ["languages", "model", "checked"])
def test_a_provenance_that_is_not_the_documents_is_found(name):
    data = stamped(BY_PEOPLE)
    other = {"languages": ("source_language", "it"), "checked": ("checked", ["x"])}
    key, value = other.get(name, ("model", stamped(DOCUMENT)["model"]))
    data["provenance"][key] = value
    assert reasons(as_text(data)) == [f"provenance: its {name} is not the document's"]


@pytest.mark.parametrize("name", ["json", "jsonl", "tmx", "xliff"])
def test_a_file_without_provenance_is_found_out(name):
    written = WRITERS[name](BY_PEOPLE)
    if name == "json":
        data = json.loads(written)
        del data["provenance"]
        written = json.dumps(data)
    elif name == "jsonl":
        written = written.split("\n", 1)[1]
    elif name == "tmx":
        written = written.replace("x-visavis-provenance", "x-other")
    else:
        written = written.replace("vv:provenance", "vv:other")
    assert reasons(written) == ["the file: it does not say which texts it was made from"]


@pytest.mark.parametrize(
    "data", ["", "Oui.", "<html/>", b"\xff\xfe<", "<p>", "{", "[1]", '{"a": 1}', '{"segments": 3}']
)
def test_a_file_of_no_such_format_is_refused(data):
    with pytest.raises(AlignmentError):
        verify(data)


def test_what_is_not_ours_is_refused_by_name():
    with pytest.raises(UnknownExport, match="<html> is neither TMX nor XLIFF"):
        verify("<html/>")
    with pytest.raises(UnknownExport, match="byte 0 of the file is not UTF-8"):
        verify(b"\xff\xfe<")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("jsonl", '"text": "Non."', '"text": 5'),
        ("jsonl", '"start": 5', '"start": 5.0'),
        ("jsonl", '"id": "s2"', '"no": "s2"'),
        ("jsonl", '\n{"id"', '\n[{"id"'),
        ("jsonl", '"codepoint"', '"utf16"'),
        ("annotation", '"exact": "Non."', '"exact": null'),
        ("annotation", '"type": "TextQuoteSelector"', '"type": "RangeSelector"'),
        ("annotation", '"id": "urn:sha256:', '"id": "urn:sha1:'),
        ("annotation", '"items": [', '"items": [4,'),
        ("annotation", '"start": 5', '"start": "5"'),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(name, old, new):
    with pytest.raises(MalformedDocument):
        verify(altered(name, old, new))


def test_an_offset_in_a_table_is_a_number():
    with pytest.raises(table.MalformedTable, match="row 3: no offset"):
        verify(altered("csv", "s2,0,5", "s2,0,five"))


def test_a_byte_order_mark_before_a_file_is_no_part_of_it():
    data = b"\xef\xbb\xbf" + table.write(BY_PEOPLE).encode("utf-8")
    assert verify(data, BY_PEOPLE.source, BY_PEOPLE.target).holds


def test_a_finding_about_a_segment_names_it_and_its_place():
    (found,) = verify(altered("csv", "Non.", "Mon."), original=BY_PEOPLE.source).findings
    assert found.place == "segment s2, row 3"
    assert BY_PEOPLE.segments[1].source == Span(5, 9)
