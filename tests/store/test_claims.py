from dataclasses import replace

import pytest

from alignment import project
from alignment.anchoring import Anchoring, quote, text_sha256
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Segment
from alignment.errors import SpanOutOfRange
from alignment.span import Span
from service.store.claims import add_claim, anchor_claim, claims_of, judge_claim, read_claim
from service.store.documents import read_document, save_document
from service.store.errors import ClaimRejected, NoSuchClaim, NoSuchDocument, Unstorable
from service.store.history import read_history
from tests.store.articles import MODEL, article

DOCUMENT = article()
CHOEUR = Span(3, 8)


@pytest.fixture
def saved(store):
    return save_document(store, DOCUMENT)


def test_every_sentence_is_a_claim_from_the_beginning(store, saved):
    claims = claims_of(store, saved)
    assert [claim.id for claim in claims] == [f"{saved}-s{number}" for number in (1, 2, 3)]
    assert [claim.target[0] for claim in claims] == [
        quote(DOCUMENT.target, segment.target) for segment in DOCUMENT.segments
    ]
    assert [claim.source[0] for claim in claims] == [
        quote(DOCUMENT.source, segment.source) for segment in DOCUMENT.segments
    ]
    assert {(claim.kind, claim.verdict, claim.status) for claim in claims} == {
        ("sentence", "undecided", "active")
    }


def test_the_claim_of_a_sentence_is_read_by_its_id(store, saved):
    assert tuple(read_claim(store, f"{saved}-s{n}") for n in (1, 2, 3)) == claims_of(store, saved)


@pytest.mark.parametrize("name", ["nobody", "{}", "{}-s0", "{}-s4", "{}-s01", "{}-s1\n", "x-s1"])
def test_an_id_that_no_claim_has_is_named(store, saved, name):
    with pytest.raises(NoSuchClaim):
        read_claim(store, name.format(saved))
    with pytest.raises(NoSuchClaim):
        judge_claim(store, name.format(saved), "Zoé", verdict="faithful")


def test_the_claims_of_a_document_that_nobody_has_are_refused(store):
    with pytest.raises(NoSuchDocument):
        claims_of(store, "nobody")


@pytest.mark.parametrize(
    ("side", "project_it"), [("target", project.trace), ("source", project.follow)]
)
def test_a_marked_span_quotes_both_sides(store, saved, side, project_it):
    claim = add_claim(store, saved, side, CHOEUR, by="Zoé")
    found = project_it(DOCUMENT, CHOEUR)
    other = "source" if side == "target" else "target"
    assert claim.quotes(side) == (quote(DOCUMENT.text(side), CHOEUR),)
    assert claim.quotes(other) == tuple(quote(DOCUMENT.text(other), span) for span in found.spans)
    assert (claim.coverage, claim.confidence) == (found.coverage, found.confidence)
    assert claim.source_sha256 == text_sha256(DOCUMENT.source)
    assert claim.target_sha256 == text_sha256(DOCUMENT.target)
    assert (claim.kind, claim.by, claim.span) == ("marked", "Zoé", CHOEUR)
    assert read_claim(store, claim.id) == claim


def test_a_span_that_is_marked_twice_is_one_claim(store, saved):
    claim = add_claim(store, saved, "target", CHOEUR, by="Zoé")
    assert add_claim(store, saved, "target", CHOEUR, by="Ali") == claim
    assert add_claim(store, saved, "source", CHOEUR, by="Ali") != claim


def test_marked_claims_come_after_the_sentences(store, saved):
    first = add_claim(store, saved, "target", Span(40, 45))
    second = add_claim(store, saved, "target", CHOEUR)
    assert claims_of(store, saved)[3:] == (first, second)


def test_words_without_a_counterpart_are_a_claim_that_says_so(store):
    alone = Segment("s1", 0, Span(0, 0), Span(0, 9))
    document = AlignedDocument("", "Added on.", (alone,), FRENCH_ENGLISH, MODEL)
    saved = save_document(store, document)
    claim = add_claim(store, saved, "target", Span(0, 5))
    assert (claim.source, claim.coverage) == ((), 0.0)
    assert read_claim(store, f"{saved}-s1").source == ()


@pytest.mark.parametrize("span", [Span(5, 5), Span(2, 3)])
def test_a_claim_of_nothing_is_refused(store, saved, span):
    with pytest.raises(ClaimRejected) as refused:
        add_claim(store, saved, "target", span)
    assert refused.value.value == span


def test_a_claim_outside_the_text_is_refused(store, saved):
    with pytest.raises(SpanOutOfRange):
        add_claim(store, saved, "target", Span(0, 10_000))


def test_a_name_that_no_database_takes_is_refused(store, saved):
    with pytest.raises(Unstorable):
        add_claim(store, saved, "target", CHOEUR, by="\0")


def test_a_judged_sentence_keeps_its_id_and_its_place(store, saved):
    before = read_claim(store, f"{saved}-s2")
    judged = judge_claim(store, before.id, "Zoé", verdict="unfaithful")
    assert judged == replace(before, verdict="unfaithful")
    assert read_claim(store, before.id) == judged
    assert claims_of(store, saved)[1] == judged


def test_every_change_of_a_claim_is_written_down(store, saved):
    claim = add_claim(store, saved, "target", CHOEUR, by="Zoé")
    judge_claim(store, claim.id, "Ali", verdict="faithful")
    judge_claim(store, claim.id, "Zoé", verdict="faithful", status="withdrawn")
    judge_claim(store, claim.id, "Zoé", status="withdrawn")
    changes = read_history(store, "claim", claim.id)
    assert [(each.by, each.action, each.before, each.after) for each in changes] == [
        ("Zoé", "created", None, {"side": "target", "start": 3, "end": 8}),
        ("Ali", "judged", {"verdict": "undecided"}, {"verdict": "faithful"}),
        ("Zoé", "judged", {"status": "active"}, {"status": "withdrawn"}),
    ]


def test_a_document_says_when_a_claim_of_it_was_changed(store, saved):
    before = read_document(store, saved)
    judge_claim(store, f"{saved}-s1", "Zoé", verdict="faithful")
    after = read_document(store, saved)
    assert after.updated > before.updated
    assert after.created == before.created


def test_a_claim_is_anchored_in_a_changed_text(store, saved):
    claim = add_claim(store, saved, "target", CHOEUR)
    changed = "De bon matin. " + DOCUMENT.source
    assert anchor_claim(claim, "source", changed) == (Anchoring("moved", (Span(17, 22),)),)
    assert anchor_claim(claim, "target", DOCUMENT.target) == (Anchoring("exact", (CHOEUR,)),)
