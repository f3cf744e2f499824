"""Word alignment of training pairs, on the very pieces that the model reads.

Alignment by agreement (Liang, Taskar and Klein 2006): the hidden Markov model
of `alignment.hmm` in both directions, trained on the product of what the two
believe of each link, and read off the same way. During the first rounds all
moves are as likely, which makes it IBM model 1.

The tables are dense, of float32: 256 MB a direction for 8,000 pieces, and as
much again for the counts of a round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.hmm import FURTHEST, Expectation, Matrix, Moves, expectation
from training.corpus import Corpus, Numbers, Ragged, ragged

NOTHING = 0.2  # the share of pieces that translate nothing
ANYWHERE = Moves((1.0,) * (2 * FURTHEST + 1), (1.0,) * FURTHEST, NOTHING)
SMOOTHING = 1e-4  # added to each count of a translation
ANY_MOVE = 0.01  # the share of the moves that is any move alike
LARGEST_GROUP = 256


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """How one language is produced from the other.

    `table[s, t]` is p(target piece t | source piece s); its last row is that of no piece.
    """

    table: Matrix
    moves: Moves


def untrained(pieces: int) -> Direction:
    """A direction that knows nothing: everything is as likely."""
    table = np.full((pieces + 1, pieces), 1 / pieces, dtype=np.float32)
    return Direction(table, ANYWHERE)


def trained(
    sources: Ragged,
    targets: Ragged,
    pieces: int,
    *,
    rounds: int = 8,
    rounds_of_moves: int = 4,
    report: Callable[[str], None] = lambda line: None,
) -> tuple[Direction, Direction]:
    """Both directions, from source to target and back, after `rounds` of EM.

    Moves are learnt during the last `rounds_of_moves`.
    """
    there = back = untrained(pieces)
    for number in range(rounds):
        moves = number >= rounds - rounds_of_moves
        there, back = _improved(sources, targets, there, back, moves)
        report(f"alignment: round {number + 1} of {rounds}")
    return there, back


def align(
    sources: Ragged, targets: Ragged, there: Direction, back: Direction, threshold: float = 0.2
) -> Corpus:
    """The pairs with their links: those of which the two beliefs' product is over `threshold`.

    A target piece without links that more likely translates nothing is linked
    with the `</s>` of the source, which stands after its last piece.
    """
    link_targets: list[Numbers] = [np.zeros(0, dtype=np.uint16)] * len(sources)
    link_sources = list(link_targets)
    for rows, source, target in groups(sources, targets):
        onward = _believe(there, source, target).links
        agreed = onward * _believe(back, target, source).links.transpose(0, 2, 1) > threshold
        nothing = ~agreed.any(axis=2) & (onward.sum(axis=2) < 0.5)
        linked = np.concatenate([agreed, nothing[:, :, None]], axis=2)
        for row, links in zip(rows, linked, strict=True):
            link_targets[row], link_sources[row] = np.nonzero(links)
    return Corpus(sources, targets, ragged(link_targets), ragged(link_sources))


def groups(sources: Ragged, targets: Ragged) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Pairs of the same two lengths together: their rows, and both sides as matrices."""
    widths, heights = sources.lengths(), targets.lengths()
    order = np.lexsort((heights, widths))
    other = (np.diff(widths[order]) != 0) | (np.diff(heights[order]) != 0)
    for alike in np.split(order, np.flatnonzero(other) + 1):
        for rows in np.split(alike, range(LARGEST_GROUP, len(alike), LARGEST_GROUP)):
            yield rows, _matrix(sources, rows), _matrix(targets, rows)


def _believe(direction: Direction, source: Numbers, target: Numbers) -> Expectation:
    emission = direction.table[source[:, None, :], target[:, :, None]]
    return expectation(emission, direction.table[-1][target], direction.moves)


def _improved(
    sources: Ragged, targets: Ragged, there: Direction, back: Direction, moves: bool
) -> tuple[Direction, Direction]:
    """Both directions after a round of EM."""
    onward, backward = _Counts(there), _Counts(back)
    for _, source, target in groups(sources, targets):
        forth, home = _believe(there, source, target), _believe(back, target, source)
        agreed = forth.links * home.links.transpose(0, 2, 1)
        onward.add(source, target, agreed, forth)
        backward.add(target, source, agreed.transpose(0, 2, 1), home)
    return onward.direction(moves), backward.direction(moves)


class _Counts:
    """What a round has seen of a direction."""

    def __init__(self, before: Direction) -> None:
        self._table = np.full_like(before.table, SMOOTHING)
        self._steps, self._first = np.zeros(2 * FURTHEST + 1), np.zeros(FURTHEST)
        self._step_chances, self._first_chances = np.ones(2 * FURTHEST + 1), np.ones(FURTHEST)

    def add(self, source: Numbers, target: Numbers, agreed: Matrix, belief: Expectation) -> None:
        """A group of pairs, with the links that both directions believe in."""
        # numpy adds at flat places several times faster than at pairs of them.
        places = source[:, None, :] * self._table.shape[1] + target[:, :, None]
        np.add.at(self._table.reshape(-1), places.ravel(), agreed.ravel())
        np.add.at(self._table[-1], target, 1 - belief.links.sum(axis=2))
        self._steps += belief.steps
        self._first += belief.first
        steps, first = _chances(source.shape[1])
        self._step_chances += steps * (target.size - len(target)) / source.shape[1]
        self._first_chances += first * len(target)

    def direction(self, moves: bool) -> Direction:
        """The counts as probabilities."""
        self._table /= self._table.sum(axis=1, keepdims=True)
        if not moves:
            return Direction(self._table, ANYWHERE)
        steps, first = self._steps / self._step_chances, self._first / self._first_chances
        return Direction(self._table, Moves(_open(steps), _open(first), NOTHING))


def _open(moves: NDArray[np.float64]) -> tuple[float, ...]:
    """Moves as probabilities that leave a chance to those that were never seen."""
    learnt = (1 - ANY_MOVE) * moves / moves.sum() + ANY_MOVE / len(moves)
    return tuple(learnt.tolist())


def _chances(width: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many places each class of moves can lead to among `width`, from all and from before.

    The outermost classes hold all moves that are further still, so that their counts alone
    would make one such move far too likely.
    """
    places = np.arange(width)
    steps = np.clip(places[None, :] - places[:, None], -FURTHEST, FURTHEST) + FURTHEST
    first = np.minimum(places, FURTHEST - 1)
    return (
        np.bincount(steps.ravel(), minlength=2 * FURTHEST + 1),
        np.bincount(first, minlength=FURTHEST),
    )


def _matrix(rows: Ragged, chosen: Numbers) -> Numbers:
    """Rows of equal length, one above the other."""
    width = rows.starts[chosen[0] + 1] - rows.starts[chosen[0]]
    return rows.values[rows.starts[chosen][:, None] + np.arange(width)].astype(np.int64)
