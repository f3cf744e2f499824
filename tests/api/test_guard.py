import pytest

from service.api.guard import is_loopback
from service.app import create_app
from service.config import Settings
from tests.fakes import FakeEngines, kept


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "LOCALHOST",
        "visavis.localhost:80",
        "127.0.0.1",
        "127.1.2.3:9",
        "[::1]:8000",
    ],
)
def test_names_of_this_machine_are_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "0.0.0.0",
        "192.168.0.2:8000",
        "[::2]",
        "[::1",
        "notlocalhost",
        "localhost:x@example.org",
    ],
)
def test_other_names_are_not(host):
    assert not is_loopback(host)


@pytest.mark.parametrize("path", ["/healthz", "/v1/models", "/nothing", "/docs"])
def test_a_loopback_service_answers_to_no_other_name(client, path):
    response = client.get(path, headers={"Host": "rebound.example"})
    assert (response.status_code, response.mimetype) == (403, "application/problem+json")


def test_a_service_for_others_answers_to_any_name():
    client = create_app(Settings(host="0.0.0.0"), FakeEngines(), kept()).test_client()
    assert client.get("/healthz", headers={"Host": "translate.example"}).status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_a_page_of_its_own_may_post(client, site):
    headers = {"Sec-Fetch-Site": site}
    response = client.post("/v1/translations", json={"text": "Oui."}, headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://news.example", 403),
        ("http://localhost:81", 403),
        ("http://localhost", 200),
        ("null", 200),
    ],
)
def test_without_a_site_the_origin_says_whose_page_it_is(client, origin, status):
    response = client.post("/v1/translations", json={"text": "Oui."}, headers={"Origin": origin})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/v1/documents/x"),
        ("PATCH", "/v1/claims/x"),
        ("POST", "/v1/documents/x/claims"),
        ("POST", "/documents/x/delete"),
    ],
)
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://news.example"}]
)
def test_nothing_that_is_kept_is_changed_from_another_site(client, method, path, headers):
    response = client.open(path, method=method, headers=headers)
    assert response.status_code == 403


def test_a_link_from_another_site_may_be_followed(client):
    assert client.get("/docs", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/docs", "/docs/api.css"])
def test_every_answer_keeps_a_browser_strict(client, path):
    with client.get(path) as response:
        headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
