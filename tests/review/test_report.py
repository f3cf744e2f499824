import re
from contextlib import closing

import pytest

from alignment.span import Span
from service.app import create_app
from service.documents.exports import EXPORTS
from service.store.claims import add_claim
from service.store.opening import open_store
from service.store.reviews.changes import change_state
from service.store.reviews.flags import add_flag, flags_of, resolve_flag
from tests.fakes import FakeEngines
from tests.review.engines import Unsure
from tests.review.libraries import LAKE, MARKUP, keep, stock


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(Unsure()), store).test_client()


def report(client, document, **headers):
    """The text of the report, white space made one."""
    page = client.get(f"/documents/{document}/report", headers=headers)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", page.text).split())


def test_a_report_has_each_claim_with_both_quotes_and_who_found_what_of_it(client, store):
    page = report(client, stock(store))
    moment = r"\d+ \w+ \d{4}, \d\d:\d\d UTC"
    assert re.search(
        "Claim 1 : judged not faithful to the original Translation English LE LAC EST FROID. "
        f"Original French Le lac est froid.? Marked {moment} , Ana · "
        f"Ana : judged faithful to the original, {moment} · "
        f"Bo : judged not faithful to the original, {moment} Claim 2 :",
        page,
    )


def test_a_report_says_how_far_the_review_is_and_who_did_how_much(client, store):
    page = report(client, stock(store))
    assert "3 sentences: 1 still a draft, 1 reviewed, 1 signed off" in page
    assert "Who segments edited segments reviewed segments signed off Ana 0 1 0 Bo 0 1 1" in page


def test_a_report_lists_what_is_still_open(client, store):
    page = report(client, stock(store))
    assert re.search(
        r"Segment 2 , draft IL EST VENU HIER\. Il est venu hier\. Date doubtful \(major\): "
        r".*Segment 3 , reviewed IL NE .*Negation lost \(critical\): .*"
        r"Flag of a reviewer \(critical\): too sure of itself IL Ana ,",
        page,
    )


def test_what_is_signed_off_or_resolved_is_open_no_more(client, store):
    lake = stock(store)
    for number, revision in ((2, 0), (3, 1)):
        change_state(store, lake, number, revision, "signed_off", "Cy", second=False)
    for flag in flags_of(store, lake):
        resolve_flag(store, flag.id, True, "Cy")
    page = report(client, lake)
    assert "Nothing is open. 2 more were flagged by the checks in sentences that are signed" in page


def test_a_report_tells_how_far_two_reviewers_agree(client, store):
    assert "Ana , Bo 2 50% 0" in report(client, stock(store))


def test_without_two_opinions_there_is_no_agreement_to_tell(client, store):
    page = report(client, keep(store, LAKE))
    assert "No two people have judged the same claim yet." in page
    assert "No claim was marked in this document." in page


def test_a_report_names_the_model_and_the_texts_by_their_hashes(client, store):
    page = report(client, stock(store))
    assert "word-by-word · 1 · fake · quality:best sha256 " + "0" * 64 in page
    assert len(re.findall(r"characters sha256 [0-9a-f]{64}", page)) == 2


def test_a_report_offers_every_format(client, store):
    lake = stock(store)
    page = client.get(f"/documents/{lake}/report").text
    offered = re.findall(rf"/v1/documents/{lake}/export\?format=(\w+)", page)
    assert offered == list(EXPORTS)


def test_a_claim_without_a_counterpart_says_so(client, store):
    lake = keep(store, LAKE)
    # The engine leaves "ne" without one.
    add_claim(store, lake, "source", Span(38, 40))
    assert "Nothing here answers it." in report(client, lake)


def test_nothing_that_people_wrote_is_markup(client, store):
    lake = keep(store, f"Il dort {MARKUP}.", MARKUP, f"{MARKUP}.txt")
    add_claim(store, lake, "source", Span(0, 12), by=MARKUP)
    add_flag(store, lake, 1, "source", Span(0, 12), MARKUP, "minor", MARKUP)
    assert MARKUP not in client.get(f"/documents/{lake}/report").text


def test_there_is_no_report_on_nothing(client):
    assert client.get("/documents/nothing/report").status_code == 404


def test_a_report_speaks_french(client, store):
    page = report(client, stock(store), **{"Accept-Language": "fr"})
    assert "Rapport sur une traduction" in page
    assert "jugée non fidèle à l’original" in page
