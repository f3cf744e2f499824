from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.batches import IGNORED, Marks, collate, plan
from training.corpus import Corpus, ragged

MARKS = Marks(end=0, pad=99)
CORPUS = Corpus(
    sources=ragged([[5, 6, 7], [8]]),
    targets=ragged([[15], [16, 17]]),
    link_targets=ragged([[0, 0], [0, 1]]),
    link_sources=ragged([[0, 2], [0, 1]]),
)
lengths = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=40)


def corpus_of(sizes: list[tuple[int, int]]) -> Corpus:
    none = ragged([[]] * len(sizes))
    sides = (ragged([[1] * size[side] for size in sizes]) for side in (0, 1))
    return Corpus(*sides, none, none)


@given(lengths, st.integers(1, 60))
def test_an_epoch_holds_every_pair_once(sizes, batch_tokens):
    batches = plan(corpus_of(sizes), batch_tokens, seed=1, epoch=0)
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(sizes)))


@given(lengths, st.integers(10, 60))
def test_no_batch_is_over_its_budget(sizes, batch_tokens):
    batches = plan(corpus_of(sizes), batch_tokens, seed=1, epoch=0)
    positions = [len(rows) * (1 + max(max(sizes[row]) for row in rows)) for rows in batches]
    assert max(positions) <= batch_tokens


def test_the_same_seed_gives_the_same_batches():
    first, second = (plan(corpus_of([(1, 2)] * 30), 12, seed=7, epoch=3) for _ in range(2))
    assert [rows.tolist() for rows in first] == [rows.tolist() for rows in second]


def test_each_side_is_padded_and_ended():
    batch = collate(CORPUS, np.array([0, 1]), MARKS)
    assert batch.source.tolist() == [[5, 6, 7, 0], [8, 0, 99, 99]]
    assert batch.mask.tolist() == [[1, 1, 1, 1], [1, 1, 0, 0]]
    assert batch.labels.tolist() == [[15, 0, IGNORED], [16, 17, 0]]


def test_the_decoder_reads_what_it_should_have_said_before():
    assert collate(CORPUS, np.array([0, 1]), MARKS).target.tolist() == [[99, 15, 0], [99, 16, 17]]


def test_pieces_that_only_pad_are_not_counted():
    assert collate(CORPUS, np.array([0, 1]), MARKS).tokens == 5


def test_links_of_one_position_share_its_weight():
    batch = collate(CORPUS, np.array([1, 0]), MARKS)
    links = zip(
        batch.link_row, batch.link_target, batch.link_source, batch.link_weight, strict=True
    )
    assert [tuple(float(part) for part in link) for link in links] == [
        (0, 0, 0, 1),
        (0, 1, 1, 1),
        (1, 0, 0, 0.5),
        (1, 0, 2, 0.5),
    ]
