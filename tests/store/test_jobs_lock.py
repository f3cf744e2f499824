"""Only one process runs the jobs of a store, and none is missed once it is dead."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from service.store.jobs.errors import RunnerElsewhere
from service.store.jobs.lock import RUNNING, runner_lock
from service.store.opening import open_store

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from service.store.jobs.lock import runner_lock
from service.store.opening import open_store
with runner_lock(open_store(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""
# Seconds that a server takes to see that a client is gone, at most.
PATIENCE = 10


def holder(place):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, place], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_one_is_refused_and_told_who_is_the_first(place, store):
    with runner_lock(store), closing(open_store(place)) as other:
        refused = pytest.raises(RunnerElsewhere, match=f"process {os.getpid()} on ")
        with refused, runner_lock(other):
            pass


def test_the_lock_is_free_once_it_is_let_go(store):
    for _ in range(3):
        with runner_lock(store) as lock:
            lock.hold()


def test_the_lock_is_free_once_its_process_was_killed(place, store):
    process = holder(place)
    try:
        refused = pytest.raises(RunnerElsewhere, match=f"process {process.pid} on ")
        with refused, runner_lock(store):
            pass
    finally:
        process.kill()
        process.communicate()
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with runner_lock(store):
                break
        except RunnerElsewhere:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_lock_that_the_server_forgot_is_taken_again(emptied):
    with closing(open_store(emptied)) as store, runner_lock(store) as lock:
        kill = """
            SELECT pg_terminate_backend(pid) FROM pg_locks
            WHERE locktype = 'advisory' AND objid = :key
        """
        with store.writing() as connection:
            assert connection.execute(text(kill), {"key": RUNNING}).scalars().all() == [True]
        lock.hold()
        refused = pytest.raises(RunnerElsewhere)
        with closing(open_store(emptied)) as other, refused, runner_lock(other):
            pass


def test_a_lock_is_held_however_long_nothing_is_done_with_it(emptied):
    place = f"{emptied}&options=-c%20idle_in_transaction_session_timeout%3D100ms"
    state = text("SELECT state FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE objid = :key")
    with closing(open_store(place)) as store, runner_lock(store) as lock:
        held = lock.connection
        time.sleep(0.5)
        lock.hold()
        assert lock.connection is held
        with store.reading() as connection:
            assert connection.execute(state, {"key": RUNNING}).scalars().all() == ["idle"]
        refused = pytest.raises(RunnerElsewhere)
        with closing(open_store(emptied)) as other, refused, runner_lock(other):
            pass
