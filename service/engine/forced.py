"""A translation that somebody else made, on its way through the model beside its original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alignment.span import Span
from service.engine import Translation
from service.engine.attention import Attention, Block
from service.engine.decoding import Hypothesis
from service.engine.pieces import Reading, Tokenizer, read, read_target


@dataclass(frozen=True, slots=True)
class Forced:
    """A part of a sentence and the part of its translation that goes with it, as read."""

    source: Reading
    target: Reading
    source_start: int
    target_start: int

    @property
    def length(self) -> int:
        """Pieces of the longer side, with `</s>`."""
        return max(len(self.source.tokens), len(self.target.tokens)) + 1


def forced_parts(
    tokenizer: Tokenizer, source: str, target: str, limit: int, at: tuple[int, int] = (0, 0)
) -> Iterator[Forced]:
    """A sentence and its translation, in parts of at most `limit` pieces on either side.

    What is too long is halved on both sides at once, at white space: where in
    the translation the half of the original ends, nothing here can tell.
    """
    here, there = read(tokenizer, source), read_target(tokenizer, target)
    part = Forced(here, there, *at)
    if part.length - 1 <= limit or max(len(source), len(target)) < 2:
        yield part
        return
    cut, answer = _middle(source), _middle(target)
    yield from forced_parts(tokenizer, source[:cut], target[:answer], limit, at)
    rest = (at[0] + cut, at[1] + answer)
    yield from forced_parts(tokenizer, source[cut:], target[answer:], limit, rest)


def looked_back(
    target: str, parts: Sequence[Forced], hypotheses: Sequence[Hypothesis | None]
) -> Translation:
    """What the model looked at behind each piece of `target`; None where it read nothing."""
    source_pieces: list[Span] = []
    target_pieces: list[Span] = []
    blocks: list[Block] = []
    scores: list[tuple[float, int]] = []
    for part, hypothesis in zip(parts, hypotheses, strict=True):
        here, there = part.source.spans, part.target.spans
        rows = np.zeros((len(there), len(here)), dtype=np.float32)
        if hypothesis:
            rows[:] = hypothesis.attention[:, : len(here)]
            scores.append((hypothesis.score, len(there)))
        block = Block(Span(0, len(here)), Span(0, len(there)), rows)
        blocks.append(block.shifted(len(source_pieces), len(target_pieces)))
        source_pieces.extend(piece.shifted(part.source_start) for piece in here)
        target_pieces.extend(piece.shifted(part.target_start) for piece in there)
    pieces = sum(count for _, count in scores)
    return Translation(
        target,
        tuple(source_pieces),
        tuple(target_pieces),
        Attention(tuple(blocks), len(source_pieces)),
        sum(score * count for score, count in scores) / pieces if pieces else None,
    )


def _middle(text: str) -> int:
    """The place after white space that is nearest to the middle; the middle where there is none."""
    middle = len(text) // 2
    spaces = (place + 1 for place, sign in enumerate(text[:-1]) if sign.isspace())
    inner = [place for place in spaces if text[:place].strip() and text[place:].strip()]
    return min(inner, key=lambda place: abs(place - middle), default=middle)
