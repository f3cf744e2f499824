"""Pages: the article alone, with the typography that the page has."""

import pytest

from service.documents.errors import FileTooLarge, NothingToRead, UnsafeFile
from service.documents.reading import read_article
from tests.documents.samples import PAGE, PROSE


def read(page, name="page.html"):
    return read_article(page.encode() if isinstance(page, str) else page, name)


def prose(article):
    return [span.of(article.text) for span in article.paragraphs]


def test_the_article_comes_out_without_what_stands_around_it():
    article = read(PAGE)
    assert (article.text, article.remarks) == ("\n".join(PROSE), ())
    assert prose(article) == list(PROSE)


def test_the_title_is_that_of_the_article_not_of_the_tab():
    assert read(PAGE).title == PROSE[0]
    assert read(PAGE.replace("h1>", "h4>")).title == "La crue – Le Courrier du Val"
    shared = PAGE.replace("<head>", '<head><meta property="og:title" content="Une crue">')
    assert read(shared).title == "Une crue"


def test_decomposed_accents_stay_as_they_are():
    sentence = "Le de\u0301ge\u0302le\u0301 dit « oui »."
    assert read(f"<p>{sentence}</p>").text == sentence


def test_code_is_kept_and_not_translated():
    page = PAGE.replace("<h2>", "<pre><code>été = 1\nprint(été)</code></pre><h2>")
    article = read(page)
    assert "été = 1" in article.text
    assert prose(article) == list(PROSE)


def test_a_page_without_an_article_gives_its_text_and_says_so(monkeypatch):
    monkeypatch.setattr("service.documents.web_page.MOST_ELEMENTS", 3)
    page = "<nav>Accueil</nav><div>Le pont\n est <b>fermé</b>.<p>Il rouvre.</p>Oui.</div><script>x"
    article = read(page)
    assert article.text == "Le pont est fermé.\nIl rouvre.\nOui."
    assert article.remarks == ("no article was found in the page; all of its text is taken",)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Bonjour&nbsp;!</p>", "Bonjour\u00a0!"),
        ("Le maire part & revient.", "Le maire part & revient."),
        ("<p>Il part.<p>Elle <b>reste", "Il part.\nElle reste"),
        ("\ufeff<html><body><p>Il part.</p></body></html>", "Il part."),
        ("<?xml version='1.0' encoding='utf-8'?><html><p>Été.</p></html>", "Été."),
        ("<p>Il\0 part.</p>", "Il\ufffd part."),
        ("<p>مرحبا بكم</p>", "مرحبا بكم"),
    ],
)
def test_fragments_and_soup_are_read(page, text):
    assert read(page).text == text


@pytest.mark.parametrize("page", ["<p></p>", "<html>", "<p>&nbsp;</p>", "<a " * 9])
def test_a_page_without_text_is_named(page):
    with pytest.raises(NothingToRead, match=r"^page\.html: there is no text in this page"):
        read(page)


def test_a_page_nested_beyond_reason_is_refused_rather_than_cut_short():
    with pytest.raises(UnsafeFile, match="nested more than 256 deep"):
        read("<div>" * 100_000 + "Bonjour." + "</div>" * 100_000)


def test_a_page_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("service.documents.web_page.LARGEST", 10)
    with pytest.raises(FileTooLarge, match="12 characters of HTML; at most 10"):
        read("<p>Oui.</p> ")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "L’été à Orléans."),
        ("iso-8859-1", "L’été à Orléans."),
        ("iso-8859-15", "12 € à Orléans."),
        ("windows-1250", "Žluťoučký kůň."),
        ("utf-16", "L’été à Orléans 😀."),
        ("utf-8-sig", "L’été à Orléans 😀."),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(encoding, text):
    page = f'<html><head><meta charset="{encoding}"></head><p>{text}</p></html>'
    written = "windows-1252" if encoding == "iso-8859-1" else encoding
    article = read(page.encode(written))
    assert (article.text, article.remarks) == (text, ())
