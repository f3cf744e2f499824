"""Speakers who are gone, or were taken for others."""

import pytest

from alignment.checks.attribution import CHECK
from alignment.checks.check import sentence_pair
from alignment.document import FRENCH_ENGLISH


def types(source, target):
    found = CHECK.find(sentence_pair(source, target, FRENCH_ENGLISH))
    return [(each.type, each.severity) for each in found]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Les voisins décrivent un homme calme.", "He was a calm man."),
        ("La police a annoncé la fermeture du port.", "The port has been closed."),
        ("Le syndicat impute la panne à la chaleur.", "The breakdown was caused by the heat."),
        ("La presse avance le chiffre de dix morts.", "Ten people died."),
    ],
)
def test_a_speaker_who_is_gone_with_the_verb_is_missed(source, target):
    assert types(source, target) == [("attribution_lost", "minor")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Selon les pompiers, la route est fermée.",
            "According to the doctors, the road is closed.",
        ),
        (
            "Le ministre affirme que le port est fermé.",
            "The prime minister says that the port is closed.",
        ),
    ],
)
def test_another_speaker_is_noticed(source, target):
    assert types(source, target) == [("attribution_changed", "minor")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Les voisins décrivent un homme calme.", "Neighbours describe a calm man."),
        ("La police a annoncé la fermeture du port.", "Police announced the closure of the port."),
        ("Selon les pompiers, la route est fermée.", "Firefighters say that the road is closed."),
        ("Le port est fermé.", "The port is closed."),
    ],
)
def test_a_speaker_who_is_kept_is_no_issue(source, target):
    assert types(source, target) == []
