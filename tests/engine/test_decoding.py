"""What the decoders share: which row of attention belongs to which piece."""

import numpy as np
import pytest

from service.engine.decoding import behind

ROWS = np.arange(6, dtype=np.float32).reshape(3, 2)


@pytest.mark.parametrize(
    ("pieces", "lag", "found"),
    [
        (2, 0, [[0, 1], [2, 3]]),
        (2, 1, [[2, 3], [4, 5]]),
        (3, 1, [[2, 3], [4, 5], [0, 0]]),
        (0, 0, []),
        (0, 1, []),
    ],
)
def test_a_piece_has_the_row_of_so_many_steps_later_and_none_where_there_was_no_step(
    pieces, lag, found
):
    assert behind(ROWS, pieces, lag).tolist() == found
