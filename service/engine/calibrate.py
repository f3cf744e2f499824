"""Which attention head of a model aligns best, told by links that people made.

Of the models made without guided alignment, most have one cross-attention head
that aligns nearly as well, though rarely the first of the last layer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import MarianMTModel

from alignment.formats.gold import GoldWords
from alignment.scoring import Counts, WordLink, word_alignment
from service.engine.checkpoint import METADATA
from service.engine.marian import load_checkpoint
from service.engine.models import LAGS, Model, read_metadata
from service.engine.pieces import END, PAD, UNKNOWN, Tokenizer, load_tokenizer, read, read_target


@dataclass(frozen=True, slots=True)
class HeadScore:
    """A cross-attention head of the decoder, layer -1 being the last, and how well it aligns.

    `lag` is how many steps after a piece is said the head is asked for it: see `Model`.
    """

    layer: int
    head: int
    lag: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Cut:
    """Words in pieces: their numbers in the vocabulary, and the word that each is of."""

    numbers: tuple[int, ...]
    owners: tuple[int, ...]


def rank_heads(model: Model, pairs: Sequence[GoldWords]) -> list[HeadScore]:
    """Every head of `model` at either lag, the one of the lowest alignment error rate first.

    Each target piece is linked with the source piece that the head looks at
    most, with none where that is `</s>`. Pairs that are longer than the model
    takes are left out. Raises ModelDamaged.
    """
    tokenizer = load_tokenizer(model.path)
    network = load_checkpoint(model)
    totals: dict[tuple[int, int, int], Counts] = {}
    for pair in pairs:
        source = _cut(pair.source, tokenizer, target=False)
        target = _cut(pair.target, tokenizer, target=True)
        if max(len(source.numbers), len(target.numbers)) >= network.config.max_position_embeddings:
            continue
        for place, most in _looks(network, tokenizer, source, target):
            counts = word_alignment(set(_links(most, source, target)), pair.sure, pair.possible)
            totals[place] = totals.get(place, Counts()) + counts
    scores = [HeadScore(*place, counts) for place, counts in totals.items()]
    return sorted(scores, key=lambda score: score.counts.aer)


def record_head(path: Path, score: HeadScore) -> None:
    """Write layer, head and lag into the `visavis.json` of the model in `path`."""
    place = {"layer": score.layer, "head": score.head, "lag": score.lag}
    metadata = {**read_metadata(path), "alignment": place}
    partial = path / f".{METADATA}.partial"
    text = json.dumps(metadata, ensure_ascii=False, indent=2)
    partial.write_text(f"{text}\n", encoding="utf-8")
    os.replace(partial, path / METADATA)


def _looks(
    network: MarianMTModel, tokenizer: Tokenizer, source: _Cut, target: _Cut
) -> Iterator[tuple[tuple[int, int, int], list[int]]]:
    """Each layer, head and lag with the source piece looked at most behind each target piece."""
    with torch.inference_mode():
        seen = network(
            input_ids=torch.tensor([[*source.numbers, tokenizer.source_ids[END]]]),
            decoder_input_ids=torch.tensor([[tokenizer.target_ids[PAD], *target.numbers]]),
            output_attentions=True,
        ).cross_attentions
    for layer, attention in enumerate(seen, start=-len(seen)):
        # heads * target pieces with `</s>` * source pieces with `</s>`
        for head, most in enumerate(attention[0].argmax(-1).tolist()):
            for lag in LAGS:
                yield (layer, head, lag), most[lag : len(target.numbers) + lag]


def _links(most: Sequence[int], source: _Cut, target: _Cut) -> Iterator[WordLink]:
    """Words whose pieces are linked; `most` names a source piece for each target piece."""
    for place, owner in zip(most, target.owners, strict=True):
        if place < len(source.owners):
            yield source.owners[place], owner


def _cut(words: Sequence[str], tokenizer: Tokenizer, *, target: bool) -> _Cut:
    ids = tokenizer.target_ids if target else tokenizer.source_ids
    numbers: list[int] = []
    owners: list[int] = []
    for owner, word in enumerate(words):
        tokens = (read_target if target else read)(tokenizer, word).tokens
        numbers += (ids.get(token, ids[UNKNOWN]) for token in tokens)
        owners += [owner] * len(tokens)
    return _Cut(tuple(numbers), tuple(owners))
