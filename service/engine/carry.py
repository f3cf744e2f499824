"""Words that the model cannot read are carried into the translation as they stand.

An emoji or a Polish name holds a character that the vocabulary lacks, which the
model sees as `<unk>`. What it put in the word's place is replaced by the
word; where it put nothing, the word is set after the counterpart of the word
before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from alignment.document import Issue
from alignment.span import Span
from alignment.words import is_word, words
from service.engine.attention import Weights
from service.engine.drafts import Draft, Edit, edited, single_holes
from service.engine.pieces import HOLE, Reading

# A target word stands for an unknown word where this share of its attention goes there.
RESTS = 0.5
# Less than this says nothing on which unknown word is meant; then their order does.
FAINT = 0.1
STOPS = ".,;:!?…"
ENDS = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words on both sides; `mass[t, s]` is what target word t rests on source word s."""

    reading: Reading
    draft: Draft
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    mass: Weights
    unknown: frozenset[int]

    def counterpart(self, target: int) -> int | None:
        """The source word that a target word rests on most, if on any."""
        row = self.mass[target]
        return int(row.argmax()) if row.size and row.max() > 0 else None

    def is_hole(self, target: int) -> bool:
        """Whether the model left the target word open."""
        return self.target[target].of(self.draft.text) == HOLE


def unknown_words(reading: Reading) -> frozenset[int]:
    """Which words of a text, counted from 0, hold a piece that the model does not know."""
    gaps = [span for span, known in zip(reading.spans, reading.known, strict=True) if not known]
    return frozenset(
        index
        for index, word in enumerate(words(reading.text))
        if any(word.overlaps(gap) for gap in gaps)
    )


def carry(reading: Reading, draft: Draft) -> tuple[Draft, tuple[Issue, ...]]:
    """`draft` with the unknown words of `reading` in it and nothing left open."""
    if all(reading.known) and HOLE not in draft.chunks:
        return draft, ()
    sides = _words(reading, single_holes(draft))
    edits = {word: edit for word in sorted(sides.unknown) if (edit := _replaced(sides, word))}
    holes = [
        index
        for index, span in enumerate(sides.target)
        if sides.is_hole(index) and not any(edit.covers(span) for edit in edits.values())
    ]
    waiting = sorted(sides.unknown - edits.keys())
    # What the model left open most likely stands for what it could not read.
    pairs = len(waiting)
    for hole in holes[:pairs]:
        word = max(waiting, key=lambda word: (_noticed(sides.mass[hole, word]), -word))
        waiting.remove(word)
        edits[word] = _instead(sides, sides.target[hole], word)
    spare = [_closed(sides, hole) for hole in holes[pairs:]]
    inserted = [_inserted(sides, word) for word in waiting]
    everything = sorted(
        [*edits.values(), *spare, *inserted], key=lambda edit: (edit.start, edit.end)
    )
    whole, spans = edited(sides.draft, everything)
    return whole, (_issue(sides, whole.text, spans),)


def _noticed(mass: float) -> float:
    return mass if mass >= FAINT else 0.0


def _words(reading: Reading, draft: Draft) -> _Words:
    source = tuple(words(reading.text))
    target = tuple(words(draft.text))
    mass = _membership(draft.spans, target).T @ (draft.rows @ _membership(reading.spans, source))
    return _Words(reading, draft, source, target, mass, unknown_words(reading))


def _membership(pieces: Sequence[Span], owners: Sequence[Span]) -> Weights:
    """Which word each piece belongs to: one row a piece, one column a word."""
    table = np.zeros((len(pieces), len(owners)), dtype=np.float32)
    for index, piece in enumerate(pieces):
        for owner, word in enumerate(owners):
            if word.overlaps(piece):
                table[index, owner] = 1
                break
    return table


def _replaced(sides: _Words, word: int) -> Edit | None:
    """What the model put in the place of a source word, if it put anything."""
    runs: list[list[int]] = [
        [index for index, _ in group]
        for rests, group in groupby(
            ((index, _rests(sides, index, word)) for index in range(len(sides.target))),
            key=lambda pair: pair[1],
        )
        if rests
    ]
    if not runs:
        return None
    best = max(runs, key=lambda run: float(sides.mass[run, word].sum()))
    return _instead(sides, Span(sides.target[best[0]].start, sides.target[best[-1]].end), word)


def _rests(sides: _Words, target: int, word: int) -> bool:
    if sides.counterpart(target) != word:
        return False
    row = sides.mass[target]
    return sides.is_hole(target) or bool(row[word] >= RESTS * max(1.0, row.sum()))


def _instead(sides: _Words, span: Span, word: int) -> Edit:
    """A source word in place of `span`, with the spaces around it that it had or needs."""
    original, start, end = sides.reading.text, *sides.source[word]
    text = original[start:end]
    before, after = sides.draft.text[: span.start][-1:], sides.draft.text[span.end :][:1]
    parted = original[:start][-1:].isspace() or text[0].isalnum()
    lead = " " if parted and (before.isalnum() or before in set(STOPS)) else ""
    parted = original[end:][:1].isspace() or text[-1].isalnum()
    tail = " " if parted and after.isalnum() else ""
    return Edit(span.start, span.end, f"{lead}{text}{tail}", _row(sides, word))


def _inserted(sides: _Words, word: int) -> Edit:
    """Where a source word belongs that the model passed over."""
    text = sides.source[word].of(sides.reading.text)
    place = _place(sides, word)
    if place == 0:
        return Edit(0, 0, f"{text} ", _row(sides, word))
    start = sides.source[word].start
    glued = (
        word > 0
        and sides.source[word - 1].end == start
        and (sides.reading.text[start - 1].isalnum() or word - 1 in sides.unknown)
    )
    return Edit(place, place, text if glued else f" {text}", _row(sides, word))


def _place(sides: _Words, word: int) -> int:
    known = [index for index in range(len(sides.source)) if index not in sides.unknown]
    before = [index for index in known if index < word]
    if not before:
        return 0
    end = sides.target[-1].end if sides.target else len(sides.draft.text)
    if before == known:
        gap = sides.reading.text[sides.source[before[-1]].end : sides.source[word].start]
        return len(sides.draft.text) if ENDS.search(gap) else end
    for previous in reversed(before):
        ends = [
            sides.target[index].end
            for index in range(len(sides.target))
            if sides.counterpart(index) == previous
        ]
        if ends:
            return max(ends)
    return 0


def _closed(sides: _Words, hole: int) -> Edit:
    """What the model left open: the source word behind it if nothing else renders that."""
    word = sides.counterpart(hole)
    others = (index for index in range(len(sides.target)) if index != hole)
    if (
        word is not None
        and word not in sides.unknown
        and all(sides.counterpart(index) != word for index in others)
    ):
        return _instead(sides, sides.target[hole], word)
    start, end = sides.target[hole]
    text = sides.draft.text
    # The space before it goes, too, unless it is what keeps the next word from the one before.
    while start > 0 and text[start - 1].isspace() and not text[end:][:1].isalnum():
        start -= 1
    return Edit(start, end)


def _row(sides: _Words, word: int) -> Weights:
    """All the attention on the pieces of one source word."""
    span = sides.source[word]
    row = np.array([span.overlaps(piece) for piece in sides.reading.spans], dtype=np.float32)
    total: float = row.sum()
    return row / total if total else row


def _issue(sides: _Words, text: str, spans: Sequence[Span]) -> Issue:
    reading = sides.reading
    missing = {
        span
        for span, known in zip(reading.spans, reading.known, strict=True)
        if not known and span.start < span.end
    }
    carried = [sides.source[word] for word in sorted(sides.unknown)]
    dropped = sorted(span for span in missing if not any(map(span.overlaps, carried)))
    parts = []
    if carried:
        parts.append(f"carried over as they stand: {_named(reading.text, carried)}")
    if dropped:
        parts.append(f"left out: {_named(reading.text, dropped)}")
    if not parts:
        parts.append("it left a place open in the translation")
    explanation = f"the model does not know every character here; {'; '.join(parts)}"
    shown = tuple(span for span in spans if is_word(span.of(text)))
    return Issue(
        "unknown_characters", "minor", explanation, tuple(sorted(carried + dropped)), shown
    )


def _named(text: str, spans: Sequence[Span]) -> str:
    """The words themselves; a character that cannot be shown by its number."""
    return ", ".join(
        "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in span.of(text))
        for span in spans
    )
