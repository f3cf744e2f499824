"""What somebody means to do, and how it is lost."""

import pytest

from alignment.checks.hedging import CHECK
from alignment.checks.intent import intentions
from alignment.checks.markers import reading
from tests.alignment.checks.whole import told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Il compte fermer le site.", ["compte fermer"]),
        ("Elle n’entend pas y rester.", ["entend pas y rester"]),
        ("Ils veulent bien le vendre.", ["veulent bien le vendre"]),
        ("Le compte est bon.", []),
        ("Il entend la mer.", []),
        ("Elle veut une maison.", []),
    ],
)
def test_an_intention_is_a_verb_with_its_infinitive(text, said):
    assert [span.of(text) for span in intentions(reading(text), "fr")] == said


def test_a_language_without_a_table_has_no_intentions():
    assert list(intentions(reading("Il compte fermer."), "en")) == []


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("Le groupe compte fermer le site.", "The group is closing the site.", "compte fermer"),
        ("Le club songe à le vendre.", "The club is selling him.", "songe à"),
        ("Elle envisage de partir.", "She is leaving.", "envisage de"),
    ],
)
def test_a_plan_that_became_a_deed_is_minor(source, target, lost):
    assert told(CHECK, source, target) == [("hedge_lost", "minor", [lost], [])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le groupe compte fermer le site.", "The group plans to close the site."),
        ("Le groupe compte fermer le site.", "The group will close the site."),
        ("Le club songe à le vendre.", "The club is thinking of selling him."),
        ("Elle envisage de partir.", "She may leave."),
    ],
)
def test_a_plan_that_is_one_still_is_no_issue(source, target):
    assert told(CHECK, source, target) == []
