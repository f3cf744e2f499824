from alignment.checks.guard import TYPES
from alignment.checks.summary import Fidelity, fidelity, worst_severity
from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Segment
from alignment.span import Span


def document(*severities, checked=TYPES):
    """A document with a segment for each tuple of severities."""
    segments = tuple(
        Segment(
            f"s{number}",
            0,
            Span(number, number + 1),
            Span(number, number + 1),
            issues=tuple(Issue(f"{each}_type", each, "") for each in issues),
        )
        for number, issues in enumerate(severities)
    )
    text = "x" * len(severities)
    return AlignedDocument(text, text, segments, FRENCH_ENGLISH, checked=checked)


def test_segments_are_counted_by_their_worst_issue_and_issues_by_their_type():
    found = fidelity(document(("minor", "major"), ("minor",), (), ("none",), ("critical",)))
    assert found == Fidelity(
        segments=5,
        flagged=3,
        severities={"critical": 1, "major": 1, "minor": 1},
        types={"minor_type": 2, "major_type": 1, "critical_type": 1},
        score=68.0,
        not_checked=(),
    )


def test_a_document_without_sentences_is_faithful():
    assert fidelity(document()).score == 100


def test_what_was_not_looked_for_is_named():
    assert fidelity(document((), checked=TYPES[1:])).not_checked == TYPES[:1]


def test_the_worst_issue_counts():
    (segment,) = document(("none", "major", "minor")).segments
    assert worst_severity(segment) == "major"
