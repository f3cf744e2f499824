import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.guard import TYPES
from alignment.document import (
    AlignedDocument,
    Issue,
    Languages,
    Link,
    ModelInfo,
    NullMass,
    Segment,
)
from alignment.errors import AlignmentError, MalformedDocument, UnencodableText
from alignment.formats.native import from_json, to_json
from alignment.span import Span
from alignment.units import OFFSET_UNITS

DOCUMENT = AlignedDocument(
    source="🤔 Il part !",
    target="🤔 He leaves!",
    segments=(
        Segment(
            id="s1",
            paragraph=0,
            source=Span(2, 11),
            target=Span(2, 12),
            links=(Link(Span(2, 4), Span(2, 4), 0.9), Link(Span(5, 9), Span(5, 11), 0.8)),
            nulls=(NullMass(Span(5, 11), 0.2),),
            score=-0.31,
            issues=(Issue("echo", "minor", "As it was.", (Span(2, 4),), (Span(2, 4),)),),
        ),
    ),
    languages=Languages("fr", "en"),
    model=ModelInfo("m", "1", "ab", "fake", "beam:4"),
    checked=("negation_lost",),
)


def test_a_segment_reads_as_the_api_promises():
    assert to_json(DOCUMENT) == {
        "source_language": "fr",
        "target_language": "en",
        "offset_unit": "codepoint",
        "model": {
            "name": "m",
            "revision": "1",
            "sha256": "ab",
            "engine": "fake",
            "decoding": "beam:4",
        },
        "coverage": {"source": 1.0, "target": 1.0},
        "checked": ["negation_lost"],
        "fidelity": {
            "segments": 1,
            "flagged": 1,
            "severities": {"critical": 0, "major": 0, "minor": 1},
            "types": {"echo": 1},
            "score": 90.0,
            "not_checked": list(TYPES[1:]),
        },
        "source": "🤔 Il part !",
        "target": "🤔 He leaves!",
        "segments": [
            {
                "id": "s1",
                "paragraph": 0,
                "source": {"start": 2, "end": 11},
                "target": {"start": 2, "end": 12},
                "score": -0.31,
                "links": [
                    {"source": [2, 4], "target": [2, 4], "score": 0.9},
                    {"source": [5, 9], "target": [5, 11], "score": 0.8},
                ],
                "nulls": [{"target": [5, 11], "mass": 0.2}],
                "issues": [
                    {
                        "type": "echo",
                        "severity": "minor",
                        "explanation": "As it was.",
                        "source_spans": [[2, 4]],
                        "target_spans": [[2, 4]],
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(("unit", "start"), [("codepoint", 2), ("utf16", 3), ("utf8", 5)])
def test_offsets_are_written_in_the_unit_asked_for(unit, start):
    segment = to_json(DOCUMENT, unit)["segments"][0]
    assert segment["source"]["start"] == start
    assert segment["links"][0]["target"][0] == start
    assert segment["issues"][0]["source_spans"][0][0] == start


@pytest.mark.parametrize("unit", OFFSET_UNITS)
def test_what_was_written_is_read_back_whole(unit):
    assert from_json(json.loads(json.dumps(to_json(DOCUMENT, unit)))) == DOCUMENT


@given(st.text(), st.text(), st.sampled_from(OFFSET_UNITS))
def test_any_two_texts_are_read_back_whole(source, target, unit):
    whole = Segment("s1", 0, Span(0, len(source)), Span(0, len(target)))
    document = AlignedDocument(source, target, (whole,), Languages("fr", "en"))
    assert from_json(json.loads(json.dumps(to_json(document, unit)))) == document


def test_half_a_surrogate_pair_is_refused_in_utf16():
    document = AlignedDocument("\ud800", "", (), Languages("fr", "en"))
    with pytest.raises(UnencodableText):
        to_json(document, "utf16")


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("segments", None, "NoneType"),
        ("source", 5, "5 is no string"),
        ("target", None, "None is no string"),
        ("source_language", ["fr"], "no string"),
        ("segments", [3], "wrong kind"),
        ("model", {"name": "m"}, "revision"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(field, value, named):
    with pytest.raises(MalformedDocument, match=named):
        from_json({**to_json(DOCUMENT), field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 1),
        ("paragraph", "x"),
        ("source", 3),
        ("links", [1]),
        ("issues", [{}]),
        ("score", "x"),
    ],
)
def test_a_segment_of_the_wrong_kind_is_refused(field, value):
    data = to_json(DOCUMENT)
    data["segments"][0][field] = value
    with pytest.raises(MalformedDocument):
        from_json(data)


@pytest.mark.parametrize("number", [float("inf"), 2.0, "2", True, None])
def test_offsets_and_paragraphs_are_whole_numbers(number):
    for place in ("paragraph", "source"):
        data = to_json(DOCUMENT)
        data["segments"][0][place] = number if place == "paragraph" else {"start": 2, "end": number}
        with pytest.raises(MalformedDocument, match="no whole number"):
            from_json(data)


def test_a_severity_is_one_of_those_there_are():
    data = to_json(DOCUMENT)
    data["segments"][0]["issues"][0]["severity"] = "dire"
    with pytest.raises(MalformedDocument, match="'dire' is no severity"):
        from_json(data)


def test_a_missing_field_is_named():
    data = to_json(DOCUMENT)
    del data["segments"][0]["links"]
    with pytest.raises(MalformedDocument, match="links"):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_json_that_is_no_document_is_refused(data):
    with pytest.raises(MalformedDocument):
        from_json(data)


def test_a_document_that_contradicts_itself_is_refused():
    data = to_json(DOCUMENT)
    data["segments"][0]["source"]["end"] = 99
    with pytest.raises(AlignmentError, match="2:99"):
        from_json(data)
