import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.hmm import FURTHEST, Moves, expectation, flat_moves, link_probabilities, transitions

SIZES = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))


def random_model(shape, seed):
    dice = np.random.default_rng(seed)
    observed, states, pairs = shape
    emission = dice.uniform(0.01, 1, (pairs, observed, states)).astype(np.float32)
    nothing = dice.uniform(0.01, 1, (pairs, observed)).astype(np.float32)
    steps = tuple(dice.uniform(0.1, 1, 2 * FURTHEST + 1).tolist())
    return emission, nothing, Moves(steps, tuple(dice.uniform(0.1, 1, FURTHEST).tolist()), 0.3)


def by_every_path(emission, nothing, moves):
    """The links of one pair, by going through all paths of states."""
    observed, states = emission.shape
    start, table = transitions(moves, states)
    links = np.zeros((observed, states))
    total = 0.0
    for path in itertools.product(range(states), repeat=observed):
        weight = start[path[0]]
        for one, other in itertools.pairwise(path):
            weight *= table[one, other]
        linked = np.array([0.7 * emission[t, s] for t, s in enumerate(path)])
        both = linked + 0.3 * nothing
        weight *= both.prod()
        total += weight
        for place, state in enumerate(path):
            links[place, state] += weight * linked[place] / both[place]
    return links / total


@given(SIZES, st.integers(0, 1000))
def test_links_are_those_of_all_paths_together(shape, seed):
    emission, nothing, moves = random_model(shape, seed)
    links = link_probabilities(emission, nothing, moves)
    for number, found in enumerate(links):
        expected = by_every_path(emission[number], nothing[number], moves)
        assert found == pytest.approx(expected, abs=1e-4)


@given(SIZES, st.integers(0, 1000))
def test_every_observation_makes_one_move(shape, seed):
    emission, nothing, moves = random_model(shape, seed)
    found = expectation(emission, nothing, moves)
    pairs, observed, _ = emission.shape
    assert float(found.first.sum()) == pytest.approx(pairs, rel=1e-4)
    assert float(found.steps.sum()) == pytest.approx(pairs * (observed - 1), rel=1e-4, abs=1e-4)
    assert found.links.tolist() == link_probabilities(emission, nothing, moves).tolist()


def test_a_pair_is_linked_the_same_whatever_else_is_in_the_batch():
    emission, nothing, moves = random_model((4, 3, 3), 5)
    together = link_probabilities(emission, nothing, moves)
    alone = link_probabilities(emission[1:2], nothing[1:2], moves)
    assert alone[0] == pytest.approx(together[1], abs=1e-6)


def test_what_could_only_come_from_nothing_has_no_link():
    emission = np.array([[[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]], dtype=np.float32)
    nothing = np.full((1, 3), 0.01, dtype=np.float32)
    links = link_probabilities(emission, nothing, flat_moves())
    assert links[0, 1].tolist() == [0, 0]
    assert links[0].argmax(axis=1)[[0, 2]].tolist() == [0, 1]


def test_a_long_sentence_does_not_vanish():
    emission = np.full((1, 800, 5), 1e-7, dtype=np.float32)
    links = link_probabilities(emission, np.full((1, 800), 1e-7, np.float32), flat_moves())
    assert links.sum(axis=2) == pytest.approx(np.full((1, 800), 0.8), abs=1e-3)


def test_all_far_moves_are_alike():
    start, table = transitions(flat_moves(), FURTHEST + 4)
    assert start[FURTHEST - 1] == start[-1]
    assert table[0, FURTHEST] == table[0, -1]
    assert table.sum(axis=1) == pytest.approx(np.ones(FURTHEST + 4))
