from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.checks import guard
from alignment.checks.check import Check, sentence_pair
from alignment.checks.guard import CHECKS, TYPES, inspect, inspected, issue_types, looked_for
from alignment.document import (
    FRENCH_ENGLISH,
    AlignedDocument,
    Issue,
    Languages,
    Link,
    Segment,
)
from alignment.errors import UnknownIssueType
from alignment.span import Span

SOURCE = "😀 Bonjour.\nIl vient."
TARGET = "😀 Hello.\nHe comes."
HELLO = Segment("s1", 0, Span(2, 10), Span(2, 8), (Link(Span(2, 9), Span(2, 7), 0.9),))
COMES = Segment("s2", 1, Span(11, 20), Span(9, 18))
DOCUMENT = AlignedDocument(SOURCE, TARGET, (HELLO, COMES), FRENCH_ENGLISH)


def finding(*issues, knows=True, types=None):
    """A check that finds the same issues in every pair."""
    names = types or tuple(issue.type for issue in issues)
    return Check("fake", names, "", lambda languages: knows, lambda pair: issues)


@pytest.fixture
def checks(monkeypatch):
    """Puts these checks in the place of ours."""
    return lambda *found: monkeypatch.setattr(guard, "CHECKS", found)


def test_every_check_has_a_name_and_types_of_its_own():
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert len(TYPES) == sum(len(check.types) for check in CHECKS)
    assert all(check.covers for check in CHECKS)


def test_all_checks_know_french_to_english():
    assert looked_for(FRENCH_ENGLISH) == TYPES


def test_a_pair_that_a_check_has_no_data_for_is_not_checked_for_it(checks):
    checks(finding(Issue("odd", "major", ""), knows=False), finding(Issue("plain", "minor", "")))
    assert looked_for(Languages("xx", "yy")) == ("plain",)
    assert [issue.type for issue in inspect(sentence_pair("a", "b", FRENCH_ENGLISH))] == ["plain"]


def test_an_ignored_type_is_neither_found_nor_claimed_to_be_looked_for(checks):
    checks(finding(Issue("odd", "major", ""), Issue("plain", "minor", "")))
    assert looked_for(FRENCH_ENGLISH, ["odd"]) == ("plain",)
    found = inspect(sentence_pair("a", "b", FRENCH_ENGLISH), ["odd"])
    assert [issue.type for issue in found] == ["plain"]


def test_the_worst_comes_first(checks):
    checks(*(finding(Issue(name, name, "")) for name in ("minor", "critical", "none", "major")))
    found = inspect(sentence_pair("a", "b", FRENCH_ENGLISH))
    assert [issue.type for issue in found] == ["critical", "major", "minor", "none"]


def test_a_check_reads_one_segment_at_a_time_and_its_spans_are_put_in_their_place(checks):
    seen = []

    def find(pair):
        seen.append(pair)
        return [Issue("odd", "minor", "", pair.source_words[:1], pair.target_words[:1])]

    checks(Check("fake", ("odd",), "", lambda languages: True, find))
    document = inspected(DOCUMENT)
    assert (seen[0].source, seen[0].target) == ("Bonjour.", "Hello.")
    assert seen[0].links == (Link(Span(0, 7), Span(0, 5), 0.9),)
    assert [issue for segment in document.segments for issue in segment.issues] == [
        Issue("odd", "minor", "", (Span(2, 9),), (Span(2, 7),)),
        Issue("odd", "minor", "", (Span(11, 13),), (Span(9, 11),)),
    ]


def test_what_the_engine_said_already_is_not_said_again(checks):
    checks(finding(Issue("odd", "minor", "ours"), Issue("plain", "minor", "ours")))
    known = replace(HELLO, issues=(Issue("odd", "major", "the engine's"),))
    (segment,) = inspected(replace(DOCUMENT, segments=(known,))).segments
    assert [issue.explanation for issue in segment.issues] == ["the engine's", "ours"]


def test_an_ignored_type_of_the_engine_goes_too(checks):
    checks()
    known = replace(HELLO, issues=(Issue("empty", "critical", ""),))
    (segment,) = inspected(replace(DOCUMENT, segments=(known,)), ["empty"]).segments
    assert segment.issues == ()


def test_a_document_says_what_was_looked_for(checks):
    checks(finding(types=("odd", "plain")))
    assert inspected(DOCUMENT, ["plain"]).checked == ("odd",)


def test_an_unknown_type_is_named():
    with pytest.raises(UnknownIssueType, match="'hedge_lots' is no type of issue; there are neg"):
        issue_types(["hedge_lost", "hedge_lots"])


NEWS = (
    "Selon le maire, « le projet n’aurait coûté que 12,5 M€ » en 2019 ? "
    "Mme Dupont a déclaré\u202f: 1\u00a0234 e\u0301lus — 😀 \u00adex-ministre\r\n\ud800\0שלום"
)


@given(
    st.text(max_size=60) | st.text(st.sampled_from(NEWS), max_size=160),
    st.text(max_size=60) | st.text(st.sampled_from(NEWS + "notsaid%"), max_size=160),
)
def test_any_two_texts_can_be_checked_and_every_span_lies_in_its_text(source, target):
    for issue in inspect(sentence_pair(source, target, FRENCH_ENGLISH)):
        assert issue.severity in ("minor", "major", "critical")
        assert issue.type in TYPES
        assert issue.explanation
        for text, spans in ((source, issue.source_spans), (target, issue.target_spans)):
            assert all(0 <= span.start <= span.end <= len(text) for span in spans)
