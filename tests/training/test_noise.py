from __future__ import annotations

from random import Random

import pytest

from training.bitext import Pair
from training.noise import capitalised, joined, other_quotes, unaccented, with_variants


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ('Il a dit "non" hier.', "Il a dit « non » hier."),
        ("Il a dit « non » hier.", 'Il a dit "non" hier.'),
        ('Un écran de 15" fermé.', 'Un écran de 15" fermé.'),
    ],
)
def test_quotation_marks_take_the_other_form(text, other):
    assert other_quotes(text) == other


def test_each_word_of_a_title_gets_a_capital():
    assert capitalised("l'école d’été rouvre") == "L'école D’été Rouvre"


def test_accents_are_left_out():
    assert unaccented("Où ça, cœur brûlé ?") == "Ou ca, cœur brule ?"


def test_two_pairs_become_one():
    first, second = Pair("Oui.", "Yes.", "a"), Pair("Non.", "No.", "b")
    assert joined(first, second) == Pair("Oui. Non.", "Yes. No.", "a")


def test_the_same_seed_gives_the_same_variants():
    pairs = [Pair(f"C'est l'été {number}.", f"It is summer {number}.", "") for number in range(200)]
    assert with_variants(pairs, Random(1)) == with_variants(pairs, Random(1))


def test_no_sentence_is_lost_in_the_variants():
    pairs = [Pair(f"été{number}", f"summer{number}", "") for number in range(200)]
    targets = " ".join(pair.target.lower() for pair in with_variants(pairs, Random(1)))
    assert targets.split() == [pair.target for pair in pairs]
