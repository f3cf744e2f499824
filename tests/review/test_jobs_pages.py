import io
import re
from contextlib import closing

import pytest

from service.app import create_app
from service.store.jobs.chunks import claim_chunk, fail_article
from service.store.jobs.reading import list_jobs, read_job
from service.store.opening import open_store
from tests.fakes import FakeEngines
from tests.review.engines import Unsure
from tests.review.libraries import MARKUP
from tests.store.jobs import received, work_off


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(Unsure()), store).test_client()


def plain(response):
    """The text of a page, white space made one."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.text).split())


def files(**named):
    """Files of a form, their names with the last _ as the full stop."""
    return [
        (io.BytesIO(content.encode()), ".".join(name.rsplit("_", 1)))
        for name, content in named.items()
    ]


def send(client, files, **fields):
    return client.post("/jobs", data={"files": files, **fields}, content_type="multipart/form-data")


def buttons(response):
    return re.findall(r'<button id="(\w+)"', response.text)


def test_without_a_job_the_page_says_what_one_is_for(client):
    page = client.get("/jobs").text
    assert "There is no job." in page
    assert '<details class="new-job" open>' in page


def test_some_files_become_a_job(client, store):
    response = send(client, files(a_txt="Il dort.", b_html="<p>Il est venu.</p>"), title="Nuit")
    (job,) = list_jobs(store).jobs
    assert (response.status_code, response.location) == (303, f"/jobs/{job.id}")
    assert (job.title, job.state, job.counts.articles) == ("Nuit", "queued", 2)


def test_each_line_of_a_jsonl_file_is_an_article(client, store):
    send(client, files(lot_jsonl='{"text": "Il dort."}\n\n{"id": "b", "text": "Il vient."}\n'))
    assert list_jobs(store).jobs[0].counts.articles == 2


def test_a_file_that_cannot_be_read_fails_alone_and_says_why(client):
    sent = send(client, files(a_txt="Il dort.", b_pdf="%PDF-1.7"))
    page = plain(client.get(sent.location))
    assert "0 of 2 articles, 1 failed" in page
    assert "failed b.pdf: this is a PDF" in page


@pytest.mark.parametrize(
    ("sent", "fields", "status", "complaint"),
    [
        ([], {}, 422, "Choose at least one file."),
        (files(a_pdf="%PDF-1.7"), {}, 422, "not one can be translated"),
        (files(a_txt="Il dort."), {"pair": "fr-xx"}, 422, "no model translates fr-xx"),
        (files(a_txt="Il dort."), {"quality": "superb"}, 422, "choose one of best, fast"),
        (files(a_txt="Il dort."), {"title": "a\0"}, 422, "title: "),
    ],
)
def test_what_is_no_job_is_refused_beside_the_form(client, store, sent, fields, status, complaint):
    response = send(client, sent, **fields)
    assert response.status_code == status
    assert complaint in re.search(r'role="alert">(.*?)</p>', response.text)[1]
    assert list_jobs(store).jobs == ()


@pytest.mark.parametrize(
    ("steps", "state", "offered"),
    [
        ([], "queued", ["pause", "cancel"]),
        (["pause"], "paused", ["resume", "cancel"]),
        (["pause", "resume"], "queued", ["pause", "cancel"]),
        (["cancel"], "cancelled", ["retry"]),
        (["cancel", "retry"], "queued", ["pause", "cancel"]),
    ],
)
def test_a_job_is_controlled_from_its_page(client, store, steps, state, offered):
    job = received(store, ["Il dort."])
    answers = [client.post(f"/jobs/{job.id}/{step}") for step in steps]
    page = client.get(f"/jobs/{job.id}")
    assert [each.location for each in answers] == [f"/jobs/{job.id}"] * len(steps)
    assert (read_job(store, job.id).state, buttons(page)) == (state, offered)


def test_what_a_job_cannot_do_any_more_is_said(client, store):
    job = received(store, ["Il dort."])
    work_off(store)
    response = client.post(f"/jobs/{job.id}/cancel")
    assert response.status_code == 409
    assert "The job has gone on meanwhile" in response.text


def test_there_is_no_other_control(client, store):
    assert client.post(f"/jobs/{received(store, ['Il dort.']).id}/explode").status_code == 404


def test_a_job_that_is_done_leads_to_its_documents_and_files(client, store):
    job = received(store, ["Il dort.", "Il vient."], title="Nuit")
    work_off(store)
    page = client.get(f"/jobs/{job.id}").text
    assert '<b class="state done">Done</b>' in page
    assert len(re.findall(r'id="article-\d+" href="/documents/\w{26}"', page)) == 2
    assert re.findall(r'id="as-(\w+)" href="/v1/jobs/\w+/results\?format=\1"', page) == [
        "jsonl",
        "tmx",
        "csv",
        "zip",
    ]
    library = plain(client.get(f"/documents?job={job.id}"))
    assert "Of the job Nuit" in library


def test_an_article_that_failed_says_why(client, store):
    job = received(store, ["Il dort."])
    chunk = claim_chunk(store, "somebody")
    fail_article(store, chunk, 1, f"out of memory {MARKUP}")
    page = client.get(f"/jobs/{job.id}?state=failed")
    assert "out of memory &lt;img" in page.text
    assert MARKUP not in page.text


def test_articles_are_listed_by_their_state_a_page_at_a_time(client, store):
    job = received(store, [f"Numéro {number}." for number in range(130)])
    first = client.get(f"/jobs/{job.id}?state=queued").text
    following = re.search(r'rel="next" href="(.*?)"', first)[1].replace("&amp;", "&")
    second = client.get(following).text
    rows = [page.count('<td class="number"></td>') for page in (first, second)]
    assert rows == [100, 30]
    assert "No article is like that." in client.get(f"/jobs/{job.id}?state=done").text


def test_a_deleted_job_leaves_its_documents(client, store):
    job = received(store, ["Il dort."])
    work_off(store)
    assert "Delete this job?" in client.get(f"/jobs/{job.id}/delete").text
    assert client.post(f"/jobs/{job.id}/delete").location == "/jobs"
    assert client.get(f"/jobs/{job.id}").status_code == 404
    assert client.get("/documents").text.count('<article aria-labelledby="title-') == 1


@pytest.mark.parametrize("path", ["/jobs/nothing", "/jobs/nothing/delete"])
def test_a_job_that_is_not_there_is_said_to_be_so(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "There is nothing here" in response.text


def test_jobs_are_listed_the_newest_first_with_how_far_they_are(client, store):
    received(store, ["Il dort."], title="Avant")
    work_off(store)
    received(store, ["Il vient.", "Il part."], title="Après", by="Ana")
    page = plain(client.get("/jobs"))
    assert re.findall(
        r"Après Waiting : 0 of 2 articles .* by Ana Avant Done : 1 of 1 article", page
    )


def test_titles_and_file_names_are_no_markup(client):
    sent = send(client, [(io.BytesIO(b"Il dort."), f"{MARKUP}.txt")], title=MARKUP)
    for path in (sent.location, "/jobs", f"{sent.location}/delete"):
        assert MARKUP not in client.get(path).text


def test_a_form_of_too_many_bytes_is_refused_as_a_page(client, monkeypatch):
    monkeypatch.setattr("service.review.jobs.LARGEST_FORM", 1000)
    response = send(client, files(a_txt="x" * 2000))
    assert response.status_code == 413
    assert "too many or too large" in response.text


def test_a_job_speaks_french(client, store):
    job = received(store, ["Il dort."], title="Nuit")
    page = plain(client.get(f"/jobs/{job.id}", headers={"Accept-Language": "fr"}))
    assert "En attente : 0 article sur 1" in page
