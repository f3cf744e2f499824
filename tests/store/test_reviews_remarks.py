from dataclasses import replace

import pytest
from sqlalchemy import func, select

from alignment.span import Span
from service.store.documents import delete_document, save_document
from service.store.errors import NoSuchClaim, NoSuchDocument, Unstorable
from service.store.reviews.changes import change_state, undo
from service.store.reviews.comments import add_comment, comments_of, delete_comment
from service.store.reviews.errors import (
    FlagRejected,
    NoSuchComment,
    NoSuchFlag,
    NoSuchSegment,
    NotYours,
)
from service.store.reviews.flags import add_flag, flags_of, read_flag, resolve_flag
from service.store.reviews.judgements import agreement, judge, judgements_of
from service.store.reviews.reading import read_segment
from service.store.reviews.records import Agreement
from service.store.reviews.tables import comments, flags, former_segments, judgements
from tests.store.test_reviews import history_of
from tests.store.test_reviews_claims import DOCUMENT, SOURCE, TARGET, at, edit


@pytest.fixture
def saved(store):
    return save_document(store, DOCUMENT)


def flag(store, document, words, number=2, side="target"):
    span = at(TARGET if side == "target" else SOURCE, words)
    return add_flag(store, document, number, side, span, "Vraiment ?", "major", "Zoé")


def test_a_flag_keeps_its_words_and_who_found_them_wrong(store, saved):
    made = flag(store, saved, "dog")
    assert (made.quote, made.span, made.number) == ("dog", at(TARGET, "dog"), 2)
    assert (made.reason, made.severity, made.by) == ("Vraiment ?", "major", "Zoé")
    assert not made.resolved
    assert read_flag(store, made.id) == made
    assert read_segment(store, saved, 2).flags == (made,)
    assert history_of(store, saved, 2) == [
        (
            "Zoé",
            "flagged",
            None,
            {"flag": made.id, "severity": "major", "reason": "Vraiment ?"},
        )
    ]
    assert read_segment(store, saved, 2).revision == 0


def test_flags_come_in_the_order_of_the_segments(store, saved):
    late = flag(store, saved, "end", 3)
    first = flag(store, saved, "dog")
    second = flag(store, saved, "chien", side="source")
    assert flags_of(store, saved) == (first, second, late)
    with pytest.raises(NoSuchDocument):
        flags_of(store, "nobody")


@pytest.mark.parametrize("span", [Span(14, 14), Span(13, 17), Span(24, 28), Span(28, 31)])
def test_a_flag_outside_its_segment_is_refused(store, saved, span):
    with pytest.raises(FlagRejected):
        add_flag(store, saved, 2, "target", span, "?", "minor", "Zoé")


def test_other_words_than_were_meant_are_not_flagged(store, saved):
    dog = at(TARGET, "dog")
    with pytest.raises(FlagRejected, match="other words"):
        add_flag(store, saved, 2, "target", dog, "?", "minor", "Zoé", quote="cat")
    assert add_flag(store, saved, 2, "target", dog, "?", "minor", "Zoé", quote="dog").span == dog


def test_a_flag_is_resolved_and_opened_again(store, saved):
    made = flag(store, saved, "dog")
    assert resolve_flag(store, made.id, True, "Max") == replace(made, resolved=True)
    assert resolve_flag(store, made.id, True, "Ali").resolved
    assert resolve_flag(store, made.id, False, "Max") == made
    assert [(by, action) for by, action, _, _ in history_of(store, saved, 2)] == [
        ("Zoé", "flagged"),
        ("Max", "resolved"),
        ("Max", "reopened"),
    ]


def test_flags_go_where_their_words_go(store, saved):
    kept, gone = flag(store, saved, "dog"), flag(store, saved, "eats")
    behind, origin = flag(store, saved, "end", 3), flag(store, saved, "chien", side="source")
    edit(store, saved, "That dog feeds.")
    now = {each.id: each.span for each in flags_of(store, saved)}
    assert now == {
        kept.id: Span(19, 22),
        gone.id: None,
        behind.id: behind.span.shifted(2),
        origin.id: origin.span,
    }
    edit(store, saved, "That dog never eats.")
    assert read_flag(store, gone.id).span == Span(29, 33)
    undo(store, saved, 2, 2, "Max")
    assert read_flag(store, gone.id) == replace(gone, span=None)


def test_a_flag_that_is_not_there_is_named(store, saved):
    with pytest.raises(NoSuchFlag):
        resolve_flag(store, "nobody", True, "Max")
    with pytest.raises(NoSuchFlag):
        read_flag(store, "nobody")


def test_comments_come_in_the_order_in_which_they_were_made(store, saved):
    first = add_comment(store, saved, 2, "Ça va ? 😀", "Zoé")
    second = add_comment(store, saved, 2, "Oui.", "Max")
    assert comments_of(store, saved, 2) == (first, second)
    assert comments_of(store, saved, 1) == ()
    assert read_segment(store, saved, 2).comments == 2


def test_a_comment_is_taken_back_by_who_made_it_or_may_take_anybodys(store, saved):
    first = add_comment(store, saved, 2, "Un secret.", "Zoé")
    second = add_comment(store, saved, 2, "Oui.", "Zoé")
    with pytest.raises(NotYours):
        delete_comment(store, first.id, "Max")
    delete_comment(store, first.id, "Zoé")
    delete_comment(store, second.id, "Max", anybodys=True)
    assert comments_of(store, saved, 2) == ()
    with pytest.raises(NoSuchComment):
        delete_comment(store, first.id, "Zoé")
    told = history_of(store, saved, 2)
    assert told[2] == ("Zoé", "comment_deleted", {"comment": first.id}, None)
    assert "secret" not in str(told)


def test_what_no_database_takes_is_not_said(store, saved):
    with pytest.raises(Unstorable):
        add_comment(store, saved, 2, "a\0", "Zoé")
    with pytest.raises(Unstorable):
        add_flag(store, saved, 2, "target", at(TARGET, "dog"), "\ud800", "minor", "Zoé")
    with pytest.raises(NoSuchSegment):
        add_comment(store, saved, 9, "a", "Zoé")
    with pytest.raises(NoSuchSegment):
        comments_of(store, saved, 9)


def test_everybody_has_a_verdict_of_their_own_and_the_claim_the_latest(store, saved):
    judge(store, f"{saved}-s1", "Zoé", "faithful")
    judge(store, f"{saved}-s1", "Max", "unfaithful")
    assert judge(store, f"{saved}-s1", "Ali", "unfaithful").verdict == "unfaithful"
    assert [(each.by, each.verdict) for each in judgements_of(store, saved)] == [
        ("Zoé", "faithful"),
        ("Max", "unfaithful"),
        ("Ali", "unfaithful"),
    ]
    judge(store, f"{saved}-s1", "Max", "undecided")
    judge(store, f"{saved}-s1", "Zoé", "unfaithful")
    assert [(each.by, each.verdict) for each in judgements_of(store, saved)] == [
        ("Ali", "unfaithful"),
        ("Zoé", "unfaithful"),
    ]
    with pytest.raises(NoSuchClaim):
        judge(store, "nobody", "Zoé", "faithful")


def test_two_people_agree_as_far_as_both_have_judged(store, saved):
    verdicts = {
        "Zoé": ("faithful", "faithful", "unfaithful"),
        "Max": ("faithful", "unfaithful", "unfaithful"),
    }
    for by, found in verdicts.items():
        for number, verdict in enumerate(found, start=1):
            judge(store, f"{saved}-s{number}", by, verdict)
    judge(store, f"{saved}-s1", "Ali", "faithful")
    assert agreement(store, saved) == (
        Agreement("Ali", "Max", 1, 1.0, None),
        Agreement("Ali", "Zoé", 1, 1.0, None),
        Agreement("Max", "Zoé", 3, 2 / 3, 0.4),
    )
    edit(store, saved, "It is feeding.")
    assert agreement(store, saved)[2] == Agreement("Max", "Zoé", 2, 1.0, 1.0)


def test_where_nobody_has_judged_nobody_agrees(store, saved):
    judge(store, f"{saved}-s1", "Zoé", "faithful")
    judge(store, f"{saved}-s2", "Max", "faithful")
    assert agreement(store, saved) == ()
    with pytest.raises(NoSuchDocument):
        agreement(store, "nobody")


def test_deleting_a_document_takes_its_review_with_it(store, saved):
    flag(store, saved, "dog")
    add_comment(store, saved, 2, "Oui.", "Zoé")
    judge(store, f"{saved}-s1", "Zoé", "faithful")
    change_state(store, saved, 2, 0, "reviewed", "Zoé")
    delete_document(store, saved)
    with store.reading() as connection:
        for table in (flags, comments, judgements, former_segments):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0
