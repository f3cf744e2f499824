import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.span import Span
from service.engine.clauses import clauses


def cut(text, limit):
    pieces = [Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]
    return [span.of(text) for span in clauses(text, pieces, limit)]


def test_a_short_sentence_is_not_cut():
    assert cut("Il pleut sur Brest.", 8) == ["Il pleut sur Brest."]


@pytest.mark.parametrize(
    "parts",
    [
        ["Il pleut, il vente ;", "il neige, il gèle."],
        ["Il pleut sur Brest,", "il neige sur Lyon."],
        ["Il pleut sur Brest", "et il neige à Lyon."],
        ["Un deux trois quatre cinq six sept", "huit neuf"],
    ],
    ids=["after a strong stop", "after a comma", "before a conjunction", "at a space"],
)
def test_a_long_sentence_is_cut_where_it_hurts_least(parts):
    assert cut(" ".join(parts), 7) == parts


def test_a_number_is_not_cut_at_its_comma():
    assert cut("Un deux trois 12,5 quatre", 5) == ["Un deux trois", "12,5 quatre"]


def test_sentences_glued_together_are_cut_at_their_stop():
    assert cut("un.deux.trois.quatre", 4) == ["un.deux.", "trois.quatre"]


def test_what_has_no_space_is_cut_anywhere():
    pieces = [Span(index, index + 1) for index in range(10)]
    parts = list(clauses("a" * 10, pieces, 4))
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
    assert parts[-1].end == 10


@given(st.text(st.sampled_from("aé,.; \u00a0-’")), st.integers(1, 6))
def test_parts_and_white_space_are_the_text(text, limit):
    pieces = [Span(*match.span()) for match in re.finditer(r"\w|[^\w\s]", text)]
    end = 0
    for part in clauses(text, pieces, limit):
        assert text[end : part.start].strip() == ""
        assert part.of(text) == part.of(text).strip() != ""
        assert sum(part.contains(piece) for piece in pieces) <= limit
        end = part.end
    assert text[end:].strip() == ""
