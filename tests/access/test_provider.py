from time import time

import pytest

from service.access.provider import check_provider
from service.app import create_app
from service.config import BadSetting, Settings
from service.store.people.accounts import disable_account, set_email
from tests.access.conftest import HTML, Browser
from tests.access.provider import CLIENT, SECRET, providing
from tests.fakes import FakeEngines

pytest.importorskip("joserfc")

BACK = "/sign-in/provider/back"


@pytest.fixture(scope="module")
def running():
    with providing() as provider:
        yield provider


@pytest.fixture
def provider(running):
    address = running.issuer
    vars(running).clear()
    running.__init__(address)
    return running


@pytest.fixture
def settings(tmp_path, provider):
    return Settings(
        models=tmp_path,
        oidc_issuer=provider.issuer,
        oidc_client=CLIENT,
        oidc_secret=SECRET,
    )


@pytest.fixture
def known(people, store):
    return set_email(store, people["reader"].id, "reader@example.org")


def signs_in(browser, provider, **query):
    """Go to the provider and come back with its answer, `query` over it."""
    asked = browser.get("/sign-in/provider", query_string={"next": "/account"})
    return browser.get(BACK, query_string=provider.ask(asked.location) | query)


def is_in(browser):
    return browser.get("/account").status_code == 200


def test_whoever_the_provider_verifies_and_an_admin_has_added_is_in(browser, provider, known):
    assert "Sign in with your organisation" in browser.get("/sign-in").text
    response = signs_in(browser, provider)
    assert (response.status_code, response.location) == (303, "/account")
    assert "<h1>reader</h1>" in browser.get("/account").text


def test_the_question_is_asked_with_pkce_state_and_nonce(browser, provider, known):
    signs_in(browser, provider)
    asked = provider.question
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == f"http://localhost{BACK}"
    secrets = {asked["state"], asked["nonce"], asked["code_challenge"]}
    assert len(secrets) == 3
    assert provider.asked[0]["code_verifier"] not in secrets


def test_each_question_is_another(browser, provider, known):
    signs_in(browser, provider)
    first = provider.question
    signs_in(browser, provider)
    assert not set(first.values()) & {provider.question[each] for each in ("state", "nonce")}


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"nbf": int(time()) + 3600},
        {"sub": None},
    ],
)
def test_who_is_not_verified_for_us_just_now_is_not_let_in(browser, provider, known, claims):
    provider.claims |= claims
    response = signs_in(browser, provider)
    assert response.status_code == 403
    assert not is_in(browser)


@pytest.mark.parametrize("trick", ["sign_with_what_is_public", "sign_not_at_all"])
def test_a_signature_that_anybody_can_make_is_none(browser, provider, known, trick):
    provider.sign = getattr(provider, trick)
    assert signs_in(browser, provider).status_code == 403


def test_a_signature_by_somebody_else_is_none(browser, provider, known):
    other = type(provider)(provider.issuer)
    provider.signer = other.key
    assert signs_in(browser, provider).status_code == 403


@pytest.mark.parametrize("query", [{"state": "x"}, {"state": ""}, {"code": "x"}, {"error": "no"}])
def test_an_answer_that_was_not_asked_for_is_refused(browser, provider, known, query):
    response = signs_in(browser, provider, **query)
    assert response.status_code == (303 if "error" in query else 403)
    assert is_in(browser) == ("error" in query)


def test_nobody_is_signed_in_by_a_link_that_somebody_else_began(app, browser, provider, known):
    answer = provider.ask(browser.get("/sign-in/provider").location)
    victim = Browser(app.test_client())
    assert victim.get(BACK, query_string=answer).status_code == 403
    assert not is_in(victim)


def test_somebody_stays_who_they_are_when_their_address_passes_on(
    browser, provider, known, people, store
):
    signs_in(browser, provider)
    provider.claims |= {"sub": "43"}
    assert signs_in(browser, provider).status_code == 403
    provider.claims |= {"sub": "42", "email": "new@example.org"}
    assert signs_in(browser, provider).status_code == 303


def test_a_disabled_account_is_not_let_in(browser, provider, known, store):
    signs_in(browser, provider)
    disable_account(store, known.id)
    assert signs_in(browser, provider).status_code == 403
    assert not is_in(browser)


def test_a_provider_of_another_name_is_not_asked(browser, provider, known):
    provider.described = {"issuer": "https://evil.example"}
    assert browser.get("/sign-in/provider").status_code == 403


def test_a_provider_that_is_away_is_said_to_be(store, people, tmp_path):
    settings = Settings(models=tmp_path, oidc_issuer="http://127.0.0.1:1", oidc_client=CLIENT)
    browser = Browser(create_app(settings, FakeEngines(), store).test_client())
    assert browser.get("/sign-in/provider").status_code == 403


def test_without_a_provider_there_is_none(store, people, tmp_path):
    client = create_app(Settings(models=tmp_path), FakeEngines(), store).test_client()
    assert "organisation" not in client.get("/sign-in", headers=HTML).text
    assert client.get("/sign-in/provider", headers=HTML).status_code == 403
    assert client.get(f"{BACK}?code=x&state=x", headers=HTML).status_code == 403


@pytest.mark.parametrize("issuer", ["http://id.example", "ftp://id.example", "id.example"])
def test_a_provider_has_to_be_reached_by_tls(issuer):
    with pytest.raises(BadSetting, match="no https address"):
        check_provider(Settings(oidc_issuer=issuer, oidc_client=CLIENT))
    check_provider(Settings())
    check_provider(Settings(oidc_issuer="https://id.example", oidc_client=CLIENT))
