"""The whole way of an article with the built-in model: whatever is in it comes back whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.document import Languages
from alignment.formats.native import from_json, to_json
from alignment.words import words
from service.align import translation_links
from service.config import Settings
from service.engine.loading import InstalledEngines
from service.translate import translate_article

WORDS = (
    "Il|part|aujourd’hui|à|Brest|.|!|…|«\u00a0|\u202f»|l’|ﬁn|12,5\u00a0%|e\u0301te\u0301|co\u00adopé"
    "|politique.Cependant|😀|👩🏽‍🚀|\r\n|\n|\u2028|\ufeff|\u200b|\x07|Москва|القاهرة"
)
ARTICLES = st.text(max_size=60) | st.lists(st.sampled_from(WORDS.split("|")), max_size=14).map(
    " ".join
)


@pytest.fixture(scope="module")
def engine():
    return InstalledEngines(Settings()).engine(Languages("fr", "en"))


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ARTICLES)
def test_any_text_comes_back_whole_and_aligned(engine, text):
    document = translate_article(text, engine, quality="fast")
    for side in ("source", "target"):
        whole = document.text(side)
        gaps = [gap.of(whole) for gap in document.gaps(side)]
        cut = [segment.side(side).of(whole) for segment in document.segments]
        assert gaps[0] + "".join(a + b for a, b in zip(cut, gaps[1:], strict=True)) == whole
    assert document.source == text
    assert not any(list(words(gap.of(text))) for gap in document.gaps("source"))
    assert from_json(to_json(document)) == document


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ARTICLES)
def test_no_sentence_is_lost(engine, text):
    document = translate_article(text, engine, quality="fast")
    for segment in document.segments:
        assert segment.target.of(document.target).strip()


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("Il vit à Москва depuis dix ans.", "Москва"),
        ("Elle est arrivée 😀 hier soir.", "😀"),
        ("Le prix est de 48,5 millions.", "48"),
    ],
)
def test_what_the_model_does_not_know_is_carried_over(engine, text, carried):
    assert carried in translate_article(text, engine).target


def test_a_line_without_a_stop_is_not_lost(engine):
    text = "mot " * 5_000 + "fin"
    document = translate_article(text, engine, quality="fast")
    assert document.source == text
    assert all(segment.target.of(document.target).strip() for segment in document.segments)


def test_a_sentence_is_translated_the_same_whatever_else_is_in_the_batch(engine):
    sentences = [
        "Il pleut.",
        "La ministre n’a pas confirmé que le projet serait abandonné.",
        "Non.",
    ]
    together = [
        links_of(engine, *each) for each in zip(sentences, engine.translate(sentences), strict=True)
    ]
    alone = [links_of(engine, each, engine.translate([each])[0]) for each in sentences]
    assert together == alone


def links_of(engine, sentence, translation):
    found = translation_links(sentence, translation, engine.languages).links
    return translation.text, [(link.source, link.target) for link in found]
