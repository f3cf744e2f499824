"""What both libraries owe to whoever aligns a translation that somebody else made."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine import ctranslate, marian
from service.engine.decoding import Decoding
from service.engine.forced import forced_parts
from service.engine.models import installed
from service.engine.pieces import load_tokenizer, read
from service.engine.translator import Translator
from tests.checkpoints import build_checkpoint
from tests.engine.decoders import Scripted
from tests.engine.invariants import check_translation

PAIRS = [
    (
        "Le conseil municipal a voté hier soir la fermeture de deux écoles.",
        "The city council voted last night to close two schools.",
    ),
    ("« Nous n’avons rien à cacher\u00a0», dit-elle…", "“We’ve nothing to hide,” she says…"),
    ("Bonjour.", "Good morning to you all, ladies and gentlemen 😀!"),
    ("Il pleut ; e\u0301te\u0301 comme hiver, anti\u00adconsti\u200btution.", "It rains."),
    ("", "Nothing behind it."),
    ("Rien devant.", ""),
    ("2023", "2023"),
    ("Bonjour.", "Good morning to you all, ladies and gentlemen 😀!"),
]
ANYTHING = st.text(max_size=60) | st.text(
    st.sampled_from("aeinostLÉ’ .,;«»\u00a0…œﬁ\u00ad\u200b\u0301😀Ł12%\r\n\ufeffא\ud800"),
    max_size=80,
)


@pytest.fixture(params=["ctranslate2", "torch"])
def library(request):
    return request.param


@pytest.fixture(params=["tiny", "built-in"])
def engine(request, library, opened):
    return opened(request.param, library)


def test_every_translation_stays_as_somebody_made_it(engine):
    aligned = engine.align(PAIRS)
    assert [each.text for each in aligned] == [target for _, target in PAIRS]
    for (source, _), each in zip(PAIRS, aligned, strict=True):
        check_translation(source, each)
    assert aligned[2] is aligned[7]
    assert (aligned[4].score, aligned[5].score) == (None, None)


def test_no_pairs_have_no_alignment(engine):
    assert engine.align([]) == []


def test_a_pair_is_aligned_the_same_alone_and_among_others(opened, library):
    engine = opened("built-in", library)
    (alone,) = engine.align(PAIRS[:1])
    among = engine.align(PAIRS)[0]
    assert among.target_pieces == alone.target_pieces
    # int8 rounds by the largest number of the whole batch.
    assert np.abs(np.array(among.attention) - np.array(alone.attention)).max() < 0.05


def test_a_better_translation_has_a_better_score(opened, library):
    source = "La ministre n’a pas confirmé que le projet serait abandonné avant l’été."
    good = "The Minister did not confirm that the project would be abandoned before the summer."
    right, wrong = opened("built-in", library).align([(source, good), (source, PAIRS[0][1])])
    assert right.score > wrong.score + 1


def test_the_attention_leads_from_a_word_to_its_original(opened, library):
    source = "La ministre a quitté la salle avant la fin de l’été."
    target = "The Minister left the room before the end of the summer."
    (found,) = opened("built-in", library).align([(source, target)])
    pieces = [piece.of(target) for piece in found.target_pieces]
    row = found.attention[pieces.index("Minister")]
    assert found.source_pieces[int(np.argmax(row))].of(source) == "ministre"


@settings(max_examples=30, deadline=None)
@given(source=ANYTHING, target=ANYTHING)
def test_the_built_in_model_takes_any_two_texts(opened, source, target):
    (found,) = opened("built-in", "ctranslate2").align([(source, target)])
    assert found.text == target
    check_translation(source, found)


def both_libraries(model, folder):
    tokenizer = load_tokenizer(model.path)
    return (
        ctranslate.load(model, tokenizer, folder, 1, "float32"),
        marian.load(model, tokenizer, "cpu"),
    )


@pytest.mark.parametrize(("layer", "head", "lag"), [(-1, 0, 0), (0, 1, 0), (0, 1, 1)])
def test_both_libraries_attend_the_same_to_the_same_words(tmp_path, layer, head, lag):
    build_checkpoint(tmp_path / "other-fr-en", seed=7)
    model = replace(
        installed(tmp_path)[0], alignment_layer=layer, alignment_head=head, alignment_lag=lag
    )
    tokenizer = load_tokenizer(model.path)
    sources = [read(tokenizer, source).tokens for source, _ in PAIRS[:3]]
    targets = [read(tokenizer, target).tokens for _, target in PAIRS[:3]]
    one, other = (each.force(sources, targets) for each in both_libraries(model, tmp_path))
    for first, second, target in zip(one, other, targets, strict=True):
        assert first.tokens == second.tokens == target
        assert first.attention.shape == second.attention.shape
        assert np.abs(first.attention - second.attention).max() < 1e-3
        assert first.score == pytest.approx(second.score, abs=1e-3)


@pytest.mark.parametrize("lag", [0, 1])
def test_what_a_model_says_itself_is_attended_to_alike_when_it_must_say_it(built_in, folder, lag):
    tokenizer = load_tokenizer(built_in.path)
    sources = [read(tokenizer, source).tokens for source, _ in PAIRS[:3]]
    for decoder in both_libraries(replace(built_in, alignment_lag=lag), folder):
        said = decoder.decode(sources, Decoding(1))
        forced = decoder.force(sources, [each.tokens for each in said])
        for free, bound in zip(said, forced, strict=True):
            width = bound.attention.shape[1]
            assert np.abs(free.attention[:, :width] - bound.attention).max() < 1e-3
            assert free.score == pytest.approx(bound.score, abs=1e-2)


def test_sentences_that_are_too_long_are_halved_on_both_sides(tiny_tokenizer):
    source, target = "un deux trois quatre " * 8, "one two three four five " * 8
    parts = list(forced_parts(tiny_tokenizer, source, target, 40))
    assert len(parts) > 1
    assert "".join(part.source.text for part in parts) == source
    assert "".join(part.target.text for part in parts) == target
    assert all(part.length <= 41 for part in parts)
    starts = [(part.source_start, part.target_start) for part in parts]
    assert all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(starts))


def test_a_translation_in_halves_keeps_its_offsets(tiny, tiny_tokenizer):
    decoder = Scripted(lambda source, decoding: (), positions=16)
    engine = Translator(tiny, tiny_tokenizer, decoder, 256, 1)
    source, target = "un deux trois quatre cinq six", "one two three four five six"
    (found,) = engine.align([(source, target)])
    check_translation(source, found)
    assert found.source_pieces[-1].end == len(source)
    assert found.target_pieces[-1].end == len(target)
    assert all(len(here) < 40 for batch in decoder.forced for here, _ in batch)


def test_a_word_without_spaces_is_halved_in_its_middle(tiny_tokenizer):
    parts = list(forced_parts(tiny_tokenizer, "x" * 64, "", 40))
    assert [part.source.text for part in parts] == ["x" * 32, "x" * 32]


def test_only_what_has_pieces_on_both_sides_reaches_the_network(tiny, tiny_tokenizer):
    decoder = Scripted(lambda source, decoding: ())
    engine = Translator(tiny, tiny_tokenizer, decoder, 256, 1)
    silent, heard = engine.align([("", "One."), ("un", "one")])
    assert [len(batch) for batch in decoder.forced] == [1]
    assert silent.attention[0] == []
    assert heard.score == -0.5
