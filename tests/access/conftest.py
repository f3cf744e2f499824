import re
import shutil
from contextlib import closing
from functools import partial

import pytest
from argon2 import PasswordHasher

from service.access import passwords
from service.access.tokens import hashed, new_key
from service.app import create_app
from service.config import Settings
from service.store.opening import open_store
from service.store.people.accounts import add_account
from service.store.people.keys import add_key
from service.store.people.records import GRANTED, ROLES
from tests.fakes import FakeEngines

PASSWORD = "quatre mots bien choisis"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}
TOKEN = re.compile(r'name="csrf-token" content="(\w*)"')


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "visavis.db"
    open_store(path).close()
    return path


@pytest.fixture(autouse=True, scope="session")
def quick_hashes():
    """Hashes that are made as quickly as passwords are guessed; what is tried here is not they."""
    with pytest.MonkeyPatch.context() as patch:
        quick = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(passwords, "PasswordHasher", quick)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@pytest.fixture(scope="session")
def kept_password():
    return passwords.hash_password(PASSWORD)


@pytest.fixture
def store(empty, tmp_path):
    with closing(open_store(shutil.copy(empty, tmp_path))) as store:
        yield store


@pytest.fixture
def settings(tmp_path):
    return Settings(models=tmp_path, max_characters=1000)


@pytest.fixture
def app(settings, store):
    return create_app(settings, FakeEngines(), store)


@pytest.fixture
def people(store, kept_password):
    """One of each role, the admin first, by role; their names are those of their roles."""
    return {role: add_account(store, role, role, kept_password) for role in reversed(ROLES)}


@pytest.fixture
def key_of(store, people):
    def key_of(role, *scopes):
        key, prefix = new_key()
        given = scopes or GRANTED[role]
        add_key(store, people[role].id, "test", prefix, hashed(key), given)
        return {"Authorization": f"Bearer {key}"}

    return key_of


@pytest.fixture
def browser(app):
    return Browser(app.test_client())


class Browser:
    """A client that takes the token of each form along, as a page of ours does."""

    def __init__(self, client):
        self.client = client

    def get(self, path, **options):
        return self.client.get(path, headers=HTML, **options)

    def token(self, path="/sign-in"):
        found = TOKEN.search(self.get(path, follow_redirects=True).get_data(as_text=True))
        return found[1]

    def post(self, path, data=None, at="/sign-in", **options):
        data = {"csrf_token": self.token(at), **(data or {})}
        return self.client.post(path, data=data, headers=HTML, **options)

    def sign_in(self, name, password=PASSWORD, **fields):
        return self.post("/sign-in", {"name": name, "password": password, **fields})

    def cookie(self, name="visavis-session"):
        found = self.client.get_cookie(name)
        return found and found.value
