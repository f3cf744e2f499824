import numpy as np

from service.engine.drafts import Draft, Edit, edited, single_holes
from service.engine.pieces import HOLE

HERE = np.array([0, 0, 1], dtype=np.float32)


def draft(*chunks):
    rows = np.tile(np.array([1, 0, 0], dtype=np.float32), (len(chunks), 1))
    return Draft(chunks, rows)


def test_chunks_stand_one_after_the_other():
    assert draft("The", " end", ".").spans == ((0, 3), (3, 7), (7, 8))


def test_an_edit_takes_the_place_of_what_it_covers():
    result, spans = edited(draft("The", " begin", "ning", "."), [Edit(4, 13, "end", HERE)])
    assert result.chunks == ("The", " end", ".")
    assert result.rows.tolist() == [[1, 0, 0], [0, 0, 1], [1, 0, 0]]
    assert spans == ((4, 7),)


def test_an_edit_that_covers_nothing_is_put_between():
    result, spans = edited(draft("The", " end"), [Edit(3, 3, " happy", HERE)])
    assert (result.text, spans) == ("The happy end", ((4, 9),))


def test_a_chunk_may_be_cut_in_two():
    result, _ = edited(draft("The-end"), [Edit(3, 4, " ", HERE)])
    assert result.chunks == ("The", " ", "end")


def test_an_edit_without_a_row_only_takes_away():
    result, spans = edited(draft("The", " very", " end"), [Edit(3, 8)])
    assert (result.text, spans) == ("The end", ())


def test_no_edits_leave_a_draft_as_it_is():
    assert edited(draft("The", " end"), [])[0].chunks == ("The", " end")


def test_holes_side_by_side_are_one_with_the_mean_of_their_rows():
    rows = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    result = single_holes(Draft((" ", HOLE, HOLE, "."), rows))
    assert result.chunks == (" ", HOLE, ".")
    assert result.rows.tolist() == [[1, 0], [0.5, 0.5], [0, 1]]
