from __future__ import annotations

import pytest

from training.bitext import Pair
from training.cleaning import fault, first_of_each, numbers, tidied


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Le train part ce soir.", "The train leaves tonight.", None),
        ("Non.", "No.", None),
        ("Paris", "Paris", None),
        ("", "The train leaves tonight.", "empty"),
        ("Le train part. " * 50, "The train leaves. " * 50, "length"),
        ("Le train.", "The train leaves tonight from the old station.", "ratio"),
        ("*** --- 1 2 3", "*** --- 1 2 3", "letters"),
        ("Il est né en 1981.", "He was born in 1918.", "numbers"),
        ("Il a 3 enfants.", "He has three children.", None),
        ("Cela coûte 1 200 000 euros.", "It costs 1,200,000 euros.", None),
        ("La hausse est de 12,5 % sur un an.", "The rise is 12.5% over a year.", None),
        ("The train leaves tonight.", "Le train part ce soir.", "language"),
        ("Le train part ce soir.", "Le train part à minuit.", "language"),
        ("Radio Bretagne Armorique Nord", "Radio Bretagne Armorique Nord", "copy"),
    ],
)
def test_a_pair_that_is_no_translation_is_found(source, target, found):
    assert fault(Pair(source, target, "")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 000 ou 3\u202f500", ["2000", "3500"]),
        ("le 14 juillet 1789", ["14", "1789"]),
        ("3,14", ["14"]),
        ("1 fois", []),
    ],
)
def test_numbers_are_read_without_separators(text, found):
    assert numbers(text) == found


def test_sources_that_differ_in_digits_and_case_only_are_taken_once():
    pairs = [Pair(text, "", "") for text in ("Article 12", "ARTICLE 13 !", "Chapitre 12")]
    assert [pair.source for pair in first_of_each(pairs)] == ["Article 12", "Chapitre 12"]


@pytest.mark.parametrize(
    ("english", "tidy"),
    [
        ("However , it rains .", "However, it rains ."),
        ("Is it so ?", "Is it so?"),
        ("Note : this ; that !", "Note: this; that!"),
        ("a :) and , b", "a :) and, b"),
    ],
)
def test_english_has_no_space_before_a_comma(english, tidy):
    assert tidied(Pair("Oui , non", english, "x")) == Pair("Oui , non", tidy, "x")
