"""What a real browser makes of texts that would be programs, and of the pages of people."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from service.store.people.accounts import end_sessions
from tests.access.conftest import PASSWORD
from tests.access.test_security_content import attacked
from tests.browser import served

pytestmark = pytest.mark.browser
__all__ = ["attacked"]


def test_nothing_that_an_article_says_runs(app, attacked, page):
    document, claim = attacked
    page.on("dialog", lambda dialog: page.console.append("it ran"))
    with served(app) as url:
        for path in (f"/documents/{document}", f"/claims/{claim}", f"/documents/{document}/report"):
            page.goto(url + path)
            page.wait_for_load_state("networkidle")
            assert "alert(1)" in page.inner_text("body").lower()
        page.goto(f"{url}/documents")
        assert page.locator("img[src='x'], main script").count() == 0


def test_somebody_signs_in_sees_their_account_and_signs_out(app, people, page):
    with served(app) as url:
        page.goto(f"{url}/people")
        assert page.url.startswith(f"{url}/sign-in")
        assert_accessible(page)
        page.get_by_label("Name").fill("admin")
        page.get_by_label("Password").fill("a wrong password")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        assert page.get_by_role("alert").inner_text() == "The name or the password is not right."
        # The browser says so of every answer that is none of success.
        assert "422" in page.console.pop()
        assert_accessible(page)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Password").press("Enter")
        page.wait_for_url(f"{url}/people")
        assert_accessible(page)
        page.goto(f"{url}/account")
        page.get_by_text("Make a key").click()
        page.get_by_label("Title").fill("CMS")
        page.get_by_role("button", name="Make it").click()
        assert page.locator(".shown code").first.inner_text().startswith("vav_")
        assert_accessible(page)
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.wait_for_url(f"{url}/sign-in")
        page.wait_for_load_state("networkidle")


def test_an_article_outlives_the_session_that_it_was_typed_in(app, store, people, page):
    with served(app) as url:
        sign_in(page, url)
        page.fill("#text", "Il neige.")
        end_sessions(store, people["admin"].id)
        page.get_by_role("button", name="Translate", exact=True).click()
        page.wait_for_selector("text=Your text is still here: sign in on another tab")
        other = page.context.new_page()
        sign_in(other, url)
        page.get_by_role("button", name="Translate", exact=True).click()
        page.wait_for_selector("#result .ladder")
        assert page.inner_text("[data-text=target]").strip() == "IL NEIGE."
        # The browser says so of every answer that is none of success.
        assert [re.search(r"\b40\d\b", each)[0] for each in page.console] == ["401", "403"]
        page.console.clear()


def sign_in(page, url):
    page.goto(f"{url}/sign-in")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url(f"{url}/")


def test_the_pages_of_people_fit_a_phone(app, people, chromium, page):
    page.set_viewport_size({"width": 360, "height": 740})
    with served(app) as url:
        sign_in(page, url)
        for path in ("/people", "/account"):
            page.goto(url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 360
        page.wait_for_load_state("networkidle")


def assert_accessible(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
