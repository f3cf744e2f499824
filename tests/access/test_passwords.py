from functools import partial

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from service.access import passwords
from service.access.errors import PasswordRefused
from service.access.passwords import check_password, hash_password, is_outdated, is_right
from service.store.people.accounts import read_password
from tests.access.conftest import PASSWORD, Browser


@pytest.fixture
def slow_hashes(monkeypatch):
    """Hashes as they really are."""
    monkeypatch.setattr(passwords, "PasswordHasher", PasswordHasher)


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct horse battery", "é" * 4 + "àçùœ" * 2, "x2" * 3 + " 9abcd"]
)
def test_long_passwords_of_any_kind_will_do(password):
    assert check_password(password, "Anne Kern", "anne@example.org") == password


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "at least 12"),
        ("elevenchars", "at least 12"),
        ("x1y2z" * 300, "more than 1024"),
        ("aaaaaaaaaaaa", "repeats few"),
        ("abababababababab", "repeats few"),
        ("christophe.martin", "the name"),
        ("Christophe.MARTIN", "the name"),
        ("christophe.martinchristophe.m", "the name"),
        ("c.martin@example.org", "the name"),
    ],
)
def test_what_is_guessed_first_is_refused(password, reason):
    with pytest.raises(PasswordRefused, match=reason):
        check_password(password, "christophe.martin", "c.martin@example.org")


@pytest.mark.usefixtures("slow_hashes")
def test_what_is_kept_is_a_salted_argon2id_as_the_rfc_advises():
    kept = hash_password(PASSWORD)
    found = extract_parameters(kept)
    assert (found.type, found.memory_cost >= 65536, found.time_cost >= 3) == (Type.ID, True, True)
    assert kept != hash_password(PASSWORD)
    assert is_right(PASSWORD, kept)
    assert not is_outdated(kept)


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_without_a_hash_no_password_is_right(kept):
    assert not is_right(PASSWORD, kept)
    assert not is_right("the password of somebody who is not there", kept)


def test_nobodys_password_is_looked_at_like_anybodys(monkeypatch):
    looked = []

    class Counting(PasswordHasher):
        def __init__(self):
            super().__init__(time_cost=1, memory_cost=8, parallelism=1)

        def verify(self, kept, password):
            looked.append(kept.startswith("$argon2id$"))
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "PasswordHasher", Counting)
    is_right(PASSWORD, None)
    is_right(PASSWORD, hash_password("other"))
    assert looked == [True, True]


def test_a_hash_that_is_weaker_than_today_is_made_anew_when_its_owner_signs_in(
    app, people, store, monkeypatch
):
    before = read_password(store, "reader")[1]
    stronger = partial(PasswordHasher, time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "PasswordHasher", stronger)
    browser = Browser(app.test_client())
    assert browser.sign_in("reader").status_code == 303
    after = read_password(store, "reader")[1]
    assert (extract_parameters(before).time_cost, extract_parameters(after).time_cost) == (1, 2)
    assert browser.sign_in("reader").status_code == 303
    assert read_password(store, "reader")[1] == after
