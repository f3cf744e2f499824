"""Learn a lexicon for `alignment/lexicons/` from bitext: which word translates which, how often.

Alignment by agreement (Liang, Taskar & Klein 2006): IBM Model 1 and then the
hidden Markov model of `alignment.hmm`, in both directions, each counting a
link as the product of what the two believe of it. Links that only one
direction believes in, the garbage of rare words, never get into the tables.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

import click
import numpy as np
from numpy.typing import NDArray

from alignment.document import FRENCH_ENGLISH
from alignment.hmm import FURTHEST, Matrix, Moves, expectation, flat_moves
from alignment.lexemes import sentence_lexemes
from alignment.lexicon import Lexicon, write_lexicon
from training.bitext import Pair, read_bitext
from training.errors import NothingToLearn

logger = logging.getLogger(__name__)

T = TypeVar("T")
Ids = NDArray[np.int32]
Lexemes = tuple[Sequence[str], Sequence[str]]
# Every word that was seen only once.
RARE = 0
BATCH_CELLS = 400_000  # all sentence pairs of a batch have the same two lengths
LEAST = np.float32(1e-12)
# What a pair needs to be in the lexicon: expected links, and a probability in one direction.
FEWEST_LINKS = 0.5
FAINTEST = 0.003


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Sentence pairs of the same two lengths: the numbers of their words and of their cells.

    `cells[n, target word, source word]` is the number of the pair of words.
    """

    source: Ids
    target: Ids
    cells: Ids


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Bitext in numbers.

    `pairs` are the pairs of words that occur together, sorted: source number
    × the size of the target's vocabulary + target number.
    """

    source_words: tuple[str, ...]
    target_words: tuple[str, ...]
    pairs: NDArray[np.int64]
    batches: tuple[Batch, ...]

    @property
    def sources(self) -> NDArray[np.int64]:
        """The source word of each pair."""
        return self.pairs // len(self.target_words)

    @property
    def targets(self) -> NDArray[np.int64]:
        """The target word of each pair."""
        return self.pairs % len(self.target_words)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """p(target word | source word) and back, by pair; what nothing gives rise to, by word."""

    forward: Matrix
    backward: Matrix
    target_from_nothing: Matrix
    source_from_nothing: Matrix
    forward_moves: Moves
    backward_moves: Moves


def lexeme_pairs(pairs: Iterable[Pair], longest: int) -> Iterator[Lexemes]:
    """The lexemes of French–English pairs that have from one to `longest` on either side."""
    for pair in pairs:
        source = list(sentence_lexemes(pair.source, FRENCH_ENGLISH.source))
        target = list(sentence_lexemes(pair.target, FRENCH_ENGLISH.target))
        if 0 < len(source) <= longest and 0 < len(target) <= longest:
            yield source, target


def read_corpus(pairs: Iterable[Lexemes]) -> Corpus:
    """Sentence pairs in numbers. Raises NothingToLearn."""
    kept = list(pairs)
    if not kept:
        raise NothingToLearn("no pair of the bitext is short enough")
    source_words = _vocabulary(source for source, _ in kept)
    target_words = _vocabulary(target for _, target in kept)
    source_ids = {word: number for number, word in enumerate(source_words)}
    target_ids = {word: number for number, word in enumerate(target_words)}
    by_size: dict[tuple[int, int], list[tuple[list[int], list[int]]]] = defaultdict(list)
    for source, target in kept:
        here = [source_ids.get(word, RARE) for word in source]
        there = [target_ids.get(word, RARE) for word in target]
        by_size[len(here), len(there)].append((here, there))
    sized = [
        (np.array([here for here, _ in part], np.int32), np.array([to for _, to in part], np.int32))
        for (rows, columns), found in sorted(by_size.items())
        for part in _parts(found, BATCH_CELLS // (rows * columns) + 1)
    ]
    keys = [_keys(source, target, len(target_words)) for source, target in sized]
    pairs_seen = _distinct(keys)
    batches = tuple(
        Batch(source, target, np.searchsorted(pairs_seen, key).astype(np.int32))
        for (source, target), key in zip(sized, keys, strict=True)
    )
    return Corpus(source_words, target_words, pairs_seen, batches)


def learn(corpus: Corpus, model1: int = 5, markov: int = 5) -> tuple[Tables, Matrix]:
    """The tables, and how often each pair was a link, after so many rounds of each model."""
    tables = _flat(corpus)
    counts = np.zeros(len(corpus.pairs), np.float32)
    for number in range(model1 + markov):
        counts, tables = _round(corpus, tables, markov=number >= model1)
        logger.info("round %d of %d", number + 1, model1 + markov)
    return tables, counts


def pruned(corpus: Corpus, tables: Tables, counts: Matrix, size: int) -> Lexicon:
    """A lexicon of the `size` pairs that matter most.

    A pair matters by how often it was a link, times its probability in the
    better direction; what was hardly ever a link, or next to nothing, is left out.
    """
    likely = np.maximum(tables.forward, tables.backward)
    known = (corpus.sources != RARE) & (corpus.targets != RARE)
    keep = np.flatnonzero((counts >= FEWEST_LINKS) & (likely >= FAINTEST) & known)
    worth = counts[keep] * likely[keep]
    keep = np.sort(keep[np.argsort(-worth, kind="stable")[:size]])
    sources, rows = np.unique(corpus.sources[keep], return_inverse=True)
    targets, columns = np.unique(corpus.targets[keep], return_inverse=True)
    return Lexicon(
        languages=FRENCH_ENGLISH,
        sources={corpus.source_words[word]: number for number, word in enumerate(sources)},
        targets={corpus.target_words[word]: number for number, word in enumerate(targets)},
        pairs=rows * len(targets) + columns,
        forward=tables.forward[keep],
        backward=tables.backward[keep],
        target_from_nothing=tables.target_from_nothing[targets],
        source_from_nothing=tables.source_from_nothing[sources],
        forward_moves=tables.forward_moves,
        backward_moves=tables.backward_moves,
    )


def _vocabulary(sentences: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Every word that occurs more than once, after the place of those that don't."""
    counts = Counter(word for sentence in sentences for word in sentence)
    return ("", *sorted(word for word, count in counts.items() if count > 1))


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _keys(source: Ids, target: Ids, width: int) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = source[:, None, :].astype(np.int64) * width + target[:, :, None]
    return keys


def _distinct(keys: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """All different keys, sorted, a few million at a time."""
    seen = np.empty(0, np.int64)
    for part in _parts(keys, 64):
        fresh = np.unique(np.concatenate([key.ravel() for key in part]))
        seen = np.union1d(seen, fresh)
    return seen


def _flat(corpus: Corpus) -> Tables:
    ones = np.ones(len(corpus.pairs), np.float32)
    return Tables(
        ones / np.float32(len(corpus.target_words)),
        ones / np.float32(len(corpus.source_words)),
        np.full(len(corpus.target_words), 1 / len(corpus.target_words), np.float32),
        np.full(len(corpus.source_words), 1 / len(corpus.source_words), np.float32),
        flat_moves(),
        flat_moves(),
    )


def _round(corpus: Corpus, tables: Tables, markov: bool) -> tuple[Matrix, Tables]:
    """One round of expectation and maximisation."""
    counts = np.zeros(len(corpus.pairs))
    target_alone = np.full(len(corpus.target_words), 1e-3)
    source_alone = np.full(len(corpus.source_words), 1e-3)
    moved = [[np.zeros(2 * FURTHEST + 1), np.zeros(FURTHEST)] for _ in range(2)]
    for batch in corpus.batches:
        there = tables.forward[batch.cells]
        back = tables.backward[batch.cells].transpose(0, 2, 1)
        nothing_there = tables.target_from_nothing[batch.target]
        nothing_back = tables.source_from_nothing[batch.source]
        if markov:
            one = expectation(there, nothing_there, tables.forward_moves)
            two = expectation(back, nothing_back, tables.backward_moves)
            for total, each in zip(moved, (one, two), strict=True):
                total[0] += each.steps
                total[1] += each.first
            forward, backward = one.links, two.links
        else:
            forward, backward = _model1(there, nothing_there), _model1(back, nothing_back)
        both = forward * backward.transpose(0, 2, 1)
        np.add.at(target_alone, batch.target.ravel(), (1 - forward.sum(axis=2)).ravel())
        np.add.at(source_alone, batch.source.ravel(), (1 - backward.sum(axis=2)).ravel())
        np.add.at(counts, batch.cells.ravel(), both.ravel())
    alone = (target_alone, source_alone)
    better = _maximised(corpus, tables, counts, alone, moved if markov else None)
    return counts.astype(np.float32), better


def _model1(emission: Matrix, nothing: Matrix, share: float = 0.2) -> Matrix:
    """IBM Model 1 (Brown et al. 1993): any word of the other sentence is as likely as another."""
    linked = emission * np.float32((1 - share) / emission.shape[2])
    total = linked.sum(axis=2, keepdims=True) + np.float32(share) * nothing[:, :, None]
    links: Matrix = linked / total
    return links


def _maximised(
    corpus: Corpus,
    tables: Tables,
    counts: NDArray[np.float64],
    alone: tuple[NDArray[np.float64], NDArray[np.float64]],
    moved: list[list[NDArray[np.float64]]] | None,
) -> Tables:
    by_source = np.bincount(corpus.sources, weights=counts, minlength=len(corpus.source_words))
    by_target = np.bincount(corpus.targets, weights=counts, minlength=len(corpus.target_words))
    forward = counts / np.maximum(by_source, 1e-9)[corpus.sources]
    backward = counts / np.maximum(by_target, 1e-9)[corpus.targets]
    return Tables(
        np.maximum(forward, LEAST).astype(np.float32),
        np.maximum(backward, LEAST).astype(np.float32),
        (alone[0] / alone[0].sum()).astype(np.float32),
        (alone[1] / alone[1].sum()).astype(np.float32),
        _moves(*moved[0]) if moved else tables.forward_moves,
        _moves(*moved[1]) if moved else tables.backward_moves,
    )


def _moves(steps: NDArray[np.float64], first: NDArray[np.float64]) -> Moves:
    # The outermost class is shared by all moves that are further still.
    steps[[0, -1]] /= 6
    return Moves(
        tuple((steps / steps.sum()).round(6).tolist()),
        tuple((first / first.sum()).round(6).tolist()),
        0.2,
    )


@click.command()
@click.argument("prefixes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--pairs", default=350_000, show_default=True, help="Sentence pairs to learn from.")
@click.option("--longest", default=30, show_default=True, help="Longest sentence, in lexemes.")
@click.option("--size", default=400_000, show_default=True, help="Pairs of words to keep.")
@click.option("--leave-out", multiple=True, help="Origins whose pairs are not used.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
def main(
    prefixes: tuple[Path, ...],
    pairs: int,
    longest: int,
    size: int,
    leave_out: tuple[str, ...],
    output: Path,
) -> None:
    """Learn a French–English lexicon from the bitexts PREFIX.fr and PREFIX.en."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    read = (pair for prefix in prefixes for pair in read_bitext(prefix, leave_out))
    # So many characters are too many lexemes in any case.
    found = [pair for pair in read if len(pair.source) < 12 * longest]
    Random(1).shuffle(found)
    corpus = read_corpus(islice(lexeme_pairs(found, longest), pairs))
    logger.info("%d pairs of words", len(corpus.pairs))
    tables, counts = learn(corpus)
    write_lexicon(pruned(corpus, tables, counts, size), output)


if __name__ == "__main__":
    main()
