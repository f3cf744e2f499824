import os
import shutil
from contextlib import closing, contextmanager
from itertools import count

import pytest
from sqlalchemy import NullPool, create_engine, text

from service.store.database import database_url
from service.store.opening import open_store
from tests.store.postgres import find_programs, running_server

# Where it is set, a service that is missing is a failure.
REQUIRED = "CI"
NUMBERS = count()
# All that tests may leave something in.
TABLES = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""


def missing(what):
    if os.environ.get(REQUIRED):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def postgres():
    programs = find_programs()
    if programs is None:
        missing("no PostgreSQL here (Debian: apt-get install postgresql)")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        missing("no psycopg here (pip install 'vis-a-vis[postgres]')")
    with running_server(programs) as address:
        yield address


@pytest.fixture(scope="session")
def shared(postgres):
    """A database for many tests: to make one for each takes long."""
    with server(postgres) as connection:
        connection.execute(text("CREATE DATABASE shared"))
    place = postgres.format(name="shared")
    with closing(open_store(place)) as store:
        yield store, place


@pytest.fixture
def emptied(shared):
    store, place = shared
    with store.writing() as connection:
        names = connection.execute(text(TABLES)).scalars().all()
        connection.execute(text(f"TRUNCATE {', '.join(names)} CASCADE"))
    return place


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A store that tests copy: to make one for each takes long."""
    path = tmp_path_factory.mktemp("store") / "visavis.db"
    open_store(path).close()
    return path


@pytest.fixture
def new_database(postgres):
    """A database of PostgreSQL with nothing in it."""
    yield from database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request, tmp_path):
    """Where no store is yet."""
    if request.param == "sqlite":
        return str(tmp_path / "visavis.db")
    return request.getfixturevalue("new_database")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where an empty store is."""
    if request.param == "sqlite":
        return str(shutil.copy(request.getfixturevalue("empty_file"), tmp_path))
    return request.getfixturevalue("emptied")


@pytest.fixture
def store(place):
    with closing(open_store(place)) as store:
        yield store


@pytest.fixture
def sqlite_store(empty_file, tmp_path):
    with closing(open_store(shutil.copy(empty_file, tmp_path))) as store:
        yield store


def database(address):
    name = f"test{next(NUMBERS)}"
    with server(address) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield address.format(name=name)
    with server(address) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def server(address):
    """A connection to the server itself, outside any transaction."""
    url = database_url(address.format(name="postgres"))
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
