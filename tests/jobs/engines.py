"""Engines for jobs: they count, they break, they wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from alignment.document import FRENCH_ENGLISH, ModelInfo
from service.engine import Choice, Quality, Translation, likeliest
from tests.fakes import shout, side_by_side

POISON = "Poison"


class Counting:
    """Shouts, and keeps what it was asked for; a sentence with "Poison" breaks what it is in."""

    languages = FRENCH_ENGLISH

    def __init__(self, seconds: float = 0, meanwhile: Callable[[], None] | None = None) -> None:
        self.calls: list[list[str]] = []
        self._seconds = seconds
        self._meanwhile = meanwhile

    @property
    def asked(self) -> list[str]:
        return [sentence for call in self.calls for sentence in call]

    def signature(self, quality: Quality) -> ModelInfo:
        return ModelInfo("counting", "1", "0" * 64, "fake", f"quality:{quality}")

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        self.calls.append(list(sentences))
        if any(POISON in sentence for sentence in sentences):
            raise RuntimeError(f"cannot say {sentences}")
        time.sleep(self._seconds)
        if self._meanwhile:
            self._meanwhile()
        return [choice(sentence, iter([shout(sentence)])) for sentence in sentences]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        return [side_by_side(*pair) for pair in pairs]
