from math import inf, nan

import pytest

from alignment.document import AlignedDocument, Issue, Languages, Link, NullMass, Segment
from alignment.errors import (
    AlignmentError,
    LinkAstray,
    ScoreOutOfRange,
    SegmentsDisordered,
    SpanOutOfRange,
)
from alignment.span import Span

LANGUAGES = Languages("fr", "en")
SOURCE = "Il part.Elle reste."
TARGET = "He leaves. She stays."


def document(*segments):
    return AlignedDocument(SOURCE, TARGET, segments, LANGUAGES)


def segment(source, target, name="s1", paragraph=0):
    return Segment(name, paragraph, Span(*source), Span(*target))


def test_gaps_and_segments_give_both_texts_back():
    both = document(segment((0, 8), (0, 10)), segment((8, 19), (11, 21), "s2"))
    for side in ("source", "target"):
        pieces = [gap.of(both.text(side)) for gap in both.gaps(side)]
        cut = [each.side(side).of(both.text(side)) for each in both.segments]
        assert pieces[0] + "".join(a + b for a, b in zip(cut, pieces[1:], strict=True)) == (
            both.text(side)
        )
    assert both.gaps("target") == (Span(0, 0), Span(10, 11), Span(21, 21))


def test_a_document_without_segments_is_one_gap():
    assert document().gaps("source") == (Span(0, 19),)


def test_a_sentence_without_a_translation_keeps_its_place():
    kept = document(segment((0, 8), (0, 0)), segment((8, 19), (0, 21), "s2"))
    assert kept.segments[0].target.of(TARGET) == ""


@pytest.mark.parametrize(
    ("segments", "error"),
    [
        ([segment((0, 99), (0, 1))], SpanOutOfRange),
        ([segment((5, 2), (0, 1))], SpanOutOfRange),
        ([segment((0, 8), (0, 99))], SpanOutOfRange),
        ([segment((0, 8), (0, 1)), segment((7, 19), (1, 2), "s2")], SegmentsDisordered),
        ([segment((8, 19), (0, 1)), segment((0, 8), (1, 2), "s2")], SegmentsDisordered),
        ([segment((0, 8), (1, 2)), segment((8, 19), (0, 1), "s2")], SegmentsDisordered),
        ([segment((0, 8), (0, 1)), segment((8, 19), (1, 2), "s1")], SegmentsDisordered),
        ([segment((0, 8), (0, 1), paragraph=-1)], SegmentsDisordered),
        (
            [segment((0, 8), (0, 1), "s1", 1), segment((8, 19), (1, 2), "s2", 0)],
            SegmentsDisordered,
        ),
    ],
)
def test_impossible_segments_are_refused(segments, error):
    with pytest.raises(error):
        document(*segments)


@pytest.mark.parametrize(
    "astray",
    [
        {"links": (Link(Span(0, 9), Span(0, 2), 0.5),)},
        {"links": (Link(Span(0, 2), Span(9, 11), 0.5),)},
        {"nulls": (NullMass(Span(9, 11), 0.5),)},
        {"issues": (Issue("echo", "minor", "", source_spans=(Span(8, 9),)),)},
        {"issues": (Issue("echo", "minor", "", target_spans=(Span(10, 11),)),)},
    ],
)
def test_nothing_in_a_segment_points_outside_it(astray):
    with pytest.raises(LinkAstray, match="segment s1"):
        Segment("s1", 0, Span(0, 8), Span(0, 10), **astray)


@pytest.mark.parametrize("score", [-0.1, 1.1, nan])
def test_a_link_is_no_surer_than_certain(score):
    with pytest.raises(ScoreOutOfRange):
        Link(Span(0, 1), Span(0, 1), score)
    with pytest.raises(ScoreOutOfRange):
        NullMass(Span(0, 1), score)


@pytest.mark.parametrize("score", [nan, -inf])
def test_a_segment_score_is_a_number(score):
    with pytest.raises(ScoreOutOfRange, match="s1"):
        Segment("s1", 0, Span(0, 1), Span(0, 1), score=score)


def test_every_error_says_what_it_means():
    assert all(error.__doc__ for error in AlignmentError.__subclasses__())
