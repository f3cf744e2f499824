import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask, g, render_template_string

from alignment.checks.guard import ISSUE_TYPES
from alignment.document import SEVERITIES
from alignment.formats import html
from service.access.person import Person
from service.documents.exports import EXPORTS
from service.review.languages import (
    ACCOUNT,
    COOKIE,
    date,
    duration,
    figure,
    gettext,
    interface_language,
    language_name,
    ngettext,
    share,
    speak,
)
from service.review.terms import FORMATS, TERMS, term
from service.store.jobs.records import ITEM_STATES, JOB_STATES
from service.store.reviews.records import STATES
from tests.review.benches import fresh

ROOT = Path(__file__).parent.parent.parent
CATALOG = ROOT / "service" / "review" / "locales" / "fr" / "LC_MESSAGES" / "messages.po"
FRENCH = {"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}
MOMENT = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
# What has to be in a translation as it is in its source: values, elements, doubled per cents.
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|</?[a-z]+[^>]*>|%%")
# Marks without a no-break space beside them, and quotation marks of a typewriter.
LOOSE = re.compile(
    r"""[^\u202f][;!?](?=\s|$)|[^\u00a0\u202f]:(?=\s|$)|«[^\u00a0\u202f]|[^\u00a0\u202f]»|['"]"""
)


@pytest.fixture(scope="module")
def app():
    app = Flask(__name__)
    speak(app)
    return app


@pytest.fixture
def french(app):
    with app.test_request_context(headers=FRENCH):
        yield


def sources():
    """Every text of the interface, as the sources have it: a pair where it has a plural."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        DEFAULT_KEYWORDS | {"mark": None},
        directory_filter=lambda folder: "service" in Path(folder).relative_to(ROOT).parts,
    )
    return {message for _, _, message, _, _ in found}


def messages():
    with CATALOG.open("rb") as file:
        return [message for message in read_po(file, locale="fr") if message.id]


def forms(text):
    return text if isinstance(text, tuple | list) else (text,)


def test_the_french_catalog_has_every_text_and_no_other():
    there = {message.id for message in messages()}
    wanted = sources()
    assert (wanted - there, there - wanted) == (set(), set())


def test_every_text_is_translated_and_no_translation_is_a_guess():
    assert [each.id for each in messages() if each.fuzzy or not all(forms(each.string))] == []


def test_no_text_that_is_gone_is_kept():
    with CATALOG.open("rb") as file:
        assert list(read_po(file, locale="fr").obsolete) == []


def test_translations_keep_the_places_for_values_and_the_elements():
    def places(text):
        return Counter(PLACES.findall(text))

    changed = [
        each.id
        for each in messages()
        if places(forms(each.id)[-1]) != places(forms(each.string)[-1])
    ]
    assert changed == []


def test_the_singular_of_a_translation_asks_for_nothing_that_it_is_not_given():
    asking = [
        each.id
        for each in messages()
        if isinstance(each.id, tuple)
        and set(PLACES.findall(each.string[0])) - set(PLACES.findall("".join(each.id)))
    ]
    assert asking == []


def test_french_punctuation_stands_after_a_narrow_no_break_space():
    texts = [re.sub("<[^>]*>", "", text) for each in messages() for text in forms(each.string)]
    assert [text for text in texts if LOOSE.search(text)] == []


@pytest.mark.parametrize(
    ("cookie", "account", "browser", "spoken"),
    [
        ("", "", "", "en"),
        ("", "", "fr", "fr"),
        ("", "", "fr-CA,en;q=0.5", "fr"),
        ("", "", "de,fr;q=0.3", "fr"),
        ("", "", "de", "en"),
        ("", "", "fr;q=0,en;q=0.1", "en"),
        ("", "fr", "en", "fr"),
        ("en", "fr", "fr", "en"),
        ("xx", "fr", "", "fr"),
        ("", "xx", "fr", "fr"),
    ],
)
def test_a_reader_gets_what_the_browser_keeps_or_the_account_or_the_browser_asks_for(
    app, cookie, account, browser, spoken
):
    headers = {"Accept-Language": browser, "Cookie": f"{COOKIE}={cookie}" if cookie else ""}
    with app.test_request_context(headers=headers):
        g.person = Person("1", "Ana", "reader", account)
        assert interface_language() == spoken


def test_outside_a_request_it_is_english():
    assert (interface_language(), gettext("Library")) == ("en", "Library")


def test_templates_and_modules_speak_french(french):
    assert render_template_string("{{ _('Library') }}") == gettext("Library") == "Bibliothèque"
    assert ngettext("one file chosen", "{n} files chosen", 0) == "un fichier choisi"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: date(MOMENT), "3 nov. 2026, 09:05 UTC"),
        (lambda: figure(1234.5), "1\u202f234,5"),
        (lambda: duration(200), "3 minutes"),
        (lambda: share(0.5), "50\u00a0%"),
        (lambda: language_name("fr"), "français"),
        (lambda: language_name("xx"), "xx"),
        (lambda: language_name("../fr"), "../fr"),
        (lambda: term("signed_off"), "validé"),
        (lambda: term("date_doubtful"), "date doubtful"),
    ],
)
def test_dates_figures_and_terms_are_written_as_in_french(french, written, expected):
    assert written() == expected


def test_dates_and_figures_are_written_as_in_english():
    assert (date(MOMENT), figure(1234.5), share(0.5)) == (
        "3 Nov 2026, 09:05 UTC",
        "1,234.5",
        "50%",
    )


def test_every_code_that_a_page_shows_has_a_name():
    shown = {*ISSUE_TYPES, *SEVERITIES, *STATES, *JOB_STATES, *ITEM_STATES}
    assert shown - set(TERMS) == set()


def test_every_format_is_described_in_the_language_of_the_page(french):
    described = {each.description for each in EXPORTS.values()}
    assert described - set(FORMATS) == set()
    assert [each for each in described if gettext(each) == each] == []


def test_the_limits_of_a_machine_are_told_in_the_readers_language(french):
    assert gettext(html.LIMITS).startswith("Ceci est la traduction d’une machine")


@pytest.mark.parametrize(
    "text",
    [
        "<dd>Ceci est la traduction d’une machine",
        'title="pour les outils des traducteurs, XLIFF 2.1"',
        "<b>Date doubtful (majeur)\u202f:</b>",
    ],
)
def test_the_page_of_a_document_is_french_throughout(client, text):
    assert text in client.get(f"/documents/{fresh()}", headers=FRENCH).text


def test_what_is_not_there_is_said_in_french(client):
    page = client.get(f"/documents/{'a' * 26}", headers=FRENCH).text
    assert f"aucun document n’a l’identifiant &#39;{'a' * 26}&#39;" in page


def test_a_chosen_language_is_kept_and_leads_back(client):
    response = client.post("/language", data={"language": "fr", "back": "/documents?query=lac"})
    assert (response.status_code, response.location) == (303, "/documents?query=lac")
    page = client.get("/documents")
    assert '<html lang="fr">' in page.text
    assert "Bibliothèque" in page.text


def test_a_language_that_is_set_for_the_account_counts_in_this_browser_at_once():
    app = Flask(__name__)
    speak(app)
    app.add_url_rule("/account/language", ACCOUNT, lambda: "", methods=["POST"])
    client = app.test_client()
    client.set_cookie(COOKIE, "en")
    client.post("/account/language")
    assert client.get_cookie(COOKIE) is None


def test_a_language_that_the_pages_are_not_in_is_not_kept(client):
    response = client.post("/language", data={"language": "de", "back": "/"})
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "back", ["", "https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", "x"]
)
def test_the_choice_of_a_language_leads_to_no_other_site(client, back):
    response = client.post("/language", data={"language": "fr", "back": back})
    assert response.location == "/"


def test_the_page_offers_its_other_language_by_its_own_name(client):
    page = client.get("/", headers=FRENCH).text
    assert re.findall(
        r'<button class="plain" name="language" value="(\w+)" lang="\w+">(.*?)<', page
    ) == [("en", "English")]
