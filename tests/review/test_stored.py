"""The pages of what is kept: documents and claims."""

import html as markup
import io
import re

import pytest

from alignment.span import Span
from service.documents.exports import EXPORTS
from service.store.claims import add_claim, judge_claim
from service.store.documents import delete_document, read_document, save_document
from service.translate import translate_article
from tests.fakes import kept
from tests.review.engines import Unsure

ARTICLE = "Le 😀 lac est froid.\nIl est venu hier."
EVIL = "</title><script>alert('x')</script><img src=x onerror=alert(1)> & “é”"


@pytest.fixture
def document():
    made = translate_article(ARTICLE, Unsure())
    delete_document(kept(), save_document(kept(), made))
    return save_document(kept(), made, title="Le lac 😀")


@pytest.fixture
def claim(document):
    return add_claim(kept(), document, "target", Span(5, 8), by="Zoé").id


def test_the_form_keeps_a_translation_when_told_to(client):
    page = client.post("/", data={"text": "Il neige.", "keep": "on"}).text
    path = re.search(r'href="http://localhost(/documents/\w+)"|href="(/documents/\w+)"', page)[2]
    assert f">http://localhost{path}</a>" in page
    stored = read_document(kept(), path.rpartition("/")[2])
    assert (stored.document.source, stored.document.target) == ("Il neige.", "IL NEIGE.")


def test_the_form_keeps_nothing_unless_told_to(client):
    page = client.post("/", data={"text": "Il grêle."}).text
    assert "/documents/" not in page
    assert '<input type="checkbox" name="keep" >' in page
    assert client.get("/v1/documents?query=grele").json["documents"] == []


def test_a_file_that_is_kept_keeps_its_name(client):
    file = (io.BytesIO(b"Il vente."), "météo.txt")
    page = client.post("/", data={"file": file, "keep": "on"}).text
    path = re.search(r"/documents/\w+", page)[0]
    assert 'from <span dir="auto">météo.txt</span>' in client.get(path).text


def test_the_wish_to_keep_outlives_an_error(client):
    page = client.post("/", data={"text": " ", "keep": "on"}).text
    assert '<input type="checkbox" name="keep" checked>' in page


def test_a_document_is_shown_with_its_facts_and_its_claims(client, document, claim):
    page = client.get(f"/documents/{document}").text
    stored = read_document(kept(), document)
    assert "word-by-word · 1 · fake · quality:best" in page
    assert (stored.source_sha256 in page, stored.target_sha256 in page) == (True, True)
    assert '<h1 dir="auto">Le lac 😀</h1>' in page
    assert f'<a href="/claims/{claim}" dir="auto">LAC</a>' in page
    assert f'href="/claims/{document}-s2"' in page


@pytest.mark.parametrize("name", EXPORTS)
def test_a_document_can_be_downloaded_in_every_format(client, document, name):
    page = client.get(f"/documents/{document}").text
    path = re.search(rf'href="(/v1/documents/\w+/export\?format={name})"', page)[1]
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; ")


def test_a_document_is_deleted_only_after_a_question(client, document, claim):
    page = client.get(f"/documents/{document}").text
    path = re.search(r'href="(/documents/\w+/delete)"', page)[1]
    question = client.get(path).text
    assert "1 marked claim and" in question
    assert f'<form action="{path}" method="post"' in question
    assert client.get(f"/documents/{document}").status_code == 200
    answer = client.post(path)
    assert (answer.status_code, "It is gone" in answer.text) == (200, True)
    assert client.get(f"/documents/{document}").status_code == 404
    assert client.get(f"/claims/{claim}").status_code == 404


def test_another_site_cannot_delete(client, document):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"/documents/{document}/delete", headers=headers).status_code == 403
    assert client.get(f"/documents/{document}").status_code == 200


def test_a_claim_is_shown_as_a_citation_with_its_original(client, document, claim):
    page = client.get(f"/claims/{claim}").text
    quotes = re.findall(r'<blockquote lang="(\w+)" dir="auto">(.*?)</blockquote>', page, re.DOTALL)
    assert [(language, re.sub("<.*?>", "", each)) for language, each in quotes] == [
        ("en", "LE 😀 LAC EST FROID.\nIL EST VENU HIER."),
        ("fr", ARTICLE),
    ]
    assert re.findall('<mark class="quote">(.*?)</mark>', page) == ["LAC", "lac"]
    stored = read_document(kept(), document)
    for expected in (
        f"http://localhost/claims/{claim}",
        stored.source_sha256,
        stored.target_sha256,
        "word-by-word · 1 · fake · quality:best",
        "Every word of it has a counterpart in the original",
        "nobody has judged it yet",
        f'<a href="/documents/{document}" dir="auto">Le lac 😀</a>',
    ):
        assert expected in page


def test_a_citation_can_be_pasted_as_text(client, document, claim):
    page = client.get(f"/claims/{claim}").text
    text = markup.unescape(re.search(r'<pre id="citation".*?>(.*?)</pre>', page, re.DOTALL)[1])
    stored = read_document(kept(), document)
    assert text.splitlines() == [
        "“LAC” (en)",
        "“lac” (fr, original)",
        "Le lac 😀",
        f"Translated by word-by-word|1|fake|quality:best|sha256:{'0' * 64}",
        f"http://localhost/claims/{claim}",
        f"sha256 of the original: {stored.source_sha256}",
    ]


def test_a_claim_tells_its_history(client, claim):
    judge_claim(kept(), claim, "Max", verdict="unfaithful", status="withdrawn")
    page = client.get(f"/claims/{claim}").text
    history = re.search(r'<section class="history".*?</section>', page, re.DOTALL)[0]
    told = re.sub(r"\s+", " ", re.sub("<.*?>", "", history))
    assert re.search(
        "Zoé: marked .* Max: status: active → withdrawn, verdict: .* → judged not", told
    )
    assert "This claim was withdrawn." in page
    assert "judged not faithful to the original" in page


def test_a_sentence_shows_what_was_flagged_in_it(client, document):
    page = client.get(f"/claims/{document}-s2").text
    assert '<b>Date doubtful (major):</b> <span lang="en">the day is not sure</span>' in page
    assert "Date doubtful" not in client.get(f"/claims/{document}-s1").text


def test_a_claim_without_a_counterpart_shows_the_sentence_it_is_not_in(client):
    document = save_document(kept(), translate_article("Il ne dort pas.", Unsure()))
    claim = add_claim(kept(), document, "target", Span(3, 5))
    page = client.get(f"/claims/{claim.id}").text
    assert "No word of it has a counterpart in the original." in page
    assert "<span>Il ne dort pas.</span>" in page


@pytest.mark.parametrize(
    ("span", "marked"),
    [
        (Span(5, 8), ["LAC", "lac"]),
        (Span(0, 18), ["LE 😀 LAC EST FROID", "Le 😀 lac est froid"]),
    ],
)
def test_a_claim_whose_words_are_gone_shows_them_as_they_were(client, span, marked):
    document = save_document(kept(), translate_article(ARTICLE, Unsure()), title=str(span))
    claim = add_claim(kept(), document, "target", span).id
    change = {"revision": 0, "target": "HIER, UN ÉTANG 😀 GELÉ."}
    assert client.patch(f"/v1/documents/{document}/segments/1", json=change).status_code == 200
    page = client.get(f"/claims/{claim}").text
    assert "Its words are no longer in the translation. They were:" in page
    assert re.findall('<mark class="quote">(.*?)</mark>', page, re.DOTALL) == marked
    assert "ÉTANG" not in page


def test_a_claim_of_the_original_tells_what_answered_it_before_an_edit(client):
    made = translate_article(ARTICLE, Unsure())
    document = save_document(kept(), made, title="before an edit")
    claim = add_claim(kept(), document, "source", Span(5, 8)).id
    for revision, text in enumerate(["LE 😀 LOCH EST FROID.", "LE"]):
        change = {"revision": revision, "target": text}
        client.patch(f"/v1/documents/{document}/segments/1", json=change)
    page = client.get(f"/claims/{claim}").text
    told = re.sub(
        "<.*?>", "", re.search(r'<section class="history".*?</section>', page, re.DOTALL)[0]
    )
    assert "translation: “LAC” → “LOCH”" in told
    assert "translation: “LOCH” → nothing" in told


def test_nothing_is_flagged_in_a_claim_whose_words_are_gone(client):
    document = save_document(kept(), translate_article("Hier. Il est venu hier.", Unsure()))
    claim = add_claim(kept(), document, "target", Span(0, 4)).id
    assert "Date doubtful" in client.get(f"/claims/{claim}").text
    client.patch(f"/v1/documents/{document}/segments/1", json={"revision": 0, "target": "A."})
    page = client.get(f"/claims/{claim}").text
    assert ("They were:" in page, "Date doubtful" in page) == (True, False)


@pytest.mark.parametrize("path", ["/documents/{}", "/claims/{}", "/documents/{}/delete"])
def test_what_is_not_there_gets_a_page_that_says_so(client, path):
    response = client.get(path.format("a" * 26))
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "There is nothing here" in response.text


def test_neither_title_nor_text_nor_name_can_bring_code_onto_a_page(client):
    text = f"{EVIL} <b>lac</b>."
    document = save_document(kept(), translate_article(text, Unsure()), title=EVIL)
    claim = add_claim(kept(), document, "source", Span(0, len(text)), by=EVIL).id
    deletion = f"/documents/{document}/delete"
    pages = [client.get(path).text for path in (f"/documents/{document}", f"/claims/{claim}")]
    pages += [client.get(deletion).text, client.post(deletion).text]
    for page in pages:
        assert not re.search(r'<script(?! type="module" src=)|<img|<b>lac', page)
        assert page.count("</title>") == 1


@pytest.mark.parametrize("path", ["/documents/{0}", "/claims/{0}-s1", "/documents/{0}/delete"])
def test_the_pages_are_strict_and_load_only_what_the_service_has(client, document, path):
    response = client.get(path.format(document))
    assert "script-src 'self'; style-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert re.findall(r"<style|\sstyle=|\son\w+=", response.text) == []
    links = re.findall(r'(?:src|href)="([^#"]+)"', response.text)
    local = {markup.unescape(each).removeprefix("http://localhost") for each in links}
    assert {client.get(each, buffered=True).status_code for each in local} == {200}
