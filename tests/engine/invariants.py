"""What holds for every translation, whatever the text and the model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alignment.span import Span
from service.engine import Translation


def check_translation(source: str, translation: Translation) -> None:
    check_pieces(source, translation.source_pieces)
    check_pieces(translation.text, translation.target_pieces)
    width = len(translation.source_pieces)
    rows = np.asarray(translation.attention, dtype=np.float64)
    rows = rows.reshape(len(translation.attention), width)
    assert len(rows) == len(translation.target_pieces)
    assert ((rows >= 0) & (rows <= 1 + 1e-4)).all()
    assert (rows.sum(axis=1) <= 1 + 1e-4).all()
    for issue in translation.issues:
        assert all(Span(0, len(source)).contains(span) for span in issue.source_spans)
        assert all(Span(0, len(translation.text)).contains(span) for span in issue.target_spans)


def check_pieces(text: str, pieces: Sequence[Span]) -> None:
    assert list(pieces) == sorted(pieces)
    assert all(0 <= span.start <= span.end <= len(text) for span in pieces)
    assert all(span.of(text) == span.of(text).strip() for span in pieces)
