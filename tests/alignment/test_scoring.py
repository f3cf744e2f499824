"""Scores against values that were worked out by hand; the sums stand beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.scoring import (
    Counts,
    beads,
    boundaries,
    inner_starts,
    projected,
    projections,
    span_projection,
    word_alignment,
)
from alignment.span import Span

NUMBERS = st.lists(st.integers(0, 9), max_size=3).map(tuple)
BEADS = st.tuples(NUMBERS, NUMBERS)
LINKS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)))


def test_boundaries_are_right_where_both_sides_have_them():
    counts = boundaries(found=[10, 20, 30, 40], gold=[10, 25, 30, 40, 50])
    assert counts == Counts(correct=3, found=4, recovered=3, gold=5)
    assert counts.precision == 3 / 4
    assert counts.recall == 3 / 5
    # 2 · 3/4 · 3/5 / (3/4 + 3/5) = (18/20) / (27/20)
    assert counts.f1 == pytest.approx(2 / 3)


def test_counts_add_up_before_they_are_divided():
    one = boundaries([1], [1])
    other = boundaries([1, 2, 3, 4], [5])
    assert sum([one, other], Counts()).precision == 1 / 5


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [([], [], (1, 1, 1)), ([], [3], (0, 0, 0)), ([3], [], (0, 0, 0)), ([3], [4], (0, 0, 0))],
)
def test_a_share_of_nothing_is_all_only_where_there_was_nothing_to_find(found, gold, expected):
    counts = boundaries(found, gold)
    assert (counts.precision, counts.recall, counts.f1) == expected


def test_a_sentence_that_begins_a_line_is_no_boundary():
    text = "Un. Deux.\nTrois. Quatre."
    spans = [Span(0, 3), Span(4, 9), Span(10, 16), Span(17, 24)]
    assert inner_starts(text, spans) == {4, 17}


def test_blanks_may_belong_to_either_sentence():
    text = "Un.\u00a0 Deux.\n"
    assert inner_starts(text, [Span(0, 5), Span(5, 10)]) == {5}
    assert inner_starts(text, [Span(0, 3), Span(3, 11)]) == {5}


def test_a_sentence_of_blanks_is_none():
    assert inner_starts("Un.  Deux.", [Span(0, 3), Span(3, 5), Span(5, 10)]) == {5}


# Sure S, possible P, answer A: |A| = 5, |A∩S| = 2, |A∩P| = 4 where P takes S in, |S| = 3.
SURE = {(0, 0), (1, 1), (2, 2)}
POSSIBLE = {(3, 2), (3, 3)}
ANSWER = {(0, 0), (1, 1), (3, 2), (3, 3), (4, 0)}


def test_precision_is_over_possible_links_and_recall_over_sure_ones():
    counts = word_alignment(ANSWER, SURE, POSSIBLE)
    assert counts == Counts(correct=4, found=5, recovered=2, gold=3)
    assert (counts.precision, counts.recall) == (4 / 5, 2 / 3)


def test_the_alignment_error_rate_is_that_of_och_and_ney():
    # 1 − (2 + 4) / (5 + 3)
    assert word_alignment(ANSWER, SURE, POSSIBLE).aer == pytest.approx(1 / 4)


def test_a_possible_link_left_out_is_no_error():
    assert word_alignment(SURE, SURE, POSSIBLE).aer == 0


def test_sure_links_repeated_among_the_possible_change_nothing():
    assert word_alignment(ANSWER, SURE, POSSIBLE | SURE) == word_alignment(ANSWER, SURE, POSSIBLE)


def test_nothing_found_where_nothing_is_sure_is_no_error():
    assert word_alignment(set(), set(), POSSIBLE).aer == 0


@given(LINKS, LINKS, LINKS)
def test_the_alignment_error_rate_is_a_share(found, sure, possible):
    assert 0 <= word_alignment(found, sure, possible).aer <= 1


GOLD_BEADS = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3)), ((), (4,)), ((5,), (5,))]


def test_strict_beads_must_be_the_very_same():
    # Right: 0–0, 3–∅, 5–5, of 5 found; recalled of the four gold beads with both sides: 0–0, 5–5.
    found = [((0,), (0,)), ((1,), (1,)), ((2, 4), (2, 3, 4)), ((3,), ()), ((5,), (5,))]
    assert beads(found, GOLD_BEADS) == Counts(correct=3, found=5, recovered=2, gold=4)


def test_lax_beads_must_share_a_sentence_on_both_sides():
    # 1–1 is part of 1,2–1, and 2,4–2,3,4 of 4–2,3: all found beads are right now.
    found = [((0,), (0,)), ((1,), (1,)), ((2, 4), (2, 3, 4)), ((3,), ()), ((5,), (5,))]
    assert beads(found, GOLD_BEADS, lax=True) == Counts(correct=5, found=5, recovered=4, gold=4)


def test_a_sentence_shared_on_one_side_alone_is_not_lax_enough():
    assert beads([((0,), (1,))], [((0,), (0,)), ((1,), (1,))], lax=True).correct == 0


def test_a_bead_without_an_other_side_must_be_in_the_gold_as_it_is():
    assert beads([((0, 1), ())], [((0,), ()), ((1,), ())], lax=True).correct == 0


def test_a_sentence_without_translation_is_nothing_to_recall():
    assert beads([], [((0,), ()), ((), (0,))]) == Counts(gold=0)


def test_repeated_and_empty_beads_do_not_count():
    assert beads([((0,), (0,)), ((0,), (0,)), ((), ())], [((0,), (0,))]) == Counts(1, 1, 1, 1)


def test_a_rightly_found_deletion_is_full_marks_where_there_is_nothing_else():
    assert beads([((0,), ())], [((0,), ())]).f1 == 1


def test_beads_may_be_lists():
    assert beads([[[0], [0]]], [[[0], [0]]]).f1 == 1


@given(st.lists(BEADS), st.lists(BEADS))
def test_lax_is_never_harder_than_strict(some, others):
    found, gold = some + others[:2], others
    strict, lax = beads(found, gold), beads(found, gold, lax=True)
    assert lax.correct >= strict.correct
    assert lax.recovered >= strict.recovered


def test_words_are_projected_over_their_links():
    assert projected({1, 2}, [(0, 0), (1, 3), (2, 2), (2, 3)]) == {2, 3}


def test_a_projected_span_is_scored_by_what_it_covers():
    # Found 2, 3, 4, 9; sure 2, 3, 5; possible 4: precision 3/4, recall 2/3.
    counts = span_projection({2, 3, 4, 9}, {2, 3, 5}, {4})
    assert (counts.precision, counts.recall) == (3 / 4, 2 / 3)


def test_every_run_of_words_is_projected():
    # Runs of one or two of three words; word 1 alone has no sure link, so that its run is left out.
    # [0]: found 0, gold 0. [2]: found 3, gold 2. [0 1]: 0 1 and 0. [1 2]: 1 3 and 2.
    counts = projections({(0, 0), (1, 1), (2, 3)}, {(0, 0), (2, 2)}, longest=2)
    assert counts == Counts(correct=2, found=6, recovered=2, gold=4)


@given(LINKS)
def test_the_gold_links_themselves_score_full_marks(links):
    assert projections(links, links).f1 == 1
