"""From bitext to a corpus on disk: cleaned, mixed, varied, in pieces, with links."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from service.engine.pieces import load_tokenizer
from training.aligner import align, trained
from training.bitext import Pair, mixed, read_bitext
from training.cleaning import fault, first_of_each, tidied
from training.corpus import Ragged, save_corpus, tokenised
from training.errors import NothingToLearn
from training.likeness import most_like
from training.noise import with_variants
from training.vocabulary import TOKENIZER_FILES, train_vocabulary

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a corpus is made of.

    `pairs` is how many are drawn from the bitext, repeats included; `longest`
    counts pieces; `learnt` is how many pairs the aligner learns from before it
    aligns all; `pieces` is the size of a vocabulary that is made anew. Where
    `like` holds sentences, only `like_share` of the pairs is drawn from: those
    whose source is most like them.
    """

    left_out: tuple[str, ...] = ()
    pairs: int = 1_000_000
    temperature: float = 1.3
    longest: int = 100
    learnt: int = 200_000
    pieces: int = 8_000
    seed: int = 1
    like: tuple[str, ...] = ()
    like_share: float = 0.4


def prepare(
    prefixes: Sequence[Path], tokenizer: Path | None, folder: Path, recipe: Recipe, report: Report
) -> None:
    """Write a corpus and its tokenizer into `folder`.

    `tokenizer` is a checkpoint folder to take the vocabulary from; without it
    one is made. Raises BitextMissing, BitextUneven, NothingToLearn, ModelDamaged.
    """
    random = Random(recipe.seed)
    clean = cleaned(prefixes, recipe.left_out, report)
    if recipe.like:
        clean = most_like(clean, recipe.like, recipe.like_share, random)
        report(f"most like the text: {_sizes(clean)}")
    folder.mkdir(parents=True, exist_ok=True)
    if tokenizer is None:
        train_vocabulary(
            (pair for pairs in clean.values() for pair in pairs), folder, recipe.pieces
        )
    else:
        for file in TOKENIZER_FILES:
            shutil.copyfile(tokenizer / file, folder / file)
    pairs = with_variants(mixed(clean, recipe.pairs, recipe.temperature, random), random)
    report(f"mixed: {_listed(Counter(pair.origin for pair in pairs))}")
    reader = load_tokenizer(folder)
    sources, targets = tokenised(pairs, reader, recipe.longest)
    report(f"tokenised: {len(sources):,} pairs, {len(targets.values):,} target pieces")
    vocabulary = len(reader.source_ids)
    there, back = trained(
        _first(sources, recipe.learnt), _first(targets, recipe.learnt), vocabulary, report=report
    )
    corpus = align(sources, targets, there, back)
    report(f"aligned: {len(corpus.link_targets.values):,} links")
    save_corpus(corpus, folder)


def cleaned(
    prefixes: Iterable[Path], left_out: Collection[str], report: Report
) -> dict[str, list[Pair]]:
    """The pairs that are worth learning, by origin. Raises NothingToLearn."""
    faults: Counter[str] = Counter()
    good: list[Pair] = []
    for prefix in prefixes:
        for pair in map(tidied, read_bitext(prefix, left_out)):
            found = fault(pair)
            faults[found or "good"] += 1
            if found is None:
                good.append(pair)
    by_origin: dict[str, list[Pair]] = defaultdict(list)
    for pair in first_of_each(good):
        by_origin[pair.origin].append(pair)
    kept = sum(map(len, by_origin.values()))
    report(f"cleaned: {_listed(faults)}; {kept:,} without near-duplicates")
    if not kept:
        raise NothingToLearn(f"no pair of {sum(faults.values())} is left after cleaning")
    return dict(by_origin)


def _first(rows: Ragged, count: int) -> Ragged:
    starts = rows.starts[: count + 1]
    return Ragged(rows.values[: starts[-1]], starts)


def _sizes(pairs: Mapping[str, Sequence[Pair]]) -> str:
    return _listed(Counter({origin: len(found) for origin, found in pairs.items()}))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
