"""False friends, and the names of institutions that were half left."""

import pytest

from alignment.checks.check import sentence_pair
from alignment.checks.untranslated import CHECK
from alignment.document import FRENCH_ENGLISH


def brief(source, target):
    found = CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH))
    return [
        (
            each.type,
            each.severity,
            *(span.of(source) for span in each.source_spans),
            *(span.of(target) for span in each.target_spans),
        )
        for each in found
    ]


@pytest.mark.parametrize(
    ("source", "target", "one", "other"),
    [
        ("Actuellement, il pleut.", "Actually, it is raining.", "Actuellement", "Actually"),
        ("Elle tient une librairie.", "She runs a library.", "librairie", "library"),
        ("L’éventuel retrait inquiète.", "The eventual exit is a worry.", "éventuel", "eventual"),
    ],
)
def test_a_false_friend_is_worth_a_glance(source, target, one, other):
    assert brief(source, target) == [("untranslated", "minor", one, other)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Actuellement, il pleut.", "It is currently raining."),
        ("En fait, la librairie est fermée.", "Actually, the bookshop is closed."),
        ("La bibliothèque jouxte une librairie.", "The library adjoins a bookshop."),
    ],
)
def test_a_word_that_says_what_another_means_is_none(source, target):
    assert brief(source, target) == []


def test_an_institution_s_name_is_not_left_half():
    source = "Le Conseil constitutionnel a tranché."
    assert brief(source, "The Conseil constitutionnel has decided.") == [
        ("untranslated", "minor", "constitutionnel", "constitutionnel")
    ]
