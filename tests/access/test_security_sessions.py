"""Forged forms, fixed sessions, guessed passwords, links that lead elsewhere."""

from datetime import timedelta

import pytest
from flask import request

from service.access.tokens import hashed, new_token
from service.app import create_app
from service.config import Settings
from service.store.people import failures
from service.store.people.accounts import read_account
from service.store.people.sessions import begin_session
from tests.access.conftest import HTML, PASSWORD, Browser
from tests.fakes import FakeEngines

EVIL = "https://evil.example"
SECURE = {"wsgi.url_scheme": "https"}


def test_a_form_without_the_token_of_its_session_changes_nothing(browser, people, store):
    browser.sign_in("admin")
    there = f"/people/{people['reader'].id}"
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "0" * 64}):
        form = {"action": "role", "role": "admin", **token}
        response = browser.client.post(there, data=form, headers=HTML)
        assert response.status_code == 403
        assert "open for too long" in response.text
    assert read_account(store, people["reader"].id).role == "reader"
    assert browser.post(there, {"action": "role", "role": "admin"}, at="/people").status_code == 303
    assert read_account(store, people["reader"].id).role == "admin"


def test_the_token_of_somebody_else_is_none(app, people):
    mine, theirs = Browser(app.test_client()), Browser(app.test_client())
    mine.sign_in("reader")
    theirs.sign_in("reader")
    form = {"csrf_token": theirs.token("/account"), "language": "fr"}
    assert mine.client.post("/account/language", data=form).status_code == 403


def test_the_token_tells_nothing_of_the_session(browser, people):
    browser.sign_in("reader")
    assert browser.cookie() not in browser.get("/account").text


def test_nobody_is_signed_in_by_somebody_elses_form(app, people):
    form = {"name": "reader", "password": PASSWORD}
    response = app.test_client().post("/sign-in", data=form, headers=HTML)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers or "visavis-session" not in str(response.headers)


def test_the_api_takes_no_token_from_a_body(browser, people):
    browser.sign_in("translator")
    token = browser.token("/account")
    form = {"csrf_token": token, "text": "Oui."}
    assert browser.client.post("/v1/translations", data=form).status_code == 403
    headers = {"X-CSRF-Token": token}
    response = browser.client.post("/v1/translations", json={"text": "Oui."}, headers=headers)
    assert response.status_code == 200


def test_a_key_needs_no_token(app, key_of):
    headers = key_of("translator")
    response = app.test_client().post("/v1/translations", json={"text": "Oui."}, headers=headers)
    assert response.status_code == 200


def test_a_cookie_does_not_lend_a_bad_key_its_rights(browser, people):
    browser.sign_in("admin")
    headers = {"Authorization": "Bearer vav_x"}
    assert browser.client.get("/v1/documents", headers=headers).status_code == 401


@pytest.mark.parametrize("planted", ["x" * 43, ""])
def test_signing_in_makes_a_new_session_whatever_the_browser_had(app, people, planted):
    browser = Browser(app.test_client())
    browser.client.set_cookie("visavis-session", planted)
    browser.client.set_cookie("visavis-visit", "planted")
    browser.sign_in("reader")
    assert len(browser.cookie()) == 43
    assert browser.cookie() != planted
    attacker = app.test_client()
    attacker.set_cookie("visavis-session", planted)
    assert attacker.get("/v1/documents").status_code == 401


def test_signing_in_again_ends_the_session_before(app, browser, people, store):
    browser.sign_in("reader")
    first = browser.cookie()
    browser.sign_in("admin")
    attacker = app.test_client()
    attacker.set_cookie("visavis-session", first)
    assert attacker.get("/v1/documents").status_code == 401


def test_a_session_ends_after_its_hours(app, people, store):
    token = new_token()
    begin_session(store, people["reader"].id, hashed(token), timedelta(seconds=-1))
    client = app.test_client()
    client.set_cookie("visavis-session", token)
    assert client.get("/v1/documents").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser, people):
    cookies = browser.sign_in("reader").headers.getlist("Set-Cookie")
    (session,) = [each for each in cookies if each.startswith("visavis-session=")]
    parts = set(session.split("; ")[1:])
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= parts
    assert "Secure" not in parts


def test_over_tls_the_cookie_is_this_hosts_alone(app, people):
    client = app.test_client()
    page = client.get("/sign-in", environ_overrides=SECURE, headers=HTML)
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    (visit,) = page.headers.getlist("Set-Cookie")
    assert visit.startswith("__Host-visavis-visit=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} == set(visit.split("; ")[1:])


def test_a_cookie_of_a_plain_page_is_worth_nothing_over_tls(browser, people):
    browser.sign_in("reader")
    response = browser.client.get("/v1/documents", environ_overrides=SECURE)
    assert response.status_code == 401


@pytest.mark.parametrize(
    "wished",
    [
        EVIL,
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(browser, people, wished):
    assert browser.sign_in("reader", next=wished).location == "/"
    response = browser.get("/sign-in", query_string={"next": wished})
    assert (response.status_code, response.location) == (303, "/")


@pytest.mark.parametrize("wished", ["/", "/documents/x?a=b&c=%2F", "/claims/x-s1", "/é?q=%C3%A9"])
def test_whoever_signs_in_is_where_they_wanted_to_go(browser, people, wished):
    location = browser.sign_in("reader", next=wished).location
    assert location == wished.replace("é", "%C3%A9")


@pytest.fixture
def patient(monkeypatch):
    """The first wait is so long that it is not over before the test is."""
    monkeypatch.setattr(failures, "FIRST_WAIT", timedelta(minutes=1))


@pytest.mark.usefixtures("patient")
def test_guessing_becomes_slow_and_says_when_to_try_again(browser, people):
    answers = [browser.sign_in("reader", f"guess number {each}") for each in range(6)]
    assert [each.status_code for each in answers] == [422] * 5 + [429]
    wait = answers[-1].headers["Retry-After"]
    assert 0 < int(wait) <= 60
    assert f"Try again in {wait} seconds." in answers[-1].text


@pytest.mark.usefixtures("patient")
def test_the_right_password_waits_too_and_so_does_a_name_that_nobody_has(browser, people):
    for name in ("reader", "nobody"):
        for guess in range(5):
            browser.sign_in(name, f"guess number {guess}")
    assert browser.sign_in("reader").status_code == 429
    assert browser.sign_in("nobody").status_code == 429
    assert browser.sign_in("reviewer").status_code == 303


@pytest.mark.usefixtures("patient")
def test_an_address_that_guesses_at_many_names_waits(browser, people):
    for guess in range(20):
        assert browser.sign_in(f"name {guess}", "guess").status_code == 422
    assert browser.sign_in("reader").status_code == 429


@pytest.mark.usefixtures("patient")
def test_another_process_knows_of_the_failures(app, settings, people, store):
    other = Browser(create_app(settings, FakeEngines(), store).test_client())
    here = Browser(app.test_client())
    for guess in range(5):
        (here if guess % 2 else other).sign_in("reader", "guess")
    assert other.sign_in("reader").status_code == 429
    assert here.sign_in("reader").status_code == 429


@pytest.mark.usefixtures("patient")
def test_a_password_that_is_changed_cannot_be_guessed_there_either(browser, people):
    browser.sign_in("reader")
    wrong = {"old": "guess", "password": "cinq mots vraiment bien choisis"}
    answers = [browser.post("/account/password", wrong, at="/account") for _ in range(6)]
    assert answers[-1].status_code == 429


def test_a_key_that_asks_without_end_is_told_to_wait(app, key_of, monkeypatch):
    monkeypatch.setattr("service.access.control.SIGNED_IN", 3)
    headers = key_of("reader")
    client = app.test_client()
    answers = [client.get("/v1/models", headers=headers) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "20"
    assert answers[-1].json["type"] == "/docs#too-many"
    assert client.get("/healthz").status_code == 200


def test_without_accounts_nobody_counts(app, monkeypatch):
    monkeypatch.setattr("service.access.control.UNKNOWN", 1)
    client = app.test_client()
    assert [client.get("/v1/models").status_code for _ in range(3)] == [200] * 3


def test_no_cache_gives_one_readers_answer_to_another(browser, people):
    browser.sign_in("reader")
    response = browser.client.get("/v1/documents")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Authorization"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.parametrize("path", ["/sign-in", "/", "/v1/models", "/healthz", "/nothing"])
def test_every_answer_keeps_a_browser_strict(app, people, path):
    headers = app.test_client().get(path, headers=HTML).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_no_page_may_run_or_style_anything_inline(browser, people):
    browser.sign_in("admin")
    for path in ("/", "/people", "/account", "/sign-in"):
        policy = browser.get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy


HOSTED = {"host": "0.0.0.0", "allowed_hosts": ("translate.example",)}


@pytest.mark.parametrize(
    ("given", "host", "status"),
    [
        (HOSTED, "translate.example", 200),
        (HOSTED, "TRANSLATE.example:443", 200),
        (HOSTED, "127.0.0.1:8000", 200),
        (HOSTED, "evil.example", 403),
        (HOSTED, "translate.example.evil.example", 403),
        (HOSTED, "translate.example@evil.example", 403),
        (HOSTED, "[::1", 403),
        ({"allowed_hosts": ("translate.example",)}, "translate.example", 200),
        ({"allowed_hosts": ("translate.example",)}, "evil.example", 403),
        ({}, "translate.example", 403),
    ],
)
def test_the_service_answers_to_its_own_names(tmp_path, store, given, host, status):
    app = create_app(Settings(models=tmp_path, **given), FakeEngines(), store)
    assert app.test_client().get("/healthz", headers={"Host": host}).status_code == status


FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "translate.example",
}


@pytest.mark.parametrize(
    ("proxies", "seen", "scheme"), [(0, "127.0.0.1", "http"), (1, "198.51.100.7", "https")]
)
def test_as_many_proxies_are_believed_as_there_are(tmp_path, store, people, proxies, seen, scheme):
    settings = Settings(models=tmp_path, proxies=proxies, allowed_hosts=("translate.example",))
    app = create_app(settings, FakeEngines(), store)
    told = []

    @app.after_request
    def note(response):
        told.append((request.remote_addr, request.scheme))
        return response

    app.test_client().get("/healthz", headers=FORWARDED)
    assert told == [(seen, scheme)]
