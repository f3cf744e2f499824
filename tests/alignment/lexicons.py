"""A lexicon of a few words, made by hand."""

from __future__ import annotations

import numpy as np

from alignment.document import Languages
from alignment.hmm import flat_moves
from alignment.lexicon import Lexicon

PAIRS = {
    ("le", "the"): (0.8, 0.6),
    ("de", "of"): (0.6, 0.8),
    ("chat", "cat"): (0.9, 0.9),
    ("dort", "sleeps"): (0.7, 0.9),
    ("maire", "mayor"): (0.9, 0.9),
    ("ne", "not"): (0.4, 0.2),
    ("pas", "not"): (0.5, 0.7),
}


def small_lexicon(pairs: dict[tuple[str, str], tuple[float, float]] = PAIRS) -> Lexicon:
    sources = {word: n for n, word in enumerate(sorted({source for source, _ in pairs}))}
    targets = {word: n for n, word in enumerate(sorted({target for _, target in pairs}))}
    entries = sorted(
        (sources[source] * len(targets) + targets[target], *both)
        for (source, target), both in pairs.items()
    )
    keys, forward, backward = zip(*entries, strict=True)
    return Lexicon(
        languages=Languages("fr", "en"),
        sources=sources,
        targets=targets,
        pairs=np.array(keys, np.int64),
        forward=np.array(forward, np.float32),
        backward=np.array(backward, np.float32),
        target_from_nothing=np.full(len(targets), 0.001, np.float32),
        source_from_nothing=np.full(len(sources), 0.001, np.float32),
        forward_moves=flat_moves(),
        backward_moves=flat_moves(),
    )
