"""Every route with no, wrong and lesser credentials; a route without an entry fails here."""

import re
import shutil
from contextlib import closing
from datetime import timedelta
from itertools import pairwise, product

import pytest

from service.access import control
from service.access.csrf import HEADER
from service.access.permissions import PERMISSIONS
from service.access.tokens import derived, hashed, new_key, new_token
from service.app import create_app
from service.config import Settings
from service.store.opening import open_store
from service.store.people.accounts import add_account, disable_account
from service.store.people.keys import add_key, revoke_key
from service.store.people.records import SCOPES
from service.store.people.sessions import begin_session, end_session
from service.store.records import now
from tests.fakes import FakeEngines, kept

HOUR = timedelta(hours=1)
APP = create_app(Settings(), FakeEngines(), kept())
ROUTES = sorted(
    (rule.endpoint, method, re.sub(r"<.*?>", "x", rule.rule))
    for rule in APP.url_map.iter_rules()
    for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
)
# Written out once more, so that a change of either is a choice.
GRANTED = {
    "reader": {"read"},
    "translator": {"read", "translate", "jobs"},
    "reviewer": {"read", "translate", "jobs", "review"},
    "admin": {"read", "translate", "jobs", "review", "metrics", "admin"},
}


@pytest.fixture(scope="module")
def store(empty, tmp_path_factory):
    with closing(open_store(shutil.copy(empty, tmp_path_factory.mktemp("routes")))) as store:
        yield store


@pytest.fixture(scope="module")
def people(store):
    return {role: add_account(store, role, role) for role in reversed(GRANTED)}


@pytest.fixture(scope="module")
def app(store, people):
    with pytest.MonkeyPatch.context() as patch:
        # Not what is tried here, where thousands of requests are made in a minute.
        patch.setattr(control, "SIGNED_IN", 10**6)
        patch.setattr(control, "UNKNOWN", 10**6)
        yield create_app(Settings(), FakeEngines(), store)


@pytest.fixture(scope="module")
def keys(store, people):
    """Keys by role and scope; each is an admin's that has one scope, or a role's that has all."""

    def made(account, scopes, expires=None):
        key, prefix = new_key()
        add_key(store, account.id, "test", prefix, hashed(key), scopes, expires)
        return key

    of_roles = {role: made(people[role], SCOPES) for role in GRANTED}
    return of_roles | {f"only {scope}": made(people["admin"], {scope}) for scope in SCOPES}


@pytest.fixture(scope="module")
def bad_keys(store, people):
    """Keys that are no good, or no good any more."""
    gone = add_account(store, "gone", "admin")
    found = []
    for account, lasts in ((people["admin"], HOUR), (people["admin"], -HOUR), (gone, HOUR)):
        key, prefix = new_key()
        add_key(store, account.id, "test", prefix, hashed(key), SCOPES, now() + lasts)
        found.append(key)
        if not len(found) > 1:
            revoke_key(store, prefix)
    disable_account(store, gone.id)
    return [*found, new_key()[0], "", "vav_", "é", "x" * 10_000]


def refusal(response):
    """Which of ours an answer is, if it is one: its status and what it says."""
    kind = (response.json or {}).get("type", "") if response.is_json else ""
    ours = {"/docs#sign-in-wanted", "/docs#permission-missing", "/docs#token-missing"}
    return (response.status_code, kind.partition("#")[2]) if kind in ours else None


def asked(app, method, path, **headers):
    with app.test_client().open(path, method=method, headers=headers) as response:
        return refusal(response)


def by_key(app, method, path, key):
    return asked(app, method, path, Authorization=f"Bearer {key}")


def by_session(app, store, account, method, path):
    token = new_token()
    begin_session(store, account.id, hashed(token), HOUR)
    client = app.test_client()
    client.set_cookie("visavis-session", token)
    with client.open(path, method=method, headers={HEADER: derived(token, "csrf")}) as response:
        return refusal(response)


def test_every_route_has_an_entry_and_every_entry_a_route():
    assert {endpoint for endpoint, _, _ in ROUTES} == set(PERMISSIONS)


@pytest.mark.parametrize(("endpoint", "method", "path"), ROUTES)
def test_without_credentials_only_public_routes_answer(app, endpoint, method, path):
    if PERMISSIONS[endpoint] == "public":
        assert asked(app, method, path) in (None, (403, "token-missing"))
    else:
        assert asked(app, method, path) == (401, "sign-in-wanted")


@pytest.mark.parametrize(("endpoint", "method", "path"), ROUTES)
def test_wrong_credentials_are_none(app, store, people, bad_keys, endpoint, method, path):
    if PERMISSIONS[endpoint] == "public":
        return
    wanted = (401, "sign-in-wanted")
    assert {by_key(app, method, path, key) for key in bad_keys} == {wanted}
    over = new_token()
    begin_session(store, people["admin"].id, hashed(over), HOUR)
    end_session(store, hashed(over))
    for token in (over, "", "x", hashed(over)):
        assert asked(app, method, path, Cookie=f"visavis-session={token}") == wanted


@pytest.mark.parametrize(("endpoint", "method", "path"), ROUTES)
def test_each_role_is_let_through_where_it_may_and_nowhere_else(
    app, store, people, keys, endpoint, method, path
):
    permission = PERMISSIONS[endpoint]
    for role, granted in GRANTED.items():
        wanted = None if permission in {*granted, "public"} else (403, "permission-missing")
        assert by_session(app, store, people[role], method, path) == wanted
        assert by_key(app, method, path, keys[role]) == wanted


@pytest.mark.parametrize(("endpoint", "method", "path"), ROUTES)
def test_a_key_does_what_its_scope_names_and_nothing_else(app, keys, endpoint, method, path):
    permission = PERMISSIONS[endpoint]
    for scope in SCOPES:
        wanted = None if permission in (scope, "public") else (403, "permission-missing")
        assert by_key(app, method, path, keys[f"only {scope}"]) == wanted


@pytest.mark.parametrize(
    ("endpoint", "method", "path"), [each for each in ROUTES if each[1] != "GET"]
)
def test_a_session_changes_nothing_without_its_token(app, store, people, endpoint, method, path):
    token, other = new_token(), new_token()
    begin_session(store, people["admin"].id, hashed(token), HOUR)
    client = app.test_client()
    client.set_cookie("visavis-session", token)
    for headers in ({}, {HEADER: ""}, {HEADER: derived(other, "csrf")}, {HEADER: token}):
        response = client.open(path, method=method, headers=headers)
        assert refusal(response) == (403, "token-missing")


def test_a_route_without_an_entry_is_open_to_nobody(store, people, keys):
    app = create_app(Settings(), FakeEngines(), store)
    app.get("/new")(lambda: "secret")
    assert asked(app, "GET", "/new") == (401, "sign-in-wanted")
    assert by_key(app, "GET", "/new", keys["admin"]) == (403, "permission-missing")


def test_a_refusal_names_what_is_missing(app, store, people, keys):
    def detail(key):
        headers = {"Authorization": f"Bearer {key}"}
        return app.test_client().post("/v1/translations", headers=headers).json["detail"]

    assert detail(keys["reader"]) == (
        "scope: this needs the permission 'translate'; there is: read"
    )
    token = new_token()
    begin_session(store, people["reader"].id, hashed(token), HOUR)
    client = app.test_client()
    client.set_cookie("visavis-session", token)
    assert client.post("/v1/translations").json["detail"] == (
        "role: this needs the permission 'translate' (translator, reviewer, admin);"
        " there is: reader"
    )


def test_a_bad_key_is_called_one(app, people):
    headers = {"Authorization": "Bearer vav_x"}
    response = app.test_client().get("/v1/models", headers=headers)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Vis-a-vis", error="invalid_token"'


def test_a_password_sent_along_for_a_proxy_is_not_looked_at(app, store, people):
    token = new_token()
    begin_session(store, people["reader"].id, hashed(token), HOUR)
    client = app.test_client()
    client.set_cookie("visavis-session", token)
    assert client.get("/v1/models", auth=("proxy", "password")).status_code == 200


@pytest.mark.parametrize("path", ["/account", "/account/keys"])
def test_an_account_is_its_owners_and_no_keys(app, keys, path):
    headers = {"Authorization": f"Bearer {keys['admin']}"}
    method = "GET" if path == "/account" else "POST"
    response = app.test_client().open(path, method=method, headers=headers)
    assert (response.status_code, response.json["type"]) == (403, "/docs#account-wanted")


def test_roles_are_a_ladder():
    rungs = list(GRANTED.values())
    assert all(lesser < greater for lesser, greater in pairwise(rungs))
    assert set().union(*rungs) == set(SCOPES)
    assert set(PERMISSIONS.values()) <= {"public", *SCOPES}


def test_where_nobody_has_an_account_a_service_for_others_is_closed(empty, tmp_path):
    with closing(open_store(shutil.copy(empty, tmp_path))) as store:
        app = create_app(Settings(host="0.0.0.0"), FakeEngines(), store)
        for endpoint, method, path in ROUTES:
            if PERMISSIONS[endpoint] != "public":
                assert asked(app, method, path) == (401, "sign-in-wanted")
        response = app.test_client().get("/v1/models")
        assert "visavis users add NAME --role admin" in response.json["detail"]


@pytest.mark.parametrize(("scheme", "slash"), list(product(["bearer", "BEARER"], ["", " "])))
def test_a_scheme_is_a_scheme_however_it_is_written(app, keys, scheme, slash):
    headers = {"Authorization": f"{scheme} {keys['only read']}{slash}"}
    assert app.test_client().get("/v1/models", headers=headers).status_code == 200
