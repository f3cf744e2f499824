import io
import re
from contextlib import closing

import pytest
import structlog

from alignment.formats import xliff
from service.api.documents import disposition, file_stem
from service.api.stored_schemas import Documents, StoredDocument, Trace
from service.app import create_app
from service.documents.exports import EXPORTS
from service.errors import ServiceError
from service.store.documents import save_document
from service.store.errors import StoreBusy, StoreFull
from service.store.opening import open_store
from tests.fakes import FakeEngines, WordByWord
from tests.store.articles import article

# Two UTF-16 units, decomposed accents, a no-break space, a line break of two characters.
ARTICLE = "Le 😀, l’e\u0301te\u0301\u00a0! Fini.\r\nUne fin."
NOWHERE = "a" * 26


class Counting(WordByWord):
    """Counts how often it is asked."""

    asked = 0

    def translate(self, *arguments, **options):
        self.asked += 1
        return super().translate(*arguments, **options)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "visavis.db"


@pytest.fixture
def engine():
    return Counting()


@pytest.fixture
def client(settings, engine, place):
    with closing(open_store(place)) as store:
        yield create_app(settings, FakeEngines(engine), store).test_client()


def keep(client, text=ARTICLE, **options):
    response = client.post("/v1/translations", json={"text": text, "store": True, **options})
    assert response.status_code == 200
    return response.json["id"]


@pytest.mark.parametrize(
    "request_with",
    [
        {"json": {"text": ARTICLE, "store": True, "title": "Été"}},
        {"json": {"text": ARTICLE}, "query_string": {"store": "true", "title": "Été"}},
        {"data": {"text": ARTICLE, "store": "true", "title": "Été"}},
        {
            "data": ARTICLE.encode(),
            "content_type": "text/plain",
            "query_string": "store=true&title=Été",
        },
        {
            "data": {"file": (io.BytesIO(ARTICLE.encode()), "a.txt"), "store": "true"},
            "query_string": {"title": "Été"},
        },
    ],
    ids=["json", "json and query", "form", "plain", "file"],
)
def test_a_translation_is_kept_when_asked_for(client, request_with):
    if "data" in request_with and isinstance(request_with["data"], dict):
        request_with = {**request_with, "content_type": "multipart/form-data"}
    made = client.post("/v1/translations", **request_with).json
    stored = client.get(f"/v1/documents/{made['id']}").json
    assert {name: stored[name] for name in made} == made
    assert (stored["source"], stored["title"]) == (ARTICLE, "Été")


@pytest.mark.parametrize("store", [{}, {"store": False}])
def test_a_translation_is_not_kept_unless_asked_for(client, store):
    made = client.post("/v1/translations", json={"text": ARTICLE, **store}).json
    assert made["id"] is None
    assert client.get("/v1/documents").json == {"documents": [], "next": None}


@pytest.mark.parametrize(
    ("request_with", "field", "value"),
    [
        ({"json": {"text": "Oui.", "store": "true"}}, "store", "true"),
        ({"json": {"text": "Oui.", "store": 1}}, "store", "1"),
        ({"json": {"text": "Oui."}, "query_string": "store=yes"}, "store", "yes"),
        ({"json": {"text": "Oui.", "store": True, "title": "a\0"}}, "title", "U+0000"),
        ({"json": {"text": "Oui.", "store": True, "title": "x" * 301}}, "title", "x" * 79 + "…"),
    ],
)
def test_a_wrong_wish_to_keep_is_refused_by_name(client, request_with, field, value):
    response = client.post("/v1/translations", **request_with)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


def test_the_same_text_with_the_same_options_is_translated_once(client, engine):
    first = client.post("/v1/translations", json={"text": ARTICLE, "store": True}).json
    again = client.post("/v1/translations", json={"text": ARTICLE, "store": True}).json
    assert (again, engine.asked) == (first, 1)


@pytest.mark.parametrize(
    "options",
    [{"quality": "fast"}, {"ignored": "hedge_lost"}, {"text": ARTICLE + " "}],
)
def test_another_text_or_other_options_are_another_document(client, options):
    assert keep(client) != keep(client, **{"text": ARTICLE, **options})


def test_paragraphs_that_make_the_same_text_are_another_document(client):
    ids = {
        client.post("/v1/translations", json={**given, "store": True}).json["id"]
        for given in (
            {"text": "Un.\n\nDeux."},
            {"paragraphs": ["Un.", "Deux."]},
            {"paragraphs": ["Un.\n\nDeux."]},
        )
    }
    assert len(ids) == 3


def test_an_alignment_is_kept_and_found_again(client):
    body = {"source": "Il pleut 😀.", "target": "It rains 😀.", "store": True, "title": "Pluie"}
    first = client.post("/v1/alignments", json=body).json
    assert client.post("/v1/alignments", json=body).json == first
    other = client.post("/v1/alignments", json={**body, "target": "It pours 😀."}).json
    assert other["id"] != first["id"]
    stored = client.get(f"/v1/documents/{first['id']}").json
    assert (stored["target"], stored["title"]) == ("It rains 😀.", "Pluie")


def test_an_alignment_without_a_model_is_kept_too(client):
    body = {"source": "Aa.", "target": "Bb.", "source_language": "br", "store": True}
    made = client.post("/v1/alignments", json=body).json
    stored = client.get(f"/v1/documents/{made['id']}").json
    assert (stored["model"], stored["source_language"]) == (None, "br")


def test_a_stored_document_is_what_its_schema_says(client):
    response = client.get(f"/v1/documents/{keep(client)}?offset_unit=utf16")
    StoredDocument.model_validate_json(response.data)
    assert response.json["segments"][0]["source"] == {"start": 0, "end": 16}
    assert response.json["origin"] == {"media_type": "text/plain", "filename": ""}


def test_what_is_kept_survives_a_restart(settings, place):
    with closing(open_store(place)) as store:
        first = create_app(settings, FakeEngines(), store).test_client()
        document = keep(first, title="Été")
        before = first.get(f"/v1/documents/{document}").json
    with closing(open_store(place)) as store:
        second = create_app(settings, FakeEngines(), store).test_client()
        assert second.get(f"/v1/documents/{document}").json == before
        assert keep(second) == document


def test_documents_are_listed_the_newest_first_a_page_at_a_time(client):
    ids = [keep(client, text=f"Numéro {number}.", title=f"N{number}") for number in range(5)]
    response = client.get("/v1/documents?limit=2")
    Documents.model_validate_json(response.data)
    pages = [response.json]
    while pages[-1]["next"]:
        cursor = pages[-1]["next"]
        pages.append(client.get("/v1/documents", query_string={"limit": 2, "cursor": cursor}).json)
    found = [[each["id"] for each in page["documents"]] for page in pages]
    assert found == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]


@pytest.mark.parametrize("query", ["ete", "ÉTÉ", "fin", "FINI une", "journal"])
def test_a_document_is_found_by_words_of_title_and_texts(client, query):
    document = keep(client, title="Le journal 😀")
    keep(client, text="Autre chose.")
    found = client.get("/v1/documents", query_string={"query": query}).json["documents"]
    assert [each["id"] for each in found] == [document]


def test_a_listed_document_is_shown_by_its_opening(client):
    document = keep(client, text="é" * 300 + ".")
    (found,) = client.get("/v1/documents").json["documents"]
    assert (found["opening"], found["source_length"]) == ("é" * 200, 301)
    assert found["page"] == f"/documents/{document}"


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("limit=0", "limit", "0"),
        ("limit=101", "limit", "101"),
        ("limit=ten", "limit", "ten"),
        ("limit=%2B5", "limit", "+5"),
        ("cursor=AAAA", "cursor", "AAAA"),
        ("cursor=__________8", "cursor", "__________8"),
        ("cursor=%F0%9F%98%80", "cursor", "😀"),
        ("querry=a", "querry", "a"),
        ("limit=2&limit=3", "limit", "3"),
    ],
)
def test_a_wrong_search_is_refused_by_name(client, query, field, value):
    response = client.get(f"/v1/documents?{query}")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


def test_a_deleted_document_is_gone(client):
    document = keep(client, title="Journal")
    claim = client.post(
        f"/v1/documents/{document}/claims", json={"target": {"start": 0, "end": 1}}
    ).json["id"]
    response = client.delete(f"/v1/documents/{document}")
    assert (response.status_code, response.data) == (204, b"")
    assert client.get("/v1/documents?query=journal").json["documents"] == []
    for path in (
        f"/v1/documents/{document}",
        f"/v1/documents/{document}/claims",
        f"/v1/documents/{document}/trace?start=0&end=1",
        f"/v1/documents/{document}/export",
        f"/v1/claims/{claim}",
        f"/v1/claims/{claim}/history",
        f"/v1/claims/{document}-s1",
        f"/documents/{document}",
        f"/claims/{claim}",
    ):
        assert client.get(path).status_code == 404, path
    assert client.delete(f"/v1/documents/{document}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/trace?start=0&end=1"),
        ("GET", "/export?format=tmx"),
        ("GET", "/claims"),
    ],
)
@pytest.mark.parametrize("document", [NOWHERE, "x", "😀"])
def test_a_document_that_is_not_there_is_named(client, method, path, document):
    response = client.open(f"/v1/documents/{document}{path}", method=method)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert (response.json["type"], response.json["field"]) == ("/docs#no-such-document", "document")


@pytest.mark.parametrize(
    ("unit", "start", "end", "source"),
    [
        ("codepoint", 6, 13, {"start": 6, "end": 13}),
        ("utf16", 7, 14, {"start": 7, "end": 14}),
        ("utf8", 9, 20, {"start": 9, "end": 20}),
    ],
)
def test_a_span_is_led_to_its_original_in_the_callers_unit(client, unit, start, end, source):
    query = {"start": start, "end": end, "offset_unit": unit}
    response = client.get(f"/v1/documents/{keep(client)}/trace", query_string=query)
    Trace.model_validate_json(response.data)
    assert response.json["span"]["text"] == "L’E\u0301TE\u0301"
    assert response.json["spans"] == [{**source, "text": "l’e\u0301te\u0301"}]
    assert [each["text"] for each in response.json["sentences"]] == [
        "Le 😀, l’e\u0301te\u0301\u00a0!"
    ]
    assert (response.json["coverage"], response.json["unlinked"]) == (1.0, [])


def test_a_span_of_the_original_is_led_forward(client):
    query = {"side": "source", "start": 16, "end": 20}
    found = client.get(f"/v1/documents/{keep(client)}/trace", query_string=query).json
    assert (found["span"]["text"], found["spans"][0]["text"]) == ("Fini", "FINI")


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("start=0&end=99", "end", "0:99"),
        ("start=5&end=2", "end", "5:2"),
        ("start=4&end=6&offset_unit=utf16", "end", "4:6"),
        ("start=0&end=999999999999999999", "end", "0:999999999999999999"),
        ("start=0&end=99999999999999999999", "end", "99999999999999999999"),
        ("start=-1&end=3", "start", "-1"),
        ("end=3", "start", '{"end": 3}'),
        ("start=0&end=3&side=left", "side", "left"),
        ("start=0&end=3&offset_unit=inch", "offset_unit", "inch"),
    ],
)
def test_a_span_that_is_none_is_refused_by_name(client, query, field, value):
    response = client.get(f"/v1/documents/{keep(client)}/trace?{query}")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert (response.json["field"], response.json["value"]) == (field, value)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_document_is_taken_along_in_every_format(client, name):
    document = keep(client, title="Été : le “bilan” / 😀")
    response = client.get(f"/v1/documents/{document}/export?format={name}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == EXPORTS[name].media_type
    extension = EXPORTS[name].extension
    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=\"_t_   le _bilan_   _.{extension}\"; filename*=UTF-8''"
        f"%C3%89t%C3%A9%20%20%20le%20%E2%80%9Cbilan%E2%80%9D%20%20%20%F0%9F%98%80.{extension}"
    )
    assert response.data


def test_an_xliff_file_says_how_far_the_review_of_each_segment_is(client):
    document = keep(client, "Le lac. Le pont. La ville.", title="states")
    for number, states in {2: ["reviewed"], 3: ["reviewed", "signed_off"]}.items():
        for revision, state in enumerate(states):
            client.patch(
                f"/v1/documents/{document}/segments/{number}",
                json={"revision": revision, "state": state},
            )
    written = client.get(f"/v1/documents/{document}/export?format=xliff").data
    assert list(xliff.states(written).values()) == ["translated", "reviewed", "final"]


def test_a_document_without_a_title_is_named_by_its_text(client):
    response = client.get(f"/v1/documents/{keep(client)}/export")
    assert re.fullmatch(
        r"attachment; filename=\"(vis-a-vis-[0-9a-f]{12}\.json)\"; filename\*=UTF-8''\1",
        response.headers["Content-Disposition"],
    )


def test_an_unknown_format_is_refused_with_those_that_there_are(client):
    response = client.get(f"/v1/documents/{keep(client)}/export?format=exe")
    assert (response.status_code, response.json["field"]) == (422, "format")
    assert "docx" in response.json["detail"]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('a"b;c\\d', "a b;c d"),
        ("line\r\nSet-Cookie: x", "line Set-Cookie  x"),
        ("fdp.exe\u202etxt", "fdp.exe txt"),
        ("x" * 200, "x" * 80),
        ("...", ""),
        ("", ""),
    ],
)
def test_no_title_spoils_the_name_of_a_file(title, stem):
    assert file_stem(title) == stem


def test_the_name_of_a_file_is_safe_in_its_header():
    header = disposition("100 % “sûr”; a\u00a0b.txt")
    assert header == (
        'attachment; filename="100 _ _s_r__ a_b.txt"; '
        "filename*=UTF-8''100%20%25%20%E2%80%9Cs%C3%BBr%E2%80%9D%3B%20a%C2%A0b.txt"
    )


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [(StoreBusy("others have been writing"), 503, "2"), (StoreFull("no room left"), 507, None)],
)
def test_a_store_that_cannot_answers_says_so(client, monkeypatch, error, status, retry):
    def fail(*arguments, **options):
        raise error

    monkeypatch.setattr("service.keeping.save_document", fail)
    response = client.post("/v1/translations", json={"text": "Oui.", "store": True})
    assert isinstance(error, ServiceError)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.headers.get("Retry-After") == retry


def test_a_wrong_method_is_told_the_right_ones(client):
    response = client.put(f"/v1/documents/{keep(client)}")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"DELETE", "GET", "HEAD", "OPTIONS"}


def test_head_answers_as_get_without_the_text(client):
    response = client.head(f"/v1/documents/{keep(client)}")
    assert (response.status_code, response.data) == (200, b"")


def test_nothing_of_a_document_or_a_search_is_in_the_log(client):
    with structlog.testing.capture_logs() as logs:
        document = keep(client, text="Un secret.", title="Confidentiel")
        client.get("/v1/documents?query=secret")
        client.get(f"/v1/documents/{document}/trace?start=0&end=4")
        client.post(
            f"/v1/documents/{document}/claims",
            json={"target": {"start": 3, "end": 9}, "by": "Zoé"},
        )
    assert not re.search("secret|confidentiel|zoé", str(logs), re.IGNORECASE)


def test_an_issue_may_quote_what_no_encoding_carries(settings, tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        document = save_document(store, article())
        client = create_app(settings, FakeEngines(), store).test_client()
        issue = client.get(f"/v1/documents/{document}").json["segments"][0]["issues"][0]
        assert issue["explanation"] == "“…”\0\ud800"
        assert client.get(f"/documents/{document}").status_code == 200
        assert "“…”\ufffd\ufffd" in client.get(f"/claims/{document}-s1").text
