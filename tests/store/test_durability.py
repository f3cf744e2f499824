"""Real processes that write at once, and real ones that are killed while they write."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from service.store.documents import read_document
from service.store.listing import list_documents
from service.store.opening import open_store
from tests.store.writer import numbered

ROOT = Path(__file__).parents[2]
SEED = 7
# Seconds of writing after the first acknowledgement, at most.
WRITING = 0.4


def writer(place, number_of_articles, *names):
    command = [sys.executable, "-m", "tests.store.writer", place, str(number_of_articles), *names]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def acknowledged(output) -> Iterator[tuple[str, int, str]]:
    """What a process has said; a line that was cut off by its end was not said."""
    for line in output.splitlines(keepends=True):
        if line.endswith("\n"):
            name, number, saved = line.split()
            yield name, int(number), saved


def killed_while_writing(place, name, delay):
    """What was acknowledged by a process that was killed so many seconds after the first."""
    process = writer(place, 0, name)
    first = process.stdout.readline()
    time.sleep(delay)
    process.kill()
    rest, _ = process.communicate()
    return list(acknowledged(first + rest))


def lost(store, said):
    """What was acknowledged and is not there as it was."""
    return [
        (name, number)
        for name, number, saved in said
        if read_document(store, saved).document != numbered(name, number)
    ]


def faults(store):
    """What SQLite itself finds wrong, and documents that are there in part."""
    with store.reading() as connection:
        wrong = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        partial = connection.execute(
            text(
                "SELECT id FROM documents WHERE segments <>"
                " (SELECT count(*) FROM segments WHERE document = documents.key)"
                " OR key NOT IN (SELECT rowid FROM document_words)"
            )
        )
        return [each for each in wrong if each != "ok"] + list(partial)


def kill_again_and_again(path, times):
    chance = random.Random(SEED)
    for number in range(times):
        said = killed_while_writing(str(path), f"N{number}", chance.uniform(0, WRITING))
        with closing(open_store(path)) as store:
            yield len(said), lost(store, said), faults(store)


def test_kill_in_the_middle_of_writing_loses_nothing_that_was_acknowledged(tmp_path):
    for said, gone, wrong in kill_again_and_again(tmp_path / "visavis.db", 5):
        assert said > 0
        assert (gone, wrong) == ([], [])


@pytest.mark.slow
def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path):
    found = list(kill_again_and_again(tmp_path / "visavis.db", 50))
    assert len(found) == 50
    assert all(said and not gone and not wrong for said, gone, wrong in found)


def test_two_processes_that_write_at_once_lose_nothing(new_place):
    processes = [writer(new_place, 15, "shared", name) for name in ("A", "B")]
    said = [list(acknowledged(process.communicate()[0])) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(each) for each in said] == [30, 30]
    shared = [[each for each in some if each[0] == "shared"] for some in said]
    assert shared[0] == shared[1]
    with closing(open_store(new_place)) as store:
        assert lost(store, said[0] + said[1]) == []
        assert len(list_documents(store, limit=100).documents) == 45
