"""What happens to the store when others write, when there is no room, and when the file rots."""

import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from urllib.parse import quote

import pytest
from sqlalchemy import event, text

from service.store.documents import read_document, save_document
from service.store.errors import StoreBusy, StoreDamaged, StoreFull, StoreUnusable
from service.store.listing import list_documents
from service.store.opening import open_store
from tests.store.articles import article

LIMITS = ("idle_in_transaction_session_timeout", "lock_timeout")
LONG = [f"Phrase {number}, longue et lente. " for number in range(400)]


@pytest.fixture
def disk(tmp_path):
    """A disk with room for 1 MiB."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "visavis", tmp_path],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("a small disk takes root to mount")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def save_until_there_is_no_room(store, saved):
    for number in range(1000):
        saved.append(save_document(store, article([f"Numéro {number}. "] * 20)))


def test_a_full_disk_is_named_and_loses_nothing(disk):
    with closing(open_store(disk / "visavis.db")) as store:
        saved = [save_document(store, article())]
        with pytest.raises(StoreFull, match="no room left"):
            save_until_there_is_no_room(store, saved)
        listed = list_documents(store, limit=1000).documents
        assert [each.id for each in listed] == saved[::-1]
        assert read_document(store, saved[0]).document == article()


def test_a_full_file_is_named_and_takes_more_once_there_is_room(tmp_path):
    room = ["max_page_count = 60"]
    with closing(open_store(tmp_path / "visavis.db")) as store:
        store.close()

        @event.listens_for(store.engine, "connect")
        def limit(connection, _record):
            connection.execute(f"PRAGMA {room[0]}").close()

        saved = save_document(store, article())
        with pytest.raises(StoreFull):
            save_document(store, article(LONG))
        assert [each.id for each in list_documents(store).documents] == [saved]
        room[0] = "max_page_count = 100000"
        store.close()
        more = save_document(store, article(LONG))
        assert read_document(store, more).document == article(LONG)


def test_who_writes_for_too_long_is_not_waited_for_for_ever(sqlite_store):
    with closing(sqlite3.connect(sqlite_store.engine.url.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with sqlite_store.reading() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(StoreBusy):
            save_document(sqlite_store, article())


def test_a_store_is_read_while_others_write(store):
    saved = save_document(store, article())
    with store.writing() as connection:
        connection.execute(text("UPDATE documents SET title = 'neu'"))
        assert read_document(store, saved).title == ""


def test_a_reader_sees_one_moment_only(store):
    save_document(store, article())
    count = text("SELECT count(*) FROM documents")
    with store.reading() as connection:
        before = connection.execute(count).scalar()
        save_document(store, article(["Entre-temps. "]))
        assert connection.execute(count).scalar() == before


def with_options(place, options):
    """The address of a database whose connections have these options instead of ours."""
    return f"{place}&options={quote(options)}"


def test_nobody_waits_or_stands_still_for_ever_unless_the_url_says_so(emptied):
    def found(place):
        with closing(open_store(place)) as store, store.reading() as connection:
            return [connection.execute(text(f"SHOW {name}")).scalar() for name in LIMITS]

    assert found(emptied) == ["1min", "30s"]
    assert found(with_options(emptied, "-c lock_timeout=7s")) == ["0", "7s"]


def stand_still(store):
    with store.writing() as connection:
        connection.execute(text("SELECT 1"))
        time.sleep(0.5)
        connection.execute(text("SELECT 1"))


def test_a_transaction_that_stands_still_is_broken_off(emptied):
    place = with_options(emptied, "-c idle_in_transaction_session_timeout=100ms")
    with closing(open_store(place)) as store:
        with pytest.raises(StoreUnusable):
            stand_still(store)
        saved = save_document(store, article())
        assert read_document(store, saved).document == article()


def test_who_waits_too_long_for_a_lock_is_told_that_others_write(emptied):
    place = with_options(emptied, "-c lock_timeout=50ms")
    lock = text("LOCK TABLE documents")
    with (
        closing(open_store(emptied)) as store,
        closing(open_store(place)) as other,
        store.writing() as connection,
    ):
        connection.execute(lock)
        refused = pytest.raises(StoreBusy, match="others have been writing for too long")
        with refused, other.writing() as waiting:
            waiting.execute(lock)


def fail_half_way(store):
    with store.writing() as connection:
        connection.execute(text("INSERT INTO models VALUES (1, 'a', 'b', 'c', 'd', 'e')"))
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError):
        fail_half_way(store)
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM models")).scalar() == 0


def test_threads_that_save_the_same_get_the_same(store):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(save_document(store, article())))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (only,) = list_documents(store).documents
    assert found == [only.id] * 8


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path):
    with pytest.raises(StoreUnusable, match=f"{tmp_path}: the file cannot be opened"):
        open_store(tmp_path)


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "visavis.db"
    with closing(open_store(path)) as store:
        saved = save_document(store, article(LONG))
        store.empty_log()
    rotten = bytearray(path.read_bytes())
    rotten[4096:] = b"\xff" * (len(rotten) - 4096)
    path.write_bytes(rotten)
    with pytest.raises((StoreDamaged, StoreUnusable)), closing(open_store(path)) as store:
        read_document(store, saved)


def test_what_a_caller_is_told_names_no_place(tmp_path):
    with (
        closing(open_store(tmp_path / "visavis.db")) as store,
        closing(sqlite3.connect(tmp_path / "visavis.db")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(StoreBusy) as refused:
            save_document(store, article())
        assert str(refused.value) == "the store: others have been writing for too long"
