import pytest

from service.store.people.accounts import disable_account, set_role
from tests.access.conftest import HTML, PASSWORD, Browser

JSON = "application/problem+json"


def test_without_accounts_everything_is_open(app):
    client = app.test_client()
    assert client.get("/", headers=HTML).status_code == 200
    assert client.post("/v1/translations", json={"text": "Oui."}).status_code == 200
    assert client.get("/people", headers=HTML).status_code == 200


def test_without_accounts_no_form_has_a_token_and_no_cookie_is_set(app):
    response = app.test_client().get("/people", headers=HTML)
    assert 'name="csrf_token"' not in response.text
    assert "Set-Cookie" not in response.headers


def test_with_one_account_everybody_has_to_say_who_they_are(app, people):
    response = app.test_client().post("/v1/translations", json={"text": "Oui."})
    assert (response.status_code, response.mimetype) == (401, JSON)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Vis-a-vis"'
    assert response.json["detail"] == "Authorization: sign in, or send an API key"


def test_a_page_asks_to_sign_in_and_then_is_there(browser, people):
    response = browser.get("/documents/x?a=b")
    assert (response.status_code, response.location) == (303, "/sign-in?next=/documents/x?a%3Db")
    assert browser.sign_in("reader", next="/people?x=1").location == "/people?x=1"


def test_a_script_of_a_page_is_told_and_not_sent_to_the_form(app, people):
    for headers in ({**HTML, "Sec-Fetch-Mode": "cors"}, {"Accept": "*/*"}):
        response = app.test_client().get("/documents/x", headers=headers)
        assert (response.status_code, response.mimetype) == (401, JSON)


def test_whoever_signs_in_is_known(browser, people):
    assert browser.sign_in("Reviewer").status_code == 303
    page = browser.get("/account")
    assert page.status_code == 200
    assert "<h1>reviewer</h1>" in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "password"),
    [("reviewer", "quatre mots mal choisis"), ("nobody", PASSWORD), ("", ""), ("a\0", "x")],
)
def test_who_is_not_known_is_not_told_why(browser, people, name, password):
    response = browser.sign_in(name, password)
    assert response.status_code == 422
    assert "The name or the password is not right." in response.text
    assert browser.cookie() is None


def test_a_disabled_account_is_out_at_once(browser, people, store):
    browser.sign_in("reviewer")
    disable_account(store, people["reviewer"].id)
    assert browser.get("/account").location == "/sign-in?next=/account"
    assert browser.sign_in("reviewer").status_code == 422


def test_another_role_holds_at_once(browser, people, store):
    browser.sign_in("reviewer")
    assert browser.get("/people").status_code == 403
    set_role(store, people["reviewer"].id, "admin")
    assert browser.get("/people").status_code == 200


def test_whoever_signs_out_is_out_and_so_is_their_old_cookie(app, browser, people):
    browser.sign_in("reader")
    old = browser.cookie()
    assert browser.post("/sign-out", at="/account").location == "/sign-in"
    assert not browser.cookie()
    other = app.test_client()
    other.set_cookie("visavis-session", old)
    assert other.get("/v1/documents").status_code == 401


def test_signing_out_elsewhere_ends_every_other_session(app, people):
    here, there = Browser(app.test_client()), Browser(app.test_client())
    here.sign_in("reader")
    there.sign_in("reader")
    assert "in 2 places" in here.get("/account").text
    assert here.post("/account/sign-out-everywhere", at="/account").status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_a_new_password_signs_out_everybody_else(app, people):
    here, there = Browser(app.test_client()), Browser(app.test_client())
    here.sign_in("reader")
    there.sign_in("reader")
    new = {"old": PASSWORD, "password": "cinq mots vraiment bien choisis"}
    assert here.post("/account/password", new, at="/account").status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert there.sign_in("reader").status_code == 422
    assert there.sign_in("reader", new["password"]).status_code == 303


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrong", "cinq mots vraiment bien choisis"),
        (PASSWORD, "short"),
        (PASSWORD, "a" * 40),
        (PASSWORD, "READERreader"),
        (PASSWORD, "x1y2z" * 500),
    ],
)
def test_a_password_that_is_wrong_or_weak_changes_nothing(browser, people, old, new):
    browser.sign_in("reader")
    response = browser.post("/account/password", {"old": old, "password": new}, at="/account")
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert browser.sign_in("reader").status_code == 303


def test_the_language_of_an_account_is_kept(browser, people):
    browser.sign_in("reader")
    browser.post("/account/language", {"language": "fr"}, at="/account")
    assert '<html lang="fr">' in browser.get("/account").text
