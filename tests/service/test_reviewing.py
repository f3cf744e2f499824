from contextlib import closing
from dataclasses import replace

import pytest

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Languages, Segment
from alignment.project import trace
from alignment.span import Span
from service.keeping import keep_translation
from service.reviewing import LONGEST, edit_translation
from service.store.documents import read_document, save_document
from service.store.errors import Unstorable
from service.store.opening import open_store
from service.store.reviews.errors import EditRejected, SegmentChanged
from service.store.reviews.reading import read_segment
from tests.fakes import FakeEngines, WordByWord

TEXT = "Il pleut. Le maire ne dort pas. Fini."
NEW = "The mayor does not sleep."


class Counted(WordByWord):
    """An engine that says how often it was made to say something."""

    def __init__(self):
        self.pairs = []

    def align(self, pairs):
        self.pairs.extend(pairs)
        return super().align(pairs)


@pytest.fixture
def store(tmp_path):
    with closing(open_store(tmp_path / "visavis.db")) as store:
        yield store


@pytest.fixture
def engine():
    return Counted()


def test_what_a_person_wrote_is_linked_and_checked_anew(store, engine):
    kept = keep_translation(store, TEXT, engine)
    before = read_segment(store, kept.id, 2)
    assert [issue.type for issue in before.segment.issues] == ["negation_lost"]
    found = edit_translation(store, FakeEngines(engine), kept.id, 2, 0, f" {NEW}\r\n", "Zoé")
    assert found.target == NEW
    assert engine.pairs == [("Le maire ne dort pas.", NEW)]
    assert (found.segment.score, found.segment.issues, found.severity) == (None, (), "none")
    document = read_document(store, kept.id).document
    start = document.target.index("mayor")
    (span,) = trace(document, Span(start, start + 5)).spans
    assert span.of(TEXT) == "maire"


def test_the_checks_find_what_an_edit_gets_wrong(store, engine):
    kept = keep_translation(store, TEXT, engine)
    found = edit_translation(
        store, FakeEngines(engine), kept.id, 2, 0, "The mayor sleeps well.", "Zoé"
    )
    (issue,) = [each for each in found.segment.issues if each.type == "negation_lost"]
    assert issue.source_spans[0].of(TEXT) == "ne"
    assert found.severity == "critical"


def test_an_edit_is_checked_for_what_its_document_is_checked_for(store, engine):
    kept = keep_translation(store, TEXT, engine, ignored=["negation_lost"])
    found = edit_translation(
        store, FakeEngines(engine), kept.id, 2, 0, "The mayor sleeps well.", "Zoé"
    )
    assert "negation_lost" not in [each.type for each in found.segment.issues]


def test_the_same_text_is_not_aligned_again(store, engine):
    kept = keep_translation(store, TEXT, engine)
    same = read_segment(store, kept.id, 2)
    found = edit_translation(store, FakeEngines(engine), kept.id, 2, 0, f"{same.target} ", "Zoé")
    assert (found, engine.pairs) == (same, [])


def test_the_same_text_may_bring_a_state(store, engine):
    kept = keep_translation(store, TEXT, engine)
    same = read_segment(store, kept.id, 2)
    found = edit_translation(
        store, FakeEngines(engine), kept.id, 2, 0, same.target, "Zoé", "reviewed"
    )
    assert found == replace(same, state="reviewed", reviewed_by="Zoé", revision=1)


def test_an_edit_of_what_has_changed_asks_no_model(store, engine):
    kept = keep_translation(store, TEXT, engine)
    with pytest.raises(SegmentChanged):
        edit_translation(store, FakeEngines(engine), kept.id, 2, 3, NEW, "Zoé")
    assert engine.pairs == []


@pytest.mark.parametrize("text", ["", " \n", "x" * (LONGEST + 1)])
def test_a_text_that_is_blank_or_too_long_is_refused(store, engine, text):
    kept = keep_translation(store, TEXT, engine)
    with pytest.raises(EditRejected):
        edit_translation(store, FakeEngines(engine), kept.id, 2, 0, text, "Zoé")
    assert engine.pairs == []


def test_a_text_that_no_database_takes_is_refused(store, engine):
    kept = keep_translation(store, TEXT, engine)
    with pytest.raises(Unstorable):
        edit_translation(store, FakeEngines(engine), kept.id, 2, 0, "a\ud800", "Zoé")


def test_where_no_model_translates_the_pair_the_edit_has_no_links(store, engine):
    languages = Languages("fr", "tlh")
    segment = Segment("s1", 0, Span(0, 4), Span(0, 4))
    saved = save_document(store, AlignedDocument("Oui.", "HIja", (segment,), languages))
    found = edit_translation(store, FakeEngines(engine), saved, 1, 0, "HISlaH.", "Zoé")
    assert (found.target, found.segment.links, engine.pairs) == ("HISlaH.", (), [])


def test_where_the_original_has_nothing_the_edit_says_that_it_was_added(store, engine):
    segment = Segment("s1", 0, Span(0, 0), Span(0, 4))
    saved = save_document(store, AlignedDocument("", "Yes.", (segment,), FRENCH_ENGLISH))
    found = edit_translation(store, FakeEngines(engine), saved, 1, 0, "Yes, yes.", "Zoé")
    assert [issue.type for issue in found.segment.issues] == ["added"]
    assert engine.pairs == []
