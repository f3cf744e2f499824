"""One sentence on its way: into parts that the model takes, and back into one translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from alignment.document import Issue
from alignment.span import Span
from alignment.words import words
from service.engine import Translation
from service.engine.attention import Attention, Block
from service.engine.carry import carry, unknown_words
from service.engine.clauses import clauses
from service.engine.decoding import Hypothesis
from service.engine.drafts import Draft
from service.engine.pieces import Reading, Tokenizer, read, settled, write
from service.engine.quoting import requoted
from service.engine.symptoms import EMPTY, Symptom, issue, symptoms

WEB_ADDRESS = ("http://", "https://", "www.")
MAIL_ADDRESS = re.compile(r"[^@]+@[^@]+\.[^@]+")
# A number that English writes otherwise: 12,5 or 1 000.
FRENCH_NUMBER = re.compile(r"\d[,\s]\d")


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """What a hypothesis comes to, and what is wrong with it."""

    draft: Draft
    score: float
    symptoms: tuple[Symptom, ...]

    @property
    def rank(self) -> tuple[bool, int, float]:
        """Smaller is better."""
        return EMPTY in self.symptoms, len(self.symptoms), -self.score


def says_nothing_to_translate(text: str) -> bool:
    """Whether `text` is the same in any language: no letter in it, or nothing but addresses."""
    if FRENCH_NUMBER.search(text):
        return False
    return all(_is_address(token) or not any(map(str.isalpha, token)) for token in text.split())


def _is_address(token: str) -> bool:
    return token.startswith(WEB_ADDRESS) or bool(MAIL_ADDRESS.fullmatch(token))


def copied(text: str, issues: tuple[Issue, ...] = ()) -> Translation:
    """`text` as its own translation, every word of it aligned to itself."""
    spans = tuple(words(text))
    one = np.ones((1, 1), dtype=np.float32)
    blocks = tuple(
        Block(Span(index, index + 1), Span(index, index + 1), one) for index in range(len(spans))
    )
    return Translation(text, spans, spans, Attention(blocks, len(spans)), None, issues)


def unread(reading: Reading) -> Translation | None:
    """`reading` copied, where the model knows not one of its words."""
    unknown = unknown_words(reading)
    spans = tuple(words(reading.text))
    if len(unknown) < len(spans):
        return None
    explanation = "the model knows none of these words; they were copied as they stand"
    return copied(reading.text, (Issue("unknown_characters", "minor", explanation, spans, spans),))


def parts(tokenizer: Tokenizer, text: str, limit: int) -> Iterator[Span]:
    """`text` in parts of at most `limit` pieces; only white space stands between them."""
    reading = read(tokenizer, text)
    if len(reading.tokens) <= limit or len(text) < 2:
        yield Span(0, len(text))
        return
    for span in clauses(text, reading.spans, limit):
        # By itself, a part may be cut into a few pieces more than it was within the sentence.
        if span.end - span.start == len(text):
            yield span
        else:
            yield from (part.shifted(span.start) for part in parts(tokenizer, span.of(text), limit))


def attempt(tokenizer: Tokenizer, reading: Reading, hypothesis: Hypothesis) -> Attempt:
    """What a hypothesis says, less a full stop that the original doesn't have, quoted as it is."""
    chunks = list(write(tokenizer, hypothesis.tokens))
    if len(chunks) > 1 and chunks[-1] == "." and reading.text.rstrip()[-1:].isalnum():
        chunks.pop()
    while chunks and not chunks[-1].strip():
        chunks.pop()
    written = Draft(tuple(chunks), hypothesis.attention[: len(chunks), : len(reading.tokens)])
    text = requoted(reading.text, written.text)
    draft = replace(written, chunks=tuple(span.of(text) for span in written.spans))
    return Attempt(draft, hypothesis.score, symptoms(reading, hypothesis, draft.text))


def translated(reading: Reading, attempt: Attempt) -> Translation:
    """The translation of one part; of a part without one, the part itself, flagged."""
    whole = Span(0, len(reading.text))
    if EMPTY in attempt.symptoms:
        return copied(reading.text, (issue(EMPTY, whole, whole),))
    draft, carried = carry(reading, attempt.draft)
    text = draft.text
    target = settled(text, draft.spans)
    block = Block(Span(0, len(reading.tokens)), Span(0, len(target)), draft.rows)
    issues = carried + tuple(
        issue(symptom, whole, Span(0, len(text))) for symptom in attempt.symptoms
    )
    attention = Attention((block,), len(reading.tokens))
    return Translation(text, reading.spans, target, attention, attempt.score, issues)


def joined(text: str, spans: Sequence[Span], translations: Sequence[Translation]) -> Translation:
    """The translations of the parts `spans` of `text` as one translation.

    Between two parts stands what stands there in `text`, or a space.
    """
    if len(translations) == 1 and spans[0] == (0, len(text)):
        return translations[0]
    target: list[str] = []
    source_pieces: list[Span] = []
    target_pieces: list[Span] = []
    blocks: list[Block] = []
    issues: list[Issue] = []
    length = end = 0
    for span, part in zip(spans, translations, strict=True):
        gap = _gap(text, end, span.start) if target else ""
        length += len(gap)
        blocks.extend(
            block.shifted(len(source_pieces), len(target_pieces)) for block in _blocks(part)
        )
        source_pieces.extend(piece.shifted(span.start) for piece in part.source_pieces)
        target_pieces.extend(piece.shifted(length) for piece in part.target_pieces)
        issues.extend(each.shifted(span.start, length) for each in part.issues)
        target.extend((gap, part.text))
        length += len(part.text)
        end = span.end
    attention = Attention(tuple(blocks), len(source_pieces))
    return Translation(
        "".join(target),
        tuple(source_pieces),
        tuple(target_pieces),
        attention,
        _mean_score(translations),
        tuple(issues),
    )


def _gap(text: str, end: int, start: int) -> str:
    within_a_word = end == start and text[end - 1].isalnum() and text[start].isalnum()
    return "" if within_a_word else text[end:start] or " "


def _blocks(part: Translation) -> tuple[Block, ...]:
    assert isinstance(part.attention, Attention)
    return part.attention.blocks


def _mean_score(parts: Sequence[Translation]) -> float | None:
    """The mean a piece over the parts that have a score."""
    scored = [(part.score, len(part.target_pieces)) for part in parts if part.score is not None]
    pieces = sum(weight for _, weight in scored)
    return sum(score * weight for score, weight in scored) / pieces if pieces else None
