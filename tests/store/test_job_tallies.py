from service.store.jobs.control import cancel_job
from service.store.jobs.records import ITEM_STATES, JOB_STATES
from service.store.jobs.tallies import Tally, tally
from tests.store.jobs import received, work_off


def numbers(states, **others):
    return {**dict.fromkeys(states, 0), **others}


def test_an_empty_store_has_a_nought_for_every_state(store):
    assert tally(store) == Tally(numbers(JOB_STATES), numbers(ITEM_STATES), 0, 0)


def test_jobs_are_counted_and_articles_of_those_that_go_on(store):
    received(store, ["Oui."])
    work_off(store)
    received(store, ["Un.", "Deux."], ["Trois."], webhook="https://a.example/")
    assert tally(store) == Tally(
        numbers(JOB_STATES, done=1, queued=1), numbers(ITEM_STATES, queued=3), 1, 0
    )


def test_a_report_is_owed_once_its_job_is_at_an_end(store):
    job = received(store, ["Oui."], webhook="https://a.example/")
    cancel_job(store, job.id)
    assert tally(store) == Tally(numbers(JOB_STATES, cancelled=1), numbers(ITEM_STATES), 0, 1)
