"""The bench where there are accounts: who may do what on it, and in whose name it is kept."""

import shutil
from contextlib import closing

import pytest

from service.app import create_app
from service.store.claims import read_claim
from service.store.history import read_history
from service.store.identifiers import sentence_claim_id
from service.store.opening import open_store
from service.store.people.accounts import add_account, end_sessions
from service.store.people.records import ROLES
from service.store.reviews.changes import change_state
from service.store.reviews.comments import add_comment, comments_of
from service.store.reviews.reading import read_segment
from tests.access.conftest import PASSWORD, empty, kept_password, quick_hashes
from tests.browser import served
from tests.fakes import FakeEngines
from tests.review.benches import fresh, press, saved, state_of, visiting_with_refusals
from tests.review.engines import Unsure

pytestmark = pytest.mark.browser
__all__ = ["empty", "kept_password", "quick_hashes"]

# What the page sends for what it has no button for.
FORBIDDEN = """async ([path, body]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": token };
  return (await fetch(path, { method: "PATCH", headers, body: JSON.stringify(body) })).status;
}"""


@pytest.fixture(scope="module")
def store(empty, tmp_path_factory):
    with closing(open_store(shutil.copy(empty, tmp_path_factory.mktemp("bench")))) as store:
        yield store


@pytest.fixture(scope="module")
def people(store, kept_password):
    """One of each role, by role; their names are those of their roles."""
    return {role: add_account(store, role, role, kept_password) for role in reversed(ROLES)}


@pytest.fixture(scope="module")
def url(settings, store, people):
    with served(create_app(settings, FakeEngines(Unsure()), store)) as address:
        yield address


@pytest.fixture
def document(store):
    return fresh(store=store)


@pytest.fixture
def page(chromium):
    with visiting_with_refusals(chromium) as page:
        yield page


@pytest.fixture
def segment(store, document):
    return lambda number=1: read_segment(store, document, number)


def sign_in(page, url, document, name):
    """Go to a document's page, which asks who one is, and wait until its script is awake."""
    page.goto(f"{url}/documents/{document}")
    fill_in(page, name)
    page.wait_for_url(f"{url}/documents/{document}")
    page.wait_for_selector("#bar:visible")


def fill_in(page, name):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")


def edit(page, text):
    """Type a translation of the first segment and save it."""
    press(page, "j", "e")
    page.fill(".editing textarea", text)
    press(page, "Control+Enter")


def test_what_a_reviewer_edits_approves_and_undoes_is_in_their_name(
    page, url, document, store, segment
):
    sign_in(page, url, document, "reviewer")
    edit(page, "THE LAKE IS COLD.")
    saved(page, "Segment 1 is saved. Saved.")
    page.wait_for_selector("#sentence-1 .w:text-is('LAKE')")
    press(page, "a")
    saved(page, "Segment 1 is reviewed. Saved.")
    now = segment()
    assert (now.target, now.state) == ("THE LAKE IS COLD.", "reviewed")
    assert (now.edited_by, now.reviewed_by) == ("reviewer", "reviewer")
    press(page, "u")
    saved(page, "Undone in segment 1.")
    page.wait_for_selector("#sentence-1[data-state=draft]")
    history = read_history(store, "segment", sentence_claim_id(document, 0))
    assert {(each.action, each.by) for each in history} == {
        ("edited", "reviewer"),
        ("state", "reviewer"),
        ("undone", "reviewer"),
    }


def test_a_flag_and_a_comment_are_in_the_name_of_whoever_made_them(
    page, url, document, store, segment
):
    sign_in(page, url, document, "translator")
    press(page, "j", "f")
    page.fill("#reason", "which lake?")
    press(page, "Control+Enter")
    page.wait_for_selector("#sentence-1 .notes:has-text('Flagged by translator')")
    press(page, "c")
    page.fill("#comment", "It is the one in Annecy.")
    press(page, "Control+Enter")
    page.wait_for_selector(".panel .remarks li:has-text('Annecy')")
    assert [flag.by for flag in segment().flags] == ["translator"]
    assert [each.by for each in comments_of(store, document, 1)] == ["translator"]


def test_a_claim_is_marked_and_judged_in_the_name_of_whoever_does(page, url, document, store):
    sign_in(page, url, document, "reviewer")
    press(page, "j", "ArrowRight", "Enter")
    page.click("text=Make it a claim")
    page.click(".panel [data-verdict=faithful]")
    saved(page, "Your verdict is kept.")
    page.wait_for_selector("[data-verdict=faithful][aria-pressed=true]")
    claim = page.get_attribute(".chosen[data-claim]", "data-claim")
    found = read_claim(store, claim)
    assert (found.target[0].exact, found.by, found.verdict) == ("LAC", "reviewer", "faithful")
    assert [each.by for each in read_history(store, "claim", claim)] == ["reviewer"] * 2


def test_a_reader_sees_everything_and_changes_nothing(page, url, document, store, segment):
    change_state(store, document, 1, 0, "reviewed", "reviewer", second=False)
    add_comment(store, document, 1, "Which lake?", "reviewer")
    sign_in(page, url, document, "reader")
    assert state_of(page, 1) == "reviewed"
    press(page, "j", "a", "d", "u", "e", "f")
    assert page.locator(".editing, #flagging").count() == 0
    assert page.locator("#bar [data-do]").evaluate_all("(all) => all.map((e) => e.dataset.do)") == [
        "previous",
        "next",
        "comment",
        "cite",
        "history",
        "nextFlag",
        "keys",
    ]
    press(page, "c")
    page.wait_for_selector(".panel .remarks li:has-text('Which lake?')")
    assert page.locator(".panel textarea, .panel .remarks button").count() == 0
    path = f"/v1/documents/{document}/segments/1"
    for wish in ({"state": "draft"}, {"target": "THE LAKE."}):
        assert page.evaluate(FORBIDDEN, [path, {"revision": 1, **wish}]) == 403
    assert (segment().state, segment().revision) == ("reviewed", 1)


def test_a_translator_edits_and_leaves_the_state_to_reviewers(page, url, document, segment):
    sign_in(page, url, document, "translator")
    assert page.locator("[data-do=approve]").count() == 0
    edit(page, "THE LAKE IS COLD.")
    saved(page, "Segment 1 is saved. Saved.")
    press(page, "a")
    path = f"/v1/documents/{document}/segments/1"
    assert page.evaluate(FORBIDDEN, [path, {"revision": 1, "state": "reviewed"}]) == 403
    assert (segment().state, segment().edited_by) == ("draft", "translator")


@pytest.mark.parametrize(
    ("name", "texts"), [("reviewer", ["Which lake?"]), ("admin", ["Which lake?", "This one."])]
)
def test_one_takes_back_ones_own_comments_and_an_admin_anybodys(
    page, url, document, store, name, texts
):
    add_comment(store, document, 1, "Which lake?", "reviewer")
    add_comment(store, document, 1, "This one.", "translator")
    sign_in(page, url, document, name)
    press(page, "j", "c")
    page.wait_for_selector(".panel .remarks li:has-text('This one.')")
    own = page.locator(".panel .remarks li", has=page.locator("button"))
    assert own.locator("p:not(.who)").all_text_contents() == texts


def test_what_was_typed_before_a_session_ended_is_kept_and_sent_after_signing_in(
    page, url, document, store, people, segment
):
    sign_in(page, url, document, "reviewer")
    end_sessions(store, people["reviewer"].id)
    edit(page, "THE LAKE IS COLD.")
    saved(page, "You are signed out. What you typed is kept in this browser")
    assert page.input_value(".editing textarea") == "THE LAKE IS COLD."
    assert segment().target == "LE LAC EST FROID."
    page.click(".saving >> text=Sign in")
    fill_in(page, "reviewer")
    page.wait_for_url(f"{url}/documents/{document}")
    saved(page, "Segment 1 is saved.")
    assert (segment().target, segment().edited_by) == ("THE LAKE IS COLD.", "reviewer")


def test_whoever_signs_in_on_another_tab_goes_on_with_what_they_had_typed(
    page, url, document, store, people, segment
):
    sign_in(page, url, document, "reviewer")
    end_sessions(store, people["reviewer"].id)
    sign_in(page.context.new_page(), url, document, "reviewer")
    edit(page, "THE LAKE IS COLD.")
    saved(page, "Segment 1 is saved.")
    assert (segment().target, segment().edited_by) == ("THE LAKE IS COLD.", "reviewer")


def test_what_somebody_could_not_send_is_never_sent_as_somebody_elses(
    page, url, document, store, people, segment
):
    sign_in(page, url, document, "reviewer")
    end_sessions(store, people["reviewer"].id)
    other = page.context.new_page()
    sign_in(other, url, document, "translator")
    edit(page, "THE LAKE IS COLD.")
    saved(page, "You are signed out.")
    other.reload()
    other.wait_for_selector("#bar:visible")
    edit(other, "A COLD LAKE.")
    saved(other, "Segment 1 is saved. Saved.")
    assert (segment().target, segment().edited_by) == ("A COLD LAKE.", "translator")
    assert page.input_value(".editing textarea") == "THE LAKE IS COLD."
