"""Events of a job, followed by whoever listens and by whoever comes back."""

import json
import socket
import threading
import time

import pytest

from service.api import event_stream
from service.app import create_app
from service.store.jobs.control import cancel_job, delete_job
from tests.browser import served
from tests.fakes import FakeEngines
from tests.jobs.work import new_store, work_off

ENGINES = FakeEngines()


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def app(settings, store, monkeypatch):
    monkeypatch.setattr(event_stream, "PAUSE", 0.01)
    return create_app(settings, ENGINES, store)


@pytest.fixture
def client(app):
    return app.test_client()


def submitted(client, *texts):
    articles = [{"text": text} for text in texts or ("Oui.",)]
    return client.post("/v1/jobs", json={"articles": articles}).json["id"]


def read(response):
    """The events of a whole answer, without comments, as (id, kind, data)."""
    return [parsed(block) for block in response.text.split("\n\n") if block.startswith("id: ")]


def parsed(block):
    number, kind, data = (line.partition(": ")[2] for line in block.splitlines())
    return int(number), kind, json.loads(data)


def kinds(response):
    return [kind for _, kind, _ in read(response)]


def test_what_has_happened_is_told_from_the_beginning(client, store, settings):
    job = submitted(client, "Oui. Non.", "")
    work_off(store, ENGINES, settings)
    response = client.get(f"/v1/jobs/{job}/events")
    assert (response.status_code, response.mimetype) == (200, "text/event-stream")
    assert response.headers["Cache-Control"] == "no-cache"
    events = read(response)
    assert events[0][1] == "created"
    assert events[-1][1] == "finished"
    assert [number for number, _, _ in events] == sorted({number for number, _, _ in events})
    data = events[-1][2]
    assert (data["done"], data["failed"], data["sentences"]) == (1, 1, 2)


@pytest.mark.parametrize("asked", [{"headers": {"Last-Event-ID": "{}"}}, {"query": "after={}"}])
def test_who_comes_back_gets_what_came_after(client, store, settings, asked):
    job = submitted(client)
    work_off(store, ENGINES, settings)
    path = f"/v1/jobs/{job}/events"
    first, *rest = read(client.get(path))
    number = str(first[0])
    headers = {name: value.format(number) for name, value in asked.get("headers", {}).items()}
    query = asked.get("query", "").format(number)
    assert read(client.get(path, headers=headers, query_string=query)) == rest


def test_who_has_heard_the_end_is_told_to_ask_no_more(client, store, settings):
    job = submitted(client)
    work_off(store, ENGINES, settings)
    path = f"/v1/jobs/{job}/events"
    last = read(client.get(path))[-1][0]
    response = client.get(path, headers={"Last-Event-ID": str(last)})
    assert (response.status_code, response.data) == (204, b"")


@pytest.mark.parametrize("value", ["a", "-1", "1.5", "9" * 19, "é"])
def test_a_last_event_that_is_none_is_refused(client, value):
    job = submitted(client)
    headers = {"Last-Event-ID": value.encode().decode("latin-1")}
    response = client.get(f"/v1/jobs/{job}/events", headers=headers)
    assert (response.status_code, response.json["field"]) == (422, "Last-Event-ID")


def test_who_does_not_wish_to_wait_gets_what_there_is(client):
    job = submitted(client)
    path = f"/v1/jobs/{job}/events?wait=0"
    first = client.get(path)
    assert kinds(first) == ["created"]
    assert client.get(f"{path}&after={read(first)[0][0]}").data == b""


@pytest.fixture
def address(app):
    with served(app) as url:
        yield url.partition("://")[2]


def listening(address, job, headers=""):
    """A connection on which the events of a job come in."""
    host, _, port = address.partition(":")
    connection = socket.create_connection((host, int(port)), timeout=20)
    request = f"GET /v1/jobs/{job}/events HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n"
    connection.sendall(request.encode())
    return connection


def until(connection, wanted):
    """All that comes until `wanted` has come."""
    text = ""
    while wanted not in text:
        more = connection.recv(65_536)
        assert more, f"{wanted!r} never came: {text}"
        text += more.decode()
    return text


def test_events_come_while_the_job_goes_on(client, store, settings, address):
    job = submitted(client)
    with listening(address, job) as connection:
        until(connection, "event: created")
        work_off(store, ENGINES, settings)
        # The last chunk of the answer: the stream ends by itself.
        assert "event: finished" in until(connection, "\r\n0\r\n\r\n")


def test_a_cancelled_job_ends_the_stream(client, store, address):
    job = submitted(client)
    with listening(address, job) as connection:
        until(connection, "event: created")
        cancel_job(store, job)
        assert "event: cancelled" in until(connection, "\r\n0\r\n\r\n")


def test_a_deleted_job_ends_the_stream(client, store, address):
    job = submitted(client)
    with listening(address, job) as connection:
        until(connection, "event: created")
        delete_job(store, job)
        assert "event: deleted" in until(connection, "\r\n0\r\n\r\n")


def test_a_connection_that_was_killed_is_taken_up_where_it_was(client, store, settings, address):
    job = submitted(client)
    with listening(address, job) as connection:
        text = until(connection, "event: created")
        number = int(text.partition("id: ")[2].partition("\n")[0])
        # Without a farewell, as where a cable is pulled.
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    work_off(store, ENGINES, settings)
    with listening(address, job, f"Last-Event-ID: {number}\r\n") as connection:
        text = until(connection, "event: finished")
    assert "event: created" not in text
    assert "event: started" in text


def test_a_silent_line_shows_that_it_lives(client, store, address, monkeypatch):
    monkeypatch.setattr(event_stream, "HEARTBEAT", 0.01)
    job = submitted(client)
    with listening(address, job) as connection:
        until(connection, ": still here\n\n")
        cancel_job(store, job)


def test_a_stream_ends_after_a_while_and_goes_on_where_it_was(client, store, settings, monkeypatch):
    job = submitted(client)
    monkeypatch.setattr(event_stream, "LONGEST", 0.05)
    first = read(client.get(f"/v1/jobs/{job}/events"))
    assert [kind for _, kind, _ in first] == ["created"]
    work_off(store, ENGINES, settings)
    rest = client.get(f"/v1/jobs/{job}/events?after={first[-1][0]}")
    assert kinds(rest)[-1] == "finished"


def test_no_more_streams_are_served_than_there_is_room_for(client, store, settings, monkeypatch):
    job = submitted(client)
    open_ones = [client.get(f"/v1/jobs/{job}/events", buffered=False) for _ in range(8)]
    refused = client.get(f"/v1/jobs/{job}/events")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    # Who does not stay takes no room.
    assert client.get(f"/v1/jobs/{job}/events?wait=0").status_code == 200
    open_ones.pop().close()
    work_off(store, ENGINES, settings)
    assert kinds(client.get(f"/v1/jobs/{job}/events"))[-1] == "finished"
    for response in open_ones:
        response.close()


def test_a_listener_who_is_gone_leaves_room_for_another(client, store, address, monkeypatch):
    monkeypatch.setattr(event_stream, "HEARTBEAT", 0.01)
    job = submitted(client)
    for _ in range(20):
        with listening(address, job) as connection:
            until(connection, ": connected")
        deadline = time.monotonic() + 20
        while "503" in tried(address, job) and time.monotonic() < deadline:
            threading.Event().wait(0.05)
    assert "200 OK" in tried(address, job)
    cancel_job(store, job)


def tried(address, job):
    with listening(address, job) as connection:
        return until(connection, "\r\n\r\n")


def test_asking_for_the_head_alone_takes_no_room(client):
    job = submitted(client)
    statuses = {client.head(f"/v1/jobs/{job}/events").status_code for _ in range(20)}
    assert statuses == {200}
