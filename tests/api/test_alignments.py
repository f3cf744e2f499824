import pytest

from alignment.formats.native import from_json
from service.api import examples
from service.api.schemas import AlignedDocument
from tests.api.conftest import LIMIT

PATH = "/v1/alignments"
SOURCE = "Le phare 😀 de Kermorvan. Il est éteint depuis 1987."
TARGET = "The Kermorvan 😀 lighthouse. It went dark in 1987."


def test_two_texts_come_back_aligned(client):
    response = client.post(PATH, json={"source": SOURCE, "target": TARGET})
    assert (response.status_code, response.mimetype) == (200, "application/json")
    document = from_json(response.json)
    assert [
        (segment.source.of(SOURCE), segment.target.of(TARGET)) for segment in document.segments
    ] == [
        ("Le phare 😀 de Kermorvan.", "The Kermorvan 😀 lighthouse."),
        ("Il est éteint depuis 1987.", "It went dark in 1987."),
    ]
    assert response.json["model"]["name"] == "word-by-word"


def test_an_answer_is_what_its_schema_says(client):
    response = client.post(PATH, json={"source": SOURCE, "target": TARGET + "\n\nAdded."})
    AlignedDocument.model_validate_json(response.data)


def test_a_pair_without_a_model_is_aligned_without_one(client):
    languages = {"source_language": "br", "target_language": "cy"}
    response = client.post(PATH, json={"source": "Aa 1987.", "target": "Bb 1987.", **languages})
    assert response.status_code == 200
    assert (response.json["model"], response.json["source_language"]) == (None, "br")
    AlignedDocument.model_validate_json(response.data)


@pytest.mark.parametrize(("unit", "end"), [("codepoint", 24), ("utf16", 25), ("utf8", 27)])
def test_offsets_count_in_the_unit_that_is_asked_for(client, unit, end):
    body = {"source": SOURCE, "target": TARGET}
    for response in (
        client.post(PATH, json={**body, "offset_unit": unit}),
        client.post(PATH, json=body, query_string={"offset_unit": unit}),
    ):
        assert response.json["segments"][0]["source"] == {"start": 0, "end": end}


def test_each_line_may_be_a_sentence(client):
    body = {"source": "Oui. Non.\nFin.", "target": "Yes. No.\nEnd.", "lines": True}
    segments = client.post(PATH, json=body).json["segments"]
    assert [segment["source"] for segment in segments] == [
        {"start": 0, "end": 9},
        {"start": 10, "end": 14},
    ]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"source": "Oui."}, 422, "target"),
        ({"source": " ", "target": "Yes."}, 422, "source"),
        ({"source": "Oui.", "target": "\n"}, 422, "target"),
        ({"source": "Oui.", "target": "Y\0s."}, 422, "target"),
        ({"source": "x" * (LIMIT + 1), "target": "Yes."}, 413, "source"),
        ({"source": "Oui.", "target": "Yes.", "lines": "yes"}, 422, "lines"),
        ({"source": "Oui.", "target": "Yes.", "quality": "best"}, 422, "quality"),
    ],
)
def test_what_cannot_be_aligned_is_refused_by_name(client, body, status, field):
    response = client.post(PATH, json=body)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.json["field"] == field


def test_only_json_is_taken(client):
    response = client.post(PATH, data=b"Oui.", content_type="text/plain")
    assert (response.status_code, response.json["field"]) == (415, "Content-Type")


def test_the_example_request_is_answered_by_the_example_answer(client):
    response = client.post(PATH, json=examples.ALIGNMENT_REQUEST)
    example = examples.alignment()
    AlignedDocument.model_validate(example, strict=False)
    assert response.json["source"] == example["source"]
    assert response.json.keys() == example.keys()
