"""A job as it is watched, steered and taken along."""

import io
import json
import zipfile

import pytest

from alignment.formats import tmx
from service.api.job_schemas import Job, JobArticles, Jobs
from service.app import create_app
from service.store.documents import delete_document
from tests.fakes import FakeEngines, WordByWord
from tests.jobs.work import new_store, work_off

NOWHERE = "a" * 26
ENGINES = FakeEngines()


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, ENGINES, store).test_client()


def submitted(client, *texts, **options):
    articles = [{"id": f"a{n}", "title": f"N° {n}", "text": text} for n, text in enumerate(texts)]
    response = client.post("/v1/jobs", json={"articles": articles, **options})
    assert response.status_code == 202, response.text
    return response.json["links"]["self"]


class Broken(WordByWord):
    """An engine that cannot do one word."""

    def translate(self, sentences, *rest, **options):
        if any("orage" in sentence for sentence in sentences):
            raise RuntimeError("no such word")
        return super().translate(sentences, *rest, **options)


def test_how_far_a_job_is_can_be_read(client, store, settings):
    path = submitted(client, "Il pleut. On rentre.", "", "Oui.")
    work_off(store, ENGINES, settings)
    job = client.get(path).json
    assert (job["state"], job["sentences"], job["characters_done"]) == ("done", 3, 24)
    assert job["articles"] == {
        "all": 3,
        "queued": 0,
        "leased": 0,
        "done": 2,
        "failed": 1,
        "cancelled": 0,
    }
    assert job["started"] <= job["finished"]
    Job.model_validate(job)


def test_jobs_are_listed_the_newest_first_a_page_at_a_time(client):
    paths = [submitted(client, "Oui.") for _ in range(3)]
    first = client.get("/v1/jobs?limit=2").json
    second = client.get("/v1/jobs", query_string={"limit": 2, "cursor": first["next"]}).json
    found = [job["links"]["self"] for page in (first, second) for job in page["jobs"]]
    assert (found, second["next"]) == (paths[::-1], None)
    Jobs.model_validate(first)


def test_articles_are_listed_by_number_and_by_state(client, store, settings):
    path = submitted(client, "Oui.", "", "Non.", "")
    work_off(store, ENGINES, settings)
    first = client.get(f"{path}/articles?limit=3").json
    JobArticles.model_validate(first)
    assert ([each["number"] for each in first["articles"]], first["next"]) == ([1, 2, 3], 3)
    rest = client.get(f"{path}/articles?after=3").json
    assert ([each["number"] for each in rest["articles"]], rest["next"]) == ([4], None)
    failed = client.get(f"{path}/articles?state=failed").json["articles"]
    assert [(each["id"], each["document"]) for each in failed] == [("a1", None), ("a3", None)]


def test_the_document_of_an_article_is_kept_like_any_other(client, store, settings):
    path = submitted(client, "Il pleut.")
    work_off(store, ENGINES, settings)
    (article,) = client.get(f"{path}/articles").json["articles"]
    document = client.get(f"/v1/documents/{article['document']}").json
    assert (document["source"], document["target"]) == ("Il pleut.", "IL PLEUT.")
    assert document["title"] == "N° 0"


def test_a_job_is_paused_resumed_and_cancelled(client, store, settings):
    path = submitted(client, "Oui.")
    assert client.post(f"{path}/pause").json["state"] == "paused"
    work_off(store, ENGINES, settings)
    assert client.get(path).json["articles"]["queued"] == 1
    assert client.post(f"{path}/resume").json["state"] == "queued"
    assert client.post(f"{path}/cancel").json["state"] == "cancelled"
    assert client.get(path).json["articles"]["cancelled"] == 1


def test_articles_that_failed_are_tried_again(client, store, settings):
    path = submitted(client, "Un orage.", "Oui.")
    work_off(store, FakeEngines(Broken()), settings)
    assert client.get(path).json["articles"]["failed"] == 1
    assert client.post(f"{path}/retry").json["state"] == "queued"
    work_off(store, ENGINES, settings)
    assert client.get(path).json["articles"]["done"] == 2


@pytest.mark.parametrize("change", ["pause", "cancel", "resume"])
def test_what_is_at_an_end_cannot_be_changed(client, store, settings, change):
    path = submitted(client, "Oui.")
    work_off(store, ENGINES, settings)
    response = client.post(f"{path}/{change}")
    assert (response.status_code, response.json["field"]) == (409, "state")


def test_a_job_that_is_deleted_leaves_its_documents(client, store, settings):
    path = submitted(client, "Oui.")
    work_off(store, ENGINES, settings)
    (article,) = client.get(f"{path}/articles").json["articles"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.get(f"/v1/documents/{article['document']}").status_code == 200


@pytest.mark.parametrize(
    ("method", "tail"),
    [
        ("get", ""),
        ("delete", ""),
        ("get", "/articles"),
        ("get", "/events"),
        ("get", "/results"),
        ("post", "/cancel"),
        ("post", "/pause"),
        ("post", "/resume"),
        ("post", "/retry"),
    ],
)
def test_a_job_that_there_is_not_is_a_404_everywhere(client, method, tail):
    response = client.open(f"/v1/jobs/{NOWHERE}{tail}", method=method)
    assert (response.status_code, response.json["field"]) == (404, "job")


@pytest.mark.parametrize(
    ("tail", "field"),
    [
        ("?a=b", "a"),
        ("/articles?state=lost", "state"),
        ("/articles?limit=1001", "limit"),
        ("/articles?after=-1", "after"),
        ("/events?wait=2", "wait"),
        ("/results?format=exe", "format"),
        ("/results?format=zip&export=exe", "format"),
    ],
)
def test_a_wrong_question_is_refused_by_name(client, tail, field):
    path = submitted(client, "Oui.")
    response = client.get(f"{path}{tail}")
    assert (response.status_code, response.json["field"]) == (422, field)


@pytest.mark.parametrize("tail", ["/cancel?a=b", "/pause?a=b", "/resume?a=b", "/retry?a=b"])
def test_nothing_in_the_query_changes_a_job(client, tail):
    path = submitted(client, "Oui.")
    assert client.post(f"{path}{tail}").status_code == 422
    assert client.get(path).json["state"] == "queued"


def test_the_secret_that_was_made_is_answered_once(client):
    body = {"articles": [{"text": "Oui."}], "webhook": "https://zoe:mot@a.example/done?t=1#x"}
    made = client.post("/v1/jobs", json=body).json
    assert made["webhook"]["secret"].startswith("whsec_")
    again = client.get(made["links"]["self"]).json["webhook"]
    assert again == {**made["webhook"], "secret": None}
    assert (again["url"], again["state"]) == ("https://a.example/done", "waiting")


def test_a_secret_that_was_sent_is_never_answered(client):
    secret = "whsec_" + "YWFh" * 8
    body = {
        "articles": [{"text": "Oui."}],
        "webhook": "https://a.example",
        "webhook_secret": secret,
    }
    response = client.post("/v1/jobs", json=body)
    assert response.json["webhook"]["secret"] is None
    assert secret not in response.text


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("jsonl", "application/jsonl"),
        ("tmx", "application/x-tmx+xml"),
        ("csv", "text/csv"),
        ("zip", "application/zip"),
    ],
)
def test_results_come_as_a_file_named_after_the_job(client, store, settings, form, media_type):
    path = submitted(client, "Oui.", title="Été 2026")
    work_off(store, ENGINES, settings)
    response = client.get(f"{path}/results?format={form}")
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert f"t%C3%A9%202026.{form}" in response.headers["Content-Disposition"]
    assert response.is_streamed


def test_results_of_a_job_that_goes_on_are_those_there_are(client):
    path = submitted(client, "Oui.")
    assert [json.loads(line) for line in client.get(f"{path}/results").text.splitlines()] == [
        {"number": 1, "id": "a0", "state": "queued", "reason": "", "document": None}
    ]


def test_a_document_that_was_deleted_since_is_said_to_be(client, store, settings):
    path = submitted(client, "Oui.", "Non.")
    work_off(store, ENGINES, settings)
    first, _ = client.get(f"{path}/articles").json["articles"]
    delete_document(store, first["document"])
    lines = [json.loads(line) for line in client.get(f"{path}/results").text.splitlines()]
    assert [(line["reason"], line["document"] is None) for line in lines] == [
        ("its document was deleted", True),
        ("", False),
    ]
    with zipfile.ZipFile(io.BytesIO(client.get(f"{path}/results?format=zip").data)) as archive:
        assert archive.namelist() == ["000002-N-1.html", "manifest.json"]


def test_a_translation_memory_of_a_job_is_read_by_us(client, store, settings):
    path = submitted(client, "Il pleut. On rentre.", '<body>\n<tu tuid="">', "")
    work_off(store, ENGINES, settings)
    pairs = tmx.exchange(client.get(f"{path}/results?format=tmx").data).units
    assert [unit.source for unit in pairs][:2] == ["Il pleut.", "On rentre."]
    assert "".join(unit.source for unit in pairs[2:]) == '<body><tu tuid="">'
