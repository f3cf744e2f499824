from contextlib import closing

import pytest

from service.api.stored_schemas import Anchored, Claim, Claims, History
from service.app import create_app
from service.store.opening import open_store
from tests.api.conftest import LIMIT
from tests.fakes import FakeEngines

ARTICLE = "Le 😀 maire a refusé. L’e\u0301te\u0301 commence\u00a0!"
TARGET = ARTICLE.upper()


@pytest.fixture
def client(settings, tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield create_app(settings, FakeEngines(), store).test_client()


@pytest.fixture
def document(client):
    return client.post("/v1/translations", json={"text": ARTICLE, "store": True}).json["id"]


@pytest.fixture
def claim(client, document):
    return mark(client, document, target={"start": 5, "end": 10}, by="Zoé").json["id"]


def mark(client, document, **body):
    return client.post(f"/v1/documents/{document}/claims", json=body)


def test_a_span_of_the_translation_is_marked_with_both_quotes(client, document):
    response = mark(client, document, target={"start": 5, "end": 10}, by="Zoé")
    assert response.status_code == 201
    assert response.headers["Location"] == f"/v1/claims/{response.json['id']}"
    Claim.model_validate_json(response.data)
    given = {
        name: response.json[name]
        for name in ("document", "kind", "side", "span", "verdict", "status", "by")
    }
    assert given == {
        "document": document,
        "kind": "marked",
        "side": "target",
        "span": {"start": 5, "end": 10},
        "verdict": "undecided",
        "status": "active",
        "by": "Zoé",
    }
    assert response.json["source"] == [
        {
            "span": {"start": 5, "end": 10},
            "exact": "maire",
            "prefix": "Le 😀 ",
            "suffix": " a refusé. L’e\u0301te\u0301 commence\u00a0!",
        }
    ]
    assert response.json["target"][0]["exact"] == "MAIRE"
    assert client.get(response.headers["Location"]).json == response.json


def test_a_span_of_the_original_is_marked_too(client, document):
    marked = mark(client, document, source={"start": 13, "end": 19}).json
    assert (marked["side"], marked["source"][0]["exact"]) == ("source", "refusé")
    assert marked["target"][0]["exact"] == "REFUSÉ"


@pytest.mark.parametrize(
    ("unit", "span"),
    [
        ("codepoint", {"start": 21, "end": 28}),
        ("utf16", {"start": 22, "end": 29}),
        ("utf8", {"start": 25, "end": 36}),
    ],
)
def test_spans_are_taken_and_given_in_the_callers_unit(client, document, unit, span):
    marked = mark(client, document, target=span, offset_unit=unit).json
    assert (marked["span"], marked["offset_unit"]) == (span, unit)
    assert marked["target"][0]["exact"] == "L’E\u0301TE\u0301"
    assert marked["source"][0]["span"] == span
    again = client.get(f"/v1/claims/{marked['id']}?offset_unit={unit}").json
    assert again == marked


def test_a_span_that_is_marked_already_is_answered_as_it_is(client, document, claim):
    assert mark(client, document, target={"start": 5, "end": 10}, by="Max").json["id"] == claim


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ({}, "target", None),
        (
            {"target": {"start": 0, "end": 1}, "source": {"start": 0, "end": 1}},
            "target",
            None,
        ),
        ({"target": None}, "target", None),
        ({"target": {"start": 0}}, "target[end]", '{"start": 0}'),
        ({"target": {"start": "0", "end": 1}}, "target[start]", "0"),
        ({"target": {"start": 0, "end": 999}}, "target", "0:999"),
        ({"source": {"start": 9, "end": 2}}, "source", "9:2"),
        ({"source": {"start": 4, "end": 6}, "offset_unit": "utf16"}, "source", "4:6"),
        ({"target": {"start": 4, "end": 5}}, "target", "4:5"),
        ({"target": {"start": 5, "end": 5}}, "target", "5:5"),
        ({"target": {"start": 5, "end": 6}, "by": "\0"}, "by", "U+0000"),
        ({"target": {"start": 5, "end": 6}, "by": "\ud800"}, "by", "\\ud800"),
        ({"target": {"start": 5, "end": 6}, "who": "Zoé"}, "who", "Zoé"),
    ],
)
def test_what_cannot_be_a_claim_is_refused_by_name(client, document, body, field, value):
    response = mark(client, document, **body)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


def test_every_sentence_is_a_claim_and_what_is_marked_comes_after_them(client, document, claim):
    response = client.get(f"/v1/documents/{document}/claims?offset_unit=utf16")
    Claims.model_validate_json(response.data)
    ids = [each["id"] for each in response.json["claims"]]
    assert ids == [f"{document}-s1", f"{document}-s2", claim]
    assert response.json["claims"][1]["source"][0]["span"] == {"start": 22, "end": 40}
    sentence = client.get(f"/v1/claims/{document}-s1").json
    assert (sentence["kind"], sentence["by"]) == ("sentence", "")
    assert sentence["source"][0]["exact"] == "Le 😀 maire a refusé."


def test_a_claim_is_judged_and_its_history_tells(client, claim):
    path = f"/v1/claims/{claim}"
    judged = client.patch(path, json={"verdict": "unfaithful", "by": "Max"})
    assert (judged.status_code, judged.json["verdict"]) == (200, "unfaithful")
    withdrawn = client.patch(path, json={"status": "withdrawn", "by": "Zoé"}).json
    assert (withdrawn["verdict"], withdrawn["status"]) == ("unfaithful", "withdrawn")
    assert client.get(path).json == withdrawn
    response = client.get(f"{path}/history")
    History.model_validate_json(response.data)
    told = [
        (each["by"], each["action"], each["before"], each["after"])
        for each in response.json["changes"]
    ]
    assert told == [
        ("Zoé", "created", None, {"side": "target", "start": 5, "end": 10}),
        ("Max", "judged", {"verdict": "undecided"}, {"verdict": "unfaithful"}),
        ("Zoé", "judged", {"status": "active"}, {"status": "withdrawn"}),
    ]


def test_a_sentence_can_be_judged(client, document):
    path = f"/v1/claims/{document}-s2"
    assert client.get(f"{path}/history").json["changes"] == []
    client.patch(path, json={"verdict": "faithful"})
    assert client.get(path).json["verdict"] == "faithful"


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ({}, "verdict", None),
        ({"by": "Zoé"}, "verdict", None),
        ({"verdict": "true"}, "verdict", "true"),
        ({"verdict": None}, "verdict", None),
        ({"status": "gone"}, "status", "gone"),
        ({"verdict": "faithful", "by": "x" * 201}, "by", "x" * 79 + "…"),
        ({"verdict": "faithful", "by": "a\0"}, "by", "U+0000"),
    ],
)
def test_a_judgement_that_is_none_is_refused_by_name(client, claim, body, field, value):
    response = client.patch(f"/v1/claims/{claim}", json=body)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


@pytest.mark.parametrize(
    ("text", "outcome", "spans"),
    [
        (ARTICLE, "exact", [{"start": 5, "end": 10}]),
        ("Hier 😀, le maire a dit oui.", "moved", [{"start": 11, "end": 16}]),
        (
            "Le maire a vu le maire.",
            "ambiguous",
            [{"start": 3, "end": 8}, {"start": 17, "end": 22}],
        ),
        ("Le Maire, les maires.", "orphaned", []),
        ("", "orphaned", []),
    ],
)
def test_a_quote_is_found_in_a_changed_text_for_certain_or_not_at_all(
    client, claim, text, outcome, spans
):
    response = client.post(f"/v1/claims/{claim}/anchor", json={"text": text})
    assert response.status_code == 200
    Anchored.model_validate_json(response.data)
    assert response.json["quotes"] == [{"exact": "maire", "outcome": outcome, "spans": spans}]


def test_a_changed_translation_is_searched_in_the_callers_unit(client, claim):
    body = {"text": "😀😀 MAIRE", "side": "target", "offset_unit": "utf16"}
    found = client.post(f"/v1/claims/{claim}/anchor", json=body).json
    assert found["quotes"][0]["spans"] == [{"start": 5, "end": 10}]


@pytest.mark.parametrize(
    ("body", "status", "field", "value"),
    [
        ({}, 422, "text", "{}"),
        ({"text": "a\0"}, 422, "text", "U+0000"),
        ({"text": "a\ud800"}, 422, "text", "U+D800"),
        ({"text": "x" * (LIMIT + 1)}, 413, "text", str(LIMIT + 1)),
        ({"text": "a", "side": "left"}, 422, "side", "left"),
    ],
)
def test_a_text_that_cannot_be_searched_is_refused_by_name(
    client, claim, body, status, field, value
):
    response = client.post(f"/v1/claims/{claim}/anchor", json=body)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 303),
        ("text/html;q=0.5, application/json", 200),
    ],
)
def test_a_browser_is_sent_on_to_the_page(client, claim, accept, status):
    response = client.get(f"/v1/claims/{claim}", headers={"Accept": accept})
    assert (response.status_code, response.headers["Vary"]) == (status, "Accept")
    assert response.headers.get("Location") == (f"/claims/{claim}" if status == 303 else None)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"verdict": "faithful"}),
        ("GET", "/history", None),
        ("POST", "/anchor", {"text": "a"}),
    ],
)
@pytest.mark.parametrize("claim", ["a" * 26, f"{'a' * 26}-s1", "😀"])
def test_a_claim_that_is_not_there_is_named(client, method, path, body, claim):
    response = client.open(f"/v1/claims/{claim}{path}", method=method, json=body)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert (response.json["type"], response.json["field"]) == ("/docs#no-such-claim", "claim")


def test_a_sentence_beyond_the_last_is_no_claim(client, document):
    assert client.get(f"/v1/claims/{document}-s3").status_code == 404
    assert client.get(f"/v1/claims/{document}-s999999999").status_code == 404


def test_no_claim_is_marked_in_a_document_that_is_not_there(client):
    response = mark(client, "a" * 26, target={"start": 0, "end": 1})
    assert (response.status_code, response.json["field"]) == (404, "document")


@pytest.mark.parametrize("path", ["/v1/documents/{}/claims", "/v1/claims/{}-s1/anchor"])
def test_only_json_without_a_query_is_taken(client, document, path):
    path = path.format(document)
    response = client.post(path, data=b"a", content_type="text/plain")
    assert (response.status_code, response.json["field"]) == (415, "Content-Type")
    response = client.post(f"{path}?side=source", json={})
    assert (response.status_code, response.json["field"]) == (422, "side")
