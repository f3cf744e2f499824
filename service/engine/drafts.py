"""A translation while it is still in the chunks that its pieces write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

import numpy as np

from alignment.span import Span
from service.engine.attention import Weights
from service.engine.pieces import HOLE


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """The chunks of a translation, and a row of weights on the source pieces for each."""

    chunks: tuple[str, ...]
    rows: Weights

    @property
    def text(self) -> str:
        """The chunks together."""
        return "".join(self.chunks)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each chunk stands in the text, white space included."""
        ends = accumulate(map(len, self.chunks), initial=0)
        return tuple(Span(*pair) for pair in pairwise(ends))


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """`text` in place of the draft's characters `start:end`, with its row of weights.

    An edit without a row takes away and puts nothing.
    """

    start: int
    end: int
    text: str = ""
    row: Weights | None = None

    def covers(self, span: Span) -> bool:
        """Whether `span` of the draft goes with this edit."""
        return self.start <= span.start and span.end <= self.end


def single_holes(draft: Draft) -> Draft:
    """Holes side by side made one: a model often says `<unk>` more than once for a word."""
    chunks: list[str] = []
    rows: list[Weights] = []
    for chunk, group in groupby(enumerate(draft.chunks), key=lambda pair: pair[1]):
        indices = [index for index, _ in group]
        if chunk == HOLE:
            chunks.append(chunk)
            rows.append(draft.rows[indices].mean(axis=0))
        else:
            chunks.extend([chunk] * len(indices))
            rows.extend(draft.rows[indices])
    return _draft(chunks, rows, draft)


def edited(draft: Draft, edits: Sequence[Edit]) -> tuple[Draft, tuple[Span, ...]]:
    """`draft` after `edits`, which are in order, and where in it those stand that say something."""
    chunks: list[str] = []
    rows: list[Weights] = []
    spans: list[Span] = []
    done = length = 0
    for edit in [*edits, Edit(len(draft.text), len(draft.text))]:
        for text, row in _kept(draft, done, edit.start):
            chunks.append(text)
            rows.append(row)
            length += len(text)
        done = max(done, edit.end)
        if edit.row is not None:
            # The white space before a word belongs to the word's piece, not to one of its own.
            lead = chunks.pop() if chunks and chunks[-1].isspace() else ""
            del rows[len(chunks) :]
            chunks.append(lead + edit.text)
            rows.append(edit.row)
            blank = len(edit.text) - len(edit.text.lstrip())
            spans.append(Span(length + blank, length + len(edit.text.rstrip())))
            length += len(edit.text)
    return _draft(chunks, rows, draft), tuple(spans)


def _kept(draft: Draft, start: int, end: int) -> Iterator[tuple[str, Weights]]:
    """The draft's chunks from `start` to `end`, cut at both, and their rows."""
    for span, row in zip(draft.spans, draft.rows, strict=True):
        text = draft.text[max(span.start, start) : min(span.end, end)]
        if text and span.start < end and start < span.end:
            yield text, row


def _draft(chunks: Sequence[str], rows: Sequence[Weights], model: Draft) -> Draft:
    width = model.rows.shape[1]
    return Draft(tuple(chunks), np.array(rows, dtype=np.float32).reshape(len(rows), width))
