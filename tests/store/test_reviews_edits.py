from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.anchoring import text_sha256
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Link, Segment
from alignment.span import Span
from service.store.documents import find_same, read_document, save_document
from service.store.errors import Unstorable
from service.store.listing import list_documents
from service.store.reviews.changes import change_state, edit_segment, undo
from service.store.reviews.errors import EditRejected, SecondPersonWanted, SegmentChanged
from service.store.reviews.progress import progress_of
from service.store.reviews.reading import read_segment, read_segments
from tests.store.articles import MODEL, article
from tests.store.test_reviews import history_of

DOCUMENT = article()
SOURCE_LENGTH = 32
NEW = "He is said to have gained 😀 12.5%."
FOUND = Segment(
    "s2",
    0,
    Span(0, SOURCE_LENGTH),
    Span(0, len(NEW)),
    (Link(Span(0, 2), Span(0, 2), 0.75),),
    issues=(Issue("names", "major", "", (Span(3, 9),), (Span(3, 5),)),),
)


@pytest.fixture
def saved(store):
    return save_document(store, DOCUMENT, options={"quality": "best"})


def edit(store, document, revision=0, text=NEW, by="Zoé", **more):
    found = replace(FOUND, target=Span(0, len(text)), links=(), issues=()) if text != NEW else FOUND
    return edit_segment(store, document, 2, revision, text, found, by, **more)


def expected(text=NEW):
    """The document with its second segment rewritten."""
    shift = len(text) - SOURCE_LENGTH
    first, second, third = DOCUMENT.segments
    second = replace(
        second,
        target=Span(32, 32 + len(text)),
        links=tuple(link.shifted(32, 32) for link in FOUND.links),
        nulls=(),
        score=None,
        issues=tuple(issue.shifted(32, 32) for issue in FOUND.issues),
    )
    third = replace(
        third,
        target=third.target.shifted(shift),
        links=tuple(link.shifted(0, shift) for link in third.links),
        nulls=tuple(null.shifted(shift) for null in third.nulls),
        issues=tuple(issue.shifted(0, shift) for issue in third.issues),
    )
    target = DOCUMENT.target[:32] + text + DOCUMENT.target[64:]
    return replace(DOCUMENT, target=target, segments=(first, second, third))


def test_an_edit_rewrites_one_segment_and_moves_what_follows(store, saved):
    change_state(store, saved, 2, 0, "reviewed", "Max")
    found = edit(store, saved, 1)
    assert (found.target, found.segment) == (NEW, expected().segments[1])
    assert (found.state, found.revision, found.severity) == ("draft", 2, "major")
    assert (found.edited_by, found.reviewed_by, found.signed_by) == ("Zoé", "", "")
    stored = read_document(store, saved)
    assert stored.document == expected()
    assert stored.target_sha256 == text_sha256(expected().target)
    assert stored.editors == (None, "Zoé", None)
    assert [each.target for each in read_segments(store, saved)] == [
        segment.target.of(expected().target) for segment in expected().segments
    ]
    assert list_documents(store).documents[0].target_length == len(expected().target)
    assert progress_of(store, saved).edited == 1


def test_an_edit_is_written_down_with_both_texts(store, saved):
    edit(store, saved)
    old = DOCUMENT.segments[1].target.of(DOCUMENT.target)
    assert history_of(store, saved, 2) == [("Zoé", "edited", {"target": old}, {"target": NEW})]


def test_an_edited_document_is_found_by_its_new_words_alone(store, saved):
    edit(store, saved)
    assert list_documents(store, "gained").documents[0].id == saved
    assert list_documents(store, "chœur demain gagné").documents[0].id == saved
    edit(store, saved, 1, "He won it.")
    assert list_documents(store, "gained").documents == ()


def test_an_edited_document_is_no_longer_what_its_model_says(store, saved):
    asked = (text_sha256(DOCUMENT.source), FRENCH_ENGLISH, MODEL, {"quality": "best"})
    assert find_same(store, *asked) == saved
    edit(store, saved)
    assert find_same(store, *asked) is None
    again = save_document(store, DOCUMENT, options={"quality": "best"})
    assert again != saved
    assert read_document(store, again).document == DOCUMENT
    assert read_document(store, saved).document == expected()


def test_the_same_text_is_no_edit(store, saved):
    before = read_segment(store, saved, 2)
    same = DOCUMENT.segments[1].target.of(DOCUMENT.target)
    assert edit(store, saved, 0, same) == before
    assert history_of(store, saved, 2) == []


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n"])
def test_a_blank_text_is_refused(store, saved, text):
    with pytest.raises(EditRejected) as refused:
        edit(store, saved, 0, text)
    assert (refused.value.field, refused.value.value) == ("target", text)


@pytest.mark.parametrize("text", ["a\0", "\ud800b"])
def test_a_text_that_no_database_takes_is_refused(store, saved, text):
    with pytest.raises(Unstorable) as refused:
        edit(store, saved, 0, text)
    assert refused.value.field == "target"


def test_an_edit_of_a_segment_that_has_changed_writes_nothing(store, saved):
    present = edit(store, saved)
    with pytest.raises(SegmentChanged) as refused:
        edit(store, saved, 0, "Other words.", by="Max")
    assert refused.value.current == present
    assert read_document(store, saved).document == expected()


def test_edits_of_two_segments_do_not_stand_in_each_others_way(store, saved):
    edit(store, saved)
    first = replace(FOUND, source=Span(0, 31), target=Span(0, 10), links=(), issues=())
    edit_segment(store, saved, 1, 0, "The choir.", first, "Max")
    document = read_document(store, saved).document
    assert [segment.target.of(document.target) for segment in document.segments] == [
        "The choir.",
        NEW,
        "DEMAIN, ZOÉ REVIENDRA\u00a0!",
    ]


def test_an_edit_is_undone_to_what_the_model_said_and_redone(store, saved):
    change_state(store, saved, 2, 0, "signed_off", "Max")
    before = read_segment(store, saved, 2)
    edited = edit(store, saved, 1)
    assert undo(store, saved, 2, 2, "Ali") == replace(before, revision=3)
    assert read_document(store, saved).document == DOCUMENT
    assert undo(store, saved, 2, 3, "Ali") == replace(edited, revision=4)
    assert read_document(store, saved).document == expected()
    old = DOCUMENT.segments[1].target.of(DOCUMENT.target)
    assert history_of(store, saved, 2)[2] == (
        "Ali",
        "undone",
        {"state": "draft", "target": NEW},
        {"state": "signed_off", "target": old},
    )


def test_a_state_after_an_edit_is_undone_alone(store, saved):
    edited = edit(store, saved)
    change_state(store, saved, 2, 1, "reviewed", "Max")
    assert undo(store, saved, 2, 2, "Max") == replace(edited, revision=3)


def test_an_edit_may_bring_its_state(store, saved):
    found = edit(store, saved, state="reviewed")
    assert (found.state, found.reviewed_by, found.revision) == ("reviewed", "Zoé", 1)


def test_who_edits_does_not_sign_where_two_are_asked_for(store, saved):
    with pytest.raises(SecondPersonWanted):
        edit(store, saved, state="signed_off", second=True)
    edit(store, saved)
    change_state(store, saved, 2, 1, "reviewed", "Max")
    with pytest.raises(SecondPersonWanted, match="Zoé edited it"):
        change_state(store, saved, 2, 2, "signed_off", "Zoé", second=True)
    assert change_state(store, saved, 2, 2, "signed_off", "Ali", second=True).signed_by == "Ali"


def test_somebody_without_a_name_edits_too(store, saved):
    assert edit(store, saved, by="").edited_by == ""
    assert read_document(store, saved).editors == (None, "", None)
    assert progress_of(store, saved).edited == 1


def test_a_segment_without_a_translation_is_given_one(store):
    segments = (
        Segment("s1", 0, Span(0, 4), Span(0, 4)),
        Segment("s2", 0, Span(5, 9), Span(4, 4)),
        Segment("s3", 0, Span(10, 14), Span(5, 9)),
    )
    document = AlignedDocument("Oui. Non. Oui.", "Yes. Yes.", segments, FRENCH_ENGLISH)
    saved = save_document(store, document)
    found = Segment("s2", 0, Span(0, 4), Span(0, 4))
    edit_segment(store, saved, 2, 0, " No.", found, "Zoé")
    after = read_document(store, saved).document
    assert after.target == "Yes. No. Yes."
    assert [each.target for each in after.segments] == [Span(0, 4), Span(4, 8), Span(9, 13)]


TEXTS = st.text(st.sampled_from("aé😀 .\u0301\r\n"), min_size=1).filter(str.strip)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.integers(1, 3), TEXTS), max_size=6))
def test_whatever_is_edited_gaps_and_segments_give_back_the_text(sqlite_store, edits):
    saved = save_document(sqlite_store, DOCUMENT, options={"edits": str(edits)})
    for number, text in edits:
        present = read_segment(sqlite_store, saved, number)
        found = Segment("", 0, Span(0, len(present.source)), Span(0, len(text)))
        edit_segment(sqlite_store, saved, number, present.revision, text, found, "Zoé")
    stored = read_document(sqlite_store, saved)
    last = dict(edits)
    after = stored.document
    for number, (segment, old) in enumerate(
        zip(after.segments, DOCUMENT.segments, strict=True), start=1
    ):
        wanted = last.get(number, old.target.of(DOCUMENT.target))
        assert segment.target.of(after.target) == wanted
    assert [gap.of(after.target) for gap in after.gaps("target")] == [
        gap.of(DOCUMENT.target) for gap in DOCUMENT.gaps("target")
    ]
