"""Which word translates which: a small static lexicon of a language pair.

A lexicon is learnt from bitext by `training.lexicon` and read from
`alignment/lexicons/SOURCE-TARGET.npz` when it is first asked for. Its entries
are lexemes (`alignment.lexemes`), its probabilities are kept to one part in
fourteen. Words that it doesn't know are compared as strings: names and
numbers are often the same in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alignment.document import Languages
from alignment.hmm import FURTHEST, Matrix, Moves

# A probability p is kept as the whole number next to -STEPS · log2(p).
STEPS = 10
# What a pair gets that never was a link; two unknown words may well be one another's.
# This, and the numbers of `alignment.combine`, by cross-validation on hand-aligned sentences:
# docs/decisions/0007-lexicon-beside-attention.md. Half or twice as much costs 0.1 points of AER.
UNSEEN = 3e-5
BOTH_UNKNOWN = 1e-3
# Two words that are the same, or begin alike, though the lexicon doesn't pair them.
SAME = 0.5
ALIKE = 0.02
SHORTEST_ALIKE = 4
# A word that the lexicon doesn't know comes from nothing, or anything, this often.
STRANGE = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Probabilities of pairs of lexemes, and the moves of the models that they were learnt with.

    `pairs` are sorted: source number × the number of target words + target
    number. `from_nothing` is what comes from no word: by target, by source.
    """

    languages: Languages
    sources: dict[str, int]
    targets: dict[str, int]
    pairs: NDArray[np.int64]
    forward: Matrix
    backward: Matrix
    target_from_nothing: Matrix
    source_from_nothing: Matrix
    forward_moves: Moves
    backward_moves: Moves

    def emissions(self, source: Sequence[str], target: Sequence[str]) -> tuple[Matrix, Matrix]:
        """p(target | source) and p(source | target), both as `[target, source]`."""
        rows = np.array([self.sources.get(word, -1) for word in source], np.int64)
        columns = np.array([self.targets.get(word, -1) for word in target], np.int64)
        keys = rows[:, None] * len(self.targets) + columns[None, :]
        keys[(rows[:, None] < 0) | (columns[None, :] < 0)] = -1
        # One source word after the other, so that what is searched is near what was.
        places = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1).T
        found = self.pairs[places] == keys.T
        likeness = _likeness(source, target, rows, columns)
        return (
            np.where(found, np.maximum(self.forward[places], np.float32(UNSEEN)), likeness),
            np.where(found, np.maximum(self.backward[places], np.float32(UNSEEN)), likeness),
        )

    def nothing(self, source: Sequence[str], target: Sequence[str]) -> tuple[Matrix, Matrix]:
        """p(target | no word) of each target lexeme, and p(source | no word) of each source's."""
        return (
            _picked(self.target_from_nothing, self.targets, target),
            _picked(self.source_from_nothing, self.sources, source),
        )

    def knows(self, source: str, target: str) -> bool:
        """Whether the lexicon pairs the two lexemes."""
        row, column = self.sources.get(source), self.targets.get(target)
        if row is None or column is None:
            return False
        key = row * len(self.targets) + column
        place = int(np.searchsorted(self.pairs, key))
        return place < len(self.pairs) and int(self.pairs[place]) == key


@lru_cache(maxsize=8)
def lexicon(languages: Languages) -> Lexicon | None:
    """The lexicon of a pair, read when it is first asked for; None where there is none."""
    resource = files("alignment") / "lexicons" / f"{languages}.npz"
    if not resource.is_file():
        return None
    with as_file(resource) as path:
        return read_lexicon(path)


def read_lexicon(path: Path) -> Lexicon:
    """The lexicon in a file that `write_lexicon` wrote."""
    with np.load(path, allow_pickle=False) as file:
        parts = {name: file[name] for name in file.files}
    sources, targets = _numbered(parts["sources"]), _numbered(parts["targets"])
    rows = np.repeat(np.arange(len(sources), dtype=np.int64), parts["widths"])
    return Lexicon(
        languages=Languages(*_words(parts["languages"])),
        sources=sources,
        targets=targets,
        pairs=rows * len(targets) + parts["columns"],
        forward=_probabilities(parts["forward"]),
        backward=_probabilities(parts["backward"]),
        target_from_nothing=_probabilities(parts["target_from_nothing"]),
        source_from_nothing=_probabilities(parts["source_from_nothing"]),
        forward_moves=_moves(parts["forward_moves"]),
        backward_moves=_moves(parts["backward_moves"]),
    )


def write_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write a lexicon of at most 65,536 words a side; probabilities lose their last digits."""
    rows, columns = np.divmod(lexicon.pairs, len(lexicon.targets))
    np.savez_compressed(
        path,
        allow_pickle=False,
        languages=_bytes([lexicon.languages.source, lexicon.languages.target]),
        sources=_bytes(lexicon.sources),
        targets=_bytes(lexicon.targets),
        widths=np.bincount(rows, minlength=len(lexicon.sources)).astype(np.uint16),
        columns=columns.astype(np.uint16),
        forward=_quantised(lexicon.forward),
        backward=_quantised(lexicon.backward),
        target_from_nothing=_quantised(lexicon.target_from_nothing),
        source_from_nothing=_quantised(lexicon.source_from_nothing),
        forward_moves=_flat(lexicon.forward_moves),
        backward_moves=_flat(lexicon.backward_moves),
    )


def _likeness(
    source: Sequence[str],
    target: Sequence[str],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> Matrix:
    """What the spelling alone says of each pair."""
    unknown = (rows < 0)[None, :] & (columns < 0)[:, None]
    likeness = np.where(unknown, np.float32(BOTH_UNKNOWN), np.float32(UNSEEN))
    by_head: dict[str, list[int]] = {}
    for place, word in enumerate(source):
        by_head.setdefault(word[:SHORTEST_ALIKE], []).append(place)
    for there, word in enumerate(target):
        for here in by_head.get(word[:SHORTEST_ALIKE], ()):
            alike = _alike(source[here], word, bool(rows[here] >= 0 <= columns[there]))
            likeness[there, here] = max(likeness[there, here], alike)
    return likeness


def _alike(source: str, target: str, both_known: bool) -> float:
    if source == target:
        # Two frequent words that look the same, "on" and "on", are mostly no translations.
        return SAME if len(source) > 2 or not both_known or not source.isalpha() else 0.0
    if len(source) < SHORTEST_ALIKE or len(target) < SHORTEST_ALIKE:
        return 0.0
    shared = SHORTEST_ALIKE
    for one, other in zip(source[shared:], target[shared:], strict=False):
        if one != other:
            break
        shared += 1
    return ALIKE * (shared / max(len(source), len(target))) ** 2


def _picked(table: Matrix, numbers: dict[str, int], words: Sequence[str]) -> Matrix:
    places = [numbers.get(word, -1) for word in words]
    return np.array([table[p] if p >= 0 else STRANGE for p in places], np.float32)


def _quantised(probabilities: Matrix) -> NDArray[np.uint8]:
    steps = np.rint(-STEPS * np.log2(np.maximum(probabilities, 1e-30)))
    kept: NDArray[np.uint8] = np.clip(steps, 0, 255).astype(np.uint8)
    return kept


def _probabilities(steps: NDArray[np.uint8]) -> Matrix:
    table: Matrix = np.exp2(steps.astype(np.float32) / -STEPS)
    return table


def _bytes(words: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)


def _words(data: NDArray[np.uint8]) -> list[str]:
    return data.tobytes().decode("utf-8").split("\n")


def _numbered(data: NDArray[np.uint8]) -> dict[str, int]:
    return {word: number for number, word in enumerate(_words(data))}


def _flat(moves: Moves) -> NDArray[np.float64]:
    return np.array([*moves.steps, *moves.first, moves.nothing])


def _moves(numbers: NDArray[np.float64]) -> Moves:
    steps, first = numbers[: 2 * FURTHEST + 1].tolist(), numbers[2 * FURTHEST + 1 : -1].tolist()
    return Moves(tuple(steps), tuple(first), float(numbers[-1]))
