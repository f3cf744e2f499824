"""/metrics: numbers for Prometheus, and nothing in them that anybody sent."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from alignment.document import FRENCH_ENGLISH
from service.api.metrics import metrics_blueprint
from service.app import create_app
from service.metrics import Metrics, exposition, measured
from service.store.errors import StoreBusy
from tests.fakes import FakeEngines, WordByWord
from tests.jobs.work import new_store, work_off

SECRET = "Zébulon"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(), store).test_client()


def samples(text):
    """Every sample by its name and labels."""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def asked(found, name, **labels):
    return found.get((name, *sorted(labels.items())))


def test_numbers_come_as_prometheus_reads_them(client):
    response = client.get("/metrics")
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    assert "version=0.0.4" in response.headers["Content-Type"]
    assert asked(samples(response.text), "visavis_store_up") == 1


def test_requests_are_counted_by_route_method_and_status(client):
    client.get("/v1/jobs")
    client.get("/v1/jobs")
    client.get(f"/v1/jobs/{'a' * 26}")
    client.get(f"/{SECRET}")
    client.open("/v1/jobs", method="PROPFIND")
    found = samples(client.get("/metrics").text)
    name = "visavis_requests_total"
    assert asked(found, name, endpoint="jobs.search_jobs", method="GET", status="200") == 2
    assert asked(found, name, endpoint="jobs.read", method="GET", status="404") == 1
    assert asked(found, name, endpoint="none", method="GET", status="404") == 1
    assert asked(found, name, endpoint="none", method="other", status="405") == 1
    seconds = "visavis_request_seconds_count"
    assert asked(found, seconds, endpoint="jobs.search_jobs", method="GET") == 2


def test_a_request_that_is_refused_at_the_door_is_counted(client):
    client.get("/v1/jobs", headers={"Host": "news.example"})
    found = samples(client.get("/metrics").text)
    name = "visavis_requests_total"
    assert asked(found, name, endpoint="jobs.search_jobs", method="GET", status="403") == 1


def test_jobs_articles_and_chunks_are_those_of_the_store(client, store, settings):
    articles = [{"text": "Oui."}, {"text": ""}, {"text": "Non."}]
    client.post("/v1/jobs", json={"articles": articles})
    before = samples(client.get("/metrics").text)
    assert asked(before, "visavis_jobs", state="queued") == 1
    assert asked(before, "visavis_jobs", state="running") == 0
    assert asked(before, "visavis_job_articles", state="queued") == 2
    assert asked(before, "visavis_job_articles", state="failed") == 1
    assert asked(before, "visavis_job_chunks_waiting") == 1
    work_off(store, FakeEngines(), settings)
    after = samples(client.get("/metrics").text)
    assert asked(after, "visavis_jobs", state="done") == 1
    assert asked(after, "visavis_job_articles", state="done") == 0
    assert asked(after, "visavis_job_chunks_waiting") == 0


def test_a_report_that_is_owed_is_counted(client, store):
    body = {"articles": [{"text": "Oui."}], "webhook": "https://a.example/"}
    job = client.post("/v1/jobs", json=body).json
    client.post(f"{job['links']['self']}/cancel")
    assert asked(samples(client.get("/metrics").text), "visavis_job_reports_owed") == 1


def test_a_store_that_does_not_answer_is_a_number_too(store, monkeypatch):
    def busy(_):
        raise StoreBusy("all connections are in use")

    monkeypatch.setattr("service.metrics.tally", busy)
    found = samples(exposition(Metrics(), store).decode())
    assert asked(found, "visavis_store_up") == 0
    assert asked(found, "visavis_jobs", state="queued") is None


def test_what_the_engine_does_is_counted(store):
    metrics = Metrics()
    engine = measured(FakeEngines(), metrics).engine(FRENCH_ENGLISH)
    engine.translate(["Il pleut.", "On rentre."], "fast")
    engine.align([("Oui.", "Yes.")])
    found = samples(exposition(metrics, store).decode())
    done = {"pair": "fr-en", "task": "translate"}
    assert asked(found, "visavis_engine_calls_total", **done, result="done") == 1
    assert asked(found, "visavis_sentences_total", **done) == 2
    assert asked(found, "visavis_tokens_total", **done) == 4
    assert asked(found, "visavis_engine_seconds_count", **done) == 1
    assert asked(found, "visavis_sentences_total", pair="fr-en", task="align") == 1


def test_a_measured_engine_is_the_engine(store):
    engines = FakeEngines(ready=False)
    found = measured(engines, Metrics())
    engine = found.engine(FRENCH_ENGLISH)
    assert (found.pairs(), found.ready()) == (engines.pairs(), False)
    assert engine.signature("best") == WordByWord().signature("best")
    assert engine.languages == FRENCH_ENGLISH
    seen = []
    assert engine.translate(["Oui."], on_progress=seen.append)[0].text == "OUI."
    assert seen == [1]


def test_an_engine_that_fails_is_counted_as_failing(store):
    class Broken(WordByWord):
        def translate(self, *_, **__):
            raise RuntimeError("broken")

    metrics = Metrics()
    engine = measured(FakeEngines(Broken()), metrics).engine(FRENCH_ENGLISH)
    with pytest.raises(RuntimeError):
        engine.translate(["Oui."])
    found = samples(exposition(metrics, store).decode())
    failed = {"pair": "fr-en", "task": "translate", "result": "failed"}
    assert asked(found, "visavis_engine_calls_total", **failed) == 1


def test_two_applications_count_each_for_itself(settings, store, client):
    client.get("/v1/jobs")
    other = create_app(settings, FakeEngines(), store).test_client()
    found = samples(other.get("/metrics").text)
    assert not any(name == "visavis_requests_total" for name, *_ in found)


def test_nothing_that_was_sent_is_among_the_numbers(client, store, settings):
    body = {
        "articles": [{"id": SECRET, "title": SECRET, "text": f"{SECRET} part."}],
        "title": SECRET,
        "webhook": f"https://{SECRET}.example/{SECRET}",
    }
    key = {"Idempotency-Key": "Zebulon"}
    assert client.post("/v1/jobs", json=body, headers=key).status_code == 202
    client.post("/v1/translations", json={"text": SECRET, "store": True, "title": SECRET})
    client.get(f"/{SECRET}?{SECRET}=1", headers={"User-Agent": "Zebulon"})
    work_off(store, FakeEngines(), settings)
    text = client.get("/metrics").text
    assert not any(each in text for each in (SECRET, "Zebulon", "example", "127.0.0.1"))


def test_the_blueprint_takes_the_numbers_that_it_is_given(store):
    from flask import Flask

    metrics = Metrics()
    app = Flask(__name__)
    app.register_blueprint(metrics_blueprint(store, metrics))
    app.test_client().get("/nowhere")
    assert b'endpoint="none"' in exposition(metrics, store)
