from __future__ import annotations

import numpy as np

from service.engine.pieces import load_tokenizer
from tests.checkpoints import build_checkpoint
from training.bitext import Pair
from training.corpus import Corpus, load_corpus, ragged, save_corpus, tokenised


def test_rows_of_any_length_are_kept():
    rows = ragged([[1, 2], [], [3]])
    assert [row.tolist() for row in rows] == [[1, 2], [], [3]]


def test_a_corpus_comes_back_from_the_disk(tmp_path):
    corpus = Corpus(ragged([[5, 6]]), ragged([[7]]), ragged([[0, 0]]), ragged([[0, 1]]))
    save_corpus(corpus, tmp_path)
    loaded = load_corpus(tmp_path)
    assert [getattr(loaded, name)[0].tolist() for name in Corpus.__slots__] == [
        [5, 6],
        [7],
        [0, 0],
        [0, 1],
    ]


def test_pieces_have_the_numbers_of_the_vocabulary(tmp_path):
    tokenizer = load_tokenizer(build_checkpoint(tmp_path))
    sources, _ = tokenised([Pair("L’école.", "The school.", "")], tokenizer, 50)
    pieces = tokenizer.source.encode("L'école.", out_type=str)
    assert sources[0].tolist() == [tokenizer.source_ids[piece] for piece in pieces]


def test_pairs_that_are_too_long_or_empty_are_left_out(tmp_path):
    tokenizer = load_tokenizer(build_checkpoint(tmp_path))
    pairs = [
        Pair("Il pleut.", "It rains.", ""),
        Pair("Il " * 60, "It", ""),
        Pair("\u200b", "It", ""),
    ]
    sources, targets = tokenised(pairs, tokenizer, 50)
    assert (len(sources), len(targets)) == (1, 1)
    assert np.array_equal(sources.lengths(), [len(sources[0])])
