from __future__ import annotations

import pytest

from alignment.checks.length import CHECK
from tests.alignment.checks.whole import found, told

SOURCE = "Le préfet a interdit les rassemblements sur la place du marché jusqu’à dimanche."


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("Gatherings are banned.", "major"),
        ("The prefect has banned all gatherings.", "minor"),
        (SOURCE + " " + SOURCE, "major"),
    ],
)
def test_an_unusual_length_is_found_on_both_sides(target, severity):
    assert told(CHECK, SOURCE, target) == [("length_ratio", severity, [SOURCE], [target])]


def test_the_explanation_says_how_long_it_is():
    (issue,) = found(CHECK, "a" * 115, "a" * 40)
    assert issue.explanation == "the translation has about 50 % of the length that one would expect"


def test_short_sentences_say_little():
    assert told(CHECK, "Oui, bien sûr !", "Yes!") == []
