from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine.pieces import HOLE, Tokenizer, load_tokenizer, read, write
from service.errors import ModelDamaged

OPUS = Path(__file__).parents[3] / "shared" / "models" / "opus-mt-fr-en-tokenizer"


@pytest.fixture(scope="module")
def opus() -> Tokenizer:
    if not OPUS.exists():
        pytest.skip("only beside the tokenizer of opus-mt-fr-en")
    return load_tokenizer(OPUS)


def shown(reading):
    pairs = zip(reading.spans, reading.known, strict=True)
    return [(span.of(reading.text), known) for span, known in pairs]


def test_pieces_are_the_characters_that_they_stand_for(opus):
    assert shown(read(opus, "L’OTAN a dit\u00a0: «\u202foui\u202f» !")) == [
        ("L", True),
        ("’", True),
        ("OTAN", True),
        ("a", True),
        ("dit", True),
        (":", True),
        ("«", True),
        ("oui", True),
        ("»", True),
        ("!", True),
    ]


def test_the_three_dots_of_an_ellipsis_are_one_character(tiny_tokenizer):
    reading = read(tiny_tokenizer, "et…")
    assert [span for span in reading.spans if span.start >= 2] == [(2, 3)] * 3


def test_a_lone_word_sign_shares_the_characters_of_the_next_piece(opus):
    reading = read(opus, "un 😀 ici")
    assert reading.tokens == ("▁un", "▁", "😀", "▁ici")
    assert reading.spans == ((0, 2), (3, 4), (3, 4), (5, 8))


def test_a_character_that_vocab_json_lacks_is_unknown(tiny_tokenizer):
    reading = read(tiny_tokenizer, "le 😀")
    assert reading.tokens[-2:] == ("▁", "😀")
    assert reading.known[-2:] == (True, False)


@pytest.mark.parametrize(
    "word",
    [
        "e\u0301le\u0300ve",  # decomposed
        "anti\u00adconstitution\u200bnel",
        "\ufb01n",  # a ligature
        "M\u202f.",
    ],
)
def test_the_pieces_of_a_word_cover_it_whole_and_no_more(opus, word):
    reading = read(opus, f"un {word} 😀 ici")
    within = [span for span in reading.spans if 2 < span.start < 3 + len(word)]
    assert min(span.start for span in within) == 3
    assert max(span.end for span in within) == 3 + len(word)


@given(text=st.text())
def test_spans_run_forward_within_the_text_and_hold_no_white_space_at_their_ends(
    tiny_tokenizer, text
):
    reading = read(tiny_tokenizer, text)
    assert len(reading.tokens) == len(reading.spans) == len(reading.known)
    assert list(reading.spans) == sorted(reading.spans)
    assert all(0 <= span.start <= span.end <= len(text) for span in reading.spans)
    assert all(span.of(text) == span.of(text).strip() for span in reading.spans)


@given(text=st.text(st.sampled_from("aé’…ﬁ½😀 \u00a0Łl«»\u00ad\u0301")))
def test_every_character_that_says_something_belongs_to_a_piece(tiny_tokenizer, text):
    reading = read(tiny_tokenizer, text)
    covered = {position for span in reading.spans for position in range(*span)}
    said = {index for index, sign in enumerate(text) if not sign.isspace() and sign != "\u00ad"}
    # A combining mark on a space is white space once it is composed.
    assert said - {index for index, sign in enumerate(text) if sign == "\u0301"} <= covered


def test_what_pieces_write_is_together_the_text(opus):
    assert list(write(opus, ["▁The", "▁end", "▁of", "▁l", "'", "OTAN", "."])) == [
        "The",
        " end",
        " of",
        " l",
        "'",
        "OTAN",
        ".",
    ]


def test_an_unknown_piece_writes_a_hole(opus):
    assert list(write(opus, ["▁The", "▁", "<unk>", "▁end"])) == ["The", " ", HOLE, " end"]


def test_a_piece_of_the_source_side_alone_is_written_without_its_word_sign(opus):
    piece = next(each for each in sorted(opus.source_ids) if each[0] == "▁" and lacks(opus, each))
    assert list(write(opus, ["▁The", piece])) == ["The", " " + piece[1:]]


def lacks(tokenizer, piece):
    return tokenizer.target.piece_to_id(piece) == tokenizer.target.unk_id() and len(piece) > 3


def test_no_pieces_write_nothing(tiny_tokenizer):
    assert list(write(tiny_tokenizer, [])) == []


def test_a_folder_without_a_tokenizer_is_damaged(tmp_path):
    with pytest.raises(ModelDamaged, match="its tokenizer cannot be read"):
        load_tokenizer(tmp_path)


def test_a_vocabulary_without_its_special_pieces_is_damaged(tmp_path, tiny):
    for name in ("source.spm", "target.spm"):
        (tmp_path / name).write_bytes((tiny.path / name).read_bytes())
    (tmp_path / "vocab.json").write_text('{"</s>": 0, "a": 1}', encoding="utf-8")
    with pytest.raises(ModelDamaged, match="has no <unk>, <pad>"):
        load_tokenizer(tmp_path)
