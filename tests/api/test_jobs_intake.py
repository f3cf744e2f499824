"""Articles as people and programs send them, good and bad."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.api import job_bodies, json_stream
from service.api import jobs as jobs_api
from service.app import create_app
from service.jobs import submission
from service.jobs.articles import LARGEST_FILE
from service.store.jobs.reading import list_items, list_jobs
from tests.documents.samples import PAGE, word_file
from tests.fakes import FakeEngines
from tests.jobs.work import new_store, work_off

LINES = "application/jsonl"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(), store).test_client()


def items(store, response):
    assert response.status_code == 202, response.text
    return [(item.name, item.state, item.reason) for item in list_items(store, response.json["id"])]


def posted(client, body, content_type="application/json", **options):
    data = body.encode() if isinstance(body, str) else body
    return client.post("/v1/jobs", data=data, content_type=content_type, **options)


def sent(client, *articles, **options):
    return client.post("/v1/jobs", json={"articles": list(articles), **options})


def upload(client, *files, **fields):
    data = {"file": [(io.BytesIO(data), name) for name, data in files], **fields}
    return client.post("/v1/jobs", data=data, content_type="multipart/form-data")


def nothing_is_left(store):
    return list_jobs(store).jobs == ()


def test_a_job_is_answered_with_its_address_before_it_is_done(client):
    response = sent(client, {"id": "a", "text": "Oui."}, title="Été", priority=3, quality="fast")
    assert response.status_code == 202
    assert response.headers["Location"] == f"/v1/jobs/{response.json['id']}"
    assert client.get(response.headers["Location"]).json == response.json
    said = {name: response.json[name] for name in ("title", "priority", "quality", "state")}
    assert said == {"title": "Été", "priority": 3, "quality": "fast", "state": "queued"}
    assert response.json["articles"]["queued"] == 1


def test_articles_come_as_text_as_paragraphs_and_as_web_pages(client, store, settings):
    response = sent(
        client, {"text": "Oui."}, {"id": 7, "paragraphs": ["Un.", "Deux."]}, {"html": PAGE}
    )
    assert items(store, response) == [("1", "queued", ""), ("7", "queued", ""), ("3", "queued", "")]
    work_off(store, FakeEngines(), settings)
    lines = client.get(f"/v1/jobs/{response.json['id']}/results").text.splitlines()
    documents = [json.loads(line)["document"] for line in lines]
    assert [document["source"] for document in documents[:2]] == ["Oui.", "Un.\n\nDeux."]
    assert [each["paragraph"] for each in documents[1]["segments"]] == [0, 1]
    assert "<" not in documents[2]["source"]


def test_every_character_of_an_article_is_kept(client, store, settings):
    text = "\ufeffLe 😀, l’e\u0301te\u0301\u00a0! \u200b\r\nUne fi\u00adn."
    response = sent(client, {"text": text})
    work_off(store, FakeEngines(), settings)
    line = client.get(f"/v1/jobs/{response.json['id']}/results").text
    assert json.loads(line)["document"]["source"] == text


def test_options_may_stand_after_the_articles(client):
    body = '{"articles": [{"text": "Oui."}], "title": "Après", "quality": "fast"}'
    response = posted(client, body)
    assert (response.json["title"], response.json["quality"]) == ("Après", "fast")


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        ({"text": ""}, "text: there is nothing to translate but white space"),
        ({"text": " \n"}, "text: there is nothing to translate but white space"),
        ({"text": "x" * 1001}, "text: 1001 characters are more than the limit of 1000"),
        ({"text": "a\0b"}, "text: the character at code point 1 is NUL"),
        ({"text": "a\ud800b"}, "text: the character at code point 1 is half a surrogate pair"),
        ({"text": 5}, "text: it is no string"),
        ({"paragraphs": ["a", 1]}, "paragraphs: it is no list of strings"),
        ({"text": "a", "html": "b"}, "text: give text or paragraphs or html, and only one of them"),
        ({"title": "a"}, "text: give text or paragraphs or html, and only one of them"),
        ({"text": "a", "title": 1}, "title: it is no string"),
        ({"text": "a", "title": "x" * 301}, "title: it has more than 300 characters"),
        ({"text": "a", "id": True}, "id: it is neither a string nor a whole number"),
        ({"text": "a", "id": "x" * 201}, "id: it has more than 200 characters"),
        ({"text": "a", "id": "\0"}, "id: the character at code point 0 is NUL"),
        (5, 'article: it is no object with a "text"'),
        (None, 'article: it is no object with a "text"'),
        ({"text": "x" * 100_000}, "article: it is longer than the limit of 1000 characters"),
    ],
)
def test_a_bad_article_fails_alone_with_its_reason(client, store, article, reason):
    response = sent(client, article, {"text": "Oui."})
    assert items(store, response) == [("1", "failed", reason), ("2", "queued", "")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "article: no JSON at character 13: Expecting ',' delimiter"),
        (b'{"text": "\xe9"}', "article: no UTF-8 at byte 10"),
        (b"[" * 50_000, "article: it is nested too deeply"),
        (b'{"text": "a", "text": "b"}', "article: one of its members is there twice"),
        (b'{"id": 1' + b"0" * 5000 + b"}", "article: a number in it has too many digits"),
        (
            b'{"text": "' + b"x" * 1_000_000,
            "article: it is longer than the limit of 1000 characters",
        ),
    ],
)
def test_a_bad_line_fails_alone_with_its_reason(client, store, line, reason):
    response = posted(client, b'{"text": "Oui."}\n' + line + b'\n{"text": "Non."}', LINES)
    assert items(store, response) == [
        ("1", "queued", ""),
        ("2", "failed", reason),
        ("3", "queued", ""),
    ]


def test_a_nested_value_in_a_list_fails_alone(client, store):
    body = b'{"articles": [' + b"[" * 20_000 + b"]" * 20_000 + b', {"text": "Oui."}]}'
    assert items(store, posted(client, body)) == [
        ("1", "failed", "article: it is nested too deeply"),
        ("2", "queued", ""),
    ]


@pytest.mark.parametrize("content_type", [LINES, "application/x-ndjson"])
def test_lines_may_end_as_they_like(client, store, content_type):
    body = '\ufeff{"id": "é", "text": "Oui."}\r\n\r\n \n{"text": "Non."}'
    response = posted(client, body, content_type, query_string="title=Lignes&priority=2")
    assert items(store, response) == [("é", "queued", ""), ("4", "queued", "")]
    assert (response.json["title"], response.json["priority"]) == ("Lignes", 2)


def test_two_articles_of_one_id_are_two_articles(client, store):
    response = sent(client, {"id": "a", "text": "Oui."}, {"id": "a", "text": "Non."})
    assert items(store, response) == [("a", "queued", ""), ("a", "queued", "")]


def test_files_of_all_kinds_make_a_job(client, store):
    response = upload(
        client,
        ("a.txt", b"Oui."),
        ("b.md", b"# Un pont\n"),
        ("c.docx", word_file()),
        ("d.html", PAGE.encode()),
        ("e.jsonl", b'{"id": "x", "text": "Non."}\n{"text": 1}\n'),
        ("f.pdf", b"%PDF-1.7"),
        title="Dossier",
    )
    assert response.json["title"] == "Dossier"
    found = items(store, response)
    assert [(name, state) for name, state, _ in found] == [
        ("a.txt", "queued"),
        ("b.md", "queued"),
        ("c.docx", "queued"),
        ("d.html", "queued"),
        ("x", "queued"),
        ("2", "failed"),
        ("f.pdf", "failed"),
    ]
    assert found[-1][2].startswith("f.pdf: this is a PDF")


def test_a_file_that_holds_a_translation_fails(client, store):
    tmx = '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>Oui</seg>'
    tmx += '</tuv><tuv xml:lang="en"><seg>Yes</seg></tuv></tu></body></tmx>'
    response = upload(client, ("a.tmx", tmx.encode()), ("b.txt", b"Oui."))
    assert items(store, response)[0] == (
        "a.tmx",
        "failed",
        "a.tmx: it holds a translation already",
    )


def form_of(*files, boundary="b"):
    """A form by hand: the test client leaves files open where they are large."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        f"{text}\r\n"
        for name, text in files
    ]
    return "".join(parts) + f"--{boundary}--\r\n", f"multipart/form-data; boundary={boundary}"


def test_a_file_of_too_many_bytes_fails(client, store):
    files = ("a.txt", "x" * (LARGEST_FILE + 1)), ("b.txt", "Oui.")
    assert items(store, posted(client, *form_of(*files))) == [
        ("a.txt", "failed", f"a.txt: it has more than {LARGEST_FILE} bytes"),
        ("b.txt", "queued", ""),
    ]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ('{"articles": []}', 422, "articles"),
        ('{"articles": [{"text": ""}, 5]}', 422, "articles"),
        ('{"articles": "Oui."}', 422, "articles"),
        ('{"articles": [{"text": "Oui."}], "articles": 5}', 422, "articles"),
        ("{}", 422, "articles"),
        ('{"articles": [{"text": "Oui."}], "qualty": "best"}', 422, "qualty"),
        ('{"articles": [{"text": "Oui."}], "quality": "good"}', 422, "quality"),
        ('{"articles": [{"text": "Oui."}], "priority": 10}', 422, "priority"),
        ('{"articles": [{"text": "Oui."}], "title": "a", "title": "b"}', 422, "title"),
        ('{"articles": [{"text": "Oui."}], "title": "a\\u0000"}', 422, "title"),
        ('{"articles": [{"text": "Oui."}], "ignored": "typo"}', 422, "ignored"),
        ('{"articles": [{"text": "Oui."}], "target_language": "tlh"}', 422, "target_language"),
        ('{"articles": [{"text": "Oui."}], "webhook": "ftp://a.example"}', 422, "webhook"),
        ('{"articles": [{"text": "Oui."}], "webhook": "http://10.0.0.1/"}', 422, "webhook"),
        ('{"articles": [{"text": "Oui."}], "webhook_secret": "whsec_a"}', 422, "webhook_secret"),
        ('{"articles": [{"text": "Oui."}', 400, "body"),
        ('{"articles": [{"text": "Oui."}]} true', 400, "body"),
        ('{"articles": [{"text": "Oui."},]}', 400, "body"),
        ('[{"text": "Oui."}]', 400, "body"),
        ("", 400, "body"),
    ],
)
def test_a_bad_request_is_refused_whole_and_leaves_nothing(client, store, body, status, field):
    response = posted(client, body)
    assert (response.status_code, response.json["field"]) == (status, field)
    assert response.mimetype == "application/problem+json"
    assert nothing_is_left(store)


@pytest.mark.parametrize(
    ("query", "field"),
    [("quality=good", "quality"), ("limit=5", "limit"), ("priority=a", "priority")],
)
def test_a_bad_query_is_refused(client, store, query, field):
    response = posted(client, '{"text": "Oui."}', LINES, query_string=query)
    assert (response.status_code, response.json["field"]) == (422, field)
    assert nothing_is_left(store)


def test_an_option_in_body_and_query_is_refused(client):
    body = '{"articles": [{"text": "Oui."}], "title": "a"}'
    response = posted(client, body, query_string="title=a")
    assert (response.status_code, response.json["field"]) == (422, "title")


def test_a_secret_is_not_answered_where_it_is_refused(client):
    body = {"articles": [{"text": "Oui."}], "webhook": "https://a.example", "webhook_secret": "xyz"}
    response = client.post("/v1/jobs", json=body)
    assert response.json["field"] == "webhook_secret"
    assert "xyz" not in response.text


@pytest.mark.parametrize(
    ("content_type", "status"),
    [("text/plain", 415), ("application/json; charset=latin-1", 415), ("", 415)],
)
def test_other_kinds_of_bodies_are_refused(client, content_type, status):
    assert posted(client, "{}", content_type).status_code == status


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"no form", "multipart/form-data"),
        (b"no form", "multipart/form-data; boundary=b"),
        (b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (
            b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
            "multipart/form-data; boundary=b",
        ),
        (b"--b\r\n" + b"x" * 2 * 2**20, "multipart/form-data; boundary=b"),
        (b"x" * 2 * 2**20, "multipart/form-data; boundary=b"),
    ],
)
def test_a_broken_form_is_refused(client, store, body, content_type):
    response = posted(client, body, content_type)
    assert (response.status_code, response.json["field"]) == (400, "body")
    assert nothing_is_left(store)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"file": "Oui."}, "file"),
        ({"fil": (io.BytesIO(b"Oui."), "a.txt")}, "fil"),
        ({"quality": "good"}, "quality"),
        ({"title": "a"}, "articles"),
    ],
)
def test_a_form_with_a_wrong_field_is_refused_by_name(client, data, field):
    response = client.post("/v1/jobs", data=data, content_type="multipart/form-data")
    assert (response.status_code, response.json["field"]) == (422, field)


@pytest.mark.parametrize("kind", ["json", "lines", "files"])
def test_more_articles_than_a_job_may_have_are_refused(client, store, monkeypatch, kind):
    for module in (job_bodies, submission):
        monkeypatch.setattr(module, "MOST_ARTICLES", 3)
    if kind == "json":
        response = sent(client, *[{"text": "Oui."}] * 4)
    elif kind == "lines":
        response = posted(client, '{"text": "Oui."}\n' * 4, LINES)
    else:
        response = upload(client, *[("a.txt", b"Oui.")] * 4)
    assert (response.status_code, response.json["field"]) == (413, "articles")
    assert nothing_is_left(store)


def test_a_body_of_too_many_bytes_is_refused(client, store, monkeypatch):
    monkeypatch.setattr(jobs_api, "LARGEST_REQUEST", 100)
    response = sent(client, {"text": "x" * 100})
    assert (response.status_code, response.json["field"]) == (413, "body")
    assert nothing_is_left(store)


def test_a_job_may_be_larger_than_a_single_article(client):
    """The limit of other requests is not that of a job."""
    response = sent(client, *[{"text": "Oui. " * 190}] * 200)
    assert response.json["articles"]["queued"] == 200


def test_the_same_request_under_the_same_key_is_the_same_job(client, store):
    body = {"articles": [{"text": "Oui."}]}
    key = {"Idempotency-Key": "lundi"}
    first = client.post("/v1/jobs", json=body, headers=key)
    again = client.post("/v1/jobs", json=body, headers=key)
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json == first.json
    assert len(list_jobs(store).jobs) == 1


def test_the_same_files_under_the_same_key_are_the_same_job(client, store):
    """Their boundary is another one every time."""
    key = {"Idempotency-Key": "a"}
    forms = [form_of(("a.txt", "Oui."), boundary=each) for each in ("one", "two")]
    one, two = (posted(client, *form, headers=key) for form in forms)
    assert (one.status_code, two.status_code, two.json["id"]) == (202, 200, one.json["id"])


@pytest.mark.parametrize(
    "other", [{"json": {"articles": [{"text": "Non."}]}}, {"query_string": "title=a"}]
)
def test_another_request_under_the_same_key_is_refused(client, store, other):
    request = {
        "json": {"articles": [{"text": "Oui."}]},
        "headers": {"Idempotency-Key": "lundi"},
    }
    client.post("/v1/jobs", **request)
    response = client.post("/v1/jobs", **{**request, **other})
    assert (response.status_code, response.json["field"]) == (422, "Idempotency-Key")
    assert len(list_jobs(store).jobs) == 1


@pytest.mark.parametrize("key", ["", "é", "a b", "x" * 201])
def test_a_key_that_is_none_is_refused(client, key):
    response = client.post(
        "/v1/jobs",
        json={"articles": [{"text": "Oui."}]},
        headers={"Idempotency-Key": key.encode("utf-8").decode("latin-1")},
    )
    assert (response.status_code, response.json["field"]) == (422, "Idempotency-Key")


def test_of_the_same_request_at_the_same_time_one_job_is_made(client, store):
    app = client.application
    body = {"articles": [{"text": "Oui."}] * 300}

    def ask(_):
        with app.test_client() as mine:
            return mine.post("/v1/jobs", json=body, headers={"Idempotency-Key": "k"})

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, range(4)))
    assert sorted(each.status_code for each in answers) == [200, 200, 200, 202]
    assert len({each.json["id"] for each in answers}) == 1
    assert len(list_jobs(store).jobs) == 1


def test_a_long_body_is_cut_right_wherever_it_is_read_in_pieces(client, store, monkeypatch):
    monkeypatch.setattr(json_stream, "CHUNK", 7)
    text = 'Il dit : « \\"oui\\" ». 😀 ' * 5
    response = sent(client, *[{"id": f"é{n}", "text": text} for n in range(5)])
    assert items(store, response) == [(f"é{n}", "queued", "") for n in range(5)]
