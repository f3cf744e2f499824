"""What a request is told while the database is away, or has no room left."""

import os
import signal
from contextlib import closing

import pytest

from service.app import create_app
from service.config import Settings
from service.store.opening import open_store
from tests.fakes import FakeEngines
from tests.faults.disk import fill, small_database
from tests.faults.stage import new_database
from tests.store.conftest import missing

# Articles of which the last finds no room, for each takes some kilobytes.
MANY = 500


@pytest.fixture
def client_of():
    """Makes a client of the service over a store."""
    return lambda store: create_app(Settings(), FakeEngines(), store).test_client()


def keep(client, number):
    """The status of a request that keeps an article."""
    text = f"La ville {number} vote. " * 20
    return client.post("/v1/translations", json={"text": text, "store": True}).status_code


def test_what_is_to_be_kept_gets_507_until_there_is_room_again(stage, client_of):
    if os.geteuid():
        missing("a small disk takes root to mount")
    with (
        small_database(stage.postgres.address) as (place, disk),
        closing(open_store(place)) as store,
    ):
        client = client_of(store)
        fill(disk / "ballast")
        statuses = []
        while 507 not in statuses and len(statuses) < MANY:
            statuses.append(keep(client, len(statuses)))
        assert (statuses[-1], set(statuses[:-1]) <= {200}) == (507, True)
        listed = client.get("/v1/documents?limit=1")
        assert (listed.status_code, len(listed.json["documents"])) == (200, len(statuses) > 1)
        (disk / "ballast").unlink()
        assert keep(client, MANY) == 200


def test_requests_get_503_while_the_database_is_away(stage, client_of):
    with closing(open_store(new_database(stage.postgres.address))) as store:
        client = client_of(store)
        assert client.get("/v1/documents").status_code == 200
        stage.postgres.server.stop(signal.SIGQUIT)
        away = [keep(client, 1), client.get("/v1/documents").status_code]
        stage.postgres.server.start()
        assert away == [503, 503]
        assert keep(client, 1) == 200
