import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import AlignedDocument, Languages, Link, Segment
from alignment.errors import SpanOutOfRange
from alignment.project import Projection, coverage, follow, trace
from alignment.span import Span
from alignment.words import words

SOURCE = "Il n’a pas dit oui.Elle, si."
TARGET = "He did not say yes. She did."


def at(text, word):
    start = text.index(word)
    return Span(start, start + len(word))


def link(source, target, score):
    return Link(at(SOURCE, source), at(TARGET, target), score)


@pytest.fixture
def document():
    """Two sentences glued without a space; "not" stands for two words that are apart."""
    return AlignedDocument(
        SOURCE,
        TARGET,
        (
            Segment(
                "s1",
                0,
                Span(0, 19),
                Span(0, 19),
                (
                    link("Il", "He", 0.9),
                    link("n’", "not", 0.4),
                    link("pas", "not", 0.5),
                    link("dit", "say", 0.8),
                    link("oui", "yes", 1.0),
                ),
            ),
            Segment("s2", 0, Span(19, 28), Span(20, 28), (link("Elle", "She", 0.7),)),
        ),
        Languages("fr", "en"),
    )


def test_a_word_traces_to_each_of_its_origins(document):
    found = trace(document, at(TARGET, "not"))
    assert [span.of(SOURCE) for span in found.spans] == ["n’", "pas"]
    assert (found.coverage, found.confidence, found.unlinked) == (1.0, 0.5, ())
    assert found.sentences == (Span(0, 19),)


def test_neighbouring_origins_are_one_fragment(document):
    found = trace(document, at(TARGET, "say yes"))
    assert [span.of(SOURCE) for span in found.spans] == ["dit oui"]
    assert found.confidence == pytest.approx(0.9)


def test_a_word_that_is_only_touched_counts_whole(document):
    assert trace(document, Span(17, 18)).spans == (at(SOURCE, "oui"),)


def test_a_word_without_a_counterpart_is_named_not_guessed(document):
    found = trace(document, at(TARGET, "did"))
    assert found == Projection((), 0.0, 0.0, (at(TARGET, "did"),), (Span(0, 19),))
    assert not found.has_counterpart


def test_coverage_is_the_share_of_words_that_are_answered(document):
    found = trace(document, at(TARGET, "He did not"))
    assert found.coverage == pytest.approx(2 / 3)
    assert found.unlinked == (at(TARGET, "did"),)


def test_a_claim_across_sentences_traces_into_both(document):
    found = trace(document, at(TARGET, "yes. She"))
    assert [span.of(SOURCE) for span in found.spans] == ["oui", "Elle"]
    assert found.sentences == (Span(0, 19), Span(19, 28))


def test_a_quote_is_followed_forward(document):
    found = follow(document, at(SOURCE, "pas dit oui"))
    assert [span.of(TARGET) for span in found.spans] == ["not say yes"]


def test_between_two_words_there_is_nothing(document):
    assert trace(document, Span(2, 3)) == Projection((), 0.0, 0.0, (), (Span(0, 19),))


@pytest.mark.parametrize("claim", [Span(0, 99), Span(5, 2), Span(-1, 3)])
def test_a_claim_outside_the_text_is_refused(document, claim):
    with pytest.raises(SpanOutOfRange, match="28 characters"):
        trace(document, claim)


def test_the_coverage_of_a_document_counts_its_words(document):
    assert coverage(document, "source") == pytest.approx(6 / 8)
    assert coverage(document, "target") == pytest.approx(5 / 7)


@st.composite
def documents(draw):
    """A few sentences of short words, linked at random inside their sentence."""
    source = target = ""
    segments = []
    for number in range(draw(st.integers(1, 3))):
        sizes = draw(st.tuples(st.integers(1, 6), st.integers(0, 6)))
        here = Span(len(source), len(source) + 3 * sizes[0])
        there = Span(len(target), len(target) + 3 * sizes[1])
        source += "ab " * sizes[0] + "\n"
        target += "xy " * sizes[1] + "\n"
        pairs = draw(
            st.lists(st.sampled_from([(s, t) for s in range(sizes[0]) for t in range(sizes[1])]))
            if all(sizes)
            else st.just([])
        )
        links = tuple(
            Link(
                Span(here.start + 3 * s, here.start + 3 * s + 2),
                Span(there.start + 3 * t, there.start + 3 * t + 2),
                draw(st.floats(0, 1)),
            )
            for s, t in pairs
        )
        segments.append(Segment(f"s{number}", number, here, there, links))
    return AlignedDocument(source, target, tuple(segments), Languages("fr", "en"))


def spans_of(text):
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda ends: Span(*sorted(ends))
    )


@given(documents(), st.data())
def test_a_larger_claim_never_traces_to_less(document, data):
    small = data.draw(spans_of(document.target))
    large = Span(
        data.draw(st.integers(0, small.start)),
        data.draw(st.integers(small.end, len(document.target))),
    )
    outer = trace(document, large).spans
    assert all(any(big.contains(span) for big in outer) for span in trace(document, small).spans)


@given(documents(), st.data())
def test_a_projection_stays_inside_the_sentences_it_names(document, data):
    found = trace(document, data.draw(spans_of(document.target)))
    assert all(any(home.contains(span) for home in found.sentences) for span in found.spans)
    assert 0 <= found.coverage <= 1
    assert 0 <= found.confidence <= 1
    assert found.has_counterpart == (found.coverage > 0)


@given(documents(), st.data())
def test_there_and_back_again_meets_the_claim(document, data):
    words_there = list(words(document.target)) or [Span(0, 0)]
    claim = data.draw(st.sampled_from(words_there))
    for span in trace(document, claim).spans:
        assert any(back.overlaps(claim) for back in follow(document, span).spans)
