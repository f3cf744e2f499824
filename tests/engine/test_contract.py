"""What both libraries owe to everybody above them."""

from dataclasses import replace
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.words import is_word
from service.engine import ctranslate, marian
from service.engine.decoding import Decoding
from service.engine.models import installed
from service.engine.pieces import load_tokenizer, read
from tests.checkpoints import build_checkpoint
from tests.engine.invariants import check_translation

ARTICLE = [
    "Le conseil municipal a voté hier soir la fermeture de deux écoles.",
    "« Nous n’avons rien à cacher », assure la directrice…",
    "La facture de 12,5 % a surpris le maire de Łódź 😀.",
    "Oui.",
    "",
    "2023",
    "Il pleut\u00a0; e\u0301te\u0301 comme hiver, anti\u00adconsti\u200btution.",
    "Un, deux, trois, quatre, cinq, six ; " * 12,
    "\u05e9\u05dc\u05d5\u05dd, dit-il.",
    "Oui.",
]
FRENCH = (
    "aeinostuéèlLÉ’ .,;:!?«»\u00a0\u202f…–œﬁ\u00ad\u200b\u0301😀👍🏽\u200dŁ12%€\r\n\ufeffא\ud800"
)


@pytest.fixture(params=["ctranslate2", "torch"])
def library(request):
    return request.param


@pytest.fixture(params=["tiny", "built-in"])
def engine(request, library, opened):
    return opened(request.param, library)


@pytest.mark.parametrize("quality", ["best", "fast"])
def test_every_sentence_has_a_whole_translation(engine, quality):
    translations = engine.translate(ARTICLE, quality)
    assert len(translations) == len(ARTICLE)
    for sentence, translation in zip(ARTICLE, translations, strict=True):
        check_translation(sentence, translation)
    assert (translations[4].text, translations[5].text) == ("", "2023")
    assert "Łódź" in translations[2].text
    assert "😀" in translations[2].text
    assert translations[3] is translations[9]


def test_the_signature_tells_the_libraries_apart(engine, library):
    assert engine.signature("best").engine == library
    assert engine.signature("best").decoding.startswith("beam:4|")


def test_several_threads_may_ask_at_once(engine):
    expected = [each.text for each in engine.translate(ARTICLE[:2], "fast")]
    answers = []
    threads = [
        Thread(
            target=lambda: answers.append(
                [each.text for each in engine.translate(ARTICLE[:2], "fast")]
            )
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 3


def test_no_sentences_have_no_translations(engine):
    assert engine.translate([]) == []


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=80) | st.text(st.sampled_from(FRENCH), max_size=120))
def test_the_built_in_model_takes_any_text(opened, text):
    (translation,) = opened("built-in", "ctranslate2").translate([text], "fast")
    check_translation(text, translation)
    assert is_word(translation.text) or not is_word(text)


def test_a_statement_comes_out_in_english(opened, library):
    text = "La ministre n’a pas confirmé que le projet serait abandonné avant l’été."
    (translation,) = opened("built-in", library).translate([text])
    assert "not confirmed" in translation.text
    assert behind(text, translation, "Minister") == "ministre"
    assert behind(text, translation, "summer") == "été"


def behind(source, translation, word):
    """The source piece on which the first piece of a target word rests most."""
    start = translation.text.index(word)
    index = [piece.start for piece in translation.target_pieces].index(start)
    return translation.source_pieces[int(np.argmax(translation.attention[index]))].of(source)


SENTENCES = [
    "Le conseil municipal a voté hier soir la fermeture de deux écoles.",
    "La ministre n'a pas confirmé que le projet serait abandonné avant l'été.",
    "Bonjour.",
    "Selon les chercheurs, la méthode réduit la consommation d'énergie des bâtiments anciens.",
    "Il pleut sur Brest depuis trois jours et personne ne s'en plaint vraiment.",
]


def both(model, folder, sentences, decoding):
    """What the two libraries say in float32 to the same pieces."""
    tokenizer = load_tokenizer(model.path)
    sources = [read(tokenizer, sentence).tokens for sentence in sentences]
    first = ctranslate.load(model, tokenizer, folder, 1, "float32").decode(sources, decoding)
    second = marian.load(model, tokenizer, "cpu").decode(sources, decoding)
    return first, second


def check_same(first, second):
    for one, other in zip(first, second, strict=True):
        assert one.tokens == other.tokens
        assert one.finished == other.finished
        assert one.attention.shape == other.attention.shape
        assert np.abs(one.attention - other.attention).max() < 1e-3
        assert one.score == pytest.approx(other.score, abs=1e-2)


@pytest.mark.parametrize("lag", [0, 1])
@pytest.mark.parametrize("beam", [4, 1])
def test_both_libraries_say_and_attend_the_same(built_in, folder, beam, lag):
    model = replace(built_in, alignment_lag=lag)
    check_same(*both(model, folder, SENTENCES, Decoding(beam)))


def test_a_network_that_lags_is_read_one_step_later(built_in, folder):
    at_once, later = (
        both(replace(built_in, alignment_lag=lag), folder, SENTENCES[:2], Decoding(4))[0]
        for lag in (0, 1)
    )
    for one, other in zip(at_once, later, strict=True):
        assert one.tokens == other.tokens
        assert np.abs(one.attention[1:] - other.attention[:-1]).max() < 1e-6


def test_both_libraries_keep_the_same_beam(built_in, folder):
    beams = [
        [[best, *best.others] for best in each]
        for each in both(built_in, folder, SENTENCES[:2], Decoding(4))
    ]
    for one, other in zip(*beams, strict=True):
        assert len(one) == 4
        assert len({hypothesis.tokens for hypothesis in one}) == 4
        assert [each.score for each in one] == sorted((each.score for each in one), reverse=True)
        check_same(one, other)


@pytest.mark.parametrize("start_is_zero", [True, False])
@pytest.mark.parametrize(("layer", "head"), [(-1, 0), (0, 1), (1, 1)])
def test_both_libraries_read_the_head_that_the_model_names(tmp_path, start_is_zero, layer, head):
    build_checkpoint(tmp_path / "other-fr-en", seed=7, start_is_zero=start_is_zero)
    model = replace(installed(tmp_path)[0], alignment_layer=layer, alignment_head=head)
    check_same(*both(model, tmp_path, SENTENCES[1:3], Decoding(1)))
