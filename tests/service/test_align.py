import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import Languages, Link, NullMass
from alignment.lexicon import lexicon
from alignment.span import Span
from service.align import align_sentences, align_words, translation_links
from service.engine import Translation
from service.engine.attention import Attention, Block
from tests.fakes import WordByWord

LINES = st.lists(
    st.sampled_from(["le", "chat", "du", "maire", "Kozak", "1\u202f234", "."]), max_size=5
)


class Breton(WordByWord):
    """Word by word, in a pair without a lexicon."""

    languages = Languages("fr", "br")


def test_words_that_the_lexicon_pairs_are_linked_without_a_model():
    found = align_words([(["le", "gouvernement", "propose"], ["the", "government"])], None)
    assert found == [{(0, 0), (1, 1)}]


def test_without_lexicon_the_attention_links():
    pair = (["aa", "bb"], ["cc", "dd", "ee"])
    assert align_words([pair], Breton(), Languages("fr", "br")) == [{(0, 0), (1, 1)}]
    assert align_words([pair], WordByWord(), with_lexicon=False) == [{(0, 0), (1, 1)}]


def test_without_lexicon_and_without_a_model_nothing_is_linked():
    assert align_words([(["aa"], ["aa"])], None, Languages("fr", "br")) == [set()]


def test_empty_lines_keep_their_place():
    pairs = [([], []), (["chat"], []), ([], ["cat"]), (["2023"], ["2023"])]
    assert align_words(pairs, None) == [set(), set(), set(), {(0, 0)}]


@given(LINES, LINES)
def test_links_of_given_words_point_at_given_words(source, target):
    (found,) = align_words([(source, target)], WordByWord())
    assert all(0 <= i < len(source) and 0 <= j < len(target) for i, j in found)


def test_a_pair_is_linked_the_same_alone_and_among_others():
    pair = (
        ["le", "gouvernement", "propose", "une", "loi"],
        ["the", "government", "proposes", "a", "law"],
    )
    other = (["chat"] * 30, ["cat"] * 20)
    assert align_words([other, pair, other], None)[1:2] == align_words([pair], None)


def test_a_sentence_and_its_translation_are_linked_in_characters():
    (found,) = align_sentences([("Aa bb.", "Cc, dd!")], Breton())
    assert found.links == (Link(Span(0, 2), Span(0, 2), 1.0), Link(Span(3, 5), Span(4, 6), 1.0))
    assert found.nulls == (NullMass(Span(0, 2), 0.0), NullMass(Span(4, 6), 0.0))


def test_what_was_copied_is_linked_to_itself_and_surely():
    one = np.ones((1, 1), dtype=np.float32)
    blocks = (Block(Span(0, 1), Span(0, 1), one), Block(Span(1, 2), Span(1, 2), one))
    spans = (Span(0, 2), Span(3, 4))
    copied = Translation("on 😀", spans, spans, Attention(blocks, 2), None)
    found = translation_links("on 😀", copied, Languages("fr", "en"))
    assert found.links == (
        Link(Span(0, 2), Span(0, 2), 1.0),
        Link(Span(3, 4), Span(3, 4), 1.0),
    )


def test_parts_of_a_sentence_have_no_links_between_them():
    source, target = "le gouvernement, le gouvernement", "the government, the government"
    here = (Span(0, 2), Span(3, 15), Span(17, 19), Span(20, 32))
    there = (Span(0, 3), Span(4, 14), Span(16, 19), Span(20, 30))
    flat = np.full((2, 2), 0.5, dtype=np.float32)
    blocks = (Block(Span(0, 2), Span(0, 2), flat), Block(Span(2, 4), Span(2, 4), flat))
    parted = Translation(target, here, there, Attention(blocks, 4), -0.1)
    found = translation_links(source, parted, Languages("fr", "en"))
    assert [(link.source, link.target) for link in found.links] == list(
        zip(here, there, strict=True)
    )


@pytest.mark.parametrize("name", ["fr-en"])
def test_the_lexicon_of_the_built_in_pair_is_shipped(name):
    source, target = name.split("-")
    assert lexicon(Languages(source, target)) is not None


def test_what_nobody_parted_into_sentences_is_linked_all_the_same():
    words = [str(number) for number in range(3000)]
    (found,) = align_words([(words, words)], None)
    assert found == {(number, number) for number in range(3000)}
