import io
import json
import re

import pytest

from alignment.formats import html, native
from service.app import create_app
from service.engine import QUALITIES
from service.translate import translate_article
from tests.documents.samples import PAGE
from tests.fakes import FakeEngines, kept
from tests.review.engines import Unsure

ARTICLE = "Il est venu hier.\nIl ne dira rien 😀 !"


def complaints(response):
    """What the page says is wrong, by field of the form."""
    found = re.findall(r'data-complaint="(\w*)">(.*?)</p>', response.text, re.DOTALL)
    return {field: text for field, text in found if text}


def test_the_page_offers_the_pairs_and_both_qualities(client):
    page = client.get("/").text
    assert re.findall(r'<option value="(.*?)"', page) == ["fr-en"]
    assert re.findall(r'name="quality" value="(.*?)"', page) == list(QUALITIES)


def test_the_page_names_the_model_and_its_limits(client):
    page = client.get("/").text
    assert "word-by-word" in page
    assert html.LIMITS in page
    assert "2,000 characters" in page


def test_a_model_that_is_still_loading_is_not_waited_for(settings):
    page = create_app(settings, FakeEngines(ready=False), kept()).test_client().get("/").text
    assert "The model is being loaded" in page


def test_without_a_model_the_page_says_how_to_get_one(settings):
    engines = FakeEngines(ready=False)
    engines.by_pair.clear()
    page = create_app(settings, engines, kept()).test_client().get("/").text
    assert "visavis models pull" in page
    assert "disabled>Translate" in page


def test_the_sample_fills_the_box(client):
    page = client.get("/?sample=1").text
    assert "Valbrune" in re.search(r"<textarea id.*?</textarea>", page, re.DOTALL)[0]


def test_an_article_comes_back_as_a_ladder(client):
    response = client.post("/", data={"text": ARTICLE, "pair": "fr-en", "quality": "fast"})
    document = translate_article(ARTICLE, Unsure(), "fast")
    assert response.status_code == 200
    assert html.ladder(document) in response.text
    assert html.facts(document) in response.text


def test_the_line_breaks_of_the_box_are_those_that_were_typed(client):
    response = client.post("/", data={"text": ARTICLE.replace("\n", "\r\n")})
    assert html.ladder(translate_article(ARTICLE, Unsure())) in response.text


def test_a_file_is_translated_as_it_is_to_its_last_character(client):
    article = "\ufeffIl est venu.\r\n\r\nIl dort.\r\n"
    file = (io.BytesIO(article.encode()), "article.txt")
    response = client.post("/", data={"file": file})
    assert html.ladder(translate_article(article, Unsure())) in response.text


def test_a_document_of_another_kind_is_read_for_its_text(client):
    response = client.post("/", data={"file": (io.BytesIO(PAGE.encode()), "crue.html")})
    assert "Mentions légales" not in response.text
    assert "raconte" in response.text


def test_a_document_that_cannot_be_read_is_refused_by_name(client):
    response = client.post("/", data={"file": (io.BytesIO(b"PK\x03\x04"), "conseil.docx")})
    assert response.status_code == 422
    assert "conseil.docx" in response.text


@pytest.mark.parametrize(
    ("form", "status", "expected"),
    [
        ({"text": " \n"}, 422, {"text": "there is nothing to translate but white space"}),
        ({}, 422, {"text": "there is nothing to translate but white space"}),
        ({"text": "a\0"}, 422, {"text": "the character at code point 1 is NUL"}),
        (
            {"text": "é" * 2001},
            413,
            {"text": "2001 characters are more than the limit of 2000"},
        ),
        (
            {"text": "Il dort.", "pair": "fr-xx"},
            422,
            {"pair": "no model translates fr-xx; the pairs there are: fr-en"},
        ),
        (
            {"text": "Il dort.", "quality": "superb"},
            422,
            {"quality": "choose one of best, fast"},
        ),
        (
            {"text": "Il dort.", "file": (io.BytesIO(b"x"), "a.txt")},
            422,
            {"file": "send either a text or a file, not both"},
        ),
        (
            {"file": (io.BytesIO(b"d\xe9j\xe0"), "a.txt")},
            422,
            {"file": "this is no text in UTF-8 (byte 1); save it as plain text in UTF-8"},
        ),
    ],
)
def test_what_cannot_be_translated_is_said_beside_its_field(client, form, status, expected):
    response = client.post("/", data=form, content_type="multipart/form-data")
    assert (response.status_code, complaints(response)) == (status, expected)


def test_a_body_beyond_all_limits_gets_a_page_too(client):
    response = client.post("/", data={"text": "x" * 500_000})
    assert response.status_code == 413
    assert complaints(response) == {"text": "this is far longer than the limit of 2000 characters"}


def test_an_error_keeps_everything_that_was_put_in(client):
    text = '\n</textarea><script>alert("&")</script>'
    page = client.post("/", data={"text": text, "pair": "fr-xx", "quality": "fast"}).text
    assert "\n\n&lt;/textarea&gt;&lt;script&gt;alert(&#34;&amp;&#34;)&lt;/script&gt;</text" in page
    assert 'value="fast" checked' in page
    assert page.count("<script") == 1


@pytest.mark.parametrize(
    "path", ["/", "/review/workbench.js", "/review/workbench.css", "/review/ladder.js"]
)
def test_everything_that_a_browser_loads_comes_with_a_strict_policy(client, path):
    headers = client.get(path, buffered=True).headers
    assert "script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_no_style_or_script_stands_in_the_page_itself(client):
    page = client.post("/", data={"text": ARTICLE}).text
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?! type=\"module\" src=)", page) == []


def test_the_page_loads_only_what_the_service_has(client):
    page = client.get("/").text
    paths = re.findall(r'(?:src|href)="([^#"]+)"', page)
    assert paths
    assert {client.get(path, buffered=True).status_code for path in paths} == {200}


@pytest.mark.parametrize("kind", ["js", "css"])
def test_the_page_and_the_self_contained_file_share_script_and_style(client, kind):
    assert client.get(f"/review/ladder.{kind}").text == html.asset(f"ladder.{kind}")


def test_an_unchanged_script_is_not_sent_again(client):
    etag = client.get("/review/ladder.js").headers["ETag"]
    again = client.get("/review/ladder.js", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def offered(client):
    """The document that the page sends along when a download is asked for."""
    page = client.post("/", data={"text": ARTICLE}).text
    sent = re.search(r'<textarea name="document".*?>(.*?)</textarea>', page, re.DOTALL)[1]
    for reference, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        sent = sent.replace(reference, character)
    return sent


def test_the_json_download_is_the_document(client):
    response = client.post("/download", data={"document": offered(client), "format": "json"})
    assert native.from_json(response.get_json()) == translate_article(ARTICLE, Unsure())
    assert re.fullmatch(
        r'attachment; filename="vis-a-vis-[0-9a-f]{12}\.json"',
        response.headers["Content-Disposition"],
    )


def test_the_html_download_is_the_self_contained_page(client):
    response = client.post("/download", data={"document": offered(client), "format": "html"})
    assert response.text == html.page(translate_article(ARTICLE, Unsure()), "Vis-à-vis")


TAMPERED = {
    "source_language": "fr",
    "target_language": "en",
    "offset_unit": "codepoint",
    "model": None,
    "source": "a",
    "target": "b",
    "segments": [],
}


@pytest.mark.parametrize(
    "document",
    [
        "",
        "[",
        "[]",
        "[" * 100_000,
        *(
            json.dumps(TAMPERED | {field: value})
            for field, value in (
                ("source", 5),
                ("source", "\ud800"),
                ("source_language", 5),
                ("segments", [{}]),
                ("offset_unit", "elephant"),
            )
        ),
    ],
)
def test_a_tampered_document_is_refused_as_a_page(client, document):
    response = client.post("/download", data={"document": document})
    assert (response.status_code, complaints(response)) == (
        422,
        {"document": "this is no document of this service"},
    )


def test_a_download_in_an_unknown_format_is_refused(client):
    response = client.post("/download", data={"document": offered(client), "format": "exe"})
    assert complaints(response) == {"format": "choose one of html, json"}
