from hypothesis import given
from hypothesis import strategies as st

from service.engine.batches import batches


def test_batches_are_of_like_length_longest_first():
    assert list(batches([3, 9, 4, 8, 2], 18)) == [[1, 3], [2, 0, 4]]


def test_what_is_longer_than_the_budget_goes_alone():
    assert list(batches([30, 2, 2], 10)) == [[0], [1, 2]]


def test_nothing_makes_no_batch():
    assert list(batches([], 10)) == []


@given(st.lists(st.integers(1, 50)), st.integers(1, 100))
def test_every_sentence_is_in_one_batch_that_keeps_to_the_budget(lengths, budget):
    made = list(batches(lengths, budget))
    assert sorted(index for batch in made for index in batch) == list(range(len(lengths)))
    for batch in made:
        padded = len(batch) * max(lengths[index] for index in batch)
        assert padded <= budget or len(batch) == 1
