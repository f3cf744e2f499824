import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alignment.checks.markers import Found, markers, occurrences, reading
from alignment.span import Span

DOUBTS = markers({"doubt": ["peut-être", "il se peut", "sembl*"], "seeming": ["semblant"]})


def found(text):
    read = reading(text)
    return [
        (each.kind, read.between(each.first, each.last).of(text))
        for each in occurrences(read, DOUBTS)
    ]


def test_an_expression_is_found_in_any_case_and_where_it_stands():
    assert found("Peut-être ; il se peut.") == [("doubt", "Peut-être"), ("doubt", "il se peut")]


def test_a_star_stands_for_the_rest_of_a_word():
    assert found("Il semblait, ils sembleront.") == [("doubt", "semblait"), ("doubt", "sembleront")]


def test_a_whole_word_goes_before_one_with_a_star():
    assert found("Faisant semblant.") == [("seeming", "semblant")]


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", "😀 peut-être"),
        "Là,\u00a0peut‑être\u202f!",
        "peut-\u00adêtre",
        "PEUT-\u200bÊTRE",
        "İ peut-être",
        "\ud800 peut-être",
    ],
    ids=ascii,
)
def test_typography_hides_no_expression(text):
    ((kind, words),) = found(text)
    plain = unicodedata.normalize("NFC", words).lower().replace("‑", "-")
    assert (kind, plain.replace("\u00ad", "").replace("\u200b", "")) == ("doubt", "peut-être")


def test_a_ligature_stands_for_its_letters():
    read = reading("la ﬁn")
    assert (read.words, read.spans) == (("la", "fin"), (Span(0, 2), Span(3, 5)))


def test_elisions_and_english_endings_are_words_of_their_own():
    assert reading("N’est-ce pas? Don’t!").words == (
        *("n'", "est", "-", "ce", "pas", "?"),
        *("don", "'t", "!"),
    )


def test_no_expression_begins_within_another():
    read = reading("il se peut il se")
    assert list(occurrences(read, DOUBTS)) == [Found("doubt", 0, 2)]


@example("e\u0301\u0301 \u00ad\u0301 ﬁ İ \ud83d")
@given(st.text())
def test_words_stand_in_order_within_any_text(text):
    read = reading(text)
    assert len(read.words) == len(read.spans)
    assert all(0 <= span.start < span.end <= len(text) for span in read.spans)
    # Two words may share a ligature, so they need not be apart.
    assert list(read.spans) == sorted(read.spans)
