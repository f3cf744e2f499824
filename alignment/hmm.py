"""Hidden Markov word alignment (Vogel et al. 1996), in batches of sentence pairs of one size.

The states are the positions of one sentence, the observations are the words
of the other. An observation comes from the word at its state, or from nothing
at all (Och & Ney 2003 give nothing a state at every position; here it is one
more way of being emitted, which leaves half as many states). How far the
state moves from one observation to the next says how words change places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

# No emission is less, once the largest for its word is 1.
LEAST = np.float32(1e-30)
# Moves further than this many words are all the same.
FURTHEST = 6
# The tables of sentences of up to so many words are kept: 16 MB at the most, for two models.
KEPT = 100


@dataclass(frozen=True, slots=True)
class Moves:
    """How likely the state moves by so many words, from -FURTHEST to FURTHEST.

    `first` is the same for the first observation, from -1: it starts at 1 word.
    `nothing` is the share of observations that come from no word.
    """

    steps: tuple[float, ...]
    first: tuple[float, ...]
    nothing: float


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """What a model expects of `n` sentence pairs.

    `links[n, observed, state]` is the probability that the two words are
    linked; `steps` and `first` count the moves, as in `Moves`.
    """

    links: Matrix
    steps: Matrix
    first: Matrix


def flat_moves(nothing: float = 0.2) -> Moves:
    """Moves that prefer the next word a little, before anything is known."""
    steps = tuple(1.0 / (1 + abs(step - 1)) for step in range(-FURTHEST, FURTHEST + 1))
    first = tuple(1.0 / (1 + step) for step in range(FURTHEST))
    return Moves(steps, first, nothing)


def link_probabilities(emission: Matrix, nothing: Matrix, moves: Moves) -> Matrix:
    """`links[n, observed, state]`, by the forward-backward algorithm.

    `emission[n, observed, state]` is p(observed word | word at the state),
    `nothing[n, observed]` p(observed word | no word).
    """
    return _forward_backward(emission, nothing, moves)[0]


def expectation(emission: Matrix, nothing: Matrix, moves: Moves) -> Expectation:
    """The same, and how often each move is expected."""
    links, ahead, behind, weights = _forward_backward(emission, nothing, moves)
    size = emission.shape[2]
    _, table = transitions(moves, size)
    onwards = (weights * behind)[1:]
    total = ((ahead[:-1] @ table) * onwards).sum(axis=2, keepdims=True)
    pairs = np.einsum("tni,tnj->ij", ahead[:-1], onwards / total) * table
    steps = np.bincount(
        _steps(size).ravel() + FURTHEST, weights=pairs.ravel(), minlength=2 * FURTHEST + 1
    )
    begun = ahead[0] * behind[0]
    begun = (begun / begun.sum(axis=1, keepdims=True)).sum(axis=0)
    first = np.bincount(_firsts(size), weights=begun, minlength=FURTHEST)
    return Expectation(links, steps.astype(np.float32), first.astype(np.float32))


def transitions(moves: Moves, size: int) -> tuple[Matrix, Matrix]:
    """How likely each of `size` states is first, and after each other state."""
    return _kept_transitions(moves, size) if size <= KEPT else _transitions(moves, size)


def _transitions(moves: Moves, size: int) -> tuple[Matrix, Matrix]:
    first = np.array(moves.first, dtype=np.float32)[_firsts(size)]
    table = np.array(moves.steps, dtype=np.float32)[_steps(size) + FURTHEST]
    return first / first.sum(), table / table.sum(axis=1, keepdims=True)


_kept_transitions = lru_cache(maxsize=4 * KEPT)(_transitions)


def _steps(size: int) -> NDArray[np.intp]:
    places = np.arange(size)
    steps: NDArray[np.intp] = np.clip(places[None, :] - places[:, None], -FURTHEST, FURTHEST)
    return steps


def _firsts(size: int) -> NDArray[np.intp]:
    return np.minimum(np.arange(size), FURTHEST - 1)


def _forward_backward(
    emission: Matrix, nothing: Matrix, moves: Moves
) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """The links; forward and backward probabilities, and emissions, each times any factor.

    All but the first are `[observed, n, state]`; factors are those of a row.
    """
    start, table = transitions(moves, emission.shape[2])
    linked = emission.transpose(1, 0, 2) * np.float32(1 - moves.nothing)
    weights = linked + np.float32(moves.nothing) * nothing.T[:, :, None]
    largest = weights.max(axis=2, keepdims=True)
    weights /= largest
    linked /= largest
    ahead = np.empty_like(weights)
    behind = np.empty_like(weights)
    here = start * weights[0]
    for place, weight in enumerate(weights):
        if place:
            here = np.dot(here, table)
            here *= weight
            # Four steps are no danger to 32 bits, and dividing costs as much as a step.
            if place % 4 == 0:
                here /= here.max(axis=1, keepdims=True)
        ahead[place] = here
    behind[-1] = here = np.ones_like(weights[0])
    back = table.T
    for place in range(len(weights) - 1, 0, -1):
        here = np.dot(weights[place] * here, back)
        if place % 4 == 0:
            here /= here.max(axis=1, keepdims=True)
        behind[place - 1] = here
    both = ahead * behind
    # The share of a state's observations that its own word, not nothing, accounts for.
    both *= linked / np.maximum(weights, LEAST) / both.sum(axis=2, keepdims=True)
    return np.ascontiguousarray(both.transpose(1, 0, 2)), ahead, behind, weights
