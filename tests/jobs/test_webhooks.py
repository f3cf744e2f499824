"""Reports to other services: signed, tried again, and never sent where they must not go."""

import hmac
import json
import re
import socket
import threading
from base64 import b64decode, b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
import structlog
from sqlalchemy import update

from service.config import Settings
from service.jobs import addresses, posting, webhooks
from service.jobs.addresses import WebhookRejected, is_public, shown_url, target_of
from service.jobs.posting import Refused, post
from service.jobs.reporter import reporter
from service.jobs.submission import Submission, submit
from service.jobs.webhooks import (
    SecretRejected,
    check_webhook,
    deliver_due,
    new_secret,
    signature,
)
from service.store.jobs.control import cancel_job, delete_job
from service.store.jobs.records import JobOptions, NewArticle
from service.store.jobs.tables import deliveries, moment
from service.store.jobs.webhooks import Report, report_of
from tests.fakes import FakeEngines
from tests.jobs.work import new_store, work_off

SECRET = "whsec_" + b64encode(b"0123456789abcdef0123456789abcdef").decode()


class Receiver:
    """A service that is reported to; it answers with the statuses of `answers`, then with 204."""

    def __init__(self):
        self.received = []
        self.answers = []
        self.headers = {}

    def url(self, path="/done"):
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def receiver():
    found = Receiver()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append((self.path, dict(self.headers), body))
            self.send_response(found.answers.pop(0) if found.answers else 204)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        found.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def settings(tmp_path):
    return Settings(models=tmp_path, private_webhooks=True)


def submitted(store, settings, url, *articles, **options):
    submission = Submission(JobOptions(), webhook=url, secret=SECRET, **options)
    given = articles or (NewArticle("a", "Oui."),)
    return submit(store, settings, submission, given).id


def finished(store, settings, url, *articles, **options):
    job = submitted(store, settings, url, *articles, **options)
    work_off(store, FakeEngines(), settings)
    return job


def make_due(store):
    with store.writing() as connection:
        connection.execute(update(deliveries).values(due=moment(connection, -1)))


def test_a_job_that_is_finished_is_reported(store, settings, receiver):
    job = finished(
        store,
        settings,
        receiver.url("/done?token=1"),
        NewArticle("a", "Oui."),
        NewArticle("b", "", reason="empty"),
        title="Été",
    )
    assert deliver_due(store, settings) == 1
    ((path, headers, body),) = receiver.received
    report = json.loads(body)
    assert (path, headers["Content-Type"]) == ("/done?token=1", "application/json")
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert report["type"] == "job.finished"
    assert report["data"] == {
        "id": job,
        "title": "Été",
        "state": "done",
        "articles": {"all": 2, "done": 1, "failed": 1, "cancelled": 0},
        "links": {"self": f"/v1/jobs/{job}", "results": f"/v1/jobs/{job}/results"},
    }
    assert report_of(store, job).state == "sent"


def test_a_job_that_is_cancelled_is_reported(store, settings, receiver):
    cancel_job(store, submitted(store, settings, receiver.url()))
    deliver_due(store, settings)
    assert [json.loads(body)["type"] for _, _, body in receiver.received] == ["job.cancelled"]


def test_a_report_is_signed_as_standard_webhooks_has_it(store, settings, receiver):
    finished(store, settings, receiver.url())
    deliver_due(store, settings)
    ((_, headers, body),) = receiver.received
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(SECRET.removeprefix("whsec_"))
    expected = b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


def test_the_signature_is_that_of_the_specification():
    """Computed by the reference implementation of Standard Webhooks, its own example."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_nothing_is_sent_twice(store, settings, receiver):
    finished(store, settings, receiver.url())
    assert [deliver_due(store, settings) for _ in range(3)] == [1, 0, 0]


def test_a_job_without_a_webhook_owes_nothing(store, settings):
    finished(store, settings, "")
    assert deliver_due(store, settings) == 0


def test_a_report_that_does_not_arrive_is_sent_again_under_the_same_id(store, settings, receiver):
    receiver.answers = [500, 429]
    job = finished(store, settings, receiver.url())
    assert deliver_due(store, settings) == 0
    assert (report_of(store, job).state, report_of(store, job).reason) == (
        "trying",
        "it answered 500",
    )
    # Not before its time.
    assert deliver_due(store, settings) == 0
    assert len(receiver.received) == 1
    make_due(store)
    assert deliver_due(store, settings) == 0
    make_due(store)
    assert deliver_due(store, settings) == 1
    assert len({headers["webhook-id"] for _, headers, _ in receiver.received}) == 1
    assert report_of(store, job).attempts == 3


def test_a_report_is_given_up_after_about_a_day(store, settings, receiver):
    receiver.answers = [500] * 50
    job = finished(store, settings, receiver.url())
    for _ in range(20):
        deliver_due(store, settings)
        make_due(store)
    assert len(receiver.received) == len(webhooks.DELAYS) + 1
    assert 20 * 3600 < sum(webhooks.DELAYS) < 28 * 3600
    found = report_of(store, job)
    assert (found.state, found.attempts, found.reason) == ("given_up", 11, "it answered 500")


def test_who_says_gone_is_not_asked_again(store, settings, receiver):
    receiver.answers = [410]
    job = finished(store, settings, receiver.url())
    deliver_due(store, settings)
    assert report_of(store, job).state == "given_up"


def test_a_redirection_is_not_followed(store, settings, receiver):
    receiver.answers = [302]
    receiver.headers = {"Location": receiver.url("/elsewhere")}
    job = finished(store, settings, receiver.url())
    assert deliver_due(store, settings) == 0
    assert [path for path, _, _ in receiver.received] == ["/done"]
    assert report_of(store, job).reason == "it answered 302"


def test_a_report_of_a_job_that_was_deleted_is_not_owed(store, settings, receiver):
    delete_job(store, finished(store, settings, receiver.url()))
    assert deliver_due(store, settings) == 0
    assert receiver.received == []


def test_user_and_password_are_sent_as_a_header_and_stand_nowhere_else(store, settings, receiver):
    url = receiver.url().replace("http://", "http://zoe:mot%20de%20passe@")
    finished(store, settings, url)
    with structlog.testing.capture_logs() as logs:
        deliver_due(store, settings)
    ((_, headers, _),) = receiver.received
    assert headers["Authorization"] == "Basic " + b64encode(b"zoe:mot de passe").decode()
    assert "zoe" not in headers["Host"]
    assert not any(secret in str(logs) for secret in ("zoe", "mot", SECRET, "127.0.0.1"))
    assert [log["event"] for log in logs] == ["webhook"]


def test_nobody_there_is_a_reason_without_the_address(store, settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    job = finished(store, settings, f"http://127.0.0.1:{port}/secret")
    assert deliver_due(store, settings) == 0
    reason = report_of(store, job).reason
    assert reason.startswith("it can't be reached")
    assert "127.0.0.1" not in reason


@contextmanager
def dribbling():
    """Somebody who never comes to the end of an answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def serve():
            connection, _ = server.accept()
            with connection:
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        ended.set()
        thread.join()


def test_an_answer_that_never_ends_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(posting, "CONNECT_SECONDS", 0.1)
    monkeypatch.setattr(posting, "ANSWER_SECONDS", 0.2)
    with dribbling() as port, pytest.raises(OSError, match=r"reached|in time"):
        post(f"http://127.0.0.1:{port}/", b"{}", {}, private=True)


def test_the_reporter_sends_what_is_due(store, settings, receiver, monkeypatch):
    monkeypatch.setattr("service.jobs.reporter.PAUSE", 0.01)
    arrived = threading.Event()
    monkeypatch.setattr(receiver, "received", Signalling(arrived))
    finished(store, settings, receiver.url())
    with reporter(settings, store):
        assert arrived.wait(20)


class Signalling(list):
    """A list that says when something comes into it."""

    def __init__(self, arrived):
        super().__init__()
        self.arrived = arrived

    def append(self, each):
        super().append(each)
        self.arrived.set()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "224.0.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::10.0.0.1",
        "2002:7f00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_an_address_of_a_private_network_is_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "https://user@10.0.0.1:8443/a",
        "ftp://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//a.example/",
        "a.example",
        "http://",
        "http://a.example:99999/",
        "http://a.example/\r\nX: y",
        "http://a.example/ b",
        "http://[::1",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_a_webhook_that_leads_nowhere_or_inside_is_refused_at_once(url, tmp_path):
    with pytest.raises(WebhookRejected):
        check_webhook(url, SECRET, Settings(models=tmp_path))


@pytest.mark.parametrize("secret", ["", "abc", "whsec_", "whsec_YWJj", "whsec_é", "x" * 40])
def test_a_secret_of_another_kind_is_refused(secret, settings):
    with pytest.raises(SecretRejected):
        check_webhook("https://a.example/", secret, settings)


def test_a_new_secret_is_one():
    assert signature(new_secret(), "a", 0, b"").startswith("v1,")
    assert new_secret() != new_secret()


def test_a_name_that_leads_inside_is_refused_when_it_is_connected_to(
    store, settings, receiver, monkeypatch
):
    asked = resolving(monkeypatch, {"inside.example": ["127.0.0.1"]})
    url = f"http://inside.example:{receiver.port}/"
    job = finished(store, Settings(models=settings.models), url)
    assert deliver_due(store, Settings(models=settings.models)) == 0
    assert (asked, receiver.received) == (["inside.example"], [])
    assert report_of(store, job) == Report("given_up", 1, "it leads into a private network")


def resolving(monkeypatch, names):
    """Names lead where `names` says; gives a list of those that were asked for."""
    asked = []

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in names[host]]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", getaddrinfo)
    return asked


def test_of_the_addresses_of_a_name_only_public_ones_are_taken(monkeypatch):
    resolving(monkeypatch, {"both.example": ["10.0.0.1", "8.8.8.8", "127.0.0.1"]})
    target = target_of("https://both.example/", private=False)
    assert addresses.addresses(target, private=False) == ("8.8.8.8",)


def test_a_name_without_a_public_address_is_refused(monkeypatch):
    resolving(monkeypatch, {"inside.example": ["10.0.0.1"]})
    with pytest.raises(Refused):
        post("https://inside.example/", b"", {}, private=False)


def test_what_is_connected_to_is_the_address_that_was_looked_at(receiver, monkeypatch):
    monkeypatch.setattr(posting, "addresses", lambda *_: ("127.0.0.1",))
    status = post(f"http://a.example:{receiver.port}/x", b"{}", {}, private=False)
    ((path, headers, _),) = receiver.received
    assert (status, path, headers["Host"]) == (204, "/x", f"a.example:{receiver.port}")


def test_the_second_address_is_tried_where_nobody_is_at_the_first(receiver, monkeypatch):
    monkeypatch.setattr(posting, "addresses", lambda *_: ("127.0.0.2", "127.0.0.1"))
    assert post(f"http://a.example:{receiver.port}/", b"{}", {}, private=False) == 204


def test_a_name_of_other_letters_is_sent_in_ascii():
    assert target_of("https://été.example/é?à", private=False).host == "xn--t-9fab.example"
    assert target_of("https://a.example/é?à", private=False).target == "/%C3%A9?%C3%A0"


def test_what_is_shown_of_an_address_has_nothing_secret():
    assert shown_url("https://zoe:mot@a.example:8443/x?token=1#y") == "https://a.example:8443/x"


def test_what_the_documentation_checks_a_report_with_does_so(store, settings, receiver):
    page = Path(__file__).parents[2] / "docs" / "jobs.md"
    (program,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    names = {}
    exec(program, names)
    finished(store, settings, receiver.url())
    deliver_due(store, settings)
    ((_, headers, body),) = receiver.received
    assert names["is_ours"](headers, body, SECRET)
    assert not names["is_ours"](headers, body + b" ", SECRET)
    assert not names["is_ours"](headers, body, new_secret())
    assert not names["is_ours"]({**headers, "webhook-timestamp": "1"}, body, SECRET)
