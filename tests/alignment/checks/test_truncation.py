from __future__ import annotations

import pytest

from alignment.checks.truncation import CHECK
from tests.alignment.checks.whole import told

SOURCE = "Le conseil a renvoyé le dossier à la prochaine séance."


@pytest.mark.parametrize(
    ("target", "last"),
    [
        ("The council put the matter off until the", "the"),
        ("The council put the matter off until its", "its"),
        ("The council put the matter off to", "to"),
        ("The council put the matter off until the next sess", "sess"),
    ],
)
def test_a_translation_that_breaks_off_is_major(target, last):
    ((type_, severity, _, words),) = told(CHECK, SOURCE, target)
    assert (type_, severity, words) == ("truncated", "major", [last])


def test_what_was_not_said_any_more_is_shown():
    source = "Le club a vendu ses meilleurs joueurs puis licencié son entraîneur allemand."
    assert told(CHECK, source, "The club sold its best players")[0][2] == [
        "licencié son entraîneur allemand"
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, "The council put the matter off until the next meeting."),
        (SOURCE, "The council put the matter off until the next meeting"),
        ("Une pension qui suffit pour vivre", "A pension to live on"),
        ("Le maire, lui,", "The mayor, for his part,"),
        ("« C’est non »", "“No”"),
    ],
)
def test_a_sentence_that_comes_to_its_end_is_left_alone(source, target):
    assert told(CHECK, source, target) == []


def test_a_comma_at_the_end_is_minor_where_nothing_is_missing():
    target = "The council put the matter off until the next meeting,"
    assert told(CHECK, SOURCE, target)[0][1] == "minor"
