import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import Link, NullMass
from alignment.links import SoftAlignment, harden, soften
from alignment.span import Span
from alignment.words import words

SOURCE = "Kozak aurait proposé."
TARGET = "Kozak reportedly offered."


def spans(text, *pieces):
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def align(source_pieces, target_pieces, attention):
    source_words, target_words = tuple(words(SOURCE)), tuple(words(TARGET))
    soft = soften(
        source_words,
        target_words,
        spans(SOURCE, *source_pieces),
        spans(TARGET, *target_pieces),
        np.array(attention, dtype=float),
    )
    return harden(soft, source_words, target_words)


def test_masses_add_up_over_source_pieces_and_average_over_target_pieces():
    links, nulls = align(
        ["Ko", "zak", "aurait", "propos", "é", "."],
        ["Kozak", "report", "edly", "offered", "."],
        [
            [0.5, 0.4, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.9, 0.1, 0.0, 0.0],
            [0.0, 0.0, 0.7, 0.1, 0.0, 0.1],
            [0.0, 0.0, 0.3, 0.3, 0.3, 0.0],
            [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        ],
    )
    kozak, aurait, propose = words(SOURCE)
    he, reportedly, offered = words(TARGET)
    assert links == (
        Link(kozak, he, 0.9),
        Link(aurait, reportedly, 0.8),
        Link(aurait, offered, 0.3),
        Link(propose, offered, 0.6),
    )
    assert nulls == (NullMass(he, 0.1), NullMass(reportedly, 0.1), NullMass(offered, 0.1))


def test_a_word_that_rests_on_nothing_stays_without_a_link():
    links, nulls = align(
        ["Kozak", "aurait", "proposé", "."],
        ["Kozak", "reportedly", "offered"],
        [[1, 0, 0, 0], [0.1, 0.2, 0.1, 0.6], [0, 0, 1, 0]],
    )
    assert [link.target.of(TARGET) for link in links] == ["Kozak", "offered"]
    assert [null.mass for null in nulls] == [0.0, 0.6, 0.0]


def test_the_strongest_of_many_weak_words_is_linked_alone():
    links, _ = align(
        ["Kozak", "aurait", "proposé"],
        ["Kozak", "reportedly", "offered"],
        [[0.2, 0.24, 0.2], [0.05, 0.05, 0.9], [0, 0, 1]],
    )
    assert [(link.source.of(SOURCE), link.score) for link in links[:1]] == [("aurait", 0.24)]


def test_a_piece_across_two_words_shares_its_mass_by_length():
    source_words = (Span(0, 2), Span(2, 6))
    soft = soften(source_words, (Span(0, 3),), (Span(0, 6),), (Span(0, 3),), np.array([[0.9]]))
    assert soft.mass.tolist() == [pytest.approx([0.3, 0.6])]
    assert soft.null.tolist() == [pytest.approx(0.1)]


def test_a_sentence_without_pieces_has_no_links():
    soft = soften((Span(0, 2),), (Span(0, 3),), (), (), np.zeros((0, 0)))
    assert harden(soft, (Span(0, 2),), (Span(0, 3),)) == ((), (NullMass(Span(0, 3), 1.0),))


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 1000))
def test_links_and_null_share_all_of_a_words_attention(sources, targets, seed):
    pieces = tuple(Span(3 * i, 3 * i + 2) for i in range(max(sources, targets)))
    attention = np.random.default_rng(seed).dirichlet(np.ones(sources + 1), targets)
    soft = soften(
        pieces[:sources],
        pieces[:targets],
        pieces[:sources],
        pieces[:targets],
        attention[:, :-1],
    )
    assert np.allclose(soft.mass.sum(axis=1) + soft.null, 1)
    assert np.allclose(soft.null, attention[:, -1])


def test_links_that_something_else_chose_keep_their_masses():
    words_there = (Span(0, 3), Span(4, 7))
    soft = SoftAlignment(np.array([[0.9], [0.1]]), np.array([0.1, 0.9]))
    links, nulls = harden(soft, (Span(0, 2),), words_there, np.array([[False], [True]]))
    assert links == (Link(Span(0, 2), Span(4, 7), 0.1),)
    assert [null.mass for null in nulls] == [0.1, 0.9]
