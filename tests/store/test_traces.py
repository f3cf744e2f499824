from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment import project
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Segment
from alignment.errors import SpanOutOfRange
from alignment.project import Projection
from alignment.span import Span
from service.store.documents import save_document
from service.store.errors import NoSuchDocument
from service.store.traces import trace
from tests.store.articles import CHOIR, MODEL, article

PROJECT = {"target": project.trace, "source": project.follow}
SENTENCE = st.text("ab é.\u0301\u00a0🎉’\n", max_size=8)


@st.composite
def articles(draw):
    """Some sentences; on either side, any of them may be empty or stand alone."""
    document = article(["Avant. ", *draw(st.lists(SENTENCE, max_size=5)), "Après."])
    segments = []
    for segment in document.segments:
        if draw(st.booleans()):
            segments.append(segment)
        else:
            there = Span(segment.target.start, segment.target.start)
            segments.append(Segment(segment.id, 0, segment.source, there))
    return replace(document, segments=tuple(segments))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(document=articles(), side=st.sampled_from(["source", "target"]), data=st.data())
def test_a_trace_is_that_of_the_whole_document(store, document, side, data):
    length = len(document.text(side))
    start = data.draw(st.integers(0, length))
    span = Span(start, data.draw(st.integers(start, length)))
    saved = save_document(store, replace(document, model=None))
    assert trace(store, saved, side, span) == PROJECT[side](document, span)


@pytest.mark.parametrize("side", ["source", "target"])
def test_every_span_of_an_article_is_traced_as_in_the_whole(sqlite_store, side):
    document = article()
    saved = save_document(sqlite_store, document)
    length = len(document.source)
    spans = [
        Span(start, end) for start in range(0, length, 5) for end in range(start, length + 1, 7)
    ]
    assert [trace(sqlite_store, saved, side, span) for span in spans] == [
        PROJECT[side](document, span) for span in spans
    ]


def test_segments_without_characters_before_the_span_hide_nothing(store):
    none = Span(5, 5)
    document = AlignedDocument(
        "un deux trois",
        "ONE TWO",
        (
            Segment("s1", 0, Span(0, 2), Span(0, 5)),
            Segment("s2", 0, Span(3, 7), none),
            Segment("s3", 0, Span(8, 9), none),
            Segment("s4", 0, Span(9, 13), Span(5, 7)),
        ),
        FRENCH_ENGLISH,
        MODEL,
    )
    saved = save_document(store, document)
    spans = [Span(start, end) for start in range(8) for end in range(start, 8)]
    assert [trace(store, saved, "target", span) for span in spans] == [
        project.trace(document, span) for span in spans
    ]


def test_what_lies_between_two_sentences_has_no_counterpart(store):
    saved = save_document(store, article(["Un.  ", "Deux."]))
    assert trace(store, saved, "target", Span(3, 5)) == Projection((), 0.0, 0.0, (), ())


@pytest.mark.parametrize("span", [Span(-1, 2), Span(3, 2), Span(0, 10_000)])
@pytest.mark.parametrize("side", ["source", "target"])
def test_a_span_outside_the_text_is_refused(store, side, span):
    saved = save_document(store, article())
    with pytest.raises(SpanOutOfRange) as refused:
        trace(store, saved, side, span)
    assert (refused.value.span, refused.value.length) == (span, len("".join(CHOIR)))


def test_an_id_that_nobody_has_is_named(store):
    with pytest.raises(NoSuchDocument):
        trace(store, "nobody", "target", Span(0, 1))
