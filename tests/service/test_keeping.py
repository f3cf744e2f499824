from contextlib import closing

import pytest

from alignment.document import FRENCH_ENGLISH
from service.keeping import keep_alignment, keep_translation
from service.store.documents import delete_document, read_document
from service.store.errors import NoSuchDocument, Unstorable
from service.store.opening import open_store
from service.store.records import Origin
from tests.fakes import WordByWord


class Silent(WordByWord):
    """Is not to be asked."""

    def translate(self, *arguments, **options):
        raise AssertionError("asked to translate")

    def align(self, *arguments, **options):
        raise AssertionError("asked to align")


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


def test_what_is_kept_is_read_as_it_was_made(store):
    made = keep_translation(store, "Le 😀 dort.", WordByWord(), title="A")
    stored = read_document(store, made.id)
    assert (stored.document, stored.title) == (made.document, "A")


def test_what_is_kept_already_is_not_translated_and_keeps_its_title_and_origin(store):
    origin = Origin("text/plain", "a.txt")
    made = keep_translation(store, "Il dort.", WordByWord(), title="A", origin=origin)
    assert keep_translation(store, "Il dort.", Silent(), title="B") == made
    stored = read_document(store, made.id)
    assert (stored.title, stored.origin) == ("A", origin)


def test_a_pair_that_is_kept_already_is_not_aligned(store):
    texts = ("Il dort.", "He sleeps.", FRENCH_ENGLISH)
    made = keep_alignment(store, *texts, WordByWord())
    assert keep_alignment(store, *texts, Silent()) == made


def test_the_order_of_what_is_ignored_makes_no_difference(store):
    made = keep_translation(store, "Oui.", WordByWord(), ignored=("hedge_lost", "omission"))
    again = keep_translation(store, "Oui.", Silent(), ignored=("omission", "hedge_lost"))
    assert again == made


def test_what_was_deleted_is_translated_again(store):
    first = keep_translation(store, "Il dort.", WordByWord())
    delete_document(store, first.id)
    assert keep_translation(store, "Il dort.", WordByWord()).id != first.id


def test_what_is_deleted_at_that_very_moment_is_translated_again(store, monkeypatch):
    first = keep_translation(store, "Il dort.", WordByWord())

    def gone(store, document_id):
        raise NoSuchDocument(document_id)

    monkeypatch.setattr("service.keeping.read_document", gone)
    assert keep_translation(store, "Il dort.", WordByWord()).document == first.document


def test_a_title_that_cannot_be_kept_is_refused_before_anything_is_translated(store):
    with pytest.raises(Unstorable, match="title"):
        keep_translation(store, "Il dort.", Silent(), title="\0")
