import io
import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from alignment.checks.guard import TYPES
from alignment.formats.native import from_json
from alignment.span import Span
from service.api.schemas import AlignedDocument
from service.app import create_app
from service.config import Settings
from tests.documents.samples import PAGE, PROSE, word_file
from tests.fakes import FakeEngines, kept

PATH = "/v1/translations"
HOSTILE = "\ufeffL’e\u0301te\u0301 😀\u00a0!\r\nUne page.Puis\u202f: une autre\u00ad.\n\nש\u200b"


def test_a_json_text_comes_back_aligned(client):
    others = ",".join(each for each in TYPES if each != "hedge_lost")
    response = client.post(PATH, json={"text": "Il pleut.", "ignored": others})
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.json == {
        "id": None,
        "source_language": "fr",
        "target_language": "en",
        "offset_unit": "codepoint",
        "model": {
            "name": "word-by-word",
            "revision": "1",
            "sha256": "0" * 64,
            "engine": "fake",
            "decoding": "quality:best",
        },
        "coverage": {"source": 1.0, "target": 1.0},
        "checked": ["hedge_lost"],
        "fidelity": {
            "segments": 1,
            "flagged": 0,
            "severities": {"critical": 0, "major": 0, "minor": 0},
            "types": {},
            "score": 100.0,
            "not_checked": [each for each in TYPES if each != "hedge_lost"],
        },
        "source": "Il pleut.",
        "target": "IL PLEUT.",
        "segments": [
            {
                "id": "s1",
                "paragraph": 0,
                "source": {"start": 0, "end": 9},
                "target": {"start": 0, "end": 9},
                "score": -0.5,
                "links": [
                    {"source": [0, 2], "target": [0, 2], "score": 1.0},
                    {"source": [3, 8], "target": [3, 8], "score": 1.0},
                ],
                "nulls": [{"target": [0, 2], "mass": 0.0}, {"target": [3, 8], "mass": 0.0}],
                "issues": [],
            }
        ],
    }


def test_an_answer_is_what_its_schema_says(client):
    AlignedDocument.model_validate_json(client.post(PATH, json={"text": HOSTILE}).data)


def test_what_was_lost_is_flagged_where_it_shows(client):
    (segment,) = client.post(PATH, json={"text": "Il aurait refusé."}).json["segments"]
    (issue,) = (each for each in segment["issues"] if each["type"] == "hedge_lost")
    assert (issue["severity"], issue["source_spans"]) == ("major", [[3, 16]])


@pytest.mark.parametrize("where", ["json", "query_string"])
def test_a_type_of_issue_can_be_left_out(client, where):
    request = {"json": {"text": "Il aurait refusé."}}
    request[where] = {**request.get(where, {}), "ignored": "hedge_lost, untranslated"}
    document = client.post(PATH, **request).json
    assert "hedge_lost" not in document["fidelity"]["types"]
    assert "hedge_lost" in document["fidelity"]["not_checked"]


def test_an_unknown_type_of_issue_is_refused_by_name(client):
    response = client.post(PATH, json={"text": "Oui.", "ignored": "hedge_lots"})
    assert response.status_code == 422
    assert (response.json["field"], response.json["value"]) == ("ignored", "hedge_lots")
    assert "'hedge_lots' is no type of issue; there are" in response.json["detail"]


def test_paragraphs_are_joined_by_a_blank_line_and_keep_their_numbers(client):
    paragraphs = ["Un titre", "", "Une page.\nUne ligne."]
    document = from_json(client.post(PATH, json={"paragraphs": paragraphs}).json)
    assert document.source == "Un titre\n\n\n\nUne page.\nUne ligne."
    assert {segment.paragraph for segment in document.segments} == {0, 2}


@pytest.mark.parametrize(
    "request_with",
    [
        lambda text: {"json": {"text": text}},
        lambda text: {"data": text.encode(), "content_type": "text/plain"},
        lambda text: {"data": text.encode(), "content_type": "text/plain; charset=UTF-8"},
        lambda text: {"data": {"file": (io.BytesIO(text.encode()), "article.txt")}},
        lambda text: {"data": {"text": text}, "content_type": "multipart/form-data"},
    ],
    ids=["json", "plain", "plain with charset", "file", "form"],
)
def test_every_character_is_kept_whichever_way_it_comes_in(client, request_with):
    response = client.post(PATH, **request_with(HOSTILE))
    assert response.json["source"] == HOSTILE


@pytest.mark.parametrize(
    ("request_with", "source"),
    [
        ({"json": {"html": PAGE}}, "\n".join(PROSE)),
        ({"data": {"file": (PAGE.encode(), "crue.html")}}, "\n".join(PROSE)),
        ({"data": {"file": (b"# Un **titre**", "a.md")}}, "# Un titre"),
    ],
    ids=["html", "HTML file", "Markdown file"],
)
def test_a_document_is_read_for_its_text(client, request_with, source):
    if file := request_with.get("data", {}).get("file"):
        request_with = {"data": {"file": (io.BytesIO(file[0]), file[1])}}
    response = client.post(PATH, **request_with)
    assert response.status_code == 200
    assert squeezed(response.json["source"]) == squeezed(source)


def squeezed(text):
    return re.sub("[ \n]+", " ", text).strip()


def test_a_word_file_is_read_and_kept_under_its_title(client):
    file = (io.BytesIO(word_file()), "conseil.docx")
    kept = client.post(f"{PATH}?store=true", data={"file": file}).json
    assert "Le maire ne dément pas la nouvelle." in kept["source"]
    stored = client.get(f"/v1/documents/{kept['id']}").json
    assert stored["origin"]["filename"] == "conseil.docx"


@pytest.mark.parametrize(
    ("file", "status", "field"),
    [
        ((b"PK\x03\x04", "conseil.docx"), 422, "file"),
        ((b"<tmx><body/></tmx>", "memoire.tmx"), 422, "file"),
        ((b'{"text": "Oui."}\n{"text": "Non."}\n', "deux.jsonl"), 422, "file"),
    ],
)
def test_a_file_that_is_no_article_is_refused_by_name(client, file, status, field):
    response = client.post(PATH, data={"file": (io.BytesIO(file[0]), file[1])})
    assert (response.status_code, response.json["field"]) == (status, field)
    assert file[1] in response.json["detail"]


def test_one_article_at_a_time(client):
    response = client.post(PATH, json={"text": "Oui.", "html": "<p>Non.</p>"})
    assert response.status_code == 422
    assert "give text or paragraphs or html, and only one of them" in response.json["detail"]


def test_a_text_that_ends_in_line_breaks_keeps_them_in_a_form(client):
    response = client.post(PATH, data={"file": (io.BytesIO(b"\r\nOui.\r\r\n\n"), "a.txt")})
    assert response.json["source"] == "\r\nOui.\r\r\n\n"


def test_a_byte_order_mark_before_json_is_not_text(client):
    body = "\ufeff" + '{"text": "Oui."}'
    response = client.post(PATH, data=body.encode(), content_type="application/json")
    assert response.json["source"] == "Oui."


@pytest.mark.parametrize(("unit", "end"), [("codepoint", 4), ("utf16", 5), ("utf8", 8)])
def test_offsets_count_in_the_unit_that_is_asked_for(client, unit, end):
    response = client.post(PATH, json={"text": "Là😀.", "offset_unit": unit})
    assert response.json["segments"][0]["source"] == {"start": 0, "end": end}


def test_options_may_stand_in_the_query(client):
    query = {"quality": "fast", "offset_unit": "utf8"}
    response = client.post(PATH, data=b"Oui.", content_type="text/plain", query_string=query)
    assert response.json["model"]["decoding"] == "quality:fast"
    assert response.json["offset_unit"] == "utf8"


def test_options_may_stand_in_a_form(client):
    form = {"text": "Oui.", "quality": "fast"}
    response = client.post(PATH, data=form, content_type="multipart/form-data")
    assert response.json["model"]["decoding"] == "quality:fast"


@bounded(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_is_answered_whole_or_refused_as_blank(text):
    client = create_app(Settings(), FakeEngines(), kept()).test_client()
    response = client.post(PATH, json={"text": text, "offset_unit": "utf16"})
    if not text or text.isspace():
        assert response.status_code == 422
    else:
        document = from_json(response.json)
        sides = zip(document.gaps("source"), [*_sources(document), Span(0, 0)], strict=True)
        assert "".join(gap.of(text) + span.of(text) for gap, span in sides) == text


def _sources(document):
    return [segment.source for segment in document.segments]
