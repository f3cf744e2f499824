"""Training pairs as arrays of numbers, on disk, mapped into memory when read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from service.engine.pieces import UNKNOWN, Tokenizer
from service.engine.typography import model_text
from training.bitext import Pair

Numbers = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of unequal length in one array; row i is `values[starts[i]:starts[i + 1]]`."""

    values: Numbers
    starts: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Numbers:
        return self.values[self.starts[row] : self.starts[row + 1]]

    def lengths(self) -> Numbers:
        """The length of each row."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs in the numbers of their pieces, without `</s>`, and how the pieces correspond.

    A row of `link_targets` and `link_sources` holds the links of a pair: target
    piece t with source piece s. A target piece that corresponds to nothing is
    linked with the `</s>` of the source; one that is in doubt has no link.
    """

    sources: Ragged
    targets: Ragged
    link_targets: Ragged
    link_sources: Ragged

    def __len__(self) -> int:
        return len(self.sources)


def ragged(rows: Iterable[Sequence[int] | Numbers]) -> Ragged:
    """Rows of numbers below 65,536."""
    arrays = [np.asarray(row, dtype=np.uint16) for row in rows]
    starts = np.zeros(len(arrays) + 1, dtype=np.int64)
    np.cumsum([len(array) for array in arrays], out=starts[1:])
    values = np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.uint16)
    return Ragged(values, starts)


def tokenised(pairs: Sequence[Pair], tokenizer: Tokenizer, longest: int) -> tuple[Ragged, Ragged]:
    """Both sides in pieces, less the pairs of which a side has none or over `longest`."""
    sources = _encoded([pair.source for pair in pairs], tokenizer.source, tokenizer)
    targets = _encoded([pair.target for pair in pairs], tokenizer.target, tokenizer)
    kept = [
        (source, target)
        for source, target in zip(sources, targets, strict=True)
        if 0 < len(source) <= longest and 0 < len(target) <= longest
    ]
    return ragged(source for source, _ in kept), ragged(target for _, target in kept)


def save_corpus(corpus: Corpus, folder: Path) -> None:
    """Write the arrays of a corpus into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in Corpus.__slots__:
        rows: Ragged = getattr(corpus, name)
        np.save(folder / f"{name}.npy", rows.values)
        np.save(folder / f"{name}_starts.npy", rows.starts)


def load_corpus(folder: Path) -> Corpus:
    """The corpus that was saved in `folder`."""
    return Corpus(*(_mapped(folder, name) for name in Corpus.__slots__))


def _mapped(folder: Path, name: str) -> Ragged:
    values = np.load(folder / f"{name}.npy", mmap_mode="r")
    return Ragged(values, np.load(folder / f"{name}_starts.npy"))


def _encoded(
    texts: Sequence[str], pieces: SentencePieceProcessor, tokenizer: Tokenizer
) -> Iterator[Numbers]:
    """The texts, in the model's typography, as numbers of vocab.json."""
    ids = tokenizer.source_ids
    numbers = np.array(
        [ids.get(pieces.id_to_piece(each), ids[UNKNOWN]) for each in range(pieces.vocab_size())],
        dtype=np.uint16,
    )
    shown = (model_text(text, tokenizer.alphabet).text for text in texts)
    for text in shown:
        yield numbers[np.array(pieces.encode(text), dtype=np.int64)]
