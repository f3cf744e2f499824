"""`visavis worker` says why it can't work, before it starts."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from service.commands.worker import worker
from service.store.errors import StoreUnusable

BROKER = "amqp://127.0.0.1//"
SERVER = "postgresql://nobody@127.0.0.1:1/nothing"


def refused(**environ: str) -> str:
    run = CliRunner().invoke(worker, env={"VISAVIS_BROKER": "", **environ})
    assert run.exit_code == 1
    return run.output


def test_a_worker_needs_a_broker():
    assert "VISAVIS_BROKER is not set: give the URL of RabbitMQ" in refused()


def test_a_worker_refuses_a_database_in_a_file(tmp_path):
    place = tmp_path / "visavis.db"
    found = refused(VISAVIS_BROKER=BROKER, VISAVIS_DATABASE=str(place))
    assert "give the URL of a PostgreSQL database" in found
    assert not place.exists()


def test_a_worker_says_that_its_database_does_not_answer():
    pytest.importorskip("psycopg")
    environ = {"VISAVIS_BROKER": BROKER, "VISAVIS_DATABASE": SERVER}
    run = CliRunner().invoke(worker, env=environ)
    assert isinstance(run.exception, StoreUnusable)
    assert "127.0.0.1:1/nothing: the database does not answer" in str(run.exception)
