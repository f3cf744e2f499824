from dataclasses import dataclass, replace
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.document import Languages, ModelInfo
from alignment.words import is_word, words
from service.engine.decoding import Decoding, Hypothesis
from service.engine.pieces import HOLE
from service.engine.translator import Translator
from tests.engine.decoders import Babbling, Scripted
from tests.engine.invariants import check_translation


@pytest.fixture
def engine(tiny, tiny_tokenizer):
    """An engine whose network is given: `engine(network)`."""

    def engine_of(network, threads=1, batch_tokens=1024):
        return Translator(tiny, tiny_tokenizer, network, batch_tokens, threads)

    return engine_of


def nonsense(source, decoding):
    """A target piece for each source piece, and none said twice in a row."""
    return [f"▁w{chr(97 + index // 26)}{chr(97 + index % 26)}" for index in range(len(source))]


def test_every_piece_leads_back_to_its_characters(engine):
    text = "L’été, il pleut."
    (translation,) = engine(Scripted(nonsense)).translate([text])
    behind = [translation.source_pieces[int(np.argmax(row))] for row in translation.attention]
    # A lone word sign shares the characters of the piece after it.
    assert "".join(span.of(text) for span in dict.fromkeys(behind)) == "L’été,ilpleut."
    said = [span.of(translation.text) for span in translation.target_pieces]
    assert said == [piece[1:] for piece in nonsense(behind, None)]
    assert translation.score == -0.5


def test_order_is_restored(engine):
    sentences = ["Il pleut.", "Il pleut sur Brest depuis trois jours.", "Où ?"]
    network = Scripted(lambda source, decoding: [f"▁said{len(source)}"])
    texts = [each.text for each in engine(network).translate(sentences)]
    assert texts == [f"said{len(source)}" for source in pieces_of(engine, sentences)]


def pieces_of(engine, sentences):
    tokenizer = engine(None).tokenizer
    return [tokenizer.source.encode(sentence, out_type=str) for sentence in sentences]


def test_equal_sentences_are_translated_once(engine):
    network = Scripted(nonsense)
    first, _, again = engine(network).translate(["Il pleut.", "Il dort.", "Il pleut."])
    assert sorted(network.asked[0][0]) == ["▁Il▁dort.", "▁Il▁pleut."]
    assert first is again


def test_batches_keep_to_their_budget(engine):
    network = Scripted(nonsense)
    engine(network, batch_tokens=20).translate([f"Il dort à {name}." for name in "abcdefgh"])
    assert len(network.asked) > 1


def test_progress_adds_up_to_all_sentences(engine):
    told = []
    sentences = ["Il pleut.", "12", "Il pleut.", "Il dort ; " * 20, "Où ?"]
    engine(Scripted(nonsense), threads=2, batch_tokens=20).translate(
        sentences, on_progress=told.append
    )
    assert sum(told) == len(sentences)
    assert min(told) > 0


@pytest.mark.parametrize("quality", ["best", "fast"])
def test_quality_is_the_beam(engine, quality):
    network = Scripted(nonsense)
    engine(network).translate(["Il pleut."], quality)
    assert network.asked[0][1] == Decoding(beam={"best": 4, "fast": 1}[quality])


def test_the_signature_names_model_library_and_decoding(engine, tiny):
    assert engine(Scripted(nonsense)).signature("fast") == ModelInfo(
        tiny.name, tiny.revision, tiny.sha256, "fake", "beam:1|exact"
    )


def test_an_engine_knows_its_languages(engine):
    assert engine(Scripted(nonsense)).languages == Languages("fr", "en")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "…", "😀🎉", "2019", "14:30", "https://exemple.fr/un-article", "a.b@exemple.fr"],
)
def test_what_is_the_same_in_any_language_is_copied(engine, text):
    network = Scripted(nonsense)
    (translation,) = engine(network).translate([text])
    assert (translation.text, translation.score, translation.issues) == (text, None, ())
    assert translation.source_pieces == translation.target_pieces
    assert network.asked == []


def test_a_french_number_is_left_to_the_model(engine):
    network = Scripted(nonsense)
    engine(network).translate(["12,5 %"])
    assert len(network.asked) == 1


def test_a_sentence_without_a_word_that_the_model_knows_is_copied_and_flagged(engine):
    network = Scripted(nonsense)
    (translation,) = engine(network).translate(["Ω ж"])
    assert translation.text == "Ω ж"
    assert [issue.type for issue in translation.issues] == ["unknown_characters"]
    assert translation.issues[0].source_spans == ((0, 1), (2, 3))
    assert network.asked == []


def test_a_long_sentence_is_translated_in_parts_and_stays_one(engine, tiny):
    text = "Il pleut sur Brest ;\u00a0il pleut sur Nice ; il pleut à Paris, et le train arrive."
    network = Scripted(nonsense)
    (translation,) = engine(network).translate([text])
    check_translation(text, translation)
    sources = [source for batch, _ in network.asked for source in batch]
    assert len(sources) > 1
    assert "\u00a0" in translation.text
    assert all(len(pieces) <= tiny.max_pieces for pieces in pieces_of(engine, cut_at(sources)))


def cut_at(sources):
    return [source.replace("▁", " ").strip() for source in sources]


def test_no_attention_crosses_from_one_part_to_another(engine):
    text = "Il pleut sur Brest ; " * 8
    (translation,) = engine(Scripted(nonsense)).translate([text])
    blocks = translation.attention.blocks
    assert len(blocks) > 1
    assert [block.source.start for block in blocks[1:]] == [
        block.source.end for block in blocks[:-1]
    ]
    assert [block.target.start for block in blocks[1:]] == [
        block.target.end for block in blocks[:-1]
    ]


def test_a_stop_that_the_original_does_not_have_is_not_added(engine):
    network = Scripted(lambda source, decoding: ["▁A", "▁title", "."])
    texts = [each.text for each in engine(network).translate(["Le titre", "Le titre."])]
    assert texts == ["A title", "A title."]


def beam(*texts):
    """Says the first; the others are what else the beam held."""

    @dataclass
    class Beam(Scripted):
        def decode(self, sources, decoding):
            return [held(source) for source in sources]

    def held(source):
        best, *others = (said(text, len(source) + 1) for text in texts)
        return replace(best, others=tuple(others))

    def said(text, width):
        tokens = tuple(f"▁{word}" for word in text.split())
        return Hypothesis(tokens, np.eye(len(tokens), width, dtype=np.float32), -0.5, True)

    return Beam(nonsense)


def test_somebody_else_may_choose_from_what_the_beam_held(engine):
    seen = []

    def choice(text, translations):
        found = list(translations)
        seen.append((text, [each.text for each in found]))
        return found[1]

    network = beam("He sleeps", "loop " * 12, "He is asleep")
    (translation,) = engine(network).translate(["Il dort."], choice=choice)
    # What loops is not offered.
    assert seen == [("Il dort.", ["He sleeps", "He is asleep"])]
    assert translation.text == "He is asleep"
    check_translation("Il dort.", translation)


def test_nobody_is_asked_about_what_is_copied(engine):
    def choice(text, translations):
        pytest.fail("asked")

    engine(Scripted(nonsense)).translate(["2019", "Ω ж"], choice=choice)


def test_what_went_wrong_is_tried_again_more_strictly(engine):
    network = Scripted(lambda source, decoding: ["▁well"] if decoding.no_repeat else ["▁loop"] * 12)
    (translation,) = engine(network).translate(["Il pleut."])
    assert (translation.text, translation.issues) == ("well", ())
    assert [decoding for _, decoding in network.asked] == [
        Decoding(beam=4),
        Decoding(beam=6, no_repeat=3, penalty=1.2),
    ]


@pytest.mark.parametrize(
    ("said", "finished", "type"),
    [
        (["▁loop"] * 12, True, "repetition"),
        (["▁He", "▁sleeps"], False, "truncated"),
        (["▁La", "▁maison", "▁est", "▁toujours", "▁fermée"], True, "untranslated"),
    ],
)
def test_what_stays_wrong_is_flagged(engine, said, finished, type):
    network = Scripted(lambda source, decoding: said, finished)
    text = "La maison est toujours fermée"
    (translation,) = engine(network).translate([text])
    (issue,) = translation.issues
    assert (issue.type, issue.severity) == (type, "major")
    assert issue.source_spans == ((0, len(text)),)
    assert issue.target_spans == ((0, len(translation.text)),)


def test_where_the_model_says_nothing_the_original_stands(engine):
    (translation,) = engine(Scripted(lambda source, decoding: [])).translate(["Il pleut."])
    assert (translation.text, translation.score) == ("Il pleut.", None)
    assert [(issue.type, issue.severity) for issue in translation.issues] == [("empty", "critical")]


def test_the_better_of_two_bad_translations_is_kept(engine):
    network = Scripted(lambda source, decoding: [] if decoding.no_repeat else ["▁loop"] * 12)
    (translation,) = engine(network).translate(["Il pleut."])
    assert [issue.type for issue in translation.issues] == ["repetition"]


def test_several_threads_may_ask_at_once(engine):
    shared = engine(Scripted(nonsense), threads=2, batch_tokens=20)
    sentences = [f"Il dort à {name}." for name in "abcdefghijkl"]
    expected = [each.text for each in shared.translate(sentences)]
    answers = []
    threads = [
        Thread(target=lambda: answers.append([each.text for each in shared.translate(sentences)]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


def test_a_model_limit_is_never_above_its_positions(engine, tiny):
    short = replace(Scripted(nonsense), positions=10)
    assert engine(short).max_pieces == 9
    assert engine(Scripted(nonsense)).max_pieces == tiny.max_pieces


ALPHABET = (
    "aéLłŁж’…ﬁ½😀👍🏽\u200d \u00a0\u202f,;.!«»–-1\u00ad\u0301\u05d0\ud800\r\n\ufeff\ufffc\u2581"
)


@given(text=st.text() | st.text(st.sampled_from(ALPHABET), max_size=60))
def test_any_text_comes_back_whole(tiny, tiny_tokenizer, text):
    pieces = sorted(tiny_tokenizer.target_ids.keys() - {"</s>", "<pad>"}) + ["<unk>"] * 30
    engine = Translator(tiny, tiny_tokenizer, Babbling(pieces), 1024, 1)
    (translation,) = engine.translate([text])
    check_translation(text, translation)
    assert is_word(translation.text) or not is_word(text)
    assert HOLE in text or HOLE not in translation.text


@given(text=st.text(st.sampled_from("aél ,.!" + "łж😀€"), min_size=1, max_size=40))
def test_no_unknown_word_is_lost(tiny, tiny_tokenizer, text):
    pieces = sorted(tiny_tokenizer.target_ids.keys() - {"</s>", "<pad>"}) + ["<unk>"] * 30
    engine = Translator(replace(tiny, max_pieces=60), tiny_tokenizer, Babbling(pieces), 1024, 1)
    (translation,) = engine.translate([text])
    lost = [
        word.of(text)
        for word in words(text)
        if set(word.of(text)) & set("łж😀€") and word.of(text) not in translation.text
    ]
    assert lost == []
