import pytest

from alignment.span import Span
from service.store.claims import add_claim, judge_claim
from service.store.documents import save_document
from service.store.errors import NoSuchDocument
from service.store.marked import marked_claims
from service.store.texts import read_texts
from tests.store.articles import article


def test_marked_claims_come_in_order_and_without_the_sentences(store):
    document = save_document(store, article())
    first = add_claim(store, document, "source", Span(11, 12))
    second = add_claim(store, document, "target", Span(3, 8))
    judge_claim(store, f"{document}-s1", "Zoé", verdict="faithful")
    assert marked_claims(store, document) == (first, second)


def test_a_document_that_is_not_there_has_no_marked_claims(store):
    assert marked_claims(store, "a" * 26) == ()


def test_the_texts_are_read_as_they_were_saved(store):
    made = article()
    texts = read_texts(store, save_document(store, made, title="Le chœur 🎉"))
    assert texts == (made.source, made.target, made.languages, "Le chœur 🎉")
    assert (texts.side("source"), texts.side("target")) == (made.source, made.target)


def test_the_texts_of_a_document_that_is_not_there_are_not_read(store):
    with pytest.raises(NoSuchDocument):
        read_texts(store, "a" * 26)
