"""Translations of sentences as bytes, exactly, and the key that each is remembered by.

A key is the sha256 of everything that makes a translation: the model's
signature, the quality, the types of issues that repair does not look at, and
the sentence. Attention is kept as the float32 weights of its blocks, which is
all that the rest of the service reads of it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alignment.anchoring import text_sha256
from alignment.document import Issue
from alignment.span import Span
from service.engine import Engine, Quality, Translation
from service.engine.attention import Attention, Block, blocks

# To be raised whenever an engine or `repair` would translate something in another way.
EDITION = 1
WEIGHT = np.dtype("<f4")
# Bytes that say how long the part in JSON is.
LENGTH = 4
# Beyond it, zlib takes much longer for little.
LEVEL = 1


class SentenceKeys:
    """The keys of sentences that one engine translates with the same options."""

    def __init__(self, engine: Engine, quality: Quality, ignored: Iterable[str]) -> None:
        signature = astuple(engine.signature(quality))
        made_by = [EDITION, str(engine.languages), signature, quality, sorted(set(ignored))]
        self._made_by = json.dumps(made_by)

    def key(self, sentence: str) -> str:
        """The key of a sentence."""
        return text_sha256(f"{self._made_by}\n{sentence}")


def encode(translation: Translation) -> bytes:
    """A translation as bytes."""
    found = blocks(translation.attention, len(translation.source_pieces))
    head = json.dumps(
        [
            translation.text,
            translation.source_pieces,
            translation.target_pieces,
            translation.score,
            [_issue(issue) for issue in translation.issues],
            [[block.source, block.target, block.weights.shape] for block in found],
        ],
        separators=(",", ":"),
    ).encode("ascii")
    weights = [np.ravel(block.weights).astype(WEIGHT) for block in found]
    return zlib.compress(
        b"".join((len(head).to_bytes(LENGTH), head, _shuffled(weights))), level=LEVEL
    )


def decode(data: bytes) -> Translation:
    """The translation that `encode` was given."""
    plain = zlib.decompress(data)
    end = LENGTH + int.from_bytes(plain[:LENGTH])
    text, source, target, score, issues, shapes = json.loads(plain[LENGTH:end])
    weights = _unshuffled(plain[end:])
    source_pieces, target_pieces = _spans(source), _spans(target)
    return Translation(
        text,
        source_pieces,
        target_pieces,
        Attention(tuple(_blocks(shapes, weights)), len(source_pieces)),
        score,
        tuple(
            Issue(kind, severity, said, _spans(here), _spans(there))
            for kind, severity, said, here, there in issues
        ),
    )


def _issue(issue: Issue) -> list[Any]:
    spans = (issue.source_spans, issue.target_spans)
    return [issue.type, issue.severity, issue.explanation, *spans]


def _blocks(shapes: Iterable[Any], weights: NDArray[np.float32]) -> Iterable[Block]:
    start = 0
    for source, target, (rows, columns) in shapes:
        end = start + rows * columns
        yield Block(Span(*source), Span(*target), weights[start:end].reshape(rows, columns))
        start = end


def _shuffled(weights: Sequence[NDArray[np.float32]]) -> bytes:
    """First the first byte of every weight, then the second: like ones beside each other."""
    flat = np.concatenate([*weights, np.empty(0, WEIGHT)])
    return flat.view(np.uint8).reshape(-1, WEIGHT.itemsize).T.tobytes()


def _unshuffled(data: bytes) -> NDArray[np.float32]:
    there = np.frombuffer(data, np.uint8).reshape(WEIGHT.itemsize, -1)
    return np.ascontiguousarray(there.T).view(WEIGHT).ravel()


def _spans(pairs: Iterable[Any]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
