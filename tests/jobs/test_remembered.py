"""What is remembered of a sentence is the translation itself, exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import FRENCH_ENGLISH, Issue, ModelInfo
from alignment.span import Span
from service.align import translation_links
from service.engine import Translation
from service.engine.attention import Attention, Block, blocks
from service.jobs.remembered import SentenceKeys, decode, encode
from tests.fakes import WordByWord, shout

SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: Span(*pair))
WEIGHTS = st.floats(0, 1, width=32)


@st.composite
def attentions(draw):
    found, rows, columns = [], 0, 0
    for _ in range(draw(st.integers(0, 3))):
        height, width = draw(st.integers(0, 4)), draw(st.integers(0, 4))
        flat = draw(st.lists(WEIGHTS, min_size=height * width, max_size=height * width))
        weights = np.array(flat, np.float32).reshape(height, width)
        source, target = Span(columns, columns + width), Span(rows, rows + height)
        found.append(Block(source, target, weights))
        rows, columns = rows + height, columns + width
    return Attention(tuple(found), columns)


@st.composite
def translations(draw):
    attention = draw(attentions())
    width = attention.width
    issues = st.builds(
        Issue,
        st.sampled_from(["repaired", "negation_lost"]),
        st.sampled_from(["none", "major"]),
        st.text(),
        st.lists(SPANS, max_size=2).map(tuple),
        st.lists(SPANS, max_size=2).map(tuple),
    )
    return Translation(
        draw(st.text()),
        tuple(draw(st.lists(SPANS, min_size=width, max_size=width))),
        tuple(draw(st.lists(SPANS, min_size=len(attention), max_size=len(attention)))),
        attention,
        draw(st.none() | st.floats(-50, 0)),
        tuple(draw(st.lists(issues, max_size=2))),
    )


def plain(translation):
    """All that a translation says, in values that can be compared."""
    found = blocks(translation.attention, len(translation.source_pieces))
    return (
        translation.text,
        translation.source_pieces,
        translation.target_pieces,
        translation.score,
        translation.issues,
        [(block.source, block.target, block.weights.tolist()) for block in found],
        [block.weights.shape for block in found],
        [list(row) for row in translation.attention],
    )


@given(translations())
def test_a_translation_comes_back_exactly(translation):
    assert plain(decode(encode(translation))) == plain(translation)


@pytest.mark.parametrize("sentence", ["Le chœur 🎉 a chanté.", "Un", "…", ""])
def test_the_links_are_those_of_the_translation_itself(sentence):
    made = shout(sentence)
    links = translation_links(sentence, decode(encode(made)), FRENCH_ENGLISH)
    assert links == translation_links(sentence, made, FRENCH_ENGLISH)


def test_whatever_makes_a_translation_is_in_its_key():
    class Other(WordByWord):
        def signature(self, quality):
            return ModelInfo("other", "1", "0" * 64, "fake", f"quality:{quality}")

    keys = {
        SentenceKeys(engine, quality, ignored).key(sentence)
        for engine in (WordByWord(), Other())
        for quality in ("best", "fast")
        for ignored in ((), ("negation_lost",))
        for sentence in ("Un.", "Deux.")
    }
    assert len(keys) == 16


def test_the_order_of_ignored_issues_makes_no_other_key():
    first, second = (
        SentenceKeys(WordByWord(), "best", ignored).key("Un.")
        for ignored in (("a", "b"), ("b", "a", "a"))
    )
    assert first == second
