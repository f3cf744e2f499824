import re
from dataclasses import replace

from alignment.document import FRENCH_ENGLISH, AlignedDocument, Issue, Segment
from alignment.formats.flags import flags
from alignment.span import Span

DOCUMENT = AlignedDocument(
    "abc",
    "abc",
    tuple(Segment(f"s{n}", 0, Span(n, n + 1), Span(n, n + 1)) for n in range(3)),
    FRENCH_ENGLISH,
    checked=("negation_lost",),
)


def flagged(*issues):
    last = replace(DOCUMENT.segments[2], issues=issues)
    return replace(DOCUMENT, segments=(*DOCUMENT.segments[:2], last))


def test_each_flagged_sentence_has_a_link():
    html = flags(flagged(Issue("negation_lost", "major", ""), Issue("hedge_lost", "minor", "")))
    assert "<b>1 of 3 sentences</b> to look at first: 1 major" in html
    assert re.findall('href="([^"]+)"', html) == ["#sentence-3"]
    assert 'aria-label="Sentence 3, major: negation lost, hedge lost"' in html
    assert "Fidelity 83.3 of 100" in html


def test_nothing_flagged_is_said_too():
    html = flags(DOCUMENT)
    assert "<b>Nothing flagged</b> in 3 sentences" in html
    assert "<ol>" not in html


def test_what_was_not_checked_is_named():
    assert "Not checked:" in flags(DOCUMENT)
    assert "hedge lost" in flags(DOCUMENT)


def test_a_document_that_nobody_checked_says_nothing():
    assert flags(replace(DOCUMENT, checked=())) == ""


def test_a_type_that_somebody_sent_stays_text():
    html = flags(flagged(Issue('"><script>', "major", "")))
    assert "<script>" not in html
