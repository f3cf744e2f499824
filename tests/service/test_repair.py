import pytest

from alignment.document import FRENCH_ENGLISH, Issue
from alignment.words import words
from service.engine import Translation
from service.repair import FURTHEST, repairing

SOURCE = "Le ministre n’a pas confirmé la date."
WRONG = "The minister confirmed the date."
RIGHT = "The minister has not confirmed the date."


def said(text, score=-0.5, issues=()):
    spans = tuple(words(text))
    return Translation(text, (), spans, [[] for _ in spans], score, issues)


def chosen(*translations, ignored=()):
    return repairing(FRENCH_ENGLISH, ignored)(SOURCE, iter(translations))


def test_the_likeliest_is_taken_where_it_passes():
    first = said(RIGHT)
    assert chosen(first, said(WRONG)) is first


def test_the_next_that_passes_is_taken_where_it_does_not():
    note = Issue("unknown_characters", "minor", "")
    taken = chosen(said(WRONG), said(WRONG.lower()), said(RIGHT, -0.6, (note,)))
    assert (taken.text, taken.score) == (RIGHT, -0.6)
    assert taken.issues[0] == note
    repaired = taken.issues[1]
    assert (repaired.type, repaired.severity) == ("repaired", "none")
    assert repaired.explanation == (
        f"taken in place of the model's first choice, “{WRONG}” (negation_lost)"
    )
    assert [span.of(SOURCE) for span in repaired.source_spans] == ["n’", "pas"]


def test_the_first_is_taken_where_none_passes():
    first = said(WRONG)
    assert chosen(first, said("The minister confirmed it.")) is first


def test_what_is_far_less_likely_is_not_taken():
    first = said(WRONG, -0.5)
    assert chosen(first, said(RIGHT, -0.51 - FURTHEST)) is first


def test_no_more_is_asked_for_than_is_needed():
    def translations():
        yield said(RIGHT)
        pytest.fail("the second was asked for")

    assert repairing(FRENCH_ENGLISH)(SOURCE, translations()).text == RIGHT


def test_an_ignored_type_is_no_reason():
    first = said(WRONG)
    assert chosen(first, said(RIGHT), ignored=["negation_lost"]) is first


def test_what_was_copied_stays():
    first = said(WRONG, None)
    assert chosen(first, said(RIGHT)) is first
