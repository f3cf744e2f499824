"""What the head of a page offers, by who reads it."""

import re
from contextlib import closing

import pytest

from service.access.tokens import hashed, new_key
from service.app import create_app
from service.review.languages import COOKIE
from service.store.jobs.reading import list_jobs
from service.store.opening import open_store
from service.store.people.accounts import add_account, set_language
from service.store.people.keys import add_key
from service.store.people.records import GRANTED
from tests.fakes import FakeEngines
from tests.review.engines import Unsure
from tests.review.libraries import stock
from tests.store.jobs import received


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(Unsure()), store).test_client()


@pytest.fixture
def as_role(client, store):
    """Gets a page as somebody of a role, beside an admin."""

    def get(role, path, language=""):
        boss = add_account(store, "Boss", "admin", "no hash")
        account = boss if role == "admin" else add_account(store, "Zoé <b>", role, "no hash")
        set_language(store, account.id, language)
        key, prefix = new_key()
        add_key(store, account.id, "test", prefix, hashed(key), GRANTED[role])
        return client.get(path, headers={"Authorization": f"Bearer {key}"}).text

    return get


def places(page):
    return re.findall(r'<li><a href="(.*?)"', page)


def forms(page):
    return re.findall(r'<form [^>]*action="(.*?)"', page)


def test_a_machine_without_accounts_offers_everything_and_no_sign_out(client):
    page = client.get("/").text
    assert places(page) == ["/", "/documents", "/jobs", "/people"]
    assert "/sign-out" not in forms(page)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("reader", ["/", "/documents", "/jobs", "/account"]),
        ("translator", ["/", "/documents", "/jobs", "/account"]),
        ("reviewer", ["/", "/documents", "/jobs", "/account"]),
        ("admin", ["/", "/documents", "/jobs", "/people", "/account"]),
    ],
)
def test_somebody_with_an_account_is_offered_what_their_role_may(as_role, role, offered):
    page = as_role(role, "/documents")
    assert places(page) == offered
    assert "/sign-out" in forms(page)


def test_a_name_is_no_markup(as_role):
    page = as_role("reader", "/documents")
    assert "Zoé &lt;b&gt;" in page


def test_who_is_not_signed_in_is_offered_to_sign_in(client, store):
    add_account(store, "Boss", "admin", "no hash")
    assert places(client.get("/sign-in").text) == ["/sign-in"]


@pytest.mark.parametrize("path", ["/", "/documents", "/jobs"])
def test_a_reader_is_offered_nothing_that_readers_may_not_do(as_role, path):
    assert set(forms(as_role("reader", path))) <= {"/language", "/sign-out", "/documents"}


def test_a_reader_may_look_at_a_job_and_no_more(as_role, store):
    received(store, ["Il dort."])
    (job,) = list_jobs(store).jobs
    page = as_role("reader", f"/jobs/{job.id}")
    assert set(forms(page)) == {"/language", "/sign-out"}
    assert "/delete" not in page


def test_a_reader_may_read_a_report(as_role, store):
    assert "Still open" in as_role("reader", f"/documents/{stock(store)}/report")


@pytest.mark.parametrize(("chosen", "spoken"), [("", "fr"), ("en", "en"), ("xx", "fr")])
def test_an_account_has_its_language_until_the_browser_is_told_another(
    client, as_role, chosen, spoken
):
    client.set_cookie(COOKIE, chosen)
    page = as_role("reader", "/documents", "fr")
    assert f'<html lang="{spoken}">' in page


def test_every_form_that_changes_something_carries_the_token(as_role):
    page = as_role("admin", "/jobs")
    posting = re.findall(r'<form [^>]*method="post".*?</form>', page, re.DOTALL)
    assert len(posting) == 3
    assert [form for form in posting if 'name="csrf_token"' not in form] == []
