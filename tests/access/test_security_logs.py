"""No secret is in the log, whatever is done with it."""

import pytest
import structlog

from service.app import create_app
from service.config import Settings
from tests.access.conftest import PASSWORD, Browser
from tests.access.provider import CLIENT, CODE, SECRET, providing
from tests.access.test_people_pages import NEW, path, shown
from tests.fakes import FakeEngines

pytest.importorskip("joserfc")


def test_no_secret_is_logged(tmp_path, store, people):
    with providing() as provider, structlog.testing.capture_logs() as logs:
        settings = Settings(
            models=tmp_path,
            oidc_issuer=provider.issuer,
            oidc_client=CLIENT,
            oidc_secret=SECRET,
        )
        secrets = used(create_app(settings, FakeEngines(), store), provider)
    assert {"signed in", "sign-in refused", "key made", "password link"} <= {
        entry["event"] for entry in logs
    }
    assert len(secrets) == 15
    assert [secret for secret in secrets if secret in str(logs)] == []


def used(app, provider):
    """Do all that is done with secrets, and say what they were."""
    browser = Browser(app.test_client())
    browser.sign_in("admin", "a wrong password")
    browser.sign_in("a password as name", "a wrong password")
    browser.sign_in("admin")
    first = browser.cookie()
    changed = {"old": PASSWORD, "password": NEW}
    browser.post("/account/password", changed, at="/account")
    key = shown(browser.post("/account/keys", {"title": "CMS", "scope": "read"}, at="/account"))
    for shown_key in (key, "vav_0123456789_wrong"):
        app.test_client().get("/v1/models", headers={"Authorization": f"Bearer {shown_key}"})
    form = {"name": "Anne", "role": "reader", "email": "reader@example.org"}
    link = shown(browser.post("/people", form, at="/people"))
    somebody = browser.get("/people").text.partition('action="/people/')[2][:26]
    browser.post(f"/people/{somebody}", {"action": "link"}, at="/people")
    anne = Browser(app.test_client())
    token = link.partition("token=")[2]
    chosen = "another of four words"
    anne.post("/password", {"token": token, "password": chosen}, at=path(link))
    asked = anne.get("/sign-in/provider")
    anne.get("/sign-in/provider/back", query_string=provider.ask(asked.location))
    csrf = anne.token("/account")
    anne.post("/sign-out", at="/account")
    return [
        PASSWORD,
        NEW,
        chosen,
        "a wrong password",
        "a password as name",
        first,
        browser.cookie(),
        key,
        "vav_0123456789_wrong",
        token,
        csrf,
        CODE,
        SECRET,
        provider.question["state"],
        provider.asked[0]["code_verifier"],
    ]
