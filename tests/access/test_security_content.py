"""Text that would be a program, names that would be headers, files that would be bombs."""

import io
import zipfile
from html.parser import HTMLParser

import pytest

from alignment.span import Span
from service.app import create_app
from service.config import Settings
from service.keeping import keep_translation
from service.store.claims import add_claim
from service.store.people.accounts import add_account
from service.store.records import Origin
from tests.access.conftest import HTML, Browser
from tests.fakes import FakeEngines, WordByWord

# Harmless where it is text. Upper-case too, since the engine of these tests shouts.
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{BILLION}]><w:p>&l9;</w:p>'
FILE_READER = '<!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/hostname">]><w:p>&f;</w:p>'


@pytest.fixture
def attacked(store):
    """A document whose every text is an attack, and a claim on it."""
    article = f"Le {ATTACK} marche. Il dit {ATTACK} encore."
    origin = Origin(filename=f"{ATTACK}.txt")
    kept = keep_translation(
        store, article, WordByWord(), "best", None, (), f"Titre {ATTACK}", origin
    )
    claim = add_claim(store, kept.id, "target", Span(0, 40), f"by {ATTACK}")
    return kept.id, claim.id


class Parts(HTMLParser):
    """What a browser would run, fetch or submit elsewhere, of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        # Since pages are HTML, a tag and an attribute are small letters by now.
        if tag == "script" and not given.get("src", "").startswith("/review/"):
            self.found.append(tag)
        if given.get("src", "/")[0] != "/" or given.get("href", "").startswith("javascript:"):
            self.found.append(given)
        self.found += [name for name in given if name.startswith("on") or name == "style"]


def live(page):
    """What of the attack a page would run."""
    return Parts(page).found


def test_the_attack_would_be_found():
    assert live(f"<p>{ATTACK}</p>") == [
        "script",
        {"src": "x", "onerror": "alert(1)"},
        "onerror",
        "onload",
    ]
    assert live(f'<p title="{ATTACK}">') != []


PLACES = (
    "/documents",
    "/documents/{document}",
    "/documents/{document}?from=1",
    "/documents/{document}/rungs?from=1&to=2",
    "/documents/{document}/report",
    "/documents/{document}/delete",
    "/claims/{claim}",
    "/claims/{document}-s1",
)


@pytest.mark.parametrize("place", PLACES)
def test_what_an_article_says_is_shown_and_never_run(app, attacked, place):
    document, claim = attacked
    path = place.format(document=document, claim=claim)
    response = app.test_client().get(path, headers=HTML)
    assert response.status_code == 200
    assert "alert" in response.text.lower()
    assert live(response.text) == []


@pytest.mark.parametrize("form", ["html", "xliff", "tmx", "annotations", "docx", "csv", "json"])
def test_what_is_taken_along_is_no_page_of_this_service(app, attacked, form):
    path = f"/v1/documents/{attacked[0]}/export?format={form}"
    response = app.test_client().get(path)
    if response.status_code == 200:
        assert response.headers["Content-Disposition"].startswith("attachment; ")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_the_form_comes_back_with_the_article_as_text(app):
    form = {"text": f"Voici {ATTACK}.", "pair": ATTACK, "quality": ATTACK}
    response = app.test_client().post("/", data=form, headers=HTML)
    assert live(response.text) == []
    form = {"text": f"Voici {ATTACK}.", "pair": "fr-en", "quality": "best"}
    response = app.test_client().post("/", data=form, headers=HTML)
    assert response.status_code == 200
    assert live(response.text) == []


@pytest.mark.parametrize(
    "path", [f"/{ATTACK}", f"/documents/{ATTACK}", f"/claims/{ATTACK}", f"/sign-in?next={ATTACK}"]
)
def test_an_address_is_shown_and_never_run(app, people, path):
    browser = Browser(app.test_client())
    browser.sign_in("reader")
    for client in (browser.client, app.test_client()):
        response = client.get(path, headers=HTML)
        assert response.mimetype == "application/problem+json" or live(response.text) == []


def test_names_of_people_and_keys_are_shown_and_never_run(app, browser, people, store):
    add_account(
        store,
        "<script>alert(1)</script>",
        "reader",
        email="<img src=x@example.org".replace(" ", ""),
    )
    browser.sign_in("admin")
    assert live(browser.get("/people").text) == []
    browser.post("/account/keys", {"title": ATTACK[:80], "scope": "read"}, at="/account")
    assert live(browser.get("/account").text) == []
    assert live(browser.sign_in(ATTACK).text) == []


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: evil=1", "a\nb", 'a"; filename="b', "a\0b", "é/..\\b"]
)
def test_a_title_or_a_file_name_makes_no_header(app, store, name):
    plain = name.replace("\0", "")
    kept = keep_translation(
        store, "Oui.", WordByWord(), "best", None, (), plain, Origin(filename=plain)
    )
    response = app.test_client().get(f"/v1/documents/{kept.id}/export?format=text")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    said = response.headers["Content-Disposition"]
    assert not set("\r\n\0") & set(said)
    assert said.count('filename="') == 1
    assert "/" not in said.replace("UTF-8''", "")


@pytest.mark.parametrize("given", ["a\r\nSet-Cookie: evil=1", "x" * 65, "é", ""])
def test_the_id_of_a_request_makes_no_header(app, given):
    environ = {"HTTP_X_REQUEST_ID": given}
    response = app.test_client().get("/healthz", environ_overrides=environ)
    assert response.headers["X-Request-Id"].isalnum()
    assert "Set-Cookie" not in response.headers


UP = ("..", "..%2f..", "%2e%2e/%2e%2e", "..%5c..", "....//", "%252e%252e", "/etc", "%00")


@pytest.mark.parametrize("root", ["/review/", "/docs/"])
@pytest.mark.parametrize("up", UP)
@pytest.mark.parametrize(
    "file", ["pages.py", "config.py", "etc/passwd", "templates/review/frame.html"]
)
def test_no_path_leads_out_of_the_static_files(app, root, up, file):
    for path in (f"{root}{up}/{file}", f"{root}workbench.css/{up}/{file}"):
        with app.test_client().get(path) as response:
            assert response.status_code in (308, 404)
            assert "import annotations" not in response.get_data(as_text=True)


def docx(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "status"),
    [(b" " * 30_000_000, 422), (LAUGHS, 422), (FILE_READER, 422), ("<w:p>" * 20_000, 422)],
)
def test_a_word_file_that_would_burst_is_refused(app, content, status):
    file = (io.BytesIO(docx(content)), "article.docx", DOCX)
    response = app.test_client().post("/v1/translations", data={"file": file})
    assert response.status_code in (status, 413)
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "page",
    [
        LAUGHS,
        FILE_READER,
        "<div>" * 5_000,
        "<p>" + "&amp;" * 10_000,
        '<!DOCTYPE html SYSTEM "http://127.0.0.1:1/evil.dtd"><p>Oui.</p>',
        "<p><img src='http://127.0.0.1:1/pixel'><link href='//evil.example/a.css'>Oui.</p>",
    ],
)
def test_a_page_that_would_burst_or_fetch_does_neither(app, page, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it went abroad"))
    response = app.test_client().post("/v1/translations", json={"html": page})
    assert response.status_code in (200, 413, 422)
    assert len(response.data) < 2_000_000


def test_a_body_without_end_is_cut_off(tmp_path, store):
    app = create_app(Settings(models=tmp_path, max_characters=100), FakeEngines(), store)
    for path in ("/v1/translations", "/v1/alignments", "/"):
        response = app.test_client().post(path, data=b"x" * 3_000_000, content_type="text/plain")
        assert response.status_code in (413, 415, 422)
