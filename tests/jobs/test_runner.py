"""The embedded runner: it goes on where a killed one was, and nothing stops it but its end."""

import os
import random
import subprocess
import sys
import threading
import time
import tracemalloc
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs

from service.config import Settings
from service.engine import likeliest
from service.jobs import runner as runner_module
from service.jobs.runner import embedded_runner
from service.jobs.running import run_chunk
from service.store.documents import read_document
from service.store.errors import StoreBusy
from service.store.jobs import tables as job_tables
from service.store.jobs.chunks import claim_chunk
from service.store.jobs.errors import RunnerElsewhere
from service.store.jobs.intake import add_articles, begin_job, end_intake, find_by_key
from service.store.jobs.reading import list_items, list_jobs, read_job
from service.store.jobs.records import JobOptions, NewArticle
from service.store.listing import list_documents
from service.store.opening import open_store
from service.store.records import now
from service.translate import translate_article
from tests.fakes import FakeEngines
from tests.jobs.engines import Counting

ROOT = Path(__file__).parents[2]
SETTINGS = Settings()
SEED = 11
DAY = 86_400
# Seconds that anything here may take at most.
PATIENCE = 60


@pytest.fixture
def place(tmp_path):
    return str(tmp_path / "visavis.db")


@pytest.fixture
def store(place):
    with closing(open_store(place)) as store:
        yield store


def process(name, place, *arguments):
    command = [sys.executable, "-m", f"tests.jobs.{name}", place, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def received(store, texts, chunk_characters=200):
    job_id = begin_job(store, JobOptions())
    new = [NewArticle(f"{n}.txt", text) for n, text in enumerate(texts, 1)]
    add_articles(store, job_id, new, chunk_characters)
    return end_intake(store, job_id)


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_done(store, job):
    return lambda: read_job(store, job.id).state == "done"


def article(number):
    return f"Le thé numéro {number} est froid 🎉. Il pleut ce {number} du mois\u00a0!\r\nRien."


def test_jobs_are_run_within_and_the_runner_is_woken(store):
    engine = Counting()
    with embedded_runner(SETTINGS, FakeEngines(engine), store) as runner:
        for number in range(3):
            job = received(store, [article(number)])
            runner.wake()
            until(is_done(store, job))
    assert "jobs" not in {thread.name for thread in threading.enumerate()}


def test_a_second_runner_is_refused_until_the_first_is_gone(place, store):
    with (
        embedded_runner(SETTINGS, FakeEngines(), store),
        closing(open_store(place)) as other,
    ):
        refused = pytest.raises(RunnerElsewhere, match="run by another process: process ")
        with refused, embedded_runner(SETTINGS, FakeEngines(), other):
            pass
    with embedded_runner(SETTINGS, FakeEngines(), store):
        pass


def killed_runners(place, store, job, times, engine_seconds):
    """Kill one runner after the other, each after it has done something."""
    chance = random.Random(SEED)
    for _ in range(times):
        before = read_job(store, job.id).counts.done
        runner = process("runner_process", place, engine_seconds)
        try:
            until(lambda before=before: read_job(store, job.id).counts.done > before)
            time.sleep(chance.uniform(0, 0.15))
        finally:
            runner.kill()
            runner.communicate()


def test_runners_that_are_killed_lose_nothing_and_do_nothing_twice(place, store):
    texts = [article(number) for number in range(60)]
    job = received(store, texts)
    killed_runners(place, store, job, 3, 0.05)
    before = read_job(store, job.id).counts
    with embedded_runner(SETTINGS, FakeEngines(Counting()), store):
        until(is_done(store, job))
    assert 0 < before.done < 60
    items = list_items(store, job.id)
    assert [item.state for item in items] == ["done"] * 60
    made = [read_document(store, item.document).document for item in items]
    assert made == [translate_article(text, Counting()) for text in texts]
    assert len(list_documents(store, limit=100).documents) == 60


@pytest.mark.skipif("LONG" not in os.environ, reason="minutes long: make faults")
@pytest.mark.slow
def test_twenty_killed_runners_lose_nothing(place, store):
    texts = [article(number) for number in range(300)]
    job = received(store, texts)
    killed_runners(place, store, job, 20, 0.02)
    with embedded_runner(SETTINGS, FakeEngines(Counting()), store):
        until(is_done(store, job))
    items = list_items(store, job.id, limit=1000)
    assert [item.state for item in items] == ["done"] * 300
    assert len({item.document for item in items}) == 300


def test_what_a_killed_runner_had_is_queued_again_at_once(store):
    job = received(store, [article(1)])
    claim_chunk(store, "embedded", 3600)
    with embedded_runner(SETTINGS, FakeEngines(), store):
        until(is_done(store, job))
    assert [item.attempts for item in list_items(store, job.id)] == [2]


def test_what_a_worker_elsewhere_has_is_left_to_it(store):
    theirs, ours = received(store, [article(1)]), received(store, [article(2)])
    claim_chunk(store, "worker", 3600)
    with embedded_runner(SETTINGS, FakeEngines(), store):
        until(is_done(store, ours))
    assert read_job(store, theirs.id).counts.leased == 1


@pytest.fixture
def clock(monkeypatch):
    """Seconds by which the clock of a store in a file is wrong, to be changed."""
    wrong = [0]
    monkeypatch.setattr(job_tables, "now", lambda: now() + timedelta(seconds=wrong[0]))
    return wrong


def test_a_clock_that_jumps_to_and_fro_costs_nothing(store, clock):
    def jump():
        clock[0] = DAY if clock[0] <= 0 else -DAY

    engine = Counting(meanwhile=jump)
    texts = [article(number) for number in range(12)]
    job = received(store, texts)
    with embedded_runner(SETTINGS, FakeEngines(engine), store):
        until(is_done(store, job))
    assert len(engine.calls) > 2
    items = list_items(store, job.id)
    assert [(item.state, item.attempts) for item in items] == [("done", 1)] * 12
    made = [read_document(store, item.document).document for item in items]
    assert made == [translate_article(text, Counting()) for text in texts]


@pytest.mark.parametrize("seconds", [DAY, -DAY])
def test_what_a_killed_runner_had_is_queued_again_however_the_clock_jumped(store, clock, seconds):
    job = received(store, [article(1)])
    claim_chunk(store, "embedded")
    clock[0] = seconds
    with embedded_runner(SETTINGS, FakeEngines(), store):
        until(is_done(store, job))
    assert [item.attempts for item in list_items(store, job.id)] == [2]


def test_an_intake_that_was_killed_leaves_no_half_job(place, store):
    sender = process("intake_process", place)
    for _ in range(5):
        assert sender.stdout.readline() == "sent\n"
    sender.kill()
    sender.communicate()
    assert [job.state for job in list_jobs(store).jobs] == ["receiving"]
    assert claim_chunk(store, "me") is None
    assert find_by_key(store, "nuit-7") is None
    assert list_jobs(store).jobs == ()


class Breaking(FakeEngines):
    """Engines that can't be had at first."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    def engine(self, languages):
        self.times -= 1
        if self.times >= 0:
            raise StoreBusy("le zinzolin")
        return super().engine(languages)


def test_the_runner_goes_on_after_whatever_goes_wrong(store, monkeypatch):
    monkeypatch.setattr(runner_module, "SHORTEST_WAIT", 0.01)

    def first_breaks(*arguments):
        if not logs:
            raise ZeroDivisionError("le zinzolin")
        run_chunk(*arguments)

    monkeypatch.setattr(runner_module, "run_chunk", first_breaks)
    job = received(store, [article(1)])
    with capture_logs() as logs, embedded_runner(SETTINGS, FakeEngines(), store):
        until(is_done(store, job))
    (log,) = logs
    assert (log["error"], log["message"], log["log_level"]) == ("ZeroDivisionError", "", "error")
    assert "test_runner.py" in log["at"]


def test_the_runner_waits_for_a_model_that_is_not_there_yet(store, monkeypatch):
    monkeypatch.setattr(runner_module, "SHORTEST_WAIT", 0.01)
    job = received(store, [article(1)])
    with embedded_runner(SETTINGS, Breaking(3), store):
        until(is_done(store, job))
    assert read_job(store, job.id).counts.done == 1


def test_leaving_stops_the_work_between_two_batches(store):
    job = received(store, ["\n".join(f"Phrase numéro {n}." for n in range(300))], 100_000)
    engine = Counting(0.02)
    settings = Settings(batch_tokens=20, threads=1)
    with embedded_runner(settings, FakeEngines(engine), store):
        until(lambda: len(engine.calls) > 2)
    assert read_job(store, job.id).counts.queued == 1
    assert len(engine.asked) < 300


@pytest.fixture
def unchecked(monkeypatch):
    """The checks remember every word there is, up to a limit that these tests don't reach."""
    monkeypatch.setattr("service.translate.inspected", lambda document, _: document)
    for module in ("service.translate", "service.jobs.running"):
        monkeypatch.setattr(f"{module}.repairing", lambda *_: likeliest)


def unsafe(connection, _record):
    connection.execute("PRAGMA synchronous = OFF").close()


def peak_of_a_job(place, number):
    """The most memory that Python had at once, in bytes, while a job was received and run."""
    with closing(open_store(place)) as store:
        # What is measured is memory, and nothing is killed.
        event.listen(store.engine, "connect", unsafe)
        store.close()
        job_id = begin_job(store, JobOptions())
        tracemalloc.start()
        for start in range(0, number, 50):
            # No new words either, of which as many are remembered as any text is made of.
            new = [NewArticle("a", f"Thé {' '.join(f'{n:05}')}.") for n in range(start, start + 50)]
            add_articles(store, job_id, new, 500)
        job = end_intake(store, job_id)
        settings = Settings(remembered=50)
        while chunk := claim_chunk(store, "me"):
            run_chunk(store, FakeEngines(), settings, chunk)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert read_job(store, job.id).counts.done == number
    return peak


def test_memory_does_not_grow_with_the_articles(tmp_path, unchecked):
    peak_of_a_job(tmp_path / "warm.db", 50)
    few, many = (peak_of_a_job(tmp_path / f"{n}.db", n) for n in (50, 200))
    assert many < 1.25 * few


@pytest.mark.slow
def test_memory_is_flat_over_thousands_of_articles(tmp_path, unchecked):
    """Over twenty thousand, it is measured by benchmarks/jobs.py: traced, they take too long."""
    peak_of_a_job(tmp_path / "warm.db", 200)
    few, many = (peak_of_a_job(tmp_path / f"{n}.db", n) for n in (300, 3000))
    assert many < 1.25 * few
