import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import Issue, Languages, Link, NullMass
from alignment.project import trace
from alignment.sentences import paragraphs
from alignment.span import Span
from alignment.words import words
from service.engine import Translation
from service.engine.sentence import copied
from service.translate import translate_article, translate_lines
from tests.fakes import WordByWord, upper

ARTICLE = Path(__file__).parents[3] / "shared" / "samples" / "article.txt"
ANYTHING = st.text() | st.text(
    st.sampled_from("aÉé.!?…»« \n\r\t😀’'L\u00a0\u202f\u0301\u200b\ufeff\x00ﬁ\u00adא1,-")
)


class Unlisted(WordByWord):
    """An engine for a pair without a lexicon: its attention alone links words."""

    languages = Languages("fr", "br")


class Prepared(Unlisted):
    """An engine that answers each sentence with a translation prepared for it."""

    def __init__(self, *translations):
        self.prepared = translations

    def translate(self, sentences, quality="best", on_progress=None, choice=None):
        return list(self.prepared)


def rebuilt(document, side):
    text = document.text(side)
    gaps = [gap.of(text) for gap in document.gaps(side)]
    cut = [segment.side(side).of(text) for segment in document.segments]
    return gaps[0] + "".join(one + two for one, two in zip(cut, gaps[1:], strict=True))


def test_glued_sentences_are_parted():
    document = translate_article("Une politique.Cependant, non.", WordByWord())
    assert document.target == "UNE POLITIQUE. CEPENDANT, NON."
    assert [segment.source for segment in document.segments] == [Span(0, 14), Span(14, 29)]
    assert [segment.id for segment in document.segments] == ["s1", "s2"]


def test_the_layout_of_the_article_is_kept():
    document = translate_article("\ufeff Un titre\r\n\r\nIl part.  Elle reste.\r\n", WordByWord())
    assert document.target == "\ufeff UN TITRE\r\n\r\nIL PART.  ELLE RESTE.\r\n"
    assert [segment.paragraph for segment in document.segments] == [0, 1, 1]


def test_an_article_of_blanks_has_no_segments():
    document = translate_article(" \n\t\u00a0\n", WordByWord())
    assert (document.target, document.segments) == (" \n\t\u00a0\n", ())


def test_given_paragraphs_keep_their_numbers():
    text = "Il part.\nElle reste.\n\nNous aussi."
    document = translate_article(text, WordByWord(), paragraphs=[Span(0, 20), Span(22, 33)])
    assert [segment.paragraph for segment in document.segments] == [0, 0, 1]


def test_the_model_signs_what_it_made():
    document = translate_article("Oui.", WordByWord(), quality="fast")
    assert document.model == WordByWord().signature("fast")
    assert str(document.languages) == "fr-en"


def test_what_the_engine_says_of_a_sentence_moves_to_its_place():
    echo = Issue("untranslated", "major", "As it was.", (Span(0, 3),), (Span(1, 3),))
    unsure = Translation("Yes.", (Span(0, 3),), (Span(0, 3),), [[0.8]], -0.2)
    engine = Prepared(
        unsure, Translation("No!", (Span(0, 3),), (Span(0, 2),), [[0.3]], -0.9, (echo,))
    )
    first, second = translate_article("Oui. Non.", engine).segments
    assert first.links == (Link(Span(0, 3), Span(0, 3), 0.8),)
    assert first.nulls == (NullMass(Span(0, 3), 0.2),)
    assert (second.source, second.target, second.score) == (Span(5, 9), Span(5, 8), -0.9)
    assert (second.links, second.nulls) == ((), (NullMass(Span(5, 7), 0.7),))
    assert second.issues == (
        Issue("untranslated", "major", "As it was.", (Span(5, 8),), (Span(6, 8),)),
    )


def test_progress_counts_sentences_up_to_all_of_them():
    told = []
    translate_article(
        "Il part. Elle reste.", WordByWord(), on_progress=lambda *count: told.append(count)
    )
    assert told == [(2, 2)]


@pytest.mark.parametrize(
    "text", ["a\nb\n", "a\nb", "a\r\n\r\n  b c. D e.  \n", "\n", "\n\na", "a\x0bb"]
)
def test_as_many_lines_come_out_as_went_in(text):
    document = translate_lines(text, WordByWord())
    assert document.target == text.upper()
    assert len(document.segments) == len(re.findall(r"[^\n]*\n|[^\n]+\Z", text))


@given(ANYTHING)
def test_any_text_comes_back_whole(text):
    document = translate_article(text, WordByWord())
    assert document.source == text
    assert rebuilt(document, "source") == text
    assert rebuilt(document, "target") == document.target
    outside = "".join(gap.of(text) for gap in document.gaps("source"))
    assert list(words(outside)) == []


@given(ANYTHING)
def test_every_word_traces_back_to_itself(text):
    document = translate_article(text, Unlisted())
    for segment in document.segments:
        for word in words(document.target, segment.target):
            found = [span.of(text) for span in trace(document, word).spans]
            assert list(map(upper, "".join(found))) == list(word.of(document.target))


@pytest.mark.skipif(not ARTICLE.exists(), reason="only beside the sample article")
def test_the_sample_article_has_thirteen_sentences():
    text = ARTICLE.read_text(encoding="utf-8")
    document = translate_article(text, WordByWord())
    assert len(document.segments) == 13
    assert len(list(paragraphs(text))) == document.segments[-1].paragraph + 1 == 10


def test_a_number_that_is_copied_is_linked_as_one_word():
    engine = Prepared(copied("12.5 % : 😀"))
    (segment,) = translate_article("12.5 % : 😀", engine).segments
    assert [(link.source, link.score) for link in segment.links] == [
        (Span(0, 4), 1.0),
        (Span(5, 6), 1.0),
        (Span(9, 10), 1.0),
    ]
