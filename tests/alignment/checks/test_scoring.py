"""Scores of the checks, on issues that are given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks.scoring import (
    CheckScore,
    Flagged,
    UnknownCheck,
    Verdict,
    alarms,
    flagged,
    missed,
    scores,
)
from alignment.document import SEVERITIES, Issue
from alignment.formats.challenge import Challenge

TYPES = {
    "negation": ("negation_lost", "negation_added"),
    "names": ("name_lost",),
    "questions": ("question_lost",),
}


def issue(kind, severity="major"):
    return Issue(kind, severity, "as it is")


def verdict(check="negation", faithful=(), unfaithful=(), id="1"):
    entry = Challenge(id, check, "Non.", "No.", "Yes.", TYPES[check][0])
    return Verdict(entry, tuple(faithful), tuple(unfaithful))


LOST = issue("negation_lost")


def test_an_issue_of_the_right_check_on_the_unfaithful_translation_is_a_catch():
    assert scores([verdict(unfaithful=[issue("negation_added", "critical")])], TYPES) == {
        "negation": CheckScore(entries=1, caught=1, serious=1, noticed=1)
    }


def test_a_minor_issue_is_a_catch_but_no_serious_one():
    score = scores([verdict(unfaithful=[issue("negation_lost", "minor")])], TYPES)["negation"]
    assert score == CheckScore(entries=1, caught=1, serious=0, noticed=1)


def test_an_issue_of_another_check_is_only_noticed():
    score = scores([verdict(unfaithful=[issue("name_lost")])], TYPES)["negation"]
    assert score == CheckScore(entries=1, caught=0, noticed=1)


def test_what_the_faithful_translation_has_too_is_not_noticed():
    score = scores([verdict(faithful=[LOST], unfaithful=[LOST])], TYPES)["negation"]
    assert score == CheckScore(
        entries=1, caught=1, serious=1, noticed=0, alarms=1, serious_alarms=1
    )


def test_one_more_issue_of_a_type_is_noticed():
    score = scores([verdict(faithful=[LOST], unfaithful=[LOST, LOST])], TYPES)["negation"]
    assert score.noticed == 1


def test_an_issue_of_severity_none_counts_for_nothing():
    nothing = issue("negation_lost", "none")
    one = verdict(faithful=[nothing], unfaithful=[nothing])
    assert scores([one], TYPES) == {"negation": CheckScore(entries=1)}
    assert flagged([[nothing]]) == Flagged(1, 0, 0, ())
    assert (missed([one], TYPES), alarms([one])) == ([one], [])


def test_an_alarm_on_another_checks_entry_is_counted_elsewhere():
    found = scores([verdict("names", faithful=[LOST]), verdict()], TYPES)
    assert found == {
        "negation": CheckScore(entries=1, elsewhere=1),
        "names": CheckScore(entries=1),
    }


def test_checks_come_in_their_own_order_and_those_without_entries_not_at_all():
    found = scores([verdict("questions"), verdict("negation")], TYPES)
    assert list(found) == ["negation", "questions"]


def test_a_challenge_for_no_check_is_named():
    odd = Verdict(Challenge("x-7", "spelling", "a", "b", "c", "misspelt"), (), ())
    with pytest.raises(UnknownCheck) as caught:
        scores([odd], TYPES)
    assert str(caught.value) == ("x-7: check: 'spelling' is none of negation, names, questions")


def test_precision_and_recall_are_of_the_catches():
    score = CheckScore(entries=10, caught=6, alarms=2, elsewhere=9)
    assert (score.precision, score.recall) == (0.75, 0.6)


def test_where_nothing_is_flagged_or_asked_nothing_is_wrong():
    assert (CheckScore().precision, CheckScore().recall) == (1, 1)


def test_what_was_missed_and_what_was_a_false_alarm_can_be_read():
    caught, lost = verdict(unfaithful=[LOST]), verdict(faithful=[LOST], id="2")
    assert missed([caught, lost], TYPES) == [lost]
    assert alarms([caught, lost]) == [lost]


def test_segments_are_counted_once_however_many_issues_they_have():
    found = flagged([[LOST, LOST, issue("name_lost", "minor")], [issue("name_lost", "minor")], []])
    assert found == Flagged(
        segments=3, flagged=2, serious=1, types=(("negation_lost", 1, 1), ("name_lost", 2, 0))
    )


def test_a_share_is_of_all_segments_and_none_of_none():
    assert flagged([[LOST], []]).share(1) == 0.5
    assert flagged([]).share(0) == 0


issues = st.lists(
    st.builds(issue, st.sampled_from(sorted(sum(TYPES.values(), ()))), st.sampled_from(SEVERITIES)),
    max_size=3,
)
verdicts = st.lists(st.builds(verdict, st.sampled_from(sorted(TYPES)), issues, issues), max_size=8)


@given(verdicts)
def test_every_entry_is_caught_or_missed(some):
    found = sum(scores(some, TYPES).values(), CheckScore())
    assert found.entries == len(some)
    assert found.caught + len(missed(some, TYPES)) == len(some)


@given(verdicts, verdicts)
def test_scores_add_up(some, others):
    both = scores([*some, *others], TYPES)
    apart = [scores(each, TYPES) for each in (some, others)]
    # A check without an entry in one half has no score there, and so no count of alarms elsewhere.
    own = {
        name: sum((each.get(name, CheckScore()) for each in apart), CheckScore()) for name in both
    }
    assert {name: (score.caught, score.alarms) for name, score in both.items()} == {
        name: (score.caught, score.alarms) for name, score in own.items()
    }
