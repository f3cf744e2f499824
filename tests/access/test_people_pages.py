import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from service.store.people.accounts import find_account, list_accounts
from service.store.people.keys import list_keys
from service.store.people.tables import password_links
from service.store.records import now
from tests.access.conftest import HTML, PASSWORD, Browser

CODE = re.compile(r"<code>([^<]+)</code>")
NEW = "cinq mots vraiment bien choisis"


@pytest.fixture
def admin(browser, people):
    browser.sign_in("admin")
    return browser


def shown(response):
    return CODE.search(response.text)[1].replace("&amp;", "&")


def path(link):
    return link.removeprefix("http://localhost")


def test_the_first_account_is_made_in_the_page_and_closes_the_door(app, browser):
    form = {"name": "Zoé", "role": "admin"}
    response = browser.client.post("/people", data=form, headers=HTML)
    link = shown(response)
    assert browser.get("/people").location == "/sign-in?next=/people"
    given = {"token": link.partition("token=")[2], "password": NEW}
    assert browser.post("/password", given, at=path(link)).location == "/"
    assert browser.get("/people").status_code == 200


def test_the_first_account_has_to_be_an_admins(browser, store):
    response = browser.client.post("/people", data={"name": "Zoé", "role": "reader"}, headers=HTML)
    assert response.status_code == 409
    assert list_accounts(store) == ()


def test_somebody_who_is_added_sets_their_own_password_once(app, admin, store):
    form = {"name": "Anne", "role": "reviewer", "email": "anne@example.org"}
    link = shown(admin.post("/people", form, at="/people"))
    anne = Browser(app.test_client())
    page = anne.get(path(link))
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    token = link.partition("token=")[2]
    weak = anne.post("/password", {"token": token, "password": "short"}, at=path(link))
    assert weak.status_code == 422
    anne.post("/password", {"token": token, "password": NEW}, at=path(link))
    assert "<h1>Anne</h1>" in anne.get("/account").text
    again = Browser(app.test_client())
    assert again.get(path(link)).status_code == 404
    late = again.post("/password", {"token": token, "password": PASSWORD})
    assert late.status_code == 404
    assert again.sign_in("anne", NEW).status_code == 303


def test_a_link_is_good_for_two_days(app, admin, store, people):
    there = f"/people/{people['reader'].id}"
    link = shown(admin.post(there, {"action": "link"}, at="/people"))
    with store.writing() as connection:
        connection.execute(update(password_links).values(ends=now() - timedelta(seconds=1)))
    assert app.test_client().get(path(link), headers=HTML).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"name": "reader", "role": "reader"}, 409),
        ({"name": "", "role": "reader"}, 422),
        ({"name": "a\u202eb", "role": "reader"}, 422),
        ({"name": "a\r\nSet-Cookie: b", "role": "reader"}, 422),
        ({"name": "Paul", "role": "emperor"}, 422),
        ({"name": "Paul", "role": "reader", "email": "nowhere"}, 422),
    ],
)
def test_what_cannot_be_an_account_is_explained(admin, store, form, status):
    before = list_accounts(store)
    response = admin.post("/people", form, at="/people")
    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert list_accounts(store) == before


def test_an_admin_changes_roles_disables_and_enables(admin, people, store):
    there = f"/people/{people['reader'].id}"
    for form, expected in (
        ({"action": "role", "role": "reviewer"}, ("reviewer", False, "")),
        ({"action": "email", "email": "R@example.org"}, ("reviewer", False, "r@example.org")),
        ({"action": "disable"}, ("reviewer", True, "r@example.org")),
        ({"action": "enable"}, ("reviewer", False, "r@example.org")),
    ):
        assert admin.post(there, form, at="/people").status_code == 303
        found = find_account(store, "reader")
        assert (found.role, found.disabled is not None, found.email) == expected


def test_the_last_admin_cannot_lock_everybody_out(admin, people):
    there = f"/people/{people['admin'].id}"
    for form in ({"action": "disable"}, {"action": "role", "role": "reader"}, {"action": "burn"}):
        assert admin.post(there, form, at="/people").status_code in (409, 422)
    assert admin.get("/people").status_code == 200


def test_nobody_is_there_that_is_not(admin):
    assert admin.post("/people/x", {"action": "disable"}, at="/people").status_code == 404


def test_a_key_is_shown_once_and_works_until_it_is_revoked(app, browser, people, store):
    browser.sign_in("translator")
    form = {"title": "CMS", "scope": ["read", "translate"], "days": "90"}
    key = shown(browser.post("/account/keys", form, at="/account"))
    assert re.fullmatch(r"vav_[0-9a-f]{10}_[\w-]{43}", key)
    page = browser.get("/account").text
    assert key not in page
    assert key[:14] in page
    headers = {"Authorization": f"Bearer {key}"}
    client = app.test_client()
    assert (
        client.post("/v1/translations", json={"text": "Oui."}, headers=headers).status_code == 200
    )
    (kept,) = list_keys(store)
    assert (kept.scopes, kept.expires - kept.created > timedelta(days=89)) == (
        {"read", "translate"},
        True,
    )
    assert browser.post(f"/account/keys/{kept.id}/revoke", at="/account").status_code == 303
    assert client.get("/v1/models", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "form",
    [
        {"title": "CMS", "scope": ["read", "admin"]},
        {"title": "CMS"},
        {"title": "", "scope": ["read"]},
        {"title": "a\nb", "scope": ["read"]},
    ],
)
def test_nobody_makes_a_key_that_may_more_than_they_or_has_no_name(browser, people, store, form):
    browser.sign_in("translator")
    assert browser.post("/account/keys", form, at="/account").status_code in (403, 422)
    assert list_keys(store) == ()


def test_nobody_revokes_somebody_elses_key(app, admin, people, store, key_of):
    headers = key_of("reader")
    response = admin.post(f"/account/keys/{list_keys(store)[0].id}/revoke", at="/account")
    assert response.status_code == 404
    assert app.test_client().get("/v1/models", headers=headers).status_code == 200


def test_a_lesser_role_makes_the_keys_lesser(app, admin, people, key_of):
    headers = key_of("reviewer", "read", "translate")
    there = f"/people/{people['reviewer'].id}"
    admin.post(there, {"action": "role", "role": "reader"}, at="/people")
    client = app.test_client()
    assert client.get("/v1/models", headers=headers).status_code == 200
    assert client.post("/v1/translations", json={}, headers=headers).status_code == 403


def test_without_accounts_the_pages_say_how_to_have_some(app):
    client = app.test_client()
    assert "may do everything" in client.get("/sign-in", headers=HTML).text
    assert "Nobody has an account yet" in client.get("/people", headers=HTML).text
    response = client.get("/account", headers=HTML)
    assert response.status_code == 401
