import pytest

from service.store.documents import delete_document, save_document
from service.store.errors import BadCursor
from service.store.listing import list_documents
from tests.store.articles import MODEL, article


def titles(page):
    return [each.title for each in page.documents]


def save(store, title, *sentences):
    return save_document(store, article(sentences or (f"Voici {title}. ",)), title)


@pytest.mark.parametrize(
    "query",
    [
        "élysée",
        "ELYSEE",
        "e\u0301lyse\u0301e",
        "choeur",
        "CŒUR chœur",
        "l’Élysée",
        "chante a",
        "ref",
        "réfor\u00admes",
        "12",
        "ete",
        "zoe  \u00a0 demain",
        "Soren lodz",
        "finance",
        "strasse",
        "москва",
    ],
)
def test_a_document_is_found_by_the_beginnings_of_its_words(store, query):
    save(
        store,
        "L’Été",
        "Le chœur a chanté à l’Élysée, de bon cœur. ",
        "Les réformes\u00a0: 12,5 % demain, dit Zoé. ",
        "Søren, de Łódź, \ufb01nance la Straße de Москва. ",
    )
    save(store, "Autre", "Rien de tout cela. ")
    assert titles(list_documents(store, query)) == ["L’Été"]


@pytest.mark.parametrize(
    "query", ["élysées", "chœur absent", "hanté", "!!", '"', "'", "a' | 'b", "chœur:*zz", "\0"]
)
def test_a_query_finds_nothing_else(store, query):
    save(store, "Un", "Le chœur a chanté à l’Élysée. ")
    assert titles(list_documents(store, query)) == []


def test_the_words_of_the_translation_are_searched_too(store):
    save(store, "Un")
    assert titles(list_documents(store, "VOICI UN")) == ["Un"]


def test_a_query_of_white_space_lists_everything(store):
    save(store, "Un")
    assert titles(list_documents(store, " \n")) == ["Un"]


def test_a_summary_says_what_a_library_shows(store):
    document = article(["Une phrase assez longue. "] * 20)
    saved = save_document(store, document, "Un", {"quality": "best"})
    (found,) = list_documents(store).documents
    assert (found.id, found.title, found.opening) == (saved, "Un", document.source[:200])
    assert (found.model, found.languages) == (MODEL, document.languages)
    assert (found.segments, found.source_length) == (20, len(document.source))
    assert found.options == {"quality": "best"}


@pytest.mark.parametrize("query", ["", "voici"])
def test_pages_follow_each_other_from_the_newest_on(store, query):
    for number in range(5):
        save(store, f"N{number}")
    first = list_documents(store, query, limit=2)
    second = list_documents(store, query, first.next, limit=2)
    third = list_documents(store, query, second.next, limit=2)
    assert [titles(page) for page in (first, second, third)] == [["N4", "N3"], ["N2", "N1"], ["N0"]]
    assert third.next is None


def test_a_last_page_that_is_full_has_no_next(store):
    save(store, "Un")
    save(store, "Deux")
    assert list_documents(store, limit=2).next is None


def test_what_happens_between_two_pages_shifts_nothing(store):
    saved = [save(store, f"N{number}") for number in range(4)]
    first = list_documents(store, limit=2)
    delete_document(store, saved[2])
    save(store, "Neuf")
    assert titles(list_documents(store, cursor=first.next, limit=2)) == ["N1", "N0"]


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "AAAAAAAAAA", "AAAAAAAAAAAAA", "AAAAAAAAAA=", "a b"]
)
def test_a_cursor_that_no_page_gave_out_is_named(store, cursor):
    with pytest.raises(BadCursor) as refused:
        list_documents(store, cursor=cursor)
    assert refused.value.value == cursor
