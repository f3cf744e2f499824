import numpy as np

from alignment.span import Span
from service.engine.attention import Attention, Block, blocks

WEIGHTS = np.array([[0.5, 0.25], [0.0, 1.0]], dtype=np.float32)
ONE = np.ones((1, 1), dtype=np.float32)
PARTED = Attention((Block(Span(0, 2), Span(0, 2), WEIGHTS), Block(Span(2, 3), Span(2, 3), ONE)), 3)


def test_attention_reads_like_the_whole_matrix():
    assert np.asarray(PARTED).tolist() == [[0.5, 0.25, 0], [0, 1, 0], [0, 0, 1]]


def test_a_row_has_a_weight_for_every_source_piece():
    assert PARTED[2] == [0, 0, 1]


def test_rows_can_be_counted_from_the_end_and_sliced():
    assert (PARTED[-1], PARTED[1:]) == ([0, 0, 1], [[0, 1, 0], [0, 0, 1]])


def test_parted_attention_gives_its_blocks():
    assert blocks(PARTED, 3) is PARTED.blocks


def test_plain_attention_is_one_block():
    (block,) = blocks([[0.5, 0.25], [0, 1]], 2)
    assert (block.source, block.target, block.weights.tolist()) == (
        (0, 2),
        (0, 2),
        WEIGHTS.tolist(),
    )


def test_a_shifted_block_keeps_its_weights():
    block = PARTED.blocks[0].shifted(4, 7)
    assert (block.source, block.target) == ((4, 6), (7, 9))
    assert block.weights is WEIGHTS
