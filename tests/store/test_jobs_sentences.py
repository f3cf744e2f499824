"""Sentences are remembered up to a limit, and the oldest used go first."""

import pytest
from sqlalchemy import text

from service.store.jobs.sentences import recall, remember


def keys(store):
    return set(recall(store, [f"k{n}" for n in range(20)]))


def age(store, key, year):
    with store.writing() as connection:
        connection.execute(
            text("UPDATE known_sentences SET used = :then WHERE key = :key"),
            {"then": f"{year}-01-01 00:00:00.000000", "key": key},
        )


def test_what_is_remembered_comes_back_as_it_was(store):
    remember(store, {"k1": b"\0\xff", "k2": b""}, 10)
    assert recall(store, ["k1", "k2", "k3"]) == {"k1": b"\0\xff", "k2": b""}
    assert recall(store, []) == {}


def test_a_key_is_remembered_once_as_it_last_was(store):
    remember(store, {"k1": b"one"}, 10)
    remember(store, {"k1": b"two"}, 10)
    assert recall(store, ["k1"]) == {"k1": b"two"}


def test_the_oldest_are_forgotten_first(store):
    for number in range(6):
        remember(store, {f"k{number}": b"x"}, 3)
    assert keys(store) == {"k3", "k4", "k5"}


def test_what_was_asked_for_again_is_kept_longer(store):
    remember(store, {"k1": b"x", "k2": b"x"}, 2)
    age(store, "k1", 2020)
    age(store, "k2", 2021)
    recall(store, ["k1"])
    remember(store, {"k3": b"x"}, 2)
    assert keys(store) == {"k1", "k3"}


def test_nothing_is_remembered_where_nothing_may_be(store):
    remember(store, {"k1": b"x"}, 0)
    assert keys(store) == set()


@pytest.mark.parametrize("number", [499, 500, 501, 1100])
def test_any_number_of_sentences_is_asked_for_at_once(sqlite_store, number):
    entries = {f"{n}": str(n).encode() for n in range(number)}
    remember(sqlite_store, entries, 2000)
    assert recall(sqlite_store, entries) == entries
