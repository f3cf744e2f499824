"""Chunks are planned, leased, lost and taken apart, and no article is worked on twice."""

import threading
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from service.store.documents import save_document
from service.store.jobs.chunks import (
    claim_chunk,
    end_chunk,
    fail_article,
    finish_article,
    lose_chunk,
    mark_announced,
    release,
    renew,
    sweep,
    unannounced,
    waiting,
)
from service.store.jobs.control import cancel_job, delete_job, pause_job, resume_job
from service.store.jobs.intake import add_articles, begin_job, end_intake
from service.store.jobs.planning import MOST_ARTICLES, SHORTEST, size_of
from service.store.jobs.reading import events_after, list_items, read_job
from service.store.jobs.records import JobOptions, NewArticle
from tests.store.articles import article
from tests.store.jobs import kinds, numbers_left, received, work_off

LONG = 3600


def chunks(store):
    """The texts' lengths in each chunk, in the order in which they are worked on."""
    found = []
    while chunk := claim_chunk(store, "me", LONG):
        found.append([len(each.text) for each in chunk.articles])
    return found


@pytest.mark.parametrize(
    ("lengths", "limit", "planned"),
    [
        ([10, 20, 30], 100, [[10, 20, 30]]),
        ([10, 20, 30], 40, [[10, 20], [30]]),
        ([50, 50, 50, 50], 100, [[50, 50], [50, 50]]),
        # One longer than a chunk may be is alone.
        ([3, 9000, 4, 2], 1000, [[3, 4, 2], [9000]]),
        # Those of another length are in another chunk...
        ([100, 1500, 100, 1500], 3000, [[100, 100], [1500, 1500]]),
        # ...but for the last of each length, where they fit into one.
        ([100, 1500, 100, 1500], 4000, [[100, 1500, 100, 1500]]),
    ],
)
def test_a_chunk_has_articles_of_like_length(sqlite_store, lengths, limit, planned):
    received(sqlite_store, ["a" * length for length in lengths], chunk_characters=limit)
    assert chunks(sqlite_store) == planned


@pytest.mark.parametrize(
    ("characters", "size"),
    [(0, 0), (SHORTEST, 0), (SHORTEST + 1, 1), (2 * SHORTEST, 1), (2 * SHORTEST + 1, 2)],
)
def test_each_size_is_twice_as_long(characters, size):
    assert size_of(characters) == size


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.lists(st.integers(1, 4000), max_size=8), min_size=1, max_size=4))
def test_every_article_is_in_one_chunk_that_is_not_too_long(sqlite_store, parts):
    limit = 2500
    job = received(
        sqlite_store, [""], *[["a" * n for n in part] for part in parts], chunk_characters=limit
    )
    sent = Counter([0, *(n for part in parts for n in part)])
    planned = chunks(sqlite_store)
    delete_job(sqlite_store, job.id)
    assert Counter(length for chunk in planned for length in chunk) == sent
    assert all(len(chunk) == 1 or sum(chunk) <= limit for chunk in planned)


def test_a_chunk_of_the_shortest_articles_is_not_of_thousands(sqlite_store):
    received(sqlite_store, ["a"] * (MOST_ARTICLES + 1))
    assert sorted(map(len, chunks(sqlite_store))) == [1, MOST_ARTICLES]


def test_the_highest_priority_goes_first(store):
    low, high, none = (
        received(store, ["Un."] * 2, priority=n, chunk_characters=3) for n in (1, 2, 0)
    )
    claimed = [claim_chunk(store, "me").job for _ in range(6)]
    assert claimed == [high.id] * 2 + [low.id] * 2 + [none.id] * 2


def test_jobs_of_one_priority_take_turns(store):
    first = received(store, ["Un."] * 3, chunk_characters=3)
    second = received(store, ["Un."] * 3, chunk_characters=3)
    claimed = []
    for _ in range(6):
        chunk = claim_chunk(store, "me")
        claimed.append(chunk.job)
        end_with(store, chunk)
    assert claimed == [first.id, second.id] * 3


def test_a_long_article_does_not_hold_up_short_ones(store):
    received(store, ["a" * 5000, "b", "c" * 3000, "d"], chunk_characters=500)
    assert chunks(store) == [[1, 1], [3000], [5000]]


def test_who_has_lost_the_lease_changes_nothing_any_more(store):
    job = received(store, ["Un.", "Deux."])
    dead = claim_chunk(store, "worker", 0)
    assert sweep(store) == 1
    alive = claim_chunk(store, "worker")
    assert (alive.key, alive.attempt) == (dead.key, 2)
    assert alive.owner != dead.owner
    saved = save_document(store, article())
    assert not renew(store, dead)
    assert not finish_article(store, dead, 1, saved, 1, 1)
    assert not fail_article(store, dead, 1, "why")
    end_chunk(store, dead)
    lose_chunk(store, dead)
    assert renew(store, alive)
    assert finish_article(store, alive, 1, saved, 1, 1)
    assert read_job(store, job.id).counts.leased == 1


def test_an_article_is_finished_once(store):
    received(store, ["Un.", "Deux."])
    chunk = claim_chunk(store, "me")
    saved = save_document(store, article())
    assert finish_article(store, chunk, 1, saved, 1, 1)
    assert not finish_article(store, chunk, 1, saved, 1, 1)
    assert not fail_article(store, chunk, 1, "why")
    assert not finish_article(store, chunk, 7, saved, 1, 1)


def test_a_lease_that_is_renewed_does_not_run_out(store):
    received(store, ["Un."])
    chunk = claim_chunk(store, "me", 0)
    assert renew(store, chunk, LONG)
    assert sweep(store) == 0
    assert claim_chunk(store, "you") is None


@pytest.mark.parametrize("ask", [cancel_job, pause_job, delete_job])
def test_work_stops_when_its_job_does(store, ask):
    job = received(store, ["Un."])
    chunk = claim_chunk(store, "me")
    ask(store, job.id)
    assert not renew(store, chunk)
    assert sweep(store) == 0
    end_chunk(store, chunk)


def test_what_is_not_done_of_a_chunk_is_queued_again(store):
    job = received(store, ["Un.", "Deux.", "Trois."])
    chunk = claim_chunk(store, "me")
    finish_article(store, chunk, 2, save_document(store, article()), 1, 1)
    end_chunk(store, chunk)
    again = claim_chunk(store, "me")
    assert [each.number for each in again.articles] == [1, 3]
    assert [item.attempts for item in list_items(store, job.id)] == [2, 1, 2]


def test_a_chunk_whose_last_article_was_done_when_its_worker_died_ends_its_job(store):
    job = received(store, ["Un."])
    chunk = claim_chunk(store, "me", 0)
    finish_article(store, chunk, 1, save_document(store, article()), 1, 1)
    assert sweep(store) == 1
    assert read_job(store, job.id).state == "done"


def lose(store, times):
    for _ in range(times):
        assert claim_chunk(store, "worker", 0) is not None
        assert sweep(store) == 1


def test_a_chunk_that_lost_its_worker_twice_is_taken_apart(store):
    received(store, ["Un.", "Deux.", "Trois."])
    lose(store, 1)
    assert waiting(store) == 1
    lose(store, 1)
    assert waiting(store) == 3
    assert chunks(store) == [[3], [5], [6]]


def test_an_article_that_lost_its_worker_three_times_fails_with_its_reason(store):
    job = received(store, ["Un."])
    lose(store, 2)
    assert read_job(store, job.id).counts.queued == 1
    lose(store, 1)
    assert read_job(store, job.id).state == "done"
    (item,) = list_items(store, job.id)
    assert (item.state, item.attempts) == ("failed", 3)
    assert item.reason == "the work on it broke off 3 times: the process was killed, or hung"
    assert kinds(store, job.id) == ["created", "started", "article_failed", "finished"]


def test_a_poisonous_article_takes_no_other_with_it(store):
    job = received(store, ["Un.", "poison", "Trois.", "Quatre."])
    for _ in range(50):
        chunk = claim_chunk(store, "worker")
        if chunk is None:
            break
        for each in chunk.articles:
            if each.text == "poison":
                lose_chunk(store, chunk)
                break
            finish_article(store, chunk, each.number, save_document(store, article()), 1, 1)
        else:
            end_chunk(store, chunk)
    states = [item.state for item in list_items(store, job.id)]
    assert states == ["done", "failed", "done", "done"]
    assert read_job(store, job.id).state == "done"


def test_a_chunk_that_cost_a_worker_lets_the_others_go_first(store):
    received(store, ["Un.", "Deux.", "Trois."], chunk_characters=6)
    first = claim_chunk(store, "me", 0)
    sweep(store)
    assert claim_chunk(store, "me").key != first.key


def test_a_message_that_comes_again_takes_its_chunk_over(store):
    received(store, ["Un.", "Deux."], chunk_characters=5)
    first = claim_chunk(store, "dead", delivery="m1")
    again = claim_chunk(store, "alive", delivery="m1")
    assert (again.key, again.attempt) == (first.key, 2)
    assert not renew(store, first)
    assert claim_chunk(store, "alive", delivery="m2").key != first.key


def test_a_message_that_kills_again_and_again_ends_in_a_failed_article(store):
    job = received(store, ["poison"])
    for _ in range(3):
        assert claim_chunk(store, "worker", delivery="m1") is not None
    assert claim_chunk(store, "worker", delivery="m1") is None
    assert read_job(store, job.id).counts.failed == 1


def test_what_one_worker_left_behind_is_queued_again(store):
    received(store, ["Un.", "Deux.", "Trois."], chunk_characters=6)
    mine, other = claim_chunk(store, "me"), claim_chunk(store, "me2")
    assert release(store, "me", lost=True) == 1
    assert not renew(store, mine)
    assert renew(store, other)


def test_what_was_given_up_in_good_order_is_not_held_against_it(store):
    received(store, ["Un."])
    for _ in range(5):
        claim_chunk(store, "me")
        release(store, "me", lost=False)
    assert waiting(store) == 1


def test_a_broker_is_told_of_a_chunk_once(store):
    received(store, ["Un.", "Deux."], chunk_characters=5)
    keys = unannounced(store)
    assert len(keys) == 2
    mark_announced(store, keys[:1])
    assert unannounced(store) == keys[1:]
    assert unannounced(store, limit=1, again_after=0) == keys[:1]
    assert unannounced(store, again_after=LONG) == keys[1:]


def test_a_broker_is_told_again_of_what_is_queued_again(store):
    job = received(store, ["Un."])
    mark_announced(store, unannounced(store))
    assert unannounced(store) == ()
    claim_chunk(store, "me", 0)
    assert unannounced(store) == ()
    sweep(store)
    keys = unannounced(store)
    assert len(keys) == 1
    mark_announced(store, keys)
    pause_job(store, job.id)
    assert unannounced(store) == ()
    resume_job(store, job.id)
    assert unannounced(store) == keys


def test_progress_is_told_once_a_chunk(store):
    job = received(store, ["Un."] * 6, chunk_characters=6)
    assert work_off(store) == 3
    assert kinds(store, job.id) == ["created", "started", "progress", "progress", "finished"]


def test_a_reason_is_cut_and_storable(store):
    job = received(store, ["Un."])
    chunk = claim_chunk(store, "me")
    fail_article(store, chunk, 1, "\0" + "x" * 1000)
    (item,) = list_items(store, job.id)
    assert item.reason == "\ufffd" + "x" * 299
    assert events_after(store, job.id)[-1].data["reason"] == item.reason


def test_workers_that_claim_at_once_get_every_article_once(store):
    jobs = [received(store, ["Un."] * 12, chunk_characters=3) for _ in range(2)]
    seen, faults = [], []

    def work(name):
        try:
            while chunk := claim_chunk(store, name):
                saved = save_document(store, article())
                for each in chunk.articles:
                    assert finish_article(store, chunk, each.number, saved, 1, 1)
                    seen.append((chunk.job, each.number))
                end_chunk(store, chunk)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(seen) == sorted((job.id, n) for job in jobs for n in range(1, 13))
    assert [read_job(store, job.id).state for job in jobs] == ["done", "done"]
    assert numbers_left(store, "job_chunks") == 0


def test_an_idle_worker_writes_nothing(sqlite_store):
    received(sqlite_store, ["Un."])
    work_off(sqlite_store)
    with sqlite_store.reading() as connection:
        before = connection.execute(text("PRAGMA data_version")).scalar()
        assert claim_chunk(sqlite_store, "me") is None
        assert sweep(sqlite_store) == 0
        assert connection.execute(text("PRAGMA data_version")).scalar() == before


def test_a_job_is_received_in_pieces_between_which_others_write(store):
    job_id = begin_job(store, JobOptions())
    add_articles(store, job_id, [NewArticle("a", "Un thé.")] * 450, 1000)
    assert read_job(store, job_id).counts.queued == 450
    assert end_intake(store, job_id).counts.queued == 450
    assert waiting(store) == 4


def end_with(store, chunk):
    saved = save_document(store, article())
    for each in chunk.articles:
        finish_article(store, chunk, each.number, saved, 1, 1)
    end_chunk(store, chunk)
