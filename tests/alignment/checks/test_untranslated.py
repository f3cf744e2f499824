from __future__ import annotations

import pytest

from alignment.checks.untranslated import CHECK, echoes
from tests.alignment.checks.whole import told


def test_an_echo_is_critical():
    text = "Les pompiers cherchent encore deux randonneurs."
    assert told(CHECK, text, text) == [("untranslated", "critical", [text], [text])]


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        (
            "Le maire a parlé dans le cadre de la campagne.",
            "The mayor spoke dans le cadre de the campaign.",
            "dans le cadre de",
        ),
        (
            "« Le froid est déjà là », dit-elle.",
            "“The cold est déjà là,” she says.",
            "est déjà là",
        ),
        (
            "La chanteuse est venue mardi et elle a offert un concert surprise aux passants.",
            "The singer came on Tuesday and she offert un concert surprise aux passants.",
            "un concert surprise aux",
        ),
    ],
)
def test_a_run_of_french_words_is_major(source, target, left):
    (issue,) = told(CHECK, source, target)
    assert (issue[1], issue[3]) == ("major", [left])


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Les éboueurs sont en grève.", "The éboueurs are on strike.", "éboueurs"),
        ("Le chômage a baissé.", "The chômage has fallen.", "chômage"),
        ("Les e\u0301boueurs se taisent.", "The e\u0301boueurs are silent.", "e\u0301boueurs"),
    ],
)
def test_a_single_french_word_is_minor(source, target, left):
    assert told(CHECK, source, target) == [("untranslated", "minor", [left], [left])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("La cuisine du restaurant est fermée.", "The cuisine of the restaurant is closed."),
        ("Le café de la gare rouvre.", "The station café is reopening."),
        (
            "L’Institut national de la statistique et des études économiques publie demain ses "
            "chiffres du chômage pour le printemps.",
            "The Institut national de la statistique et des études économiques will publish its "
            "spring unemployment figures tomorrow.",
        ),
        ("Il vit rue de la Paix, à Paris.", "He lives in rue de la Paix, in Paris."),
        ("C’est la raison d’être du club.", "It is the club’s raison d’être."),
        ("Elle a lu « la peste et le feu » hier.", "She read “la peste et le feu” yesterday."),
    ],
)
def test_names_titles_and_borrowed_words_may_stay(source, target):
    assert told(CHECK, source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (
            "La ministre refuse toujours de répondre",
            "La ministre refuse toujours de répondre",
            True,
        ),
        ("Jean Dupont , Marie Curie", "Jean Dupont , Marie Curie", False),
        ("Il dort depuis très longtemps", "He has slept for a very long time", False),
    ],
)
def test_an_echo_says_the_plain_words_of_the_original(source, target, expected):
    assert echoes(source, target) is expected
