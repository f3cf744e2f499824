"""A joint SentencePiece vocabulary for both languages, in the layout of a MarianMT checkpoint."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

from service.engine.pieces import END, PAD, UNKNOWN
from service.engine.typography import ALWAYS
from training.bitext import Pair

TOKENIZER_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
CONFIG = {
    "source_lang": "fr",
    "target_lang": "en",
    "model_max_length": 512,
    "separate_vocabs": False,
    "tokenizer_class": "MarianTokenizer",
}
# More lines change next to no piece, and the trainer holds them all in memory.
ENOUGH_PAIRS = 500_000
_ALWAYS = str.maketrans(ALWAYS)


def train_vocabulary(pairs: Iterable[Pair], folder: Path, pieces: int) -> None:
    """Write TOKENIZER_FILES of at most `pieces` pieces, `<pad>` included, into `folder`."""
    written = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=_lines(islice(pairs, ENOUGH_PAIRS)),
        model_writer=written,
        # <pad> is no piece of SentencePiece's; its own <s> is no piece of Marian's.
        vocab_size=pieces,
        hard_vocab_limit=False,
        character_coverage=0.9999,
        normalization_rule_name="nmt_nfkc",
        split_digits=True,
        minloglevel=2,
    )
    model = SentencePieceProcessor(model_proto=written.getvalue())
    learnt = [model.id_to_piece(number) for number in range(3, model.vocab_size())]
    vocabulary = {piece: number for number, piece in enumerate([END, UNKNOWN, *learnt, PAD])}
    (folder / "source.spm").write_bytes(written.getvalue())
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    for name, value in (("vocab.json", vocabulary), ("tokenizer_config.json", CONFIG)):
        (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _lines(pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield pair.source.translate(_ALWAYS)
        yield pair.target.translate(_ALWAYS)
