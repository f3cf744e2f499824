"""What kind of negation it is."""

import pytest

from alignment.checks.check import sentence_pair
from alignment.checks.negation import CHECK
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
    ("source", "target", "issue"),
    [
        ("Elle n’a jamais voté.", "She did not vote.", ("negation_lost", "minor", "jamais")),
        ("Elle ne vote plus.", "She does not vote.", ("negation_lost", "minor", "plus")),
        (
            "Elle n’a pas voté.",
            "She has not yet voted.",
            ("negation_added", "minor", "not yet"),
        ),
        (
            "Peu de maires ont voté.",
            "A few mayors voted.",
            ("negation_lost", "minor", "Peu de", "A few"),
        ),
        (
            "La ville n’a pas moins de vingt ponts.",
            "The city has fewer than twenty bridges.",
            ("negation_lost", "major", "pas moins de", "fewer than"),
        ),
        (
            "Tous les maires n’ont pas voté.",
            "None of the mayors voted.",
            ("negation_lost", "minor", "Tous les", "None"),
        ),
        (
            "Il n’a vu ni le maire ni son fils.",
            "He saw the mayor but not his son.",
            ("negation_lost", "minor", "ni"),
        ),
    ],
)
def test_another_negation_than_the_original_s_is_worth_a_glance(source, target, issue):
    assert brief(source, target) == [issue]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Elle n’a jamais voté.", "She has never voted."),
        ("Elle ne vote plus.", "She no longer votes."),
        ("Elle n’a pas encore voté.", "She has not voted yet."),
        ("Peu de maires ont voté.", "Few mayors voted."),
        ("Un peu de pluie est tombé.", "A little rain fell."),
        ("La ville n’a pas moins de vingt ponts.", "The city has no fewer than twenty bridges."),
        ("Tous les maires n’ont pas voté.", "Not all the mayors voted."),
        ("Il n’a vu ni le maire ni son fils.", "He saw neither the mayor nor his son."),
    ],
)
def test_the_same_negation_is_none_of_these(source, target):
    assert brief(source, target) == []


def test_a_denied_denial_that_lost_its_not_is_found():
    source, target = "Il n’est pas impossible qu’il parte.", "It is impossible that he leaves."
    assert [issue[:2] for issue in brief(source, target)] == [("negation_lost", "major")]


def test_what_is_not_forgotten_may_be_remembered():
    assert brief("Elle n’a pas oublié Rome.", "She remembers Rome.") == [
        ("negation_lost", "minor", "n’", "pas")
    ]


def test_no_more_is_added_where_french_has_no_negation():
    source = "Les électeurs veulent plus de policiers, pas seulement des économies."
    target = "Voters want no more police, just savings."
    assert ("negation_added", "minor", "no more") in brief(source, target)


def test_no_more_is_what_the_french_denies():
    source = "Les électeurs ne veulent plus de promesses."
    pair = sentence_pair(source, "Voters want no more promises.", FRENCH_ENGLISH)
    assert list(CHECK.find(pair)) == []
