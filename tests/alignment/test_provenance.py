import json
from hashlib import sha256

import pytest
from hypothesis import given, settings

from alignment.anchoring import text_sha256
from alignment.errors import MalformedDocument
from alignment.formats import native, provenance
from tests.alignment.samples import BY_PEOPLE, DOCUMENT, MODEL, documents


def test_it_names_the_model_the_texts_and_the_versions():
    assert provenance.to_object(provenance.provenance(DOCUMENT)) == {
        "format_version": 1,
        "tool": "vis-a-vis",
        "tool_version": provenance.project_version(),
        "source_language": "fr",
        "target_language": "en",
        "source_sha256": sha256(DOCUMENT.source.encode("utf-8")).hexdigest(),
        "target_sha256": sha256(DOCUMENT.target.encode("utf-8")).hexdigest(),
        "model": {
            "name": "small",
            "revision": "1",
            "sha256": "ab" * 32,
            "engine": "ctranslate2",
            "decoding": "beam:4|int8",
        },
        "checked": ["hedge_lost"],
    }


@pytest.mark.parametrize("document", [DOCUMENT, BY_PEOPLE])
def test_it_is_read_back(document):
    origin = provenance.provenance(document)
    written = json.loads(json.dumps(provenance.to_object(origin)))
    assert provenance.from_object(written) == origin


@pytest.mark.parametrize("data", [None, [], "text", {}, {"format_version": 1, "model": 5}])
def test_what_is_no_provenance_is_refused(data):
    with pytest.raises(MalformedDocument, match="provenance"):
        provenance.from_object(data)


def test_a_version_that_is_not_installed_is_0(monkeypatch):
    monkeypatch.setattr(provenance, "TOOL", "vis-a-vis-that-is-not-there")
    assert provenance.project_version() == "0"


def test_a_model_signs_on_one_line():
    assert provenance.signature(MODEL) == f"small|1|ctranslate2|beam:4|int8|sha256:{'ab' * 32}"
    assert provenance.signature(None) == "people"


@settings(max_examples=40)
@given(documents())
def test_stamped_json_is_read_back_whole(document):
    written = provenance.as_text(provenance.stamped(document)).encode("utf-8")
    assert native.from_json(json.loads(written)) == document


def test_json_lines_begin_with_the_provenance_and_have_each_text_beside_its_span():
    origin, *lines = provenance.stamped_lines(DOCUMENT)
    assert origin["provenance"]["offset_unit"] == "codepoint"
    assert origin["provenance"]["source_sha256"] == text_sha256(DOCUMENT.source)
    assert [line["id"] for line in lines] == ["s1", "s2", "s3", "s4"]
    assert lines[3]["source"]["text"] == "=1+1"


def test_offsets_in_json_lines_are_in_the_unit_asked_for():
    lines = list(provenance.stamped_lines(DOCUMENT, "utf16"))
    assert lines[0]["provenance"]["offset_unit"] == "utf16"
    # One code point and two UTF-16 units: the emoji before it.
    assert lines[4]["source"]["start"] == DOCUMENT.segments[3].source.start + 1
