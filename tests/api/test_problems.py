import io

import pytest
import structlog

from service.app import create_app
from service.errors import Overloaded
from tests.fakes import FakeEngines, WordByWord, kept

PATH = "/v1/translations"
KEYS = {"type", "title", "status", "detail", "field", "value"}
JSON = "application/json"


def refused(**request):
    """The request that is sent, to be read in a parametrize."""
    return request


@pytest.mark.parametrize(
    ("request_with", "status", "kind", "field", "value"),
    [
        (refused(json={"text": ""}), 422, "article-rejected", "text", ""),
        (refused(json={"text": " \n\u00a0"}), 422, "article-rejected", "text", " \n\u00a0"),
        (refused(json={"paragraphs": []}), 422, "article-rejected", "paragraphs", ""),
        (refused(data=b"", content_type="text/plain"), 422, "article-rejected", "body", ""),
        (refused(json={"text": "x" * 1001}), 413, "article-too-long", "text", "1001"),
        (
            refused(data=b"x" * 100_000, content_type="text/plain"),
            413,
            "body-too-large",
            "body",
            "100000",
        ),
        (
            refused(json={"text": "Oui.", "source_language": "br"}),
            422,
            "unsupported-pair",
            "target_language",
            "br-en",
        ),
        (
            refused(data=b'{"text": }', content_type=JSON),
            400,
            "malformed-body",
            "body",
            "}",
        ),
        (refused(data=b"", content_type=JSON), 400, "malformed-body", "body", ""),
        (refused(data=b"[" * 99_000, content_type=JSON), 413, "body-too-large", "body", "99000"),
        (refused(data=b"[" * 70_000, content_type=JSON), 400, "malformed-body", "body", None),
        (refused(data=b"1" * 5_000, content_type=JSON), 400, "malformed-body", "body", None),
        (refused(data=b'{"text": NaN}', content_type=JSON), 400, "malformed-body", "body", "NaN"),
        (refused(data=b"[1]", content_type=JSON), 422, "field-rejected", "body", "[1]"),
        (
            refused(data="été".encode("latin-1"), content_type="text/plain"),
            400,
            "malformed-body",
            "body",
            "e9",
        ),
        (
            refused(data={"file": (io.BytesIO(b"d\xff"), "a.txt")}),
            400,
            "malformed-body",
            "body",
            "ff",
        ),
        (
            refused(data={"file": (io.BytesIO(b"PK\x03\x04\xff"), "a.docx")}),
            422,
            "damaged-file",
            "file",
            "a.docx",
        ),
        (
            refused(data=b"x", content_type="multipart/form-data"),
            400,
            "malformed-body",
            "body",
            None,
        ),
        (
            refused(data=b"x", content_type="multipart/form-data; boundary=b"),
            400,
            "malformed-body",
            "body",
            None,
        ),
        (
            refused(data=b"x", content_type="application/pdf"),
            415,
            "wrong-content-type",
            "Content-Type",
            "application/pdf",
        ),
        (refused(data=b"x"), 415, "wrong-content-type", "Content-Type", ""),
        (
            refused(data=b"x", content_type="text/plain; charset=latin1"),
            415,
            "wrong-charset",
            "Content-Type",
            "latin1",
        ),
        (
            refused(json={"text": "Oui.", "qualty": "best"}),
            422,
            "field-rejected",
            "qualty",
            "best",
        ),
        (refused(json={"text": 5}), 422, "field-rejected", "text", "5"),
        (refused(json={"text": None}), 422, "field-rejected", "text", None),
        (refused(json={"paragraphs": "Oui."}), 422, "field-rejected", "paragraphs", "Oui."),
        (refused(json={"paragraphs": ["a", 1]}), 422, "field-rejected", "paragraphs[1]", "1"),
        (refused(json={"text": "a", "quality": "top"}), 422, "field-rejected", "quality", "top"),
        (
            refused(json={"text": "a", "quality": "\ud800"}),
            422,
            "field-rejected",
            "quality",
            "\\ud800",
        ),
        (refused(json={"text": "a", "paragraphs": ["b"]}), 422, "field-rejected", "text", None),
        (refused(json={}), 422, "field-rejected", "text", None),
        (refused(json={"text": "a\ud800"}), 422, "article-rejected", "text", "U+D800"),
        (refused(json={"text": "a\0"}), 422, "article-rejected", "text", "U+0000"),
        (
            refused(json={"paragraphs": ["a", "b\udc00"]}),
            422,
            "article-rejected",
            "paragraphs[1]",
            "U+DC00",
        ),
        (refused(json={"\ud800": 1}), 422, "field-rejected", "\\ud800", "1"),
        (
            refused(data=b'{"text": "a", "text": "b"}', content_type=JSON),
            422,
            "field-rejected",
            "text",
            "b",
        ),
        (
            refused(data={"text": ["a", "b"]}, content_type="multipart/form-data"),
            422,
            "field-rejected",
            "text",
            "b",
        ),
        (
            refused(json={"text": "a"}, query_string="quality=best&quality=fast"),
            422,
            "field-rejected",
            "quality",
            "fast",
        ),
        (
            refused(json={"text": "a", "quality": "best"}, query_string="quality=fast"),
            422,
            "field-rejected",
            "quality",
            "fast",
        ),
        (
            refused(json={"text": "a"}, query_string="text=b"),
            422,
            "field-rejected",
            "text",
            "b",
        ),
        (
            refused(json={"text": "a"}, headers={"Sec-Fetch-Site": "cross-site"}),
            403,
            "foreign-request",
            "Sec-Fetch-Site",
            "cross-site",
        ),
        (
            refused(json={"text": "a"}, headers={"Host": "news.example"}),
            403,
            "foreign-request",
            "Host",
            "news.example",
        ),
    ],
)
def test_a_refusal_names_field_and_value(client, request_with, status, kind, field, value):
    response = client.post(PATH, **request_with)
    problem = response.json
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert problem.keys() == KEYS
    assert (problem["type"], problem["status"]) == (f"/docs#{kind}", status)
    assert (problem["field"], problem["value"]) == (field, value)


@pytest.mark.parametrize(
    ("request_with", "detail"),
    [
        (refused(json={"text": "x" * 1001}), "1001 characters are more than the limit of 1000"),
        (refused(json={"text": "Oui.", "target_language": "br"}), "the pairs there are: fr-en"),
        (
            refused(data=b'{"text":\n }', content_type=JSON),
            "at character 10 (line 2, column 2): Expecting value",
        ),
        (refused(data=b"ab\xff", content_type="text/plain"), "no valid UTF-8 at byte 2"),
        (refused(json={"text": "😀a\0"}), "the character at code point 2 is NUL"),
        (refused(data=b"x"), "application/json, text/plain, multipart/form-data"),
        (refused(json={"qualty": ""}), "the fields there are: source_language, target_language"),
        (refused(data=b"x" * 100_000, content_type="text/plain"), "the limit of 77536 bytes"),
    ],
)
def test_a_refusal_says_what_would_do(client, request_with, detail):
    assert detail in client.post(PATH, **request_with).json["detail"]


def test_a_long_value_is_shortened(client):
    problem = client.post(PATH, json={"text": "Oui.", "x" * 500: "y" * 500}).json
    assert problem["field"] == "x" * 79 + "…"
    assert problem["value"] == "y" * 79 + "…"


@pytest.mark.parametrize("path", ["/nothing", "/v1//models", "/v1/translations/", "/docs/../x"])
def test_an_unknown_path_is_a_problem(client, path):
    response = client.get("/", environ_overrides={"PATH_INFO": path})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert response.json == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": f"there is nothing at {path}",
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/documents/%00"),
        ("DELETE", "/v1/documents/a%00b"),
        ("PATCH", "/v1/claims/%00"),
        ("GET", "/claims/%00"),
    ],
)
def test_a_path_with_nul_leads_nowhere(client, method, path):
    response = client.open(path, method=method)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_a_wrong_method_is_told_the_right_ones(client):
    response = client.delete(PATH)
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert response.json["detail"] == "DELETE is not among the methods here: OPTIONS, POST"


class Broken(WordByWord):
    """An engine that fails with whatever it is given."""

    def __init__(self, error):
        self.error = error

    def translate(self, sentences, quality="best", on_progress=None, choice=None):
        raise self.error


def test_an_unexpected_error_tells_nothing_of_the_inside(settings):
    client = create_app(settings, FakeEngines(Broken(RuntimeError("secret"))), kept()).test_client()
    response = client.post(PATH, json={"text": "Oui."})
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert response.json == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "the service failed; its log says where, under the id in X-Request-Id",
    }


def test_an_unexpected_error_is_logged_with_its_place_and_without_the_article(settings):
    engines = FakeEngines(Broken(RuntimeError("Un secret.")))
    client = create_app(settings, engines, kept()).test_client()
    with structlog.testing.capture_logs() as logs:
        client.post(PATH, json={"text": "Un secret."})
    failure = next(entry for entry in logs if entry["log_level"] == "error")
    assert "RuntimeError" in failure["traceback"]
    assert "in translate_article" in failure["traceback"]
    assert "secret" not in str([entry for entry in logs if entry["log_level"] != "debug"])


def test_a_service_that_is_overloaded_says_when_to_come_back(settings):
    client = create_app(settings, FakeEngines(Broken(Overloaded("too much"))), kept()).test_client()
    response = client.post(PATH, json={"text": "Oui."})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.json["type"] == "/docs#overloaded"
