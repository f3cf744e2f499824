from __future__ import annotations

import pytest

from alignment.checks.loops import loops, most_frequent, times_in_a_row
from alignment.checks.repetition import CHECK
from tests.alignment.checks.whole import told

SOURCE = "Le maire a visité l’hôpital de la ville avec sa femme."


@pytest.mark.parametrize(
    ("target", "severity", "again"),
    [
        ("The the mayor visited the hospital.", "minor", ["The the"]),
        (
            "The mayor visited the hospital the hospital with his wife.",
            "minor",
            ["the hospital", "the hospital"],
        ),
        (
            "The mayor visited the town hospital the town hospital with his wife.",
            "major",
            ["the town hospital", "the town hospital"],
        ),
        ("The mayor visited the hospitalalalalal with his wife.", "major", ["alalalal"]),
    ],
)
def test_words_said_twice_are_found(target, severity, again):
    assert told(CHECK, SOURCE, target) == [("repetition", severity, [], again)]


def test_a_loop_is_major():
    circle = "of the city " * 5 + "of the city"
    assert told(CHECK, SOURCE, f"The mayor {circle}.") == [("repetition", "major", [], [circle])]


def test_a_long_phrase_that_comes_again_further_on_is_found():
    target = (
        "The mayor visited the town hospital with his wife, then, in the evening, "
        "visited the town hospital with his wife."
    )
    ((_, _, _, again),) = told(CHECK, SOURCE, target)
    assert again == ["visited the town hospital with his wife"] * 2


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Oui, oui, oui.", "Yes, yes, yes."),
        ("Il dit que ce qu’il avait eu suffit.", "He says that that which he had had is enough."),
        (
            "Il est un héros de l’Union soviétique, le plus grand de l’Union soviétique.",
            "He is a hero of the Soviet Union, the Soviet Union’s greatest.",
        ),
        ("Nous nous levons.", "We get up."),
    ],
)
def test_what_the_original_repeats_or_english_doubles_is_left_alone(source, target):
    assert told(CHECK, source, target) == []


def test_a_loop_is_one_only_where_the_original_has_none():
    assert loops(["a", "b", "c"], ["x", "y", "x", "y", "x", "y", "x", "y"])
    assert not loops(
        ["a", "b", "a", "b", "a", "b", "a", "b"], ["x", "y", "x", "y", "x", "y", "x", "y"]
    )


@pytest.mark.parametrize(
    ("tokens", "period", "times"), [("a a a", 1, 3), ("a b a b", 2, 2), ("a b c", 1, 1)]
)
def test_times_in_a_row_are_counted(tokens, period, times):
    assert times_in_a_row(tokens.split(), period) == times


def test_the_most_frequent_n_gram_counts_at_least_once():
    assert most_frequent(["a"]) == 1
