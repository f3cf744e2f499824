"""What a library asks of the store: progress, people, filters and orders."""

import pytest

from alignment.document import FRENCH_ENGLISH, Languages
from alignment.span import Span
from service.store.documents import save_document
from service.store.errors import BadCursor
from service.store.filters import EVERYTHING, Filter
from service.store.jobs.chunks import claim_chunk, finish_article
from service.store.jobs.intake import add_articles, begin_job, end_intake
from service.store.jobs.records import JobOptions, NewArticle
from service.store.listing import list_documents
from service.store.reviews.changes import change_state
from service.store.reviews.flags import add_flag, resolve_flag
from service.store.reviews.records import Progress
from tests.store.articles import article


def titles(page):
    return [each.title for each in page.documents]


def listed(store, **wanted):
    return titles(list_documents(store, wanted=Filter(**wanted)))


def save(store, title, *states):
    """A document of so many sentences, each in its state."""
    saved = save_document(store, article([f"{title} {state}. " for state in states]), title)
    for number, state in enumerate(states, start=1):
        if state != "draft":
            change_state(store, saved, number, 0, state, "Ana", second=False)
    return saved


def flag(store, document, severity="major"):
    return add_flag(store, document, 1, "target", Span(0, 2), "too strong", severity, "Bo")


def test_a_summary_tells_how_far_the_review_is_and_who_did_it(store):
    saved = save(store, "Un", "draft", "reviewed", "reviewed", "signed_off")
    change_state(store, saved, 2, 1, "signed_off", "Bo", second=False)
    flag(store, saved)
    resolve_flag(store, flag(store, saved).id, True, "Bo")
    (found,) = list_documents(store).documents
    assert found.progress == Progress(
        segments=4,
        draft=1,
        reviewed=1,
        signed_off=2,
        edited=0,
        flagged={"critical": 0, "major": 0, "minor": 4},
        open_flags=1,
    )
    assert found.people == ("Ana", "Bo")


def test_a_document_without_a_sentence_has_no_progress(store):
    save_document(store, article([]), "Leer")
    (found,) = list_documents(store).documents
    assert (found.progress.segments, found.people) == (0, ())


def test_what_one_document_has_is_not_counted_for_another(store):
    save(store, "Un", "draft", "draft")
    save(store, "Deux", "reviewed")
    counted = {each.title: each.progress.draft for each in list_documents(store).documents}
    assert counted == {"Un": 2, "Deux": 0}


@pytest.mark.parametrize(
    ("stage", "expected"),
    [("to_review", ["Begun", "New"]), ("to_sign", ["Mixed", "Read"]), ("signed", ["Signed"])],
)
def test_documents_are_told_apart_by_how_far_their_review_is(store, stage, expected):
    save(store, "New", "draft", "draft")
    save(store, "Begun", "signed_off", "draft")
    save(store, "Read", "reviewed", "reviewed")
    save(store, "Mixed", "reviewed", "signed_off")
    save(store, "Signed", "signed_off", "signed_off")
    assert sorted(listed(store, stage=stage)) == expected


def test_documents_are_found_by_what_the_checks_flagged_as_bad_or_worse(store):
    save(store, "Un", "draft")
    assert (listed(store, flagged="minor"), listed(store, flagged="major")) == (["Un"], [])


def test_documents_are_found_by_flags_that_nobody_has_resolved(store):
    flag(store, save(store, "Open", "draft"))
    resolve_flag(store, flag(store, save(store, "Closed", "draft")).id, True, "Bo")
    save(store, "None", "draft")
    assert listed(store, flagged="open") == ["Open"]


def test_documents_are_found_by_their_languages(store):
    save(store, "Un", "draft")
    assert listed(store, languages=FRENCH_ENGLISH) == ["Un"]
    assert listed(store, languages=Languages("en", "fr")) == []


def test_documents_are_found_by_the_job_that_made_them(store):
    job = begin_job(store, JobOptions(), "Nuit")
    add_articles(store, job, [NewArticle("a", "Un."), NewArticle("b", "Deux.")], 1000)
    end_intake(store, job)
    chunk = claim_chunk(store, "somebody")
    finish_article(store, chunk, 1, save(store, "Of the job", "draft"), 1, 3)
    save(store, "Another", "draft")
    assert (listed(store, job=job), listed(store, job="x")) == (["Of the job"], [])


def test_filters_and_words_are_asked_together(store):
    save(store, "Lac", "draft")
    save(store, "Lac signé", "signed_off")
    found = list_documents(store, "lac", wanted=Filter(stage="signed", flagged="minor"))
    assert titles(found) == ["Lac signé"]


def test_the_oldest_come_first_where_that_is_asked(store):
    for title in ("Un", "Deux", "Trois"):
        save(store, title, "draft")
    first = list_documents(store, limit=2, order="oldest")
    second = list_documents(store, cursor=first.next, limit=2, order="oldest")
    assert (titles(first), titles(second)) == (["Un", "Deux"], ["Trois"])


def test_what_was_changed_last_comes_first_where_that_is_asked(store):
    saved = {title: save(store, title, "draft") for title in ("Un", "Deux", "Trois")}
    change_state(store, saved["Un"], 1, 0, "reviewed", "Ana", second=False)
    first = list_documents(store, limit=1, order="changed")
    second = list_documents(store, cursor=first.next, limit=1, order="changed")
    third = list_documents(store, cursor=second.next, limit=1, order="changed")
    assert [titles(page) for page in (first, second, third)] == [["Un"], ["Trois"], ["Deux"]]
    assert third.next is None


@pytest.mark.parametrize(("given", "asked"), [("newest", "changed"), ("changed", "newest")])
def test_a_cursor_of_another_order_is_refused(store, given, asked):
    save(store, "Un", "draft")
    save(store, "Deux", "draft")
    cursor = list_documents(store, limit=1, order=given).next
    with pytest.raises(BadCursor):
        list_documents(store, cursor=cursor, order=asked)


def test_a_cursor_beyond_all_time_is_refused(store):
    with pytest.raises(BadCursor):
        list_documents(store, cursor="f_____________________w", order="changed")


def test_a_filter_that_asks_for_nothing_lists_everything(store):
    save(store, "Un", "draft")
    assert titles(list_documents(store, wanted=EVERYTHING)) == ["Un"]
