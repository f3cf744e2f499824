"""Engines that stand in for a model: small, deterministic, and honest about their spans."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from alignment.document import FRENCH_ENGLISH, Languages, ModelInfo
from alignment.words import words
from service.engine import Choice, Engine, Quality, Translation, likeliest
from service.errors import UnsupportedPair
from service.store.database import Store
from service.store.opening import open_store


class WordByWord:
    """An engine that shouts: it upper-cases every character, and every word aligns to itself."""

    languages = FRENCH_ENGLISH

    def signature(self, quality: Quality) -> ModelInfo:
        return ModelInfo("word-by-word", "1", "0" * 64, "fake", f"quality:{quality}")

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        if on_progress:
            on_progress(len(sentences))
        return [choice(sentence, iter([shout(sentence)])) for sentence in sentences]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        return [side_by_side(*pair) for pair in pairs]


def shout(sentence: str) -> Translation:
    spans = tuple(words(sentence))
    attention = [[float(s == t) for s in spans] for t in spans]
    return Translation("".join(map(upper, sentence)), spans, spans, attention, -0.5)


def side_by_side(source: str, target: str) -> Translation:
    """A translation whose every word rests on the source word at its place, if there is one."""
    here, there = tuple(words(source)), tuple(words(target))
    attention = [[float(s == t) for s in range(len(here))] for t in range(len(there))]
    return Translation(target, here, there, attention, -0.5)


def upper(character: str) -> str:
    return character.upper() if len(character.upper()) == 1 else character


class FakeEngines:
    """The engines of a service, without a model in sight."""

    def __init__(self, *engines: Engine, ready: bool = True) -> None:
        self.by_pair = {engine.languages: engine for engine in engines or (WordByWord(),)}
        self.is_ready = ready

    def pairs(self) -> tuple[Languages, ...]:
        return tuple(self.by_pair)

    def engine(self, languages: Languages) -> Engine:
        if languages not in self.by_pair:
            raise UnsupportedPair(languages, self.pairs())
        return self.by_pair[languages]

    def ready(self) -> bool:
        return self.is_ready


@cache
def kept() -> Store:
    """A store for every test of a process that does not mind what others keep in it."""
    folder = tempfile.mkdtemp(prefix="visavis-")
    store = open_store(Path(folder) / "visavis.db")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(store.close)
    return store
