"""SentencePiece pieces, and which characters of the text each one stands for.

SentencePiece counts code points of the text before its own NFKC. Traps seen
in 0.2.3: a character that NFKC expands gives pieces without width before the
one that holds it ("…" is three dots), `▁` covers the space, and the numbers of
an opus-mt vocabulary are not those of its SentencePiece models: vocab.json
rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from alignment.span import Span
from service.engine.typography import model_text
from service.errors import ModelDamaged

UNKNOWN = "<unk>"
END = "</s>"
PAD = "<pad>"
# Stands for a target piece that the model left open; no article's character survives as it.
HOLE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """The two SentencePiece models of a checkpoint and its vocabulary.

    `alphabet` holds every character that occurs in a source piece of the
    vocabulary, `target_alphabet` those of its target pieces.
    """

    source: SentencePieceProcessor
    target: SentencePieceProcessor
    source_ids: Mapping[str, int]
    target_ids: Mapping[str, int]
    alphabet: frozenset[str]
    target_alphabet: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the model reads it: its pieces, where they stand, and which it knows.

    `spans` are code points of `text` without the white space around them; a
    piece that has no character of its own shares those of the next.
    """

    text: str
    tokens: tuple[str, ...]
    spans: tuple[Span, ...]
    known: tuple[bool, ...]


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a MarianMT checkpoint folder. Raises ModelDamaged."""
    try:
        source_ids = json.loads((path / "vocab.json").read_text(encoding="utf-8"))
        own = path / "target_vocab.json"
        target_ids = json.loads(own.read_text(encoding="utf-8")) if own.exists() else source_ids
        source = SentencePieceProcessor(model_file=str(path / "source.spm"))
        target = SentencePieceProcessor(model_file=str(path / "target.spm"))
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelDamaged(f"{path.name}: its tokenizer cannot be read: {error}") from error
    for ids in (source_ids, target_ids):
        missing = [piece for piece in (UNKNOWN, END, PAD) if piece not in ids]
        if missing:
            raise ModelDamaged(f"{path.name}: its vocabulary has no {', '.join(missing)}")
    alphabet = frozenset(character for piece in source_ids for character in piece)
    return Tokenizer(
        source,
        target,
        source_ids,
        target_ids,
        alphabet,
        frozenset(character for piece in target_ids for character in piece),
    )


def read(tokenizer: Tokenizer, text: str) -> Reading:
    """`text` in the model's typography and source pieces."""
    return _read(text, tokenizer.source, tokenizer.source_ids, tokenizer.alphabet)


def read_target(tokenizer: Tokenizer, text: str) -> Reading:
    """A translation that somebody else made, in the model's typography and target pieces."""
    return _read(text, tokenizer.target, tokenizer.target_ids, tokenizer.target_alphabet)


def _read(
    text: str, processor: SentencePieceProcessor, ids: Mapping[str, int], alphabet: frozenset[str]
) -> Reading:
    shown = model_text(text, alphabet)
    encoded = processor.encode(shown.text, return_type="offset_mapping")
    tokens = tuple(encoded["pieces"])
    spans = settled(shown.text, [Span(*offsets) for offsets in encoded["offsets"]])
    known = tuple(token in ids for token in tokens)
    return Reading(text, tokens, tuple(map(shown.original, spans)), known)


def write(tokenizer: Tokenizer, tokens: Sequence[str]) -> Iterator[str]:
    """What each target piece writes; together they are the text. An unknown one writes HOLE."""
    if not tokens:
        return
    decoded = tokenizer.target.decode(list(tokens), return_type="offset_mapping")
    end = 0
    for token, (_, until) in zip(tokens, decoded["offsets"], strict=True):
        # A piece that only the source side has is written as it is spelt, ▁ and all.
        chunk = decoded["text"][end:until].replace("\u2581", " ")
        yield HOLE if token == UNKNOWN else chunk if end else chunk.lstrip(" ")
        end = until


def settled(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` without the white space at their ends, none empty where the next has characters."""
    result: list[Span] = []
    following: Span | None = None
    for span in reversed(spans):
        trimmed = _trimmed(text, span)
        if following and trimmed.start == trimmed.end == following.start:
            trimmed = following
        result.append(trimmed)
        following = trimmed
    return tuple(reversed(result))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
