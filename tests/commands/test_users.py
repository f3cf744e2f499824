"""`visavis users` and `visavis keys` as a user types them."""

import json
from contextlib import closing

import pytest
from click.testing import CliRunner

from service.access.passwords import is_right
from service.access.tokens import hashed
from service.commands.keys import keys
from service.commands.users import users
from service.store.opening import open_store
from service.store.people.accounts import read_password
from service.store.people.errors import AdminWanted, NoSuchAccount, NoSuchKey
from service.store.people.keys import find_key
from tests.access.conftest import PASSWORD, empty, quick_hashes

__all__ = ["empty", "quick_hashes"]


@pytest.fixture
def place(empty, tmp_path):
    path = tmp_path / "visavis.db"
    path.write_bytes(empty.read_bytes())
    return path


@pytest.fixture
def run(place):
    def run(command, *arguments, given=""):
        environ = {"VISAVIS_DATABASE": str(place), "COLUMNS": "120"}
        return CliRunner().invoke(command, arguments, input=given, env=environ)

    return run


@pytest.fixture
def zoe(run):
    return run(users, "add", "Zoé", "--role", "admin", "--password-stdin", given=PASSWORD + "\n")


def password_of(place, name):
    with closing(open_store(place)) as store:
        return read_password(store, name)[1]


def test_the_first_account_is_added_and_what_comes_next_is_said(zoe, place):
    assert zoe.exit_code == 0
    assert zoe.output.startswith("Zoé is admin.\nFrom now on everybody signs in")
    assert "visavis keys create Zoé" in zoe.output
    assert is_right(PASSWORD, password_of(place, "zoé"))


def test_a_password_is_asked_for_twice_and_never_shown(run, place):
    typed = f"{PASSWORD}\nother words than before\n{PASSWORD}\n{PASSWORD}\n"
    result = run(users, "add", "Zoé", "--role", "admin", given=typed)
    assert result.exit_code == 0
    assert "do not match" in result.output
    assert PASSWORD not in result.output
    assert is_right(PASSWORD, password_of(place, "Zoé"))


@pytest.mark.parametrize(
    ("arguments", "given", "reason"),
    [
        (("Zoé", "--role", "admin", "--password-stdin"), "short\n", "at least 12"),
        (("christophe.martin", "--role", "admin", "--password-stdin"), "Christophe.Martin", "name"),
        (("Zoé", "--role", "reviewer", "--password-stdin"), PASSWORD, "first account"),
        (("", "--role", "admin", "--password-stdin"), PASSWORD, "name: give one"),
        (("Zoé", "--role", "admin", "--no-password"), "", "--email"),
    ],
)
def test_what_cannot_be_added_is_explained(run, arguments, given, reason):
    result = run(users, "add", *arguments, given=given)
    assert result.exit_code != 0
    assert reason in f"{result.output}{result.exception}"
    assert json.loads(run(users, "list", "--format", "json").output) == []


def test_people_are_listed_disabled_enabled_and_given_roles(run, zoe):
    run(users, "add", "Anne", "--email", "anne@example.org", "--no-password")
    assert run(users, "disable", "ANNE").output == "Anne is disabled.\n"
    table = " ".join(run(users, "list").output.split())
    assert "Anne reviewer anne@example.org" in table
    assert "disabled" in table
    assert run(users, "enable", "anne").output == "Anne is enabled.\n"
    assert run(users, "role", "anne", "translator").output == "Anne is translator.\n"
    listed = json.loads(run(users, "list", "--format", "json").output)
    assert [(each["name"], each["role"], each["disabled"]) for each in listed] == [
        ("Anne", "translator", None),
        ("Zoé", "admin", None),
    ]


def test_a_new_password_is_set(run, zoe, place):
    result = run(users, "password", "zoé", "--password-stdin", given="cinq autres mots choisis\n")
    assert result.output == "Zoé has a new password.\n"
    assert is_right("cinq autres mots choisis", password_of(place, "Zoé"))


def test_the_last_admin_stays(run, zoe):
    for arguments in (("disable", "zoé"), ("role", "zoé", "reader")):
        assert isinstance(run(users, *arguments).exception, AdminWanted)


@pytest.mark.parametrize("arguments", [("disable", "x"), ("password", "x"), ("role", "x", "admin")])
def test_who_is_not_there_is_named(run, zoe, arguments):
    assert isinstance(run(users, *arguments).exception, NoSuchAccount)


def test_without_anybody_the_list_says_how_to_add_the_first(run):
    assert "visavis users add NAME --role admin" in run(users, "list").output


def test_a_key_is_printed_once_listed_by_its_beginning_and_revoked(run, zoe, place):
    made = run(keys, "create", "zoé", "--title", "CMS", "--scopes", "read, translate")
    key = made.stdout.strip()
    assert made.stderr == "It is not shown again.\n"
    with closing(open_store(place)) as store:
        found, whose = find_key(store, hashed(key))
    assert (found.scopes, whose.name) == ({"read", "translate"}, "Zoé")
    table = run(keys, "list").output
    assert found.prefix in table
    assert key not in table
    assert run(keys, "revoke", found.prefix).output == f"{found.prefix} of Zoé is revoked.\n"
    (listed,) = json.loads(run(keys, "list", "--format", "json").output)
    assert (listed["title"], listed["scopes"], bool(listed["revoked"])) == (
        "CMS",
        ["read", "translate"],
        True,
    )


@pytest.mark.parametrize(
    ("scopes", "reason"),
    [("everything", "everything"), ("", "nothing"), ("read,admin", "a reviewer may not: admin")],
)
def test_a_scope_that_there_is_not_or_that_its_owner_lacks_is_named(run, zoe, scopes, reason):
    run(users, "add", "Anne", "--email", "anne@example.org", "--no-password")
    result = run(keys, "create", "Anne", "--scopes", scopes)
    assert result.exit_code == 2
    assert reason in result.output


def test_a_key_that_there_is_not_is_named(run, zoe):
    assert isinstance(run(keys, "revoke", "vav_x").exception, NoSuchKey)
    assert "there are no keys" in run(keys, "list").output
