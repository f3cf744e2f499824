"""Single words that narrow or colour what is said."""

import pytest

from alignment.checks.omission import CHECK
from alignment.checks.telling import is_modifier
from alignment.document import FRENCH_ENGLISH, Languages
from tests.alignment.checks.whole import told


@pytest.mark.parametrize(
    ("lexeme", "source", "expected"),
    [
        ("lentement", True, True),
        ("gouvernement", True, False),
        ("dangereux", True, True),
        ("possible", True, False),
        ("journal", True, False),
        ("slowly", False, True),
        ("family", False, False),
        ("dangerous", False, True),
        ("capital", False, False),
    ],
)
def test_a_modifier_is_one_in_both_languages(lexeme, source, expected):
    assert is_modifier(lexeme, FRENCH_ENGLISH, source) is expected


def test_without_a_lexicon_nothing_is_known_to_be_a_modifier():
    assert is_modifier("lentement", Languages("fr", "xx"), True) is False


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("Le train roule lentement.", "The train is running.", "lentement"),
        (
            "La mairie aide les personnes âgées.",
            "The town hall helps people.",
            "âgées",
        ),
        ("Les agriculteurs biologiques manifestent.", "Farmers are protesting.", "biologiques"),
    ],
)
def test_a_modifier_that_nothing_answers_is_left_out(source, target, lost):
    assert ("omission", "minor", [lost], []) in told(CHECK, source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le train roule lentement.", "The train is running slowly."),
        ("La mairie aide les personnes âgées.", "The town hall helps the elderly."),
        ("La mairie aide les personnes âgées.", "The town hall helps old people."),
        ("Les agriculteurs biologiques manifestent.", "Organic farmers are protesting."),
    ],
)
def test_a_modifier_that_is_there_is_no_issue(source, target):
    assert told(CHECK, source, target) == []


def test_a_modifier_that_nothing_asks_for_is_added():
    target = "The police violently dispersed the crowd."
    assert told(CHECK, "La police a dispersé la foule.", target) == [
        ("addition", "minor", [], ["violently"])
    ]
