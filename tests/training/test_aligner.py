from __future__ import annotations

from itertools import permutations

import pytest

from training.aligner import align, groups, trained
from training.corpus import Corpus, ragged


def links(corpus: Corpus, row: int) -> list[tuple[int, int]]:
    pairs = zip(corpus.link_targets[row], corpus.link_sources[row], strict=True)
    return [(int(target), int(source)) for target, source in pairs]


@pytest.fixture(scope="module")
def aligned() -> Corpus:
    """Source piece n is translated by n + 20; every target ends with a 9 that translates nothing.

    In every other pair the first two pieces change places.
    """
    sources = [list(row) for row in permutations(range(10, 16), 3)]
    targets = [[*(piece + 20 for piece in row), 9] for row in sources]
    for target in targets[1::2]:
        target[:2] = reversed(target[:2])
    there, back = trained(ragged(sources), ragged(targets), 40)
    return align(ragged(sources), ragged(targets), there, back)


def test_pieces_are_linked_with_what_they_translate(aligned):
    assert links(aligned, 0)[:3] == [(0, 0), (1, 1), (2, 2)]


def test_pieces_that_changed_places_are_linked_crosswise(aligned):
    assert links(aligned, 1)[:3] == [(0, 1), (1, 0), (2, 2)]


def test_a_piece_that_translates_nothing_is_linked_with_the_end(aligned):
    assert links(aligned, 0)[3:] == [(3, 3)]


def test_groups_hold_each_pair_once():
    sources, targets = ragged([[1], [2, 3], [4], [5]]), ragged([[1], [2], [3], [4, 4]])
    found = [
        (rows.tolist(), source.shape, target.shape)
        for rows, source, target in groups(sources, targets)
    ]
    assert found == [([0, 2], (2, 1), (2, 1)), ([3], (1, 1), (1, 2)), ([1], (1, 2), (1, 1))]
