"""Jobs come in, are listed, paused, cancelled, tried again and forgotten."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from alignment.document import Languages
from alignment.span import Span
from service.store.documents import delete_document, read_document, save_document
from service.store.errors import BadCursor, Unstorable
from service.store.jobs.chunks import (
    claim_chunk,
    end_chunk,
    fail_article,
    finish_article,
    renew,
    waiting,
)
from service.store.jobs.control import (
    cancel_job,
    delete_job,
    pause_job,
    resume_job,
    retry_failed,
)
from service.store.jobs.errors import JobRejected, KeyReused, NoSuchJob, WrongJobState
from service.store.jobs.intake import (
    abandon_intake,
    add_articles,
    begin_job,
    end_intake,
    find_by_key,
    forget_stale_intakes,
)
from service.store.jobs.reading import events_after, list_items, list_jobs, read_job
from service.store.jobs.records import Counts, JobOptions, NewArticle
from service.store.jobs.webhooks import Report, delivered, due_deliveries, put_off, report_of
from service.store.opening import open_store
from service.store.records import Origin
from tests.store.articles import article
from tests.store.jobs import JOB_TABLES, kinds, numbers_left, received, work_off

TEXTS = ("Le thé est froid.", "Il pleut.", "Rien de neuf.")


def test_a_job_is_queued_once_it_is_in(store):
    before = datetime.now(UTC) - timedelta(seconds=5)
    options = JobOptions(Languages("fr", "en"), "fast", ("untranslated", "negation_lost"))
    job_id = begin_job(store, options, "Nuit", 3, "Zoé", "https://example.org/hook", "secret")
    assert read_job(store, job_id).state == "receiving"
    add_articles(store, job_id, [NewArticle(f"{n}.txt", TEXTS[n]) for n in range(3)], 1000)
    job = end_intake(store, job_id)
    assert job == read_job(store, job_id)
    assert (job.id, job.title, job.by, job.state, job.priority) == (
        job_id,
        "Nuit",
        "Zoé",
        "queued",
        3,
    )
    assert job.options == replace(options, ignored=("negation_lost", "untranslated"))
    assert job.webhook == "https://example.org/hook"
    assert job.counts == Counts(articles=3, queued=3, characters=sum(map(len, TEXTS)))
    assert before < job.created < datetime.now(UTC) + timedelta(seconds=5)
    assert (job.started, job.finished, job.seconds_left) == (None, None, None)
    assert kinds(store, job_id) == ["created"]


def test_articles_are_numbered_as_they_came(store):
    job = received(store, TEXTS[:1], TEXTS[1:])
    items = list_items(store, job.id)
    assert [(item.number, item.name, item.state, item.characters) for item in items] == [
        (1, "1.txt", "queued", 17),
        (2, "2.txt", "queued", 9),
        (3, "3.txt", "queued", 13),
    ]
    assert list_items(store, job.id, after=1, limit=1) == items[1:2]
    assert list_items(store, job.id, "failed") == ()


def test_nobody_works_on_a_job_that_is_being_received(store):
    job_id = begin_job(store, JobOptions())
    add_articles(store, job_id, [NewArticle("a", "Un thé.")] * 3, 10)
    assert waiting(store) == 0
    assert claim_chunk(store, "me") is None


def test_a_refused_article_fails_at_once_and_is_not_tried_again(store):
    job_id = begin_job(store, JobOptions())
    bad = NewArticle("vide", "", reason="text: there is nothing to translate")
    add_articles(store, job_id, [NewArticle("a", "Un thé."), bad], 1000)
    job = end_intake(store, job_id)
    assert job.counts == Counts(articles=2, queued=1, failed=1, characters=7)
    (failed,) = list_items(store, job_id, "failed")
    assert (failed.number, failed.reason) == (2, bad.reason)
    assert retry_failed(store, job_id).counts == job.counts
    assert kinds(store, job_id) == ["created"]


@pytest.mark.parametrize("bad", ["Un\0thé.", "Un \ud83c."])
def test_an_article_that_no_database_takes_fails_alone(store, bad):
    job_id = begin_job(store, JobOptions())
    add_articles(store, job_id, [NewArticle(bad, bad, bad), NewArticle("b", "Un thé.")], 1000)
    end_intake(store, job_id)
    first, second = list_items(store, job_id)
    assert (first.state, second.state) == ("failed", "queued")
    assert "\ufffd" in first.name
    assert "character at code point" in first.reason


def test_a_job_of_nothing_but_refused_articles_is_done(store):
    job_id = begin_job(store, JobOptions())
    add_articles(store, job_id, [NewArticle("a", "", reason="empty")], 1000)
    assert end_intake(store, job_id).state == "done"
    assert kinds(store, job_id) == ["created", "finished"]


def test_a_job_without_articles_is_refused_and_forgotten(store):
    job_id = begin_job(store, JobOptions())
    with pytest.raises(JobRejected):
        end_intake(store, job_id)
    with pytest.raises(NoSuchJob):
        read_job(store, job_id)


def test_a_job_that_is_in_takes_no_more(store):
    job = received(store, TEXTS)
    with pytest.raises(WrongJobState, match="queued"):
        add_articles(store, job.id, [NewArticle("a", "Un thé.")], 1000)
    with pytest.raises(WrongJobState):
        end_intake(store, job.id)


def test_an_abandoned_job_leaves_nothing(store):
    job_id = begin_job(store, JobOptions())
    add_articles(store, job_id, [NewArticle("a", "Un thé.")] * 300, 100)
    abandon_intake(store, job_id)
    assert rows(store) == dict.fromkeys(JOB_TABLES, 0)


def test_only_a_job_that_is_being_received_is_abandoned(store):
    job = received(store, TEXTS)
    abandon_intake(store, job.id)
    assert read_job(store, job.id) == job


def test_a_job_that_nobody_sends_any_more_is_forgotten(store):
    fresh, stale = begin_job(store, JobOptions()), begin_job(store, JobOptions())
    with store.writing() as connection:
        connection.execute(
            text("UPDATE jobs SET touched = :then WHERE id = :id"),
            {"then": "2020-01-01 00:00:00.000000", "id": stale},
        )
    forget_stale_intakes(store)
    assert [job.id for job in list_jobs(store).jobs] == [fresh]


def test_a_key_finds_its_job_and_what_it_was_asked_with(store):
    job_id = begin_job(store, JobOptions(), by="Zoé", key="nuit-7")
    add_articles(store, job_id, [NewArticle("a", "Un thé.")], 1000)
    job = end_intake(store, job_id, "f00d")
    assert find_by_key(store, "nuit-7", "Zoé") == (job, "f00d")
    assert find_by_key(store, "nuit-7", "Ali") is None
    assert find_by_key(store, "nuit-8", "Zoé") is None


def test_a_key_is_one_persons(store):
    for by in ("Zoé", "Ali"):
        received(store, TEXTS, by=by, key="nuit-7")
    with pytest.raises(KeyReused):
        begin_job(store, JobOptions(), by="Ali", key="nuit-7")


def test_a_key_never_finds_half_a_job(store):
    half = begin_job(store, JobOptions(), key="nuit-7")
    assert find_by_key(store, "nuit-7") is None
    with pytest.raises(NoSuchJob):
        read_job(store, half)


def test_a_key_may_begin_anew_what_was_never_received_whole(store):
    begin_job(store, JobOptions(), key="nuit-7")
    job = received(store, TEXTS, key="nuit-7")
    assert [each.id for each in list_jobs(store).jobs] == [job.id]


@pytest.mark.parametrize("field", ["title", "by", "webhook", "secret", "key"])
def test_what_no_database_takes_begins_no_job(store, field):
    with pytest.raises(Unstorable):
        begin_job(store, JobOptions(), **{field: "a\0b"})


def test_jobs_are_listed_newest_first_a_page_at_a_time(store):
    jobs = [received(store, TEXTS) for _ in range(5)][::-1]
    first = list_jobs(store, limit=2)
    assert first.jobs == tuple(jobs[:2])
    received(store, TEXTS)
    second = list_jobs(store, first.next, limit=2)
    assert second.jobs == tuple(jobs[2:4])
    last = list_jobs(store, second.next, limit=2)
    assert (last.jobs, last.next) == ((jobs[4],), None)
    with pytest.raises(BadCursor):
        list_jobs(store, "nowhere")


@pytest.mark.parametrize(
    "ask",
    [
        read_job,
        list_items,
        events_after,
        cancel_job,
        pause_job,
        resume_job,
        retry_failed,
        delete_job,
        end_intake,
    ],
)
def test_a_job_that_is_not_there_is_named(store, ask):
    with pytest.raises(NoSuchJob, match="nothing"):
        ask(store, "nothing")


def test_a_job_runs_and_is_done_when_all_its_articles_are(store):
    job = received(store, TEXTS)
    chunk = claim_chunk(store, "me")
    assert read_job(store, job.id).state == "running"
    saved = save_document(store, article())
    for each in chunk.articles[:2]:
        assert finish_article(store, chunk, each.number, saved, 3, 20)
    assert fail_article(store, chunk, 3, "SpanOutOfRange: 3:4")
    assert read_job(store, job.id).state == "running"
    end_chunk(store, chunk)
    done = read_job(store, job.id)
    assert done.state == "done"
    assert done.counts == Counts(
        articles=3,
        done=2,
        failed=1,
        sentences=6,
        characters=39,
        characters_done=26,
        tokens=40,
    )
    assert done.started <= done.finished
    assert [(i.state, i.document, i.reason) for i in list_items(store, job.id)] == [
        ("done", saved, ""),
        ("done", saved, ""),
        ("failed", None, "SpanOutOfRange: 3:4"),
    ]


def test_events_tell_what_happened_in_the_order_of_their_numbers(store):
    job = received(store, TEXTS)
    chunk = claim_chunk(store, "me")
    fail_article(store, chunk, 2, "why")
    finish_article(store, chunk, 1, "nowhere", 1, 1)
    end_chunk(store, chunk)
    work_off(store)
    events = events_after(store, job.id)
    assert [event.kind for event in events] == [
        "created",
        "started",
        "article_failed",
        "progress",
        "finished",
    ]
    assert [event.number for event in events] == sorted({event.number for event in events})
    assert events[2].data == {"number": 2, "name": "2.txt", "reason": "why"}
    assert {"done": 1, "failed": 1, "queued": 1}.items() <= events[3].data.items()
    assert events_after(store, job.id, events[1].number, 2) == events[2:4]


def test_what_is_left_is_reckoned_from_what_was_done(store):
    job = received(store, ["a" * 100] * 10, chunk_characters=200)
    assert read_job(store, job.id).seconds_left is None
    work_off(store, 1)
    with store.writing() as connection:
        long_ago = (
            "TIMESTAMP '2020-01-01'"
            if connection.dialect.name != "sqlite"
            else ("'2020-01-01 00:00:00.000000'")
        )
        connection.execute(text(f"UPDATE jobs SET since = {long_ago}"))
    left = read_job(store, job.id).seconds_left
    elapsed = (datetime.now(UTC) - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()
    # Two of ten articles took six years: eight more take four times as long.
    assert left == pytest.approx(4 * elapsed, rel=0.01)


def test_a_deleted_document_leaves_its_article_done(store):
    job = received(store, TEXTS)
    work_off(store)
    first = list_items(store, job.id)[0]
    delete_document(store, first.document)
    assert [(i.state, i.document) for i in list_items(store, job.id)] == [("done", None)] * 3


def test_the_text_of_an_article_that_is_done_is_kept_by_its_document_alone(store):
    received(store, TEXTS)
    work_off(store)
    assert rows(store)["job_texts"] == 0


def test_a_deleted_job_leaves_its_documents_and_no_row(store):
    job = received(store, TEXTS)
    work_off(store, 1)
    items = list_items(store, job.id)
    delete_job(store, job.id)
    assert rows(store) == dict.fromkeys(JOB_TABLES, 0)
    assert read_document(store, items[0].document).document == article()


def test_a_deleted_job_leaves_nothing_in_the_files(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        job = received(store, ["Le zinzolin pleure."] * 100)
        delete_job(store, job.id)
        held = b"".join(each.read_bytes() for each in tmp_path.iterdir())
        assert b"zinzolin" not in held


def test_a_paused_job_waits_until_it_is_resumed(store):
    job = received(store, TEXTS)
    assert pause_job(store, job.id, "Zoé").state == "paused"
    assert claim_chunk(store, "me") is None
    assert resume_job(store, job.id, "Zoé").state == "queued"
    work_off(store)
    assert read_job(store, job.id).counts.done == 3
    events = events_after(store, job.id)
    assert [event.data.get("by") for event in events[1:3]] == ["Zoé", "Zoé"]


def test_pausing_takes_the_work_from_whoever_is_at_it(store):
    job = received(store, TEXTS)
    chunk = claim_chunk(store, "me")
    finish_article(store, chunk, 1, save_document(store, article()), 3, 3)
    pause_job(store, job.id)
    assert not renew(store, chunk)
    assert not finish_article(store, chunk, 2, "nowhere", 1, 1)
    assert read_job(store, job.id).counts.queued == 2
    resume_job(store, job.id)
    assert [each.number for each in claim_chunk(store, "me").articles] == [2, 3]


def test_a_job_whose_last_article_is_done_is_done_rather_than_paused(store):
    job = received(store, TEXTS[:1])
    chunk = claim_chunk(store, "me")
    finish_article(store, chunk, 1, save_document(store, article()), 3, 3)
    assert pause_job(store, job.id).state == "done"


def test_a_cancelled_job_keeps_what_is_done(store):
    job = received(store, TEXTS, chunk_characters=10)
    work_off(store, 1)
    chunk = claim_chunk(store, "me")
    cancelled = cancel_job(store, job.id, "Zoé")
    assert (cancelled.state, cancelled.counts.done, cancelled.counts.cancelled) == (
        "cancelled",
        1,
        2,
    )
    assert cancelled.finished is not None
    assert not renew(store, chunk)
    assert not fail_article(store, chunk, chunk.articles[0].number, "late")
    end_chunk(store, chunk)
    assert read_job(store, job.id) == cancelled
    assert claim_chunk(store, "me") is None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (cancel_job, cancel_job),
        (cancel_job, pause_job),
        (cancel_job, resume_job),
        (pause_job, pause_job),
        (work_off, cancel_job),
        (work_off, pause_job),
        (work_off, resume_job),
        (read_job, resume_job),
    ],
)
def test_a_job_in_the_wrong_state_stays_as_it_is(store, first, then):
    job = received(store, TEXTS)
    first(store, *([] if first is work_off else [job.id]))
    before = read_job(store, job.id)
    with pytest.raises(WrongJobState, match=before.state):
        then(store, job.id)
    assert read_job(store, job.id) == before


@pytest.mark.parametrize("ask", [cancel_job, pause_job, resume_job, retry_failed])
def test_a_job_that_is_being_received_is_left_alone(store, ask):
    job_id = begin_job(store, JobOptions())
    with pytest.raises(WrongJobState, match="receiving"):
        ask(store, job_id)


def test_what_failed_or_was_cancelled_is_tried_again(store):
    job = received(store, TEXTS, chunk_characters=10)
    chunk = claim_chunk(store, "me")
    fail_article(store, chunk, chunk.articles[0].number, "why")
    end_chunk(store, chunk)
    cancel_job(store, job.id)
    again = retry_failed(store, job.id, "Zoé")
    assert (again.state, again.counts.queued, again.finished) == ("queued", 3, None)
    assert [item.reason for item in list_items(store, job.id)] == ["", "", ""]
    work_off(store)
    assert read_job(store, job.id).counts.done == 3
    assert kinds(store, job.id)[-2:] == ["progress", "finished"]


def test_what_failed_is_tried_again_while_the_job_is_paused(store):
    job = received(store, TEXTS)
    chunk = claim_chunk(store, "me")
    fail_article(store, chunk, 1, "why")
    pause_job(store, job.id)
    again = retry_failed(store, job.id)
    assert (again.state, again.counts.queued) == ("paused", 3)


def test_an_article_comes_to_the_worker_as_it_was_sent(store):
    origin = Origin("text/html", "été.html", b"<p>Un th\xc3\xa9.</p>")
    sent = NewArticle("été.html", "Un thé.\n\nDeux.", "Été", (Span(0, 7), Span(9, 14)), origin)
    job_id = begin_job(store, JobOptions(), by="Zoé")
    add_articles(store, job_id, [sent], 1000)
    end_intake(store, job_id)
    chunk = claim_chunk(store, "me")
    (got,) = chunk.articles
    assert (chunk.job, chunk.options, chunk.by) == (job_id, JobOptions(), "Zoé")
    assert (got.number, got.name, got.text, got.title) == (1, sent.name, sent.text, sent.title)
    assert (got.paragraphs, got.origin) == (sent.paragraphs, origin)


def test_the_end_of_a_job_is_owed_to_its_webhook(store):
    hook = {"webhook": "https://example.org/hook", "secret": "s3cret"}
    job = received(store, TEXTS, **hook)
    received(store, TEXTS)
    assert due_deliveries(store) == ()
    work_off(store)
    (owed,) = due_deliveries(store)
    finished = events_after(store, job.id)[-1]
    assert (owed.job, owed.url, owed.secret) == (job.id, *hook.values())
    assert (owed.event, finished.kind, owed.attempt) == (finished.number, "finished", 1)
    assert due_deliveries(store) == ()
    put_off(store, owed, 0)
    (again,) = due_deliveries(store)
    assert again == replace(owed, attempt=2)
    delivered(store, again)
    assert due_deliveries(store) == ()
    assert report_of(store, job.id) == Report("sent", 2)


def test_a_report_that_is_given_up_is_owed_no_more(store):
    job = received(store, TEXTS, webhook="https://example.org/hook")
    cancel_job(store, job.id)
    (owed,) = due_deliveries(store, lease_seconds=0)
    put_off(store, owed, None)
    assert due_deliveries(store) == ()


def rows(store):
    return {name: numbers_left(store, name) for name in JOB_TABLES}
