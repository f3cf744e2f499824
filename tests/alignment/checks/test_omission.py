from __future__ import annotations

import pytest

from alignment.checks import omission
from alignment.checks.check import sentence_pair
from alignment.checks.omission import CHECK
from alignment.document import FRENCH_ENGLISH, Languages, Link
from tests.alignment.checks.whole import told

SENTENCE = (
    "Le tribunal a condamné l’entreprise, qui avait caché les factures à ses actionnaires, "
    "à une amende."
)


def test_a_clause_that_is_left_out_is_major_where_it_stands():
    assert told(CHECK, SENTENCE, "The court fined the company.") == [
        ("omission", "major", ["caché les factures à ses actionnaires"], [])
    ]


def test_a_clause_that_is_added_is_an_addition():
    target = (
        "The court fined the company, which had already deceived thousands of elderly customers."
    )
    (issue,) = told(CHECK, "Le tribunal a condamné l’entreprise à une amende.", target)
    assert (issue[0], issue[2]) == ("addition", [])
    assert "customers" in issue[3][0]


def test_another_wording_is_no_omission():
    target = "The company was fined by the court for concealing invoices from its shareholders."
    assert told(CHECK, SENTENCE, target) == []


def test_a_lonely_word_that_can_hardly_be_put_otherwise_is_minor():
    source = "La commune a voté un moratoire sur les antennes."
    assert told(CHECK, source, "The town voted on antennas.") == [
        ("omission", "minor", ["moratoire"], [])
    ]


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("L’ancien ministre a démissionné.", "The minister resigned.", "ancien"),
        ("L’ancienne juge est là.", "The judge is there.", "ancienne"),
        ("L’adjointe au maire est venue.", "The mayor came.", "adjointe"),
        ("Il y a au moins 12 morts.", "There are 12 dead.", "au moins"),
        ("Plus de 300 élèves ont chanté.", "300 pupils sang.", "Plus de"),
        ("Moins d’une heure a suffi.", "One hour was enough.", "Moins d’"),
        ("Il dirige le parti par intérim.", "He leads the party.", "par intérim"),
    ],
)
def test_a_lost_word_that_changes_the_sense_is_major(source, target, lost):
    assert ("omission", "major", [lost], []) in told(CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target", "added"),
    [
        ("Le ministre a démissionné.", "The former minister resigned.", "former"),
        ("Il y a 12 morts.", "There are at least 12 dead.", "at least"),
    ],
)
def test_an_added_word_that_changes_the_sense_is_minor(source, target, added):
    assert told(CHECK, source, target) == [("addition", "minor", [], [added])]


@pytest.mark.parametrize(
    ("source", "target", "one", "other"),
    [
        ("Les loyers ont augmenté.", "Rents have fallen.", "augmenté", "fallen"),
        ("Il a refusé l’offre.", "He accepted the offer.", "refusé", "accepted"),
        ("Trois soldats ont été tués.", "Three soldiers were wounded.", "tués", "wounded"),
        ("Elle est partie avant le vote.", "She left after the vote.", "avant", "after"),
        ("Il a voté contre le texte.", "He voted for the bill.", "voté contre", "voted for"),
    ],
)
def test_an_opposite_is_major_on_both_sides(source, target, one, other):
    assert told(CHECK, source, target) == [("omission", "major", [one], [other])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Un bâtiment ancien a brûlé.", "An old building burnt down."),
        ("Il y a au moins 12 morts.", "The death toll is 12 or more."),
        ("Plus de 300 élèves ont chanté.", "Over 300 pupils sang."),
        ("Les loyers ont cessé de baisser.", "Rents have stopped falling."),
        ("Le vote a été refusé.", "The vote was not accepted."),
    ],
)
def test_the_same_sense_in_other_words_is_kept(source, target):
    assert told(CHECK, source, target) == []


def test_a_link_is_an_answer():
    source, target = (
        "La commune a voté un moratoire sur les antennes.",
        "The town voted on antennas.",
    )
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    link = Link(pair.source_words[5], pair.target_words[2], 0.9)
    linked = sentence_pair(source, target, FRENCH_ENGLISH, [link])
    assert [issue.type for issue in CHECK.find(pair)] == ["omission"]
    assert list(CHECK.find(linked)) == []


def test_without_a_lexicon_only_the_senses_are_looked_at():
    pair = sentence_pair("L’ancien ministre.", "The minister.", Languages("fr", "fr"))
    assert [issue.type for issue in omission.find(pair)] == ["omission"]
