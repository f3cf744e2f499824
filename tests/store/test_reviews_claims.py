from dataclasses import replace

import pytest

from alignment.anchoring import quote, text_sha256
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Link, Segment
from alignment.span import Span
from alignment.words import words
from service.store.claims import add_claim, claims_of, judge_claim, read_claim
from service.store.documents import save_document
from service.store.errors import ClaimRejected
from service.store.history import read_history
from service.store.marked import marked_claims
from service.store.reviews.changes import edit_segment, undo
from service.store.reviews.judgements import judgements_of
from service.store.reviews.reading import read_segment
from tests.store.articles import MODEL

SOURCE = "Un chat dort. Le chien mange. La fin."
TARGET = "A cat sleeps. The dog eats. The end."
PAIRS = ((Span(0, 13), Span(0, 13)), (Span(14, 29), Span(14, 27)), (Span(30, 37), Span(28, 36)))


def linked(source, target, here, there):
    """Word by word, as far as there are words on both sides."""
    both = zip(words(source, here), words(target, there), strict=False)
    return tuple(Link(one, other, 0.9) for one, other in both)


DOCUMENT = AlignedDocument(
    SOURCE,
    TARGET,
    tuple(
        Segment(f"s{n}", 0, here, there, linked(SOURCE, TARGET, here, there))
        for n, (here, there) in enumerate(PAIRS, start=1)
    ),
    FRENCH_ENGLISH,
    MODEL,
)


@pytest.fixture
def saved(store):
    return save_document(store, DOCUMENT)


def at(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def edit(store, document, text, number=2):
    present = read_segment(store, document, number)
    here, there = Span(0, len(present.source)), Span(0, len(text))
    links = linked(present.source, text, here, there)
    found = Segment("", 0, here, there, links)
    return edit_segment(store, document, number, present.revision, text, found, "Max")


def after(text):
    return TARGET[:14] + text + TARGET[27:]


def said(store, claim):
    """What the history says of a claim, without that it was made."""
    return [
        (each.by, each.action, each.before, each.after)
        for each in read_history(store, "claim", claim.id)
        if each.action != "created"
    ]


def test_a_claim_elsewhere_moves_with_its_text(store, saved):
    before = add_claim(store, saved, "target", at(TARGET, "cat"))
    behind = add_claim(store, saved, "target", at(TARGET, "end"))
    there = add_claim(store, saved, "source", at(SOURCE, "fin"))
    text = "The small dog is eating."
    edit(store, saved, text)
    now = after(text)
    sha256 = text_sha256(now)
    assert marked_claims(store, saved) == (
        replace(before, target=(quote(now, at(now, "cat")),), target_sha256=sha256),
        replace(
            behind,
            span=at(now, "end"),
            target=(quote(now, at(now, "end")),),
            target_sha256=sha256,
        ),
        replace(there, target=(quote(now, at(now, "end")),), target_sha256=sha256),
    )
    assert [said(store, each) for each in (before, behind, there)] == [[], [], []]


def test_a_claim_whose_words_an_edit_keeps_stands_where_they_are(store, saved):
    claim = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, "That is what the dog eats.")
    now = after("That is what the dog eats.")
    assert read_claim(store, claim.id) == replace(
        claim,
        span=at(now, "dog"),
        target=(quote(now, at(now, "dog")),),
        target_sha256=text_sha256(now),
    )
    assert said(store, claim) == []


@pytest.mark.parametrize("text", ["The hound eats.", "The dog eats dog food.", "Dogged."])
def test_a_claim_whose_words_are_gone_or_not_certain_is_orphaned(store, saved, text):
    claim = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, text)
    assert read_claim(store, claim.id) == replace(claim, status="orphaned", lost=True)
    assert said(store, claim) == [("Max", "orphaned", {"status": "active"}, {"status": "orphaned"})]


def test_an_orphaned_claim_stands_again_where_its_words_come_back(store, saved):
    claim = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, "It eats.")
    edit(store, saved, "It is eating.")
    edit(store, saved, "The dog is eating.")
    found = read_claim(store, claim.id)
    now = after("The dog is eating.")
    assert (found.status, found.lost, found.span) == ("active", False, at(now, "dog"))
    assert found.target == (quote(now, at(now, "dog")),)
    assert [action for _, action, _, _ in said(store, claim)] == ["orphaned", "found"]


def test_an_orphaned_claim_does_not_stand_for_the_same_words_of_another_sentence(store, saved):
    claim = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, "It eats.")
    edit(store, saved, "The end of the dog.", 3)
    assert read_claim(store, claim.id).status == "orphaned"


def test_undoing_an_edit_brings_back_every_claim_as_it_was(store, saved):
    for side, part in (("target", "dog"), ("target", "end"), ("source", "chien")):
        add_claim(store, saved, side, at(TARGET if side == "target" else SOURCE, part))
    before = marked_claims(store, saved)
    edit(store, saved, "It is feeding.")
    undo(store, saved, 2, 1, "Max")
    assert marked_claims(store, saved) == before


def test_a_claim_of_the_original_gets_its_new_counterpart_and_is_open_again(store, saved):
    claim = add_claim(store, saved, "source", at(SOURCE, "chien"))
    judge_claim(store, claim.id, "Zoé", verdict="faithful")
    edit(store, saved, "The hound eats.")
    found = read_claim(store, claim.id)
    now = after("The hound eats.")
    assert found.target == (quote(now, at(now, "hound")),)
    assert (found.span, found.verdict, found.status) == (claim.span, "undecided", "active")
    assert said(store, claim)[1] == (
        "Max",
        "edited",
        {"verdict": "faithful", "target": ["dog"]},
        {"verdict": "undecided", "target": ["hound"]},
    )
    assert judgements_of(store, saved) == ()


def test_a_claim_of_the_original_may_lose_its_counterpart_and_find_it_again(store, saved):
    claim = add_claim(store, saved, "source", at(SOURCE, "mange"))
    edit(store, saved, "The dog.")
    alone = read_claim(store, claim.id)
    assert (alone.target, alone.coverage, alone.status) == ((), 0.0, "active")
    edit(store, saved, "The dog feeds.")
    assert [each.exact for each in read_claim(store, claim.id).target] == ["feeds"]


def test_a_judged_sentence_that_is_edited_is_open_again(store, saved):
    for number in (1, 2, 3):
        judge_claim(store, f"{saved}-s{number}", "Zoé", verdict="faithful")
    edit(store, saved, "The dog is eating.")
    assert [(each.target[0].exact, each.verdict) for each in claims_of(store, saved)] == [
        ("A cat sleeps.", "faithful"),
        ("The dog is eating.", "undecided"),
        ("The end.", "faithful"),
    ]
    now = after("The dog is eating.")
    assert [each.target for each in claims_of(store, saved)] == [
        (quote(now, at(now, each)),) for each in ("A cat sleeps.", "The dog is eating.", "The end.")
    ]
    sentence = read_claim(store, f"{saved}-s2")
    assert said(store, sentence)[1] == (
        "Max",
        "edited",
        {"verdict": "faithful", "target": ["The dog eats."]},
        {"verdict": "undecided", "target": ["The dog is eating."]},
    )
    assert [each.claim[-2:] for each in judgements_of(store, saved)] == ["s1", "s3"]


def test_claims_change_places_without_standing_in_each_others_way(store, saved):
    first = add_claim(store, saved, "target", at(TARGET, "The"))
    second = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, "dog The eats.")
    now = after("dog The eats.")
    assert [each.span for each in marked_claims(store, saved)] == [
        Span(18, 21),
        Span(14, 17),
    ]
    assert {each.id for each in marked_claims(store, saved)} == {first.id, second.id}
    assert Span(18, 21).of(now) == "The"


def test_words_that_took_the_place_of_an_orphan_are_a_claim_of_their_own(store, saved):
    orphan = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, "The fox eats.")
    fox = add_claim(store, saved, "target", at(after("The fox eats."), "fox"))
    assert fox.id != orphan.id
    assert add_claim(store, saved, "target", fox.span) == fox
    with pytest.raises(ClaimRejected, match="no longer in the translation"):
        judge_claim(store, orphan.id, "Zoé", status="active")
    assert read_claim(store, orphan.id).status == "orphaned"


def test_a_claim_that_somebody_orphaned_stands_again_only_where_no_other_does(store, saved):
    orphan = add_claim(store, saved, "target", at(TARGET, "dog"))
    judge_claim(store, orphan.id, "Zoé", status="orphaned")
    other = add_claim(store, saved, "target", at(TARGET, "dog"))
    assert other.id != orphan.id
    with pytest.raises(ClaimRejected, match="another claim is marked there now"):
        judge_claim(store, orphan.id, "Zoé", status="active")
    judge_claim(store, other.id, "Zoé", status="orphaned")
    assert judge_claim(store, orphan.id, "Zoé", status="active").status == "active"


def test_an_orphan_does_not_take_the_place_of_the_claim_that_replaced_it(store, saved):
    orphan = add_claim(store, saved, "target", at(TARGET, "dog"))
    long = "The dog eats and eats and eats and eats and eats"
    edit(store, saved, f"{long}, dog.")
    claim = add_claim(store, saved, "target", at(TARGET, "dog"))
    edit(store, saved, f"{long}.")
    assert read_claim(store, claim.id).status == "active"
    assert read_claim(store, orphan.id).status == "orphaned"
