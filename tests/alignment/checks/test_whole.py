"""What all checks on the whole of a sentence have in common."""

from __future__ import annotations

import pytest
from hypothesis import given

from alignment.checks import (
    characters,
    confidence,
    length,
    omission,
    repetition,
    truncation,
    untranslated,
)
from alignment.document import FRENCH_ENGLISH, Languages
from tests.alignment.checks.whole import LONG, TEXTS, astray, found

CHECKS = [
    module.CHECK
    for module in (characters, confidence, length, omission, repetition, truncation, untranslated)
]
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


@each_check
@given(source=TEXTS, target=TEXTS)
def test_every_span_lies_inside_its_text(check, source, target):
    assert astray(check, source, target) == []


@each_check
@pytest.mark.parametrize(("source", "target"), LONG)
def test_a_line_without_end_is_read(check, source, target):
    assert astray(check, source, target) == []


@each_check
@given(source=TEXTS, target=TEXTS)
def test_only_the_types_that_a_check_names_are_found(check, source, target):
    assert {issue.type for issue in found(check, source, target)} <= set(check.types)


@each_check
@pytest.mark.parametrize(("source", "target"), [("", ""), ("Il pleut.", ""), ("", "It rains.")])
def test_nothing_is_found_where_a_side_is_empty(check, source, target):
    assert found(check, source, target) == []


@each_check
@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Le maire a présenté son projet de musée aux habitants du quartier.",
            "The mayor presented his museum project to the people of the neighbourhood.",
        ),
        (
            "« Nous n’avons pas le choix », a répondu l’ancienne ministre.",
            "“We have no choice,” the former minister replied.",
        ),
        (
            "Au moins douze élèves sont restés chez eux à cause de la neige.",
            "At least twelve pupils stayed at home because of the snow.",
        ),
        (
            "Selon la police, les prix ont baissé de 3 % en un an.",
            "According to the police, prices fell by 3% in a year.",
        ),
    ],
)
def test_a_faithful_translation_is_left_alone(check, source, target):
    assert found(check, source, target) == []


@each_check
def test_french_to_english_is_known(check):
    assert check.knows(FRENCH_ENGLISH)


@pytest.mark.parametrize("module", [length, omission, repetition, truncation, untranslated])
def test_a_pair_without_tables_is_not_checked(module):
    assert not module.CHECK.knows(Languages("xx", "yy"))
