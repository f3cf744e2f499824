"""What is remembered of a translation between its choice and its document."""

from alignment.checks import guard, negation
from alignment.checks.check import Check, sentence_pair
from alignment.checks.worded import noted, worded
from alignment.document import FRENCH_ENGLISH, Link

SOURCE, TARGET = "Le maire n’a pas démenti la rumeur.", "The mayor denied the rumour."


def counting(asked):
    def find(pair):
        asked.append(pair)
        return negation.CHECK.find(pair)

    return Check("counted", ("negation_lost",), "", lambda languages: True, find)


def test_a_check_is_asked_once_for_the_same_two_texts():
    asked = []
    check = counting(asked)
    first = worded(check, sentence_pair(SOURCE, TARGET, FRENCH_ENGLISH))
    again = worded(check, sentence_pair(SOURCE, TARGET, FRENCH_ENGLISH))
    assert (len(asked), first == again, bool(first)) == (1, True, True)


def test_the_guard_finds_the_same_with_a_memory_and_without():
    pair = sentence_pair(SOURCE, TARGET, FRENCH_ENGLISH)
    fresh = guard.inspect(pair)
    worded(negation.CHECK, pair)
    assert guard.inspect(pair) == fresh


def test_links_are_still_asked_where_something_was_found():
    bare = sentence_pair(SOURCE, TARGET, FRENCH_ENGLISH)
    worded(negation.CHECK, bare)
    link = Link(bare.source_words[4], bare.target_words[2], 1.0)
    linked = sentence_pair(SOURCE, TARGET, FRENCH_ENGLISH, [link])
    assert [issue.type for issue in guard.inspect(linked)] == [
        issue.type for issue in guard.inspect(bare)
    ]


def test_long_texts_are_not_remembered():
    assert noted(sentence_pair("a " * 2_000, "b", FRENCH_ENGLISH)) == {}
