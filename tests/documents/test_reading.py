"""Files of any kind: told by what they hold, and refused by name where they can't be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.formats import tmx, xliff
from service.documents.article import Article
from service.documents.errors import (
    DamagedFile,
    MisnamedFile,
    NothingToRead,
    SeveralArticles,
    UnreadableFile,
    UnsupportedFile,
)
from service.documents.reading import read_article, read_articles
from service.translate import translate_article
from tests.documents.samples import PAGE, PROSE, word_file
from tests.fakes import WordByWord


def test_plain_text_is_the_article_to_the_last_character():
    text = "\ufeffUn titre\r\n\r\n de\u0301ja\u0300\u00a0! 😀\u200b\r\n"
    assert read_article(text.encode(), "a.txt") == Article(text, "text")


@pytest.mark.parametrize("name", ["a.txt", "standard input", "a", "a.html", "a.HTM"])
def test_a_page_is_known_by_its_content(name):
    article = read_article(PAGE.encode(), name)
    assert (article.kind, article.text) == ("html", "\n".join(PROSE))


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a"])
def test_a_word_file_is_known_by_its_content(name):
    assert read_article(word_file(), name).kind == "docx"


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("a.md", None, "markdown"),
        ("a.md", "application/octet-stream", "markdown"),
        ("a", "text/markdown; charset=utf-8", "markdown"),
        ("a.txt", "text/html", "html"),
        ("a.txt", None, "text"),
        ("a.srt", "text/plain", "text"),
    ],
)
def test_where_the_content_is_silent_its_type_or_its_name_says_the_kind(name, media_type, kind):
    assert read_article("Le pont est fermé.".encode(), name, media_type).kind == kind


def test_a_charset_that_came_with_the_file_is_believed():
    article = read_article("Žluťoučký".encode("cp1250"), "a", "text/plain; charset=windows-1250")
    assert (article.text, article.remarks) == ("Žluťoučký", ())


def test_an_encoding_that_was_guessed_is_told():
    text = "Le préfet espère un geste de l'État, où qu'il soit. À bientôt."
    assert read_article(text.encode("cp1252"), "a.txt").remarks == (
        "read as windows-1252, which its letters show; it is not UTF-8",
    )


@pytest.mark.parametrize("write", [tmx.write, xliff.write], ids=["tmx", "xliff"])
def test_an_existing_translation_comes_with_both_texts(write):
    document = translate_article("Il part.\nElle reste 😀 !", WordByWord())
    article = read_article(write(document).encode(), "memory")
    assert (article.text, article.existing) == (document.source, document)


def test_jsonl_is_an_article_a_line():
    lines = [{"id": "un", "title": "Titre", "text": "Il\u2028part."}, {"text": "Oui.", "date": 3}]
    data = "\r\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    assert list(read_articles(f"\ufeff{data}\n".encode(), "a.jsonl")) == [
        Article("Il\u2028part.", "jsonl", title="Titre", id="un"),
        Article("Oui.", "jsonl", id="3"),
    ]
    with pytest.raises(SeveralArticles, match=r"^a\.jsonl: "):
        read_article(data.encode(), "a.jsonl")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("oui", "line 2 is no JSON"),
        ("[" * 100_000, "line 2 is (no JSON|no article)"),
        ("[]", 'line 2 is no object with a "text"'),
        ('{"text": 3}', 'line 2 is no object with a "text"'),
        ('{"text": " "}', "line 2: the text is empty"),
        ('{"text": "Oui.", "id": [1]}', 'line 2: "id" and "title" are strings'),
        ('{"text": "Oui.", "id": "1"}', "line 2: a second article has the id '1'"),
    ],
)
def test_a_line_that_is_no_article_is_named(line, reason):
    with pytest.raises(DamagedFile, match=rf"^a\.jsonl: {reason}"):
        list(read_articles(f'{{"text": "Un.", "id": 1}}\n{line}\n'.encode(), "a.jsonl"))


@pytest.mark.parametrize(
    ("data", "name", "error", "reason"),
    [
        (b"", "a.txt", NothingToRead, "the file is empty"),
        (b"\n", "a.jsonl", NothingToRead, "there is no article"),
        (b"%PDF-1.7\n", "a.txt", UnsupportedFile, "this is a PDF; .* Save its text as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", UnsupportedFile, "an old Office file"),
        (b"{\\rtf1 Bonjour}", "a.doc", UnsupportedFile, "this is RTF"),
        (b"\x89PNG\r\n\x1a\n", "a.md", UnsupportedFile, "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a.txt", UnsupportedFile, "a JPEG image"),
        (b"\x1f\x8b\x08\x00", "a.gz", UnsupportedFile, "a gzip archive"),
        (b"RIFF\0\0\0\0WEBP", "a", UnsupportedFile, "an image"),
        (b"\0\0\0\x20ftypisom", "a", UnsupportedFile, "a film or an image"),
        (b"Bonjour.", "a.docx", MisnamedFile, "named as a DOCX, and its content is text"),
        (b"Bonjour.", "a.tmx", MisnamedFile, "named as TMX, and its content is no XML"),
        (b"<a/>", "a.xlf", MisnamedFile, "named as XLIFF, and its content is <a>"),
        (b"<?xml version='1.0'?><rss/>", "a", UnsupportedFile, "XML of another kind (<rss>)"),
        (b'{"text": "Oui."}', "a.json", UnsupportedFile, "JSON of one value"),
        (b"<tmx><body>", "a.tmx", DamagedFile, "line 1: no XML"),
        (b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "a.tmx", UnreadableFile, "declares"),
    ],
)
def test_a_file_that_cannot_be_read_says_which_and_why(data, name, error, reason):
    with pytest.raises(error) as raised:
        read_article(data, name)
    assert str(raised.value).startswith(f"{name}: ")
    assert_in_order(reason, str(raised.value))
    assert raised.value.field == "file"
    assert raised.value.status in (415, 422)


def assert_in_order(pieces, text):
    position = 0
    for piece in pieces.split(" .* "):
        position = text.index(piece, position)


STARTS = (b"", b"<html>", b"<?xml", b"<tmx>", b"PK\x03\x04", b"---\n", b'{"text": ', b"\xff\xfe")
NAMES = ("a.txt", "a.md", "a.html", "a.docx", "a.jsonl", "a.tmx", "a.xlf")


@given(st.sampled_from(STARTS), st.binary(max_size=200), st.sampled_from(NAMES))
def test_no_file_whatever_surprises(start, data, name):
    try:
        article = read_article(start + data, name)
    except UnreadableFile:
        return
    ends = [span.end for span in article.paragraphs or ()]
    assert max(ends, default=0) <= len(article.text)
