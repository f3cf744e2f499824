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


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("La sociologue suggère un lien.", "The sociologist proves a link."),
        ("Le maire nie avoir signé.", "The mayor admits having signed."),
        ("Le syndicat craint une fermeture.", "The union hopes for a closure."),
        ("La préfecture envisage un couvre-feu.", "The prefecture announces a curfew."),
    ],
)
def test_another_act_than_the_speakers_own_is_noticed(source, target):
    assert ("attribution_changed", "minor") in types(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("La sociologue suggère un lien.", "The sociologist hints at a link."),
        ("Le maire nie avoir signé.", "The mayor says he did not sign."),
        ("Le syndicat craint une fermeture.", "The union is worried about a closure."),
        ("La préfecture envisage un couvre-feu.", "The prefecture is mulling a curfew."),
    ],
)
def test_the_same_act_in_other_words_is_no_issue(source, target):
    assert types(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Un proche du ministre confirme que le texte est prêt.",
            "The minister confirms that the bill is ready.",
        ),
        (
            "Certains élus affirment que la digue est fragile.",
            "Councillors claim that the dyke is weak.",
        ),
        (
            "« On nous ment », affirme la directrice de la clinique.",
            "“We are being lied to,” says the clinic's lawyer.",
        ),
        (
            "La digue est fragile, dit-on.",
            "The dyke is weak, the engineers say.",
        ),
    ],
)
def test_somebody_beside_the_speaker_is_another(source, target):
    assert types(source, target) == [("attribution_changed", "minor")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Un proche du ministre confirme que le texte est prêt.",
            "Someone close to the minister confirms that the bill is ready.",
        ),
        (
            "Certains élus affirment que la digue est fragile.",
            "Some councillors claim that the dyke is weak.",
        ),
        (
            "« On nous ment », affirme la directrice de la clinique.",
            "“We are being lied to,” says the head of the clinic.",
        ),
        ("La digue est fragile, dit-on.", "The dyke is said to be weak."),
    ],
)
def test_the_same_speaker_otherwise_named_is_no_issue(source, target):
    assert types(source, target) == []


def test_one_who_became_it_is_said_is_gone():
    found = types("Selon Anna Belin, le port est fermé.", "It is said that the port is closed.")
    assert [kind for kind, _ in found] == ["attribution_lost"]


def test_words_between_commas_part_no_speaker_from_the_verb():
    found = types("Le maire, lui, parle d’un malentendu.", "It was a misunderstanding.")
    assert found == [("attribution_lost", "minor")]
