import pytest

from alignment.span import Span, hull, touching


def test_a_span_cuts_its_characters():
    assert Span(3, 7).of("Il part.") == "part"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Span(0, 4), Span(3, 6), True),
        (Span(0, 4), Span(4, 6), False),
        (Span(0, 9), Span(3, 6), True),
        (Span(0, 9), Span(3, 3), False),
        (Span(3, 3), Span(3, 3), False),
    ],
)
def test_spans_overlap_where_they_share_a_character(one, other, expected):
    assert one.overlaps(other) is expected
    assert other.overlaps(one) is expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [(Span(2, 5), True), (Span(5, 5), True), (Span(1, 5), False), (Span(4, 3), False)],
)
def test_a_span_contains_what_lies_inside_it(inner, expected):
    assert Span(2, 5).contains(inner) is expected


def test_a_span_shifts_as_a_whole():
    assert Span(2, 5).shifted(10) == Span(12, 15)


def test_the_hull_is_the_smallest_span_around_all():
    assert hull([Span(5, 8), Span(1, 2), Span(6, 7)]) == Span(1, 8)


def test_nothing_has_no_hull():
    assert hull([]) is None


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 20), [Span(0, 4), Span(5, 9), Span(9, 12)]),
        (Span(3, 6), [Span(0, 4), Span(5, 9)]),
        (Span(4, 5), []),
        (Span(9, 10), [Span(9, 12)]),
        (Span(6, 6), []),
    ],
)
def test_touching_spans_are_found_in_their_order(span, expected):
    assert touching([Span(0, 4), Span(5, 9), Span(9, 12)], span) == expected
