from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.combine import combined
from alignment.links import SoftAlignment
from tests.alignment.lexicons import small_lexicon

WORD = st.sampled_from(["le", "chat", "du", "maire", "Kozak", "12,5", "😀", "the", "of", ""])


def attention(*rows):
    mass = np.array(rows, dtype=float)
    return SoftAlignment(mass, 1 - mass.sum(axis=1))


def links(source, target, view=None):
    _, linked = combined(source.split(" "), target.split(" "), small_lexicon(), view)
    return [(int(s), int(t)) for t, s in np.argwhere(linked)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Le chat dort", "The cat sleeps", [(0, 0), (1, 1), (2, 2)]),
        ("chat du maire", "mayor 's cat", [(2, 0), (0, 2)]),
        ("Kozak dort", "sleeps Kozak", [(1, 0), (0, 1)]),
        ("1\u202f234,5 chat", "cat 1,234.5", [(1, 0), (0, 1)]),
        ("le chat", "xyz cat", [(1, 1)]),
        ("xyz", "The cat", []),
        ("Le chat", "sleeps", []),
    ],
)
def test_the_lexicon_links_what_it_knows(source, target, expected):
    assert links(source, target) == expected


def test_a_contraction_is_linked_for_each_of_its_two_words():
    assert links("le chat du maire", "the cat of the mayor") == [
        (0, 0),
        (1, 1),
        (2, 2),
        (2, 3),
        (3, 4),
    ]


def test_attention_decides_between_two_equal_words():
    assert links("chat chat", "cat", attention([0.1, 0.9])) == [(1, 0)]
    assert links("chat chat", "cat", attention([0.9, 0.1])) == [(0, 0)]


def test_attention_may_link_two_words_that_the_lexicon_does_not_pair():
    some = attention([0.79, 0.21, 0], [0.1, 0.79, 0.1], [0, 0.21, 0.79])
    assert links("le maire dort", "the cat sleeps") == [(0, 0), (2, 2)]
    assert links("le maire dort", "the cat sleeps", some) == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(("sharpness", "expected"), [(0.79, []), (0.81, [(0, 0)])])
def test_attention_that_is_sharp_links_words_that_nothing_else_links(sharpness, expected):
    pairs = {("on", "we"): (0.9, 0.9), ("sur", "on"): (0.9, 0.9)}
    often = replace(
        small_lexicon(pairs),
        target_from_nothing=np.full(2, 0.9, np.float32),
        source_from_nothing=np.full(2, 0.9, np.float32),
    )
    soft, linked = combined(["on"], ["on"], often, attention([sharpness]))
    assert [(int(s), int(t)) for t, s in np.argwhere(linked)] == expected
    assert soft.mass.sum() + soft.null.sum() == pytest.approx(1)


@given(st.lists(WORD, max_size=6), st.lists(WORD, max_size=6), st.integers(0, 99))
def test_masses_and_null_share_a_word_and_every_link_has_a_mass(source, target, seed):
    dice = np.random.default_rng(seed)
    rows = dice.dirichlet(np.ones(len(source) + 1), len(target))
    view = SoftAlignment(rows[:, :-1], rows[:, -1]) if seed % 2 else None
    soft, linked = combined(source, target, small_lexicon(), view)
    assert soft.mass.shape == linked.shape == (len(target), len(source))
    assert np.allclose(soft.mass.sum(axis=1) + soft.null, 1)
    assert ((soft.mass >= 0) & (soft.mass <= 1)).all()
    assert (soft.mass[linked] > 0).all()


@pytest.mark.parametrize(("source", "target"), [([], ["cat"]), (["chat"], []), ([], [])])
def test_a_side_without_words_has_no_links(source, target):
    soft, linked = combined(source, target, small_lexicon())
    assert linked.shape == (len(target), len(source))
    assert soft.null.tolist() == [1.0] * len(target)
