from dataclasses import replace

import pytest

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Segment
from alignment.span import Span
from service.store.documents import read_document, save_document
from service.store.errors import NoSuchDocument
from service.store.history import read_history
from service.store.reviews.changes import change_state, undo
from service.store.reviews.comments import add_comment
from service.store.reviews.errors import (
    NoSuchSegment,
    NothingToUndo,
    SecondPersonWanted,
    SegmentChanged,
)
from service.store.reviews.flags import add_flag, resolve_flag
from service.store.reviews.progress import progress_of, strip
from service.store.reviews.reading import read_segment, read_segments
from service.store.reviews.records import Beginning, Progress, Tile
from tests.store.articles import article

DOCUMENT = article()


@pytest.fixture
def saved(store):
    return save_document(store, DOCUMENT)


def history_of(store, document, number):
    return [
        (each.by, each.action, each.before, each.after)
        for each in read_history(store, "segment", f"{document}-s{number}")
    ]


def test_a_segment_is_read_with_its_texts_and_where_they_begin(store, saved):
    found = read_segment(store, saved, 2)
    assert (found.number, found.document, found.segment) == (2, saved, DOCUMENT.segments[1])
    assert found.source == "Il aurait, dit-on, gagné 12,5 %."
    assert found.target == "IL AURAIT, DIT-ON, GAGNÉ 12,5 %."
    assert found.source_begins == found.target_begins == Beginning(32, 33, 42)
    assert (found.state, found.revision, found.severity) == ("draft", 0, "minor")
    assert (found.edited_by, found.reviewed_by, found.signed_by) == (None, "", "")
    assert (found.flags, found.comments) == ((), 0)
    assert (found.languages, found.checked) == (FRENCH_ENGLISH, ("untranslated",))


@pytest.mark.parametrize(
    ("first", "limit", "numbers"),
    [(1, 50, [1, 2, 3]), (2, 50, [2, 3]), (1, 2, [1, 2]), (3, 1, [3]), (4, 50, [])],
)
def test_segments_are_read_a_few_at_a_time(store, saved, first, limit, numbers):
    found = read_segments(store, saved, first, limit)
    assert [each.number for each in found] == numbers
    assert found == tuple(read_segment(store, saved, number) for number in numbers)


def test_a_document_without_segments_has_none_to_review(store):
    empty = save_document(store, AlignedDocument(" ", " ", (), FRENCH_ENGLISH))
    assert read_segments(store, empty) == strip(store, empty) == ()
    assert progress_of(store, empty).segments == 0


def test_what_is_not_there_is_named(store, saved):
    for number in (0, 4):
        with pytest.raises(NoSuchSegment):
            read_segment(store, saved, number)
    with pytest.raises(NoSuchSegment):
        change_state(store, saved, 4, 0, "reviewed", "Zoé")
    for ask in (read_segments, progress_of, strip):
        with pytest.raises(NoSuchDocument):
            ask(store, "nobody")
    with pytest.raises(NoSuchDocument):
        change_state(store, "nobody", 1, 0, "reviewed", "Zoé")


def test_a_segment_is_reviewed_and_then_signed_off(store, saved):
    before = read_segment(store, saved, 2)
    reviewed = change_state(store, saved, 2, 0, "reviewed", "Zoé")
    assert reviewed == replace(before, state="reviewed", revision=1, reviewed_by="Zoé")
    signed = change_state(store, saved, 2, 1, "signed_off", "Max")
    assert signed == replace(reviewed, state="signed_off", revision=2, signed_by="Max")
    assert read_segment(store, saved, 2) == signed
    assert read_document(store, saved).states == ("draft", "signed_off", "draft")
    draft = change_state(store, saved, 2, 2, "draft", "Max")
    assert draft == replace(before, revision=3)


def test_a_state_is_no_change_of_the_document_but_is_written_down(store, saved):
    before = read_document(store, saved)
    change_state(store, saved, 1, 0, "reviewed", "Zoé")
    after = read_document(store, saved)
    assert after.updated > before.updated
    assert replace(after, updated=before.updated, states=before.states) == before
    assert history_of(store, saved, 1) == [
        ("Zoé", "state", {"state": "draft"}, {"state": "reviewed"})
    ]


def test_the_state_that_a_segment_is_in_already_is_no_change(store, saved):
    first = change_state(store, saved, 1, 0, "reviewed", "Zoé")
    assert change_state(store, saved, 1, 1, "reviewed", "Max") == first
    assert len(history_of(store, saved, 1)) == 1


def test_who_has_seen_another_revision_changes_nothing_and_is_told_the_present_one(store, saved):
    present = change_state(store, saved, 1, 0, "reviewed", "Zoé")
    for revision in (0, 2):
        with pytest.raises(SegmentChanged, match="at revision 1") as refused:
            change_state(store, saved, 1, revision, "signed_off", "Max")
        assert refused.value.current == present
        with pytest.raises(SegmentChanged):
            undo(store, saved, 1, revision, "Max")
    assert read_segment(store, saved, 1) == present


@pytest.mark.parametrize(
    ("reviewer", "signer", "why"),
    [
        ("Zoé", "Zoé", "Zoé reviewed it"),
        (None, "Max", "nobody has reviewed it yet"),
        ("Zoé", "", "nobody is signed in"),
        ("", "", "nobody is signed in"),
    ],
)
def test_a_second_person_signs_off_where_two_are_asked_for(store, saved, reviewer, signer, why):
    if reviewer is not None:
        change_state(store, saved, 1, 0, "reviewed", reviewer)
    before = read_segment(store, saved, 1)
    with pytest.raises(SecondPersonWanted, match=why):
        change_state(store, saved, 1, before.revision, "signed_off", signer, second=True)
    assert read_segment(store, saved, 1) == before


def test_two_who_are_not_the_same_sign_off(store, saved):
    change_state(store, saved, 1, 0, "reviewed", "Zoé", second=True)
    assert change_state(store, saved, 1, 1, "signed_off", "Max", second=True).signed_by == "Max"


def test_who_signs_a_draft_has_reviewed_it_too(store, saved):
    found = change_state(store, saved, 1, 0, "signed_off", "Max")
    assert (found.reviewed_by, found.signed_by) == ("Max", "Max")


def test_a_state_is_undone_and_the_undoing_too(store, saved):
    before = read_segment(store, saved, 1)
    with pytest.raises(NothingToUndo):
        undo(store, saved, 1, 0, "Max")
    reviewed = change_state(store, saved, 1, 0, "reviewed", "Zoé")
    assert undo(store, saved, 1, 1, "Max") == replace(before, revision=2)
    assert undo(store, saved, 1, 2, "Max") == replace(reviewed, revision=3)
    assert history_of(store, saved, 1)[1:] == [
        ("Max", "undone", {"state": "reviewed"}, {"state": "draft"}),
        ("Max", "undone", {"state": "draft"}, {"state": "reviewed"}),
    ]
    assert read_segment(store, saved, 2).revision == 0


def test_progress_counts_segments_and_open_flags(store, saved):
    change_state(store, saved, 1, 0, "reviewed", "Zoé")
    change_state(store, saved, 2, 0, "signed_off", "Max")
    first = add_flag(store, saved, 3, "target", Span(68, 74), "?", "major", "Zoé")
    add_flag(store, saved, 3, "source", Span(68, 74), "?", "minor", "Zoé")
    resolve_flag(store, first.id, True, "Max")
    add_comment(store, saved, 3, "Hm.", "Zoé")
    worst = {"critical": 0, "major": 0, "minor": 3}
    assert progress_of(store, saved) == Progress(3, 1, 1, 1, 0, worst, 1)
    assert strip(store, saved) == (
        Tile("reviewed", "minor", 0, 31),
        Tile("signed_off", "minor", 0, 32),
        Tile("draft", "minor", 1, 23),
    )
    assert [each.comments for each in read_segments(store, saved)] == [0, 0, 1]


def test_a_segment_without_an_issue_is_of_no_severity(store):
    plain = Segment("s1", 0, Span(0, 4), Span(0, 4))
    saved = save_document(store, AlignedDocument("Oui.", "Yes.", (plain,), FRENCH_ENGLISH))
    assert read_segment(store, saved, 1).severity == "none"
    assert progress_of(store, saved).flagged == {"critical": 0, "major": 0, "minor": 0}
