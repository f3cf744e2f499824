from datetime import timedelta
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text, update

from service.store.people import tables
from service.store.people.accounts import (
    add_account,
    disable_account,
    enable_account,
    end_sessions,
    find_account,
    has_accounts,
    list_accounts,
    read_account,
    read_password,
    recognise,
    set_email,
    set_language,
    set_password,
    set_role,
)
from service.store.people.errors import (
    AdminWanted,
    BadName,
    NameTaken,
    NoSuchAccount,
    NoSuchKey,
)
from service.store.people.failures import Allowance, attempt, succeed, uncount
from service.store.people.keys import add_key, find_key, list_keys, revoke_key
from service.store.people.names import fold
from service.store.people.password_links import add_link, find_link, use_link
from service.store.people.sessions import (
    begin_session,
    count_sessions,
    end_session,
    find_session,
)
from service.store.records import now

HOUR = timedelta(hours=1)
ALLOWED = Allowance(free=2, longest=timedelta(seconds=600))


@pytest.fixture(autouse=True)
def nobody(request):
    """The database that tests share may have people of an earlier one."""
    if "store" in request.fixturenames:
        with request.getfixturevalue("store").writing() as connection:
            connection.execute(text("DELETE FROM people"))
            connection.execute(text("DELETE FROM failures"))


@pytest.fixture
def admin(store):
    return add_account(store, "Zoé", "admin", "hash", "Zoe@example.org")


def test_the_migration_makes_the_tables_that_the_code_knows(store):
    mine = {"people", "sessions", "api_keys", "password_links", "failures"}

    def ours(name, kind, _parents):
        return kind != "table" or name in mine

    with store.reading() as connection:
        options = {"include_name": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, tables.metadata)
    assert [each for each in found if mine & set(map(str, each))] == []


def test_an_account_is_found_however_its_name_is_written(store, admin):
    assert has_accounts(store)
    assert find_account(store, "ZOÉ") == read_account(store, admin.id) == admin
    assert (admin.name, admin.email, admin.disabled) == ("Zoé", "zoe@example.org", None)
    assert read_password(store, "zoé") == (admin, "hash")
    assert read_password(store, "zoe") is None


@pytest.mark.parametrize(
    "name",
    ["", " Zoé", "Zoé\n", "a  b", "a\u00a0b", "a\u202eb", "a\0", "\ud800", "Zoe\u0301", "x" * 65],
)
def test_what_reads_like_something_else_is_no_name(store, name):
    with pytest.raises(BadName):
        add_account(store, name, "admin")
    assert not has_accounts(store)


@pytest.mark.parametrize("email", ["zoe", "@x", "a b@x", "a@b\r\nBcc: c"])
def test_what_cannot_be_written_to_is_no_address(store, email):
    with pytest.raises(BadName):
        add_account(store, "Zoé", "admin", email=email)


@pytest.mark.parametrize(
    ("one", "other"), [("ZOÉ", "zoé"), ("straße", "STRASSE"), ("ﬁn", "fin"), ("ａ", "A")]
)
def test_names_that_look_alike_are_one(one, other):
    assert fold(one) == fold(other)


def test_a_name_and_an_address_are_somebodys_once(store, admin):
    with pytest.raises(NameTaken, match="name: "):
        add_account(store, "zoÉ", "reader")
    with pytest.raises(NameTaken, match="email: "):
        add_account(store, "Anne", "reader", email="ZOE@example.org")
    anne = add_account(store, "Anne", "reader")
    add_account(store, "Paul", "reader")
    with pytest.raises(NameTaken):
        set_email(store, anne.id, "zoe@example.org")
    assert set_email(store, admin.id, "zoe@example.org").email == "zoe@example.org"


def test_the_first_account_has_to_be_an_admins(store):
    with pytest.raises(AdminWanted, match="first"):
        add_account(store, "Anne", "reviewer")


def test_of_two_added_at_once_both_know_of_the_other(store):
    start = Barrier(2)
    refused = []

    def add(name, role):
        start.wait()
        try:
            add_account(store, name, role)
        except AdminWanted:
            refused.append(name)

    threads = [Thread(target=add, args=("Anne", "reader")), Thread(target=add, args=("B", "admin"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = [each.name for each in list_accounts(store)]
    assert there == (["B"] if refused else ["Anne", "B"])


def test_the_last_admin_stays_one(store, admin):
    for change in (
        lambda: disable_account(store, admin.id),
        lambda: set_role(store, admin.id, "reader"),
    ):
        with pytest.raises(AdminWanted, match="last"):
            change()
    other = add_account(store, "Anne", "admin")
    assert set_role(store, admin.id, "reader").role == "reader"
    with pytest.raises(AdminWanted):
        disable_account(store, other.id)


def test_a_disabled_account_keeps_its_name_and_loses_its_sessions_and_links(store, admin):
    anne = add_account(store, "Anne", "reader")
    begin_session(store, anne.id, "a" * 64, HOUR)
    add_link(store, anne.id, "b" * 64, HOUR)
    assert disable_account(store, anne.id).disabled is not None
    assert find_session(store, "a" * 64, HOUR) is None
    assert find_link(store, "b" * 64) is None
    with pytest.raises(NameTaken):
        add_account(store, "Anne", "reader")
    assert enable_account(store, anne.id).disabled is None
    assert find_session(store, "a" * 64, HOUR) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda store: read_account(store, "x"),
        lambda store: set_role(store, "x", "reader"),
        lambda store: set_email(store, "x", ""),
        lambda store: find_account(store, "x"),
    ],
)
def test_who_is_not_there_is_named(store, change):
    with pytest.raises(NoSuchAccount, match="'x'"):
        change(store)


def test_a_session_is_known_by_its_hash_until_it_ends(store, admin):
    begin_session(store, admin.id, "a" * 64, HOUR)
    assert find_session(store, "a" * 64, HOUR) == admin
    assert find_session(store, "b" * 64, HOUR) is None
    assert count_sessions(store, admin.id) == 1
    end_session(store, "a" * 64)
    assert find_session(store, "a" * 64, HOUR) is None


def test_a_session_ends_by_itself(store, admin):
    begin_session(store, admin.id, "a" * 64, timedelta(0))
    assert find_session(store, "a" * 64, HOUR) is None
    begin_session(store, admin.id, "b" * 64, HOUR)
    with store.reading() as connection:
        assert connection.execute(select(tables.sessions.c.sha256)).scalars().all() == ["b" * 64]


def test_a_session_that_nobody_uses_ends_sooner_and_use_is_noted(store, admin):
    begin_session(store, admin.id, "a" * 64, 10 * HOUR)
    seen(store, now() - 2 * HOUR)
    assert find_session(store, "a" * 64, HOUR) is None
    assert find_session(store, "a" * 64, 3 * HOUR) == admin
    assert find_session(store, "a" * 64, HOUR) == admin


def seen(store, at):
    with store.writing() as connection:
        connection.execute(update(tables.sessions).values(seen=at))


def test_a_new_password_and_signing_out_end_every_session(store, admin):
    for change in (
        lambda: set_password(store, admin.id, "new"),
        lambda: end_sessions(store, admin.id),
    ):
        begin_session(store, admin.id, "a" * 64, HOUR)
        change()
        assert find_session(store, "a" * 64, HOUR) is None
    assert read_password(store, "Zoé")[1] == "new"


def test_a_key_is_found_by_its_hash_until_it_is_revoked(store, admin):
    key = add_key(store, admin.id, "CMS", "vav_1", "a" * 64, {"read", "jobs"})
    assert (key.person, key.scopes, key.used) == ("Zoé", {"read", "jobs"}, None)
    found, whose = find_key(store, "a" * 64)
    assert (found.id, whose) == (key.id, admin)
    assert list_keys(store, admin.id)[0].used is not None
    assert revoke_key(store, "vav_1").id == key.id
    assert find_key(store, "a" * 64) is None
    assert list_keys(store)[0].revoked is not None


def test_a_key_ends_with_its_date_and_with_its_owner(store, admin):
    add_key(store, admin.id, "old", "vav_1", "a" * 64, {"read"}, now() - HOUR)
    assert find_key(store, "a" * 64) is None
    anne = add_account(store, "Anne", "reader")
    add_key(store, anne.id, "hers", "vav_2", "b" * 64, {"read"}, now() + HOUR)
    assert find_key(store, "b" * 64) is not None
    disable_account(store, anne.id)
    assert find_key(store, "b" * 64) is None


def test_nobody_revokes_somebody_elses_key(store, admin):
    anne = add_account(store, "Anne", "reader")
    key = add_key(store, admin.id, "CMS", "vav_1", "a" * 64, {"read"})
    with pytest.raises(NoSuchKey):
        revoke_key(store, key.id, anne.id)
    assert find_key(store, "a" * 64) is not None


def test_a_link_sets_a_password_once_and_ends_every_session(store, admin):
    begin_session(store, admin.id, "c" * 64, HOUR)
    add_link(store, admin.id, "a" * 64, HOUR)
    add_link(store, admin.id, "b" * 64, HOUR)
    assert find_link(store, "a" * 64) is None
    assert use_link(store, "b" * 64, "new") == admin
    assert use_link(store, "b" * 64, "newer") is None
    assert read_password(store, "Zoé")[1] == "new"
    assert find_session(store, "c" * 64, HOUR) is None


def test_a_link_is_not_good_for_ever(store, admin):
    add_link(store, admin.id, "a" * 64, timedelta(0))
    assert find_link(store, "a" * 64) is None
    assert use_link(store, "a" * 64, "new") is None


def test_a_provider_is_believed_about_an_address_once_and_then_about_its_own_subject(store, admin):
    assert recognise(store, "issuer 1", "") is None
    assert recognise(store, "issuer 1", "somebody@example.org") is None
    assert recognise(store, "issuer 1", "Zoe@Example.org").id == admin.id
    assert recognise(store, "issuer 1", "").id == admin.id
    assert recognise(store, "issuer 2", "zoe@example.org") is None
    set_email(store, admin.id, "zoe@example.com")
    assert recognise(store, "issuer 2", "zoe@example.com").id == admin.id


def test_the_language_is_kept(store, admin):
    assert set_language(store, admin.id, "fr").language == "fr"


def test_failures_make_one_wait_twice_as_long_each_time_up_to_a_limit(store):
    waits = []
    for _ in range(13):
        assert attempt(store, "name:x", ALLOWED) == 0
        waits.append(waited(store))
    assert waits == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]


def waited(store):
    """The seconds that the last failure made one wait, and an end to it."""
    with store.writing() as connection:
        row = connection.execute(select(tables.failures)).one()
        connection.execute(update(tables.failures).values(until=now()))
    return (row.until - row.latest).total_seconds()


def test_success_forgets_failures_and_one_attempt_can_be_taken_back(store):
    for _ in range(2):
        assert attempt(store, "a", ALLOWED) == 0
    assert attempt(store, "a", ALLOWED) > 0
    uncount(store, "a")
    assert attempt(store, "a", ALLOWED) == 0
    succeed(store, "a")
    assert attempt(store, "a", ALLOWED) == 0
    assert attempt(store, "b", ALLOWED) == 0


def test_of_many_at_once_no_more_are_let_through_than_of_as_many_in_turn(store):
    passed = []
    start = Barrier(8)

    def guess():
        start.wait()
        if attempt(store, "a", ALLOWED) == 0:
            passed.append(1)

    threads = [Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == ALLOWED.free


def test_what_was_typed_as_a_name_is_not_kept(store):
    attempt(store, "name:my password", ALLOWED)
    with store.reading() as connection:
        kept = connection.execute(select(tables.failures.c.subject)).scalars().all()
    assert "password" not in str(kept)
