"""The best ladder between two texts: dynamic programming over beads, in a band.

A bead puts some consecutive sentences of the source with some of the target;
a ladder is a chain of beads that leaves no sentence out (Gale & Church 1993).
What a bead is worth is for others to say, a row of the table at a time: this
module knows no words. Sixteen bytes are kept for every cell of the band.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


class Shape(NamedTuple):
    """How many sentences a bead takes from each side; both are 1 or more."""

    source: int
    target: int


class Step(NamedTuple):
    """How many sentences a bead takes from each side, and what it is worth."""

    source: int
    target: int
    worth: float


# Beads of up to five sentences a side. More than two or three are rare, and all of them are slow.
LONGEST = 5
SHAPES = tuple(
    Shape(source, target)
    for source in range(1, LONGEST + 1)
    for target in range(1, LONGEST + 1)
    if source + target <= LONGEST + 2
)

Rows = Iterable[Mapping[Shape, Array]]


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Which cells of the table are looked at: in row i, columns `low[i]` to `high[i]`.

    Row i, column j stands for the first i source and j target sentences. Both
    ends grow from row to row; each row shares a column with the next, the first
    has column 0 and the last has the last column, so that a way through exists.
    """

    low: Counts
    high: Counts

    @property
    def rows(self) -> int:
        """How many source sentences there are."""
        return len(self.low) - 1

    def row(self, number: int) -> tuple[int, int]:
        """The first and the last column of a row."""
        return int(self.low[number]), int(self.high[number])


def whole(rows: int, columns: int) -> Band:
    """Every cell of the table."""
    return Band(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """What the sentences of each side are worth, one by one, where they have no counterpart.

    A run of them on one side is one step, and is worth `opening` besides (affine
    gaps: Gotoh 1982).
    """

    source: Array
    target: Array
    opening: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """The columns of a row from `first` on: the best ladder's worth so far, and its last step.

    `step` is the number of a shape, or what `_source_run` or `_target_run` makes of a length.
    """

    first: int
    worth: Array
    step: Counts


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """The best ladders that end with source sentences alone, and how many of these there are."""

    first: int
    worth: Array
    length: Counts


def best_ladder(scores: Rows, band: Band, alone: Alone) -> list[Step]:
    """The beads of the ladder that is worth most, from the start.

    `scores` has, for each row from 1, an array for each shape: what a bead is
    worth that ends at the columns of the band, in order.
    """
    slope = np.concatenate([[0.0], np.cumsum(alone.target)])
    nowhere = np.full(band.row(0)[1] + 1, -np.inf)
    runs = _Runs(0, nowhere, np.zeros(len(nowhere), np.int64))
    start = _Row(0, np.where(np.arange(len(nowhere)) == 0, 0.0, -np.inf), runs.length)
    rows = [_with_target_runs(start, slope, alone.opening)]
    for number, beads in enumerate(scores, 1):
        bounds = band.row(number)
        runs = _source_runs(runs, rows[-1], bounds, alone.source[number - 1], alone.opening)
        row = _with_beads(runs, beads, rows[: -LONGEST - 1 : -1], bounds)
        rows.append(_with_target_runs(row, slope, alone.opening))
    return list(_way_back(rows))[::-1]


def _source_runs(
    runs: _Runs, before: _Row, bounds: tuple[int, int], alone: float, opening: float
) -> _Runs:
    """One source sentence more without a counterpart, after others or after a bead."""
    low, high = bounds
    longer = _columns(runs.first, runs.worth, low, high)
    begun = _columns(before.first, before.worth, low, high) + opening
    lengths = np.zeros(high - low + 1, np.int64)
    kept = runs.length[low - runs.first : high - runs.first + 1]
    lengths[: len(kept)] = kept
    return _Runs(low, np.maximum(longer, begun) + alone, np.where(longer > begun, lengths, 0) + 1)


def _with_beads(
    runs: _Runs, beads: Mapping[Shape, Array], before: list[_Row], bounds: tuple[int, int]
) -> _Row:
    """The better of a bead and a run of source sentences; the rows `before` are nearest first."""
    low, high = bounds
    worth, step = runs.worth.copy(), _source_run(runs.length)
    for shape, score in beads.items():
        if shape.source > len(before):
            continue
        row = before[shape.source - 1]
        through = _columns(row.first, row.worth, low - shape.target, high - shape.target) + score
        better = through > worth
        worth[better] = through[better]
        step[better] = SHAPES.index(shape)
    return _Row(low, worth, step)


def _with_target_runs(row: _Row, slope: Array, opening: float) -> _Row:
    """Target sentences without a counterpart, any number of them, wherever that is better."""
    columns = np.arange(len(row.worth))
    along = slope[row.first : row.first + len(columns)]
    level = row.worth - along
    best = np.maximum.accumulate(level)
    left_from = np.maximum.accumulate(np.where(level >= best, columns, 0))
    run = np.concatenate([[-np.inf], best[:-1] + opening]) + along
    length = columns - np.concatenate([[0], left_from[:-1]])
    better = run > row.worth
    return _Row(
        row.first, np.where(better, run, row.worth), np.where(better, _target_run(length), row.step)
    )


def _columns(start: int, values: Array, low: int, high: int) -> Array:
    """Columns `low` to `high` of a row that begins at `start`; there is no way through others."""
    found = np.full(high - low + 1, -np.inf)
    first, last = max(low, start), min(high, start + len(values) - 1)
    if first <= last:
        found[first - low : last - low + 1] = values[first - start : last - start + 1]
    return found


def _source_run(length: Counts) -> Counts:
    return len(SHAPES) + 2 * length


def _target_run(length: Counts) -> Counts:
    return len(SHAPES) + 2 * length + 1


def _taken(step: int) -> tuple[int, int]:
    """How many source and target sentences a step takes."""
    if step < len(SHAPES):
        return SHAPES[step]
    length, is_target = divmod(step - len(SHAPES), 2)
    return (0, length) if is_target else (length, 0)


def _way_back(rows: list[_Row]) -> Iterator[Step]:
    row, column = len(rows) - 1, rows[-1].first + len(rows[-1].worth) - 1
    while row or column:
        place = column - rows[row].first
        source, target = _taken(int(rows[row].step[place]))
        worth = rows[row].worth[place]
        row, column = row - source, column - target
        yield Step(source, target, float(worth - rows[row].worth[column - rows[row].first]))
