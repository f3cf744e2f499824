"""Things of one kind, of which a translation says another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.check import sentence_pair
from alignment.checks.kinds import mistaken
from alignment.checks.names import CHECK as NAMES
from alignment.checks.numbers import CHECK as NUMBERS
from alignment.checks.omission import CHECK as OMISSION
from alignment.document import FRENCH_ENGLISH


def brief(check, source, target):
    found = check.find(sentence_pair(source, target, FRENCH_ENGLISH))
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
    ("check", "source", "target", "issue"),
    [
        (
            NUMBERS,
            "La grève a duré plusieurs semaines.",
            "The strike lasted several months.",
            ("unit_changed", "minor", "semaines", "months"),
        ),
        (
            NAMES,
            "Le ministre de la Santé a démissionné.",
            "The justice minister has resigned.",
            ("name_changed", "minor", "Santé", "justice"),
        ),
        (
            OMISSION,
            "Une voiture rouge a brûlé.",
            "A blue car burned.",
            ("omission", "minor", "rouge", "blue"),
        ),
    ],
)
def test_one_thing_of_a_kind_for_another_is_worth_a_glance(check, source, target, issue):
    assert brief(check, source, target) == [issue]


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        (NUMBERS, "La grève a duré plusieurs semaines.", "The strike lasted several weeks."),
        (NUMBERS, "La grève a duré trente jours.", "The strike lasted a month of thirty days."),
        (NAMES, "Le ministre de la Santé a démissionné.", "The health minister has resigned."),
        (NAMES, "La santé passe avant la justice.", "Health comes before justice."),
        (OMISSION, "Une voiture rouge a brûlé.", "A red car burned."),
    ],
)
def test_the_same_thing_is_no_issue(check, source, target):
    assert brief(check, source, target) == []


@given(st.text(), st.text())
def test_what_is_mistaken_lies_in_the_texts(source, target):
    pair = sentence_pair(source, target, FRENCH_ENGLISH)
    for old, new in mistaken(pair, ["time", "party", "colour"]):
        assert 0 <= old.start < old.end <= len(source)
        assert 0 <= new.start < new.end <= len(target)
