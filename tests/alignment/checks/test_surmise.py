"""Doubts and plans that only the translation has."""

import pytest

from alignment.checks.hedging import CHECK
from tests.alignment.checks.whole import told


@pytest.mark.parametrize(
    ("source", "target", "severity", "added"),
    [
        ("La digue a cédé.", "The dyke reportedly gave way.", "major", "reportedly"),
        ("La digue a cédé.", "The dyke seems to have given way.", "minor", "seems to"),
        ("La digue a cédé.", "The dyke may have given way.", "minor", "may"),
        ("Elle viendra lundi.", "She is expected on Monday.", "minor", "is expected"),
        (
            "Le candidat se retire.",
            "The candidate is considering leaving.",
            "minor",
            "is considering",
        ),
        (
            "Il réduit le risque d’infarctus.",
            "It probably cuts heart attacks.",
            "minor",
            "probably",
        ),
    ],
)
def test_a_doubt_that_nothing_asks_for_is_added(source, target, severity, added):
    assert told(CHECK, source, target) == [("hedge_added", severity, [], [added])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Elle croit que la digue a cédé.", "The dyke seems to have given way."),
        ("La réunion est prévue lundi.", "The meeting is expected on Monday."),
        ("Il veut partir.", "He plans to leave."),
        ("Il est soupçonné de vol.", "He allegedly stole."),
        ("Le match aura lieu le 3 mai.", "The match is on 3 May."),
    ],
)
def test_a_doubt_that_the_original_asks_for_is_no_issue(source, target):
    assert told(CHECK, source, target) == []
