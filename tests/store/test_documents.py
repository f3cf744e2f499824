import stat
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from alignment.anchoring import text_sha256
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Link, NullMass, Segment
from alignment.span import Span
from service.store import tables
from service.store.claims import add_claim, judge_claim
from service.store.documents import (
    delete_document,
    find_same,
    read_document,
    read_original,
    save_document,
)
from service.store.errors import NoSuchDocument, StoreDamaged, Unstorable
from service.store.history import read_history
from service.store.identifiers import new_id
from service.store.listing import list_documents
from service.store.opening import open_store
from service.store.records import Origin
from tests.store.articles import MODEL, article

BEST = {"quality": "best"}
# Emoji, decomposed accents, no-break spaces, Arabic, ligatures, soft hyphens, joiners, line ends.
SIGNS = "aé ’«»\u00a0\u202f\u0301\u00ad\u200d\ufeffﬁœ🎉👩\u0627\u200f\r\n\t.\u2028\U0010ffff"
TEXT = st.text(SIGNS, max_size=12)
SHARES = st.floats(0, 1)


@st.composite
def spans_in(draw, span):
    start = draw(st.integers(span.start, span.end))
    return Span(start, draw(st.integers(start, span.end)))


@st.composite
def segments_at(draw, name, paragraph, source, target):
    def some(each):
        return st.lists(each, max_size=3).map(tuple)

    here, there = spans_in(source), spans_in(target)
    issue = st.builds(
        Issue,
        type=st.text(max_size=5),
        severity=st.sampled_from(["none", "minor", "major", "critical"]),
        explanation=st.text(st.characters(), max_size=5),
        source_spans=some(here),
        target_spans=some(there),
    )
    return Segment(
        id=name,
        paragraph=paragraph,
        source=source,
        target=target,
        links=draw(some(st.builds(Link, here, there, SHARES))),
        nulls=draw(some(st.builds(NullMass, there, SHARES))),
        score=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        issues=draw(some(issue)),
    )


@st.composite
def documents(draw):
    source, target, segments = draw(TEXT), draw(TEXT), []
    for number in range(draw(st.integers(0, 4))):
        here, there = draw(TEXT), draw(TEXT)
        spans = [
            Span(len(text), len(text) + len(sentence))
            for text, sentence in ((source, here), (target, there))
        ]
        segments.append(draw(segments_at(f"s{number}é", number // 2, *spans)))
        source, target = source + here + draw(TEXT), target + there + draw(TEXT)
    model = draw(st.sampled_from([None, MODEL]))
    return AlignedDocument(source, target, tuple(segments), FRENCH_ENGLISH, model, ("a", "b"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(document=documents())
def test_what_was_saved_comes_back_equal(store, document):
    saved = save_document(store, document)
    assert read_document(store, saved).document == document
    delete_document(store, saved)


def test_everything_about_a_document_comes_back(store):
    origin = Origin("text/html", "été.html", b"<p>\0\xff")
    saved = save_document(store, article(), "L’été", BEST, origin)
    found = read_document(store, saved)
    assert (found.id, found.title, found.options) == (saved, "L’été", BEST)
    assert found.origin == Origin("text/html", "été.html")
    assert read_original(store, saved) == origin.content
    assert found.source_sha256 == text_sha256(article().source)
    assert found.states == ("draft",) * 3
    assert found.created == found.updated
    assert found.created.utcoffset().total_seconds() == 0


def test_a_document_that_was_typed_has_no_original(store):
    assert read_original(store, save_document(store, article())) is None


@pytest.mark.parametrize("look", [read_document, read_original, delete_document])
def test_an_id_that_nobody_has_is_named(store, look):
    with pytest.raises(NoSuchDocument, match="'nobody'"):
        look(store, "nobody")


def test_an_id_cannot_be_guessed():
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert {len(each) for each in ids} == {26}


@pytest.mark.parametrize(
    ("field", "saved"),
    [
        ("source", {"document": article(["Le nul\0. "])}),
        ("source", {"document": article(["Une moitié \ud83d. "])}),
        ("title", {"document": article(), "title": "\0"}),
        ("filename", {"document": article(), "origin": Origin(filename="\udcff")}),
    ],
)
def test_a_character_that_no_database_takes_is_refused_and_named(store, field, saved):
    with pytest.raises(Unstorable) as refused:
        save_document(store, **saved)
    assert refused.value.field == field
    assert list_documents(store).documents == ()


def test_the_same_again_gives_the_one_that_is_there(store):
    first = save_document(store, article(), "Un", BEST)
    assert save_document(store, article(), "Deux", BEST) == first
    assert [each.title for each in list_documents(store).documents] == ["Un"]


@pytest.mark.parametrize(
    ("document", "options"),
    [
        (article(["Autre chose. "]), BEST),
        (article(), {"quality": "fast"}),
        (article(model=replace(MODEL, decoding="beam:4")), BEST),
        (article(model=None), BEST),
    ],
)
def test_another_text_model_or_option_makes_another_document(store, document, options):
    first = save_document(store, article(), options=BEST)
    assert save_document(store, document, options=options) != first


def test_two_given_translations_of_a_text_are_two_documents(store):
    other = replace(article(), target=article().target.replace("GAGNÉ", "PERDU"))
    first = save_document(store, article(), given_target=True)
    assert save_document(store, other, given_target=True) != first


def test_a_document_is_found_before_it_is_translated_again(store):
    asked = (text_sha256(article().source), FRENCH_ENGLISH, MODEL, BEST)
    assert find_same(store, *asked) is None
    saved = save_document(store, article(), options=BEST)
    assert find_same(store, *asked) == saved


def test_a_given_translation_is_found_by_both_texts(store):
    saved = save_document(store, article(), given_target=True)
    source, target = (text_sha256(each) for each in (article().source, article().target))
    assert find_same(store, source, FRENCH_ENGLISH, MODEL, {}, target) == saved
    assert find_same(store, source, FRENCH_ENGLISH, MODEL) is None


def test_two_alignments_that_people_made_of_the_same_texts_are_two_documents(store):
    first = article(model=None)
    fewer = replace(first, segments=first.segments[:2])
    assert save_document(store, first) != save_document(store, fewer)


def test_a_deleted_document_leaves_no_row(store):
    saved = save_document(store, article(), origin=Origin(content=b"<p>"))
    claim = add_claim(store, saved, "target", Span(3, 8), by="Zoé")
    judge_claim(store, claim.id, "Zoé", verdict="faithful")
    judge_claim(store, f"{saved}-s1", "Zoé", verdict="faithful")
    delete_document(store, saved)
    names = ("documents", "segments", "originals", "claims", "history", "document_words")
    with store.reading() as connection:
        left = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar()
            for name in names
        }
    assert left == dict.fromkeys(names, 0)


def test_a_deleted_document_leaves_nothing_in_the_files(tmp_path):
    path = tmp_path / "visavis.db"
    with closing(open_store(path)) as store:
        kept = save_document(store, article())
        secret = article(["Le zinzolin pleure. "] * 50)
        saved = save_document(store, secret, "zinzolin")
        add_claim(store, saved, "target", Span(3, 11), by="zinzolin")
        delete_document(store, saved)
        held = b"".join(each.read_bytes() for each in tmp_path.iterdir())
        assert b"zinzolin" not in held.lower()
        assert read_document(store, kept).document == article()


def test_a_deleted_document_can_be_saved_again(store):
    first = save_document(store, article())
    delete_document(store, first)
    again = save_document(store, article())
    assert again != first
    assert read_document(store, again).document == article()


def test_saving_is_written_down(store):
    saved = save_document(store, article(), "Un", by="Zoé")
    (change,) = read_history(store, "document", saved)
    assert (change.by, change.action, change.before) == ("Zoé", "created", None)
    assert change.after == {"title": "Un"}


def test_history_cannot_be_changed(store):
    save_document(store, article())
    with pytest.raises(Exception, match="history is only added to"), store.writing() as connection:
        connection.execute(text("UPDATE history SET action = 'nothing'"))


def test_a_model_is_written_down_once(store):
    for quality in ("best", "fast"):
        save_document(store, article(), options={"quality": quality})
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.models)).scalar() == 1


def test_a_text_that_was_tampered_with_is_not_passed_off_as_the_one_that_was_saved(store):
    saved = save_document(store, article())
    with store.writing() as connection:
        connection.execute(text("UPDATE documents SET source = replace(source, 'gagné', 'perdu')"))
    with pytest.raises(StoreDamaged, match=saved):
        read_document(store, saved)


def test_the_file_is_its_owners_alone(tmp_path):
    open_store(tmp_path / "new" / "visavis.db").close()
    assert stat.S_IMODE((tmp_path / "new" / "visavis.db").stat().st_mode) == 0o600
