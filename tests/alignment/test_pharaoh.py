import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import AlignedDocument, Languages, Link, Segment
from alignment.formats.pharaoh import MalformedPharaoh, from_text, to_line, to_lines
from alignment.span import Span

LINKS = st.sets(st.tuples(st.integers(0, 60), st.integers(0, 60)))


def test_links_are_written_in_order_and_once():
    assert to_line([(10, 2), (2, 11), (2, 3), (2, 3)]) == "2-3 2-11 10-2"


def test_a_pair_without_links_is_an_empty_line():
    assert (to_line([]), from_text("0-0\n\n1-1\n")) == ("", [{(0, 0)}, set(), {(1, 1)}])


def test_possible_links_are_links_too():
    assert from_text("0-0 1p2") == [{(0, 0), (1, 2)}]


@pytest.mark.parametrize("token", ["1", "a-b", "1-", "-1-2", "1-2-3", "1:2"])
def test_what_is_no_link_is_named_with_its_line(token):
    with pytest.raises(MalformedPharaoh, match=f"line 2: '{token}' is not a link"):
        from_text(f"0-0\n0-1 {token}")


@given(st.lists(LINKS))
def test_what_is_written_is_read_back(sentences):
    assert from_text("".join(f"{to_line(links)}\n" for links in sentences)) == sentences


def test_a_document_has_a_line_for_each_segment():
    links = (Link(Span(10, 14), Span(13, 16), 0.9), Link(Span(7, 9), Span(9, 12), 0.8))
    segments = (
        Segment("s1", 0, Span(0, 6), Span(0, 8)),
        Segment("s2", 0, Span(7, 15), Span(9, 17), links),
    )
    document = AlignedDocument(
        "Bravo. Le chat.", "Well do. The cat.", segments, Languages("fr", "en")
    )
    assert list(to_lines(document)) == ["", "0-0 1-1"]
