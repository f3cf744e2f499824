import threading
import time
from contextlib import ExitStack, closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from alignment.document import FRENCH_ENGLISH
from alignment.span import Span
from service.store import tables
from service.store.claims import add_claim, judge_claim, read_claim
from service.store.database import Store, connect, database_url
from service.store.documents import (
    delete_document,
    find_same,
    read_document,
    read_original,
    save_document,
)
from service.store.errors import StoreTooNew, StoreUnusable
from service.store.jobs import tables as job_tables
from service.store.jobs.chunks import claim_chunk
from service.store.jobs.reading import events_after, list_items, read_job
from service.store.listing import list_documents
from service.store.opening import MIGRATING, open_store, revisions
from service.store.people import tables as people_tables
from service.store.reviews import tables as review_tables
from tests.store import earlier
from tests.store.articles import MODEL, article


def revision_of(store):
    with store.reading() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def test_a_new_store_is_at_the_newest_revision(new_place):
    with closing(open_store(new_place)) as store:
        assert revision_of(store) == revisions()[-1]
        assert list_documents(store).documents == ()


def test_the_revisions_follow_each_other():
    assert revisions() == ("0001", "0002", "0003", "0004", "0005")


def test_what_was_stored_is_there_when_the_store_is_opened_again(place):
    with closing(open_store(place)) as store:
        saved = save_document(store, article())
    with closing(open_store(place)) as store:
        assert read_document(store, saved).document == article()


@pytest.mark.parametrize(
    ("known", "name"),
    [(job_tables, "jobs"), (people_tables, "people"), (review_tables, "flags")],
)
def test_the_tables_of_every_part_are_compared_with_the_migrations(known, name):
    assert name in known.metadata.tables


def test_the_migrations_make_the_tables_that_the_code_knows(new_place):
    def ours(name, kind, _parents):
        return kind != "table" or (name in tables.metadata.tables)

    with closing(open_store(new_place)) as store, store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": True}
        )
        assert compare_metadata(context, tables.metadata) == []


@pytest.mark.parametrize("revision", revisions()[:-1])
def test_an_earlier_store_is_brought_up_to_date_with_all_it_holds(new_place, revision):
    with closing(open_store(new_place, revision)) as store, store.writing() as connection:
        for statement in earlier.statements(revision, store.engine.dialect.name):
            connection.execute(text(statement))
    with closing(open_store(new_place)) as store:
        assert revision_of(store) == revisions()[-1]
        found = read_document(store, earlier.ID)
        assert (found.title, found.document) == ("Été", earlier.DOCUMENT)
        assert read_original(store, earlier.ID) == b"tea"
        asked = (earlier.SOURCE_SHA256, FRENCH_ENGLISH, MODEL, {"quality": "best"})
        assert find_same(store, *asked) == earlier.ID
        assert [each.id for each in list_documents(store, "THE").documents] == [earlier.ID]


def test_an_earlier_store_takes_claims_once_it_is_up_to_date(new_place):
    with closing(open_store(new_place, "0001")) as store, store.writing() as connection:
        for statement in earlier.statements("0001", store.engine.dialect.name):
            connection.execute(text(statement))
    with closing(open_store(new_place)) as store:
        claim = add_claim(store, earlier.ID, "target", Span(2, 5))
        assert [each.exact for each in claim.source] == ["thé"]
        judged = judge_claim(store, f"{earlier.ID}-s1", "Zoé", verdict="faithful")
        assert read_claim(store, judged.id) == judged
        delete_document(store, earlier.ID)
        assert list_documents(store).documents == ()


def test_an_earlier_store_keeps_its_claims(new_place):
    with closing(open_store(new_place, "0002")) as store, store.writing() as connection:
        for statement in earlier.statements("0002", store.engine.dialect.name):
            connection.execute(text(statement))
    with closing(open_store(new_place)) as store:
        claim = read_claim(store, earlier.CLAIM)
        assert ([each.exact for each in claim.target], claim.verdict) == (["tea"], "faithful")


def test_a_job_of_an_earlier_store_goes_on(new_place):
    with closing(open_store(new_place, "0003")) as store, store.writing() as connection:
        for statement in earlier.statements("0003", store.engine.dialect.name):
            connection.execute(text(statement))
    with closing(open_store(new_place)) as store:
        counts = read_job(store, earlier.JOB).counts
        assert (counts.done, counts.queued, counts.tokens) == (1, 1, 4)
        assert [item.document for item in list_items(store, earlier.JOB)] == [earlier.ID, None]
        assert [(each.number, each.data) for each in events_after(store, earlier.JOB)] == [
            (8, {"articles": 2})
        ]
        (left,) = claim_chunk(store, "me").articles
        assert (left.number, left.text, left.paragraphs) == (2, "Deux thés", (Span(0, 9),))


def test_a_store_of_a_newer_version_is_refused_by_name(new_place):
    with closing(open_store(new_place)) as store, store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTooNew, match=r"revision 9999.*knows up to 0005"):
        open_store(new_place)


def test_a_migration_that_fails_leaves_the_store_as_it_was(new_place):
    open_store(new_place, "0001").close()
    store = Store(connect(database_url(new_place)))
    with closing(store):
        with store.writing() as connection:
            connection.execute(text("CREATE TABLE history (something INTEGER)"))
        with pytest.raises(DBAPIError):
            open_store(new_place)
        assert revision_of(store) == "0001"
        assert "claims" not in inspect(store.engine).get_table_names()


def test_who_migrates_is_waited_for_however_long_it_takes(new_database):
    impatient = f"{new_database}&options=-c%20lock_timeout%3D50ms"

    def migrate(held):
        time.sleep(0.3)
        held.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATING})

    with ExitStack() as stack:
        engine = connect(database_url(new_database))
        stack.callback(engine.dispose)
        held = stack.enter_context(engine.connect())
        held.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATING})
        other = threading.Thread(target=migrate, args=(held,))
        other.start()
        stack.callback(other.join)
        store = stack.enter_context(closing(open_store(impatient)))
        assert revision_of(store) == revisions()[-1]


def test_sqlite_writes_ahead_and_flushes_every_commit(sqlite_store):
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    with sqlite_store.reading() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {each}").scalar() for each in pragmas]
    assert found == ["wal", 2, 1, 1, 30_000]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("mysql://localhost/visavis", "mysql is neither sqlite nor postgresql"),
        ("sqlite://", "a store in memory would forget everything"),
        ("sqlite:///:memory:", "a store in memory would forget everything"),
        ("post gres://", "no address of a database"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "127.0.0.1"),
    ],
)
def test_a_place_that_no_store_can_be_at_is_refused(place, why):
    if place.startswith("postgresql"):
        pytest.importorskip("psycopg")
    with pytest.raises(StoreUnusable, match=why) as refused:
        open_store(place)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Rien à voir. " * 100, encoding="utf-8")
    with pytest.raises(StoreUnusable, match=r"notes\.txt"):
        open_store(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match=r"visavis\.db"):
        open_store(tmp_path / "file" / "visavis.db")
