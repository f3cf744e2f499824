import io
import re
from contextlib import closing

import pytest

from service.app import create_app
from service.store.opening import open_store
from tests.fakes import FakeEngines
from tests.review.engines import Unsure
from tests.review.libraries import BRIDGE, LAKE, MARKUP, keep, stock


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


@pytest.fixture
def client(settings, store):
    return create_app(settings, FakeEngines(Unsure()), store).test_client()


def titles(response):
    return re.findall(r'<h2 id="title-\d+"><a [^>]*>(.*?)</a>', response.text)


def plain(response):
    """The text of a page, white space made one."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.text).split())


def test_an_empty_library_says_what_to_do(client):
    page = client.get("/documents")
    assert "Nothing is kept here yet." in page.text
    assert "Paste an article above, or drop a file" in page.text
    assert '<details class="put-in" open>' in page.text


def test_what_the_library_takes_in_is_kept_and_listed(client):
    client.post("/", data={"text": LAKE, "keep": "on"})
    assert titles(client.get("/documents")) == [LAKE]


def test_a_document_is_listed_by_its_title_or_its_file_or_its_first_words(client, store):
    keep(store, LAKE, "Au bord du lac", "lac.txt")
    keep(store, BRIDGE, filename="pont.txt")
    keep(store, "Il dort.")
    assert titles(client.get("/documents")) == ["Il dort.", "pont.txt", "Au bord du lac"]


def test_a_document_shows_progress_flags_people_model_and_languages(client, store):
    stock(store)
    page = plain(client.get("/documents?query=lac"))
    assert "3 sentences: 1 still a draft, 1 reviewed, 1 signed off" in page
    assert "1 critical 1 major 1 open flag of a reviewer" in page
    assert "By Ana, Bo" in page
    assert "French → English · word-by-word" in page


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("query=LAC", ["Au bord du lac"]),
        ("query=pont+absent", []),
        ("stage=to_review", ["pont.txt", "Au bord du lac"]),
        ("stage=signed", []),
        ("flagged=critical", ["Au bord du lac"]),
        ("flagged=open", ["Au bord du lac"]),
        ("pair=en-fr", []),
        ("pair=fr-en", ["pont.txt", "Au bord du lac"]),
        ("order=oldest", ["Au bord du lac", "pont.txt"]),
        ("order=changed", ["Au bord du lac", "pont.txt"]),
        ("job=unknown", []),
        ("job=%00&pair=%00-%00&query=%00", []),
        ("stage=elephant&flagged=x&order=y&pair=z&cursor=%C3%A9", ["pont.txt", "Au bord du lac"]),
    ],
)
def test_the_library_is_narrowed_by_its_form(client, store, wish, expected):
    stock(store)
    response = client.get(f"/documents?{wish}")
    assert (response.status_code, titles(response)) == (200, expected)


def test_a_wish_stays_in_the_form(client, store):
    stock(store)
    page = client.get("/documents?query=zz&stage=to_sign&flagged=open&order=oldest").text
    assert re.findall(r'<option value="(\w+)" selected>', page) == ["to_sign", "open", "oldest"]
    assert 'value="zz"' in page
    assert "No document is like that." in page


def test_pages_are_turned_with_the_wish_kept(client, store):
    for number in range(23):
        keep(store, f"Le lac numéro {number} est froid.", f"Lac {number}")
    first = client.get("/documents?query=lac&order=oldest")
    following = re.search(r'rel="next" href="(.*?)"', first.text)[1].replace("&amp;", "&")
    second = client.get(following)
    assert len(titles(first)) == 20
    assert titles(second) == ["Lac 20", "Lac 21", "Lac 22"]
    assert 'value="lac"' in second.text
    assert (
        '<a class="button" href="/documents?query=lac&amp;order=oldest">First page' in second.text
    )


def test_titles_files_and_texts_are_no_markup(client, store):
    keep(store, f"Il dort {MARKUP}.", f"{MARKUP} “>", f"{MARKUP}.txt")
    page = client.get(f"/documents?query=dort&job={MARKUP}&pair={MARKUP}-{MARKUP}").text
    assert MARKUP not in page
    page = client.get("/documents?query=dort").text
    assert MARKUP not in page
    assert "&lt;img" in page


def test_a_file_that_the_library_takes_in_keeps_its_name(client):
    file = (io.BytesIO(LAKE.encode()), "lac.txt")
    client.post("/", data={"file": file, "text": "", "keep": "on"})
    assert titles(client.get("/documents")) == ["lac.txt"]


def test_the_library_speaks_french(client, store):
    stock(store)
    page = plain(client.get("/documents", headers={"Accept-Language": "fr"}))
    assert "3 phrases : 1 à relire, 1 relue, 1 validée" in page
    assert "français → anglais" in page
