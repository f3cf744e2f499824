"""What is allowed and what is required."""

import pytest

from alignment.checks.check import sentence_pair
from alignment.checks.hedging import CHECK
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
        (
            "Le maire peut fermer le bar.",
            "The mayor must close the bar.",
            ("hedge_lost", "minor", "peut", "must"),
        ),
        (
            "Le maire doit fermer le bar.",
            "The mayor may close the bar.",
            ("hedge_added", "minor", "doit", "may"),
        ),
    ],
)
def test_what_is_allowed_is_not_required(source, target, issue):
    assert brief(source, target) == [issue]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le maire peut fermer le bar.", "The mayor may close the bar."),
        ("Le maire peut et doit fermer le bar.", "The mayor can and must close the bar."),
        ("Le maire ne peut pas fermer le bar.", "The mayor must not close the bar."),
    ],
)
def test_what_is_as_strong_is_no_issue(source, target):
    assert brief(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "severity", "words"),
    [
        (
            "Il est soupçonné d’avoir fui.",
            "He fled.",
            "major",
            "soupçonné d’",
        ),
        ("On ignore s’il est mort.", "He is dead.", "major", "ignore s’il"),
        ("Elle risque de perdre.", "She is losing.", "minor", "risque de"),
        ("Le témoin croit avoir vu Paul.", "The witness saw Paul.", "minor", "croit avoir"),
    ],
)
def test_what_is_suspected_open_feared_or_thought_is_no_fact(source, target, severity, words):
    assert brief(source, target) == [("hedge_lost", severity, words)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il est soupçonné d’avoir fui.", "He is suspected of having fled."),
        ("On ignore s’il est mort.", "It is not known whether he is dead."),
        ("Elle risque de perdre.", "She may lose."),
        ("Le témoin croit avoir vu Paul.", "The witness thinks he saw Paul."),
    ],
)
def test_what_keeps_the_doubt_is_no_issue(source, target):
    assert brief(source, target) == []
